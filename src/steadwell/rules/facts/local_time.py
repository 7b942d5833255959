"""Local clock times as instants. Nights on which the clocks change are read to nobody's advantage."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@lru_cache(maxsize=256)
def zone_named(name: str) -> ZoneInfo:
    """
    Raises:
        ValueError: there is no such time zone.
    """
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(
            f"There is no time zone {name!r}. Write one such as America/New_York."
        ) from error


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The moment in UTC. Of an hour that comes twice the first is taken; a time that does not come
    at all, because the clocks went forward over it, is the moment they did."""
    aware = local.replace(tzinfo=zone)
    moment = aware.astimezone(UTC)
    back = moment.astimezone(zone).replace(tzinfo=None)
    if back == local:
        return moment
    before = aware.replace(fold=0).utcoffset() or timedelta()
    after = aware.replace(fold=1).utcoffset() or timedelta()
    return _change_between(
        local.replace(tzinfo=UTC) - after, local.replace(tzinfo=UTC) - before, zone
    )


def span(start: datetime, end: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """A start and an end as moments. Naive ones are local; where a local hour comes twice, the
    shortest reading is taken that does not end before it starts."""
    starts = _readings(start, zone)
    ends = _readings(end, zone)
    pairs = [(one, other) for one in starts for other in ends if one <= other]
    return min(pairs, key=lambda pair: pair[1] - pair[0]) if pairs else (starts[0], ends[-1])


def _readings(when: datetime, zone: ZoneInfo) -> list[datetime]:
    if when.tzinfo is not None:
        return [when.astimezone(UTC)]
    first = instant(when, zone)
    second = when.replace(tzinfo=zone, fold=1).astimezone(UTC)
    comes_twice = second > first and second.astimezone(zone).replace(tzinfo=None) == when
    return [first, second] if comes_twice else [first]


def _change_between(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The moment between two at which the zone's offset changes."""
    old = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if middle.astimezone(zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high
