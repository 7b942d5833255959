"""What an eligibility answer says, as data and in words: pure, from the values of `wire`."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from steadwell.wire.x12.eligibility import EligibilityAnswer, Span

Says = Mapping[str, Any]

# AAA03, as the guide lists them, in own words.
REJECTIONS: Final = {
    "42": "the payer cannot answer just now",
    "43": "the provider is not known to the payer",
    "58": "the birth date is not right",
    "64": "the member number is not right",
    "65": "the name is not right",
    "67": "the patient was not found",
    "71": "the birth date does not fit the member number",
    "72": "the member number is not right",
    "73": "the name does not fit the member number",
    "75": "the patient was not found",
    "76": "several patients were found",
}
# EB04: why somebody else pays first.
SECOND: Final = {
    "12": "working aged",
    "13": "kidney disease, with a group plan",
    "14": "no-fault insurance",
    "15": "workers’ compensation",
    "16": "a federal agency",
    "41": "black lung",
    "42": "Veterans Affairs",
    "43": "disability, with a large group plan",
    "47": "liability",
    "WC": "workers’ compensation",
}
EPISODES: Final = {"hospice": "Hospice", "home_health": "Home health", "esrd": "Dialysis (ESRD)"}


def said_as_data(answer: EligibilityAnswer) -> dict[str, Any]:
    """As JSON: days as YYYY-MM-DD, a span as [first, last] where null is not said."""
    left = answer.deductible_left
    return {
        "rejections": list(answer.rejections),
        "part_b": answer.part_b,
        "part_b_span": _pair(answer.part_b_span),
        "advantage": [
            {"contract": one.contract, "name": one.name, "span": _pair(one.span)}
            for one in answer.advantage
        ],
        "qmb": [_pair(one) for one in answer.qmb],
        **{name: [_pair(one) for one in getattr(answer, name)] for name in EPISODES},
        "others": [
            {"kind": one.kind, "name": one.name, "number": one.policy_number,
             "span": _pair(one.span)}
            for one in answer.others
        ],
        "deductible_left": None if left is None else str(left),
    }  # fmt: skip


def in_words(says: Says) -> list[str]:
    """Sentences for the chart and the packet; what is not said is said to be open."""
    if says["rejections"]:
        return [f"No answer: {', '.join(rejected(code) for code in says['rejections'])}."]
    found = [_part_b(says)]
    for one in says["advantage"]:
        found.append(f"Medicare Advantage {plan_of(one)}{days(one['span'])}.")
    found += [f"QMB{days(span)}." for span in says["qmb"]]
    for name, words in EPISODES.items():
        found += [f"{words}{days(span)}." for span in says[name]]
    for one in says["others"]:
        found.append(f"Pays before Medicare: {payer_of(one)}{days(one['span'])}.")
    if says["deductible_left"] is not None:
        found.append(f"Part B deductible that remains: ${says['deductible_left']}.")
    return found


def _part_b(says: Says) -> str:
    if says["part_b"] is None:
        return "Part B: not said."
    return f"Part B {'active' if says['part_b'] else 'not active'}{days(says['part_b_span'])}."


def rejected(code: str) -> str:
    return REJECTIONS.get(code, f"reason {code}")


def plan_of(one: Says) -> str:
    """The plan by contract and name, as far as they are said."""
    return " ".join(filter(None, (one["contract"], one["name"]))) or "plan, not named"


def payer_of(one: Says) -> str:
    why = SECOND.get(one["kind"], f"type {one['kind']}")
    return f"{one['name'] or 'not named'} ({why})"


def days(span: list[str | None]) -> str:
    """The days as words that follow a name; nothing where none are said."""
    first, last = (date.fromisoformat(one) if one else None for one in span)
    begun = f" from {first:%m/%d/%Y}" if first else ""
    return begun + (f" to {last:%m/%d/%Y}" if last else "")


def touches(span: list[str | None], first: date, last: date) -> bool:
    """Whether some of the span's days lie from `first` to `last`; a side not said is open."""
    begins, ends = (date.fromisoformat(one) if one else None for one in span)
    return (begins is None or begins <= last) and (ends is None or ends >= first)


def _pair(span: Span) -> list[str | None]:
    return [one.isoformat() if one else None for one in (span.first, span.last)]
