"""What a 999 says of our files, and a 277CA of our claims."""

import re
from collections.abc import Iterable, Sequence

from steadwell.claims.models import Acknowledgment, Answer, Claim, ClaimFile
from steadwell.wire.x12.answers import ClaimStatus, SetAcknowledgment

_REFERENCE = re.compile(r"SW(\d{9})", re.ASCII)  # BHT03 of ours, which TRN02 gives back
Verdict = Acknowledgment.Verdict


def take_acknowledgments(answer: Answer, sets: Sequence[SetAcknowledgment]) -> list[Acknowledgment]:
    """One row for each transaction named; our groups are numbered as their interchange is."""
    files = _files(answer, (one.group_number for one in sets))
    rows = [
        Acknowledgment(
            practice_id=answer.practice_id,
            answer=answer,
            place=place,
            file=files.get(_number(one.group_number)),
            control_number=f"{one.group_number}/{one.number}".rstrip("/"),
            verdict=_verdict(one),
            codes=_errors(one),
        )
        for place, one in enumerate(sets, start=1)
    ]
    return Acknowledgment.objects.bulk_create(rows)


def take_statuses(answer: Answer, statuses: Sequence[ClaimStatus]) -> list[Acknowledgment]:
    """One row for each claim named, and for each file that was turned away whole."""
    named = Claim.objects.filter(
        practice=answer.practice_id,
        control_number__in=[one.control_number for one in statuses if not one.is_batch],
    )
    claims = {claim.control_number: claim for claim in named}
    files = _files(answer, (_batch(one) for one in statuses if one.is_batch))
    rows = [
        Acknowledgment(
            practice_id=answer.practice_id,
            answer=answer,
            place=place,
            claim=None if one.is_batch else claims.get(one.control_number),
            file=files.get(_number(_batch(one))) if one.is_batch else None,
            control_number=one.control_number,
            verdict=Verdict.REJECTED if one.is_rejected else Verdict.ACCEPTED,
            codes=[
                {"category": each.category, "status": each.code, "entity": each.entity}
                for each in one.statuses
            ],
            payer_number=one.payer_number,
            said_on=one.said_on,
        )
        for place, one in enumerate(statuses, start=1)
    ]
    return Acknowledgment.objects.bulk_create(rows)


def _files(answer: Answer, numbers: Iterable[str]) -> dict[int, ClaimFile]:
    wanted = {_number(one) for one in numbers}
    rows = ClaimFile.objects.filter(practice=answer.practice_id, interchange_number__in=wanted)
    return {file.interchange_number: file for file in rows.defer("content")}


def _number(text: str) -> int:
    """A control number of ours, or 0, which is none."""
    return int(text) if text.isascii() and text.isdigit() else 0


def _batch(one: ClaimStatus) -> str:
    found = _REFERENCE.fullmatch(one.control_number)
    return found[1] if found else ""


def _verdict(one: SetAcknowledgment) -> str:
    if not one.is_accepted:
        return Verdict.REJECTED
    return Verdict.ACCEPTED if one.verdict == "A" else Verdict.WITH_ERRORS


def _errors(one: SetAcknowledgment) -> list[dict[str, str]]:
    whole = [{"segment": "", "position": "", "code": code, "element": ""} for code in one.codes]
    return whole + [
        {
            "segment": each.segment,
            "position": each.position,
            "code": each.element_code or each.code,
            "element": each.element,
        }
        for each in one.errors
    ]
