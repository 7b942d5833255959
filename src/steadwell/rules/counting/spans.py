"""Arithmetic of half-open spans of whole seconds."""

Span = tuple[int, int]


def without(spans: list[Span], start: int, end: int) -> tuple[list[Span], int]:
    """What is left of the spans outside [start, end), and how many seconds were cut."""
    left: list[Span] = []
    cut = 0
    for begins, ends in spans:
        if end <= begins or ends <= start:
            left.append((begins, ends))
            continue
        cut += min(ends, end) - max(begins, start)
        if begins < start:
            left.append((begins, start))
        if end < ends:
            left.append((end, ends))
    return left, cut


def touches(spans: list[Span], start: int, end: int) -> bool:
    return any(begins < end and start < ends for begins, ends in spans)
