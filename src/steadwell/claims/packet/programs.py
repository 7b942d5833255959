"""Minutes of every program in the month, and what was known of cover and of others who bill."""

from collections.abc import Mapping
from typing import Any

from steadwell.claims.packet import words
from steadwell.claims.packet.words import Words
from steadwell.common.pdf import Document

Values = Mapping[str, Any]


def seconds_by_program(snapshot: Values) -> dict[str, tuple[int, int]]:
    """Seconds recorded and counted of each program that any entry of the month was for."""
    sums: dict[str, tuple[int, int]] = {}
    for one in snapshot["evidence"]["intervals"]:
        recorded, counted = sums.get(one["program"], (0, 0))
        sums[one["program"]] = (recorded + words.length(one), counted + one["counted_seconds"])
    return dict(sorted(sums.items()))


def draw(document: Document, snapshot: Values, _say: Words) -> None:
    minutes, sums = snapshot["decision"]["minutes"], seconds_by_program(snapshot)
    document.grid(
        ["Program", "Recorded", "Counted", "Whole minutes"],
        [
            [
                name.upper(),
                words.seconds(sums.get(name, (0, 0))[0]),
                words.seconds(sums.get(name, (0, 0))[1]),
                str(minutes.get(name, 0)),
            ]
            for name in sorted(sums.keys() | minutes.keys())
        ],
        widths=[40, 20, 20, 20],
    )
    if not (sums.keys() | minutes.keys()) - {"ccm"}:
        document.paragraph("No entry of the month was for another program than CCM.")
    document.paragraph("Each moment stands in one program only.", quiet=True)


def eligibility(document: Document, snapshot: Values, record: Values, say: Words) -> None:
    cover = snapshot["facts"].get("coverage") or {}
    document.pairs(
        [("Payer, as known at approval", words.payer(cover.get("payer")))]
        + [
            (str(key).replace("_", " ").capitalize(), str(value))
            for key, value in sorted(cover.items())
            if key != "payer" and value not in (None, "", [], {})
        ]
    )
    for one in record["eligibility_answers"]:
        document.paragraph(f"Answer (271) of {say.moment(one['received_at'])}: {one['words']}")
    if not record["eligibility_answers"]:
        document.paragraph("No eligibility answer (271) on record.")
    known = len(snapshot["evidence"]["claimed_elsewhere"])
    document.paragraph(
        f"Claims of others known at approval: {known}. They stand under Others who bill."
        if known
        else "No claim of others was on record at approval."
    )
