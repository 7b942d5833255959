"""Where a payer's answer (271) says something else than the chart. It changes nothing by itself."""

from collections.abc import Iterator
from typing import Any, Final

from steadwell.billing.facts.cover import cover_of
from steadwell.billing.facts.practice import Setting
from steadwell.billing.facts.reads import Charts
from steadwell.patients.eligibility import EPISODES, Says, days, payer_of, plan_of, touches
from steadwell.rules.facts import CoverageFacts, Payer

COVER, EPISODE = "answer_names_other_cover", "answer_names_episode"
ORIGINAL: Final = (Payer.MEDICARE_FFS, Payer.RAILROAD_MEDICARE, Payer.MEDICARE_SECONDARY)


def differences(patient: int, charts: Charts, setting: Setting) -> Iterator[tuple[str, str]]:
    """At most one of each identifier, with its sentence. The newest answer that answers counts."""
    answered = [row for row in charts.answers.get(patient, ()) if not row[1]["rejections"]]
    if not answered:
        return
    _, says, on, _ = answered[-1]
    cover = cover_of(charts.coverages.get(patient, ()), setting.month)
    said = f"The payer’s answer of {on:%m/%d/%Y}"
    if other := list(_other_cover(says, cover, setting)):
        yield (
            COVER,
            (
                f"{said} says otherwise than the chart: {'; '.join(other)}. Mend the cover in your"
                " records system and bring the chart in again, or ask the payer again."
            ),
        )
    if unknown := list(_episodes(patient, says, charts, setting)):
        yield EPISODE, f"{said} says: {'; '.join(unknown)}. Record it, if it is so."


def _other_cover(says: Says, cover: CoverageFacts, setting: Setting) -> Iterator[str]:
    month = setting.month
    original = cover.payer in ORIGINAL
    if original and says["part_b"] is False:
        yield f"Part B not active{days(says['part_b_span'])}"
    elif original and says["part_b"] and not _touches(says["part_b_span"], setting):
        yield f"Part B active{days(says['part_b_span'])}, not in {month.first:%B %Y}"
    plans = [one for one in says["advantage"] if _touches(one["span"], setting)]
    if original:
        yield from (f"Medicare Advantage {plan_of(one)}{days(one['span'])}" for one in plans)
    if cover.payer in (Payer.MEDICARE_FFS, Payer.RAILROAD_MEDICARE):
        for one in says["others"]:
            if _touches(one["span"], setting):
                yield f"{payer_of(one)} pays before Medicare{days(one['span'])}"
    if not cover.qmb:
        yield from (f"QMB{days(span)}" for span in says["qmb"] if _touches(span, setting))


def _episodes(patient: int, says: Says, charts: Charts, setting: Setting) -> Iterator[str]:
    known = {row[1] for row in charts.statuses.get(patient, ()) if setting.touches(row[2], row[3])}
    for name, words in EPISODES.items():
        spans: list[Any] = [span for span in says[name] if _touches(span, setting)]
        if spans and name not in known:
            yield f"{words}{days(spans[0])}"


def _touches(span: list[str | None], setting: Setting) -> bool:
    return touches(span, setting.month.first, setting.month.last)
