"""A statement for the patient: what was billed and why, in plain words, and what they may owe."""

from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Final

from steadwell.claims.answered.decided import NEXT
from steadwell.claims.cases.share import Basis, Share, share_of
from steadwell.claims.models import Claim
from steadwell.common.errors import Refusal
from steadwell.common.pdf import Document
from steadwell.practices.models import PracticeProfile
from steadwell.rules.yaml12 import read_yaml

LANGUAGES: Final = {"en": "English", "es": "Spanish"}


class NoStatement(Refusal):
    """This patient gets no statement."""


def statement_words(claim: Claim, share: Share, language: str) -> list[str]:
    """The sentences on what they may owe; none of a QMB's holds an amount."""
    say = texts(language)
    if share.basis is Basis.QMB:
        return [say["qmb"]]
    names = {"payer": claim.payer.name, "share": _dollars(share.amount), "other": share.crossed_to}
    if share.basis is Basis.UNKNOWN:
        return [say["unknown"].format(**names)]
    if share.basis is Basis.POSTED:
        by = "shared" if share.payers > 1 else "posted"
        said = [say[by if share.amount else f"none_{by}"].format(**names)]
    else:
        said = [say["expected"].format(**names), say["deductible"]]
    said += _waits(share, say, names)
    if share.waived:
        said.append(say["waived"].format(waived=_dollars(share.waived), left=_dollars(share.left)))
    return said


def _waits(share: Share, say: dict[str, Any], names: dict[str, str]) -> list[str]:
    """Whom the patient waits for before paying anything."""
    if not share.amount:
        return []
    if share.asked:
        return [say["asked"].format(other=share.asked)]
    if share.crossed_to:
        key = "crossed_unnamed" if share.crossed_to == NEXT else "crossed"
        return [say[key].format(**names)]
    return [say["other"]] if share.has_other_cover else []


def statement_pdf(claim: Claim, profile: PracticeProfile | None, language: str) -> bytes:
    """
    Raises:
        NoStatement: the patient died; nothing goes to the house.
    """
    if claim.patient.is_deceased:
        raise NoStatement("The patient has died. No statement goes out; ask the estate's contact.")
    say = texts(language)
    month = _month(claim.month, say)
    document = Document(
        title=say["title"], running_head=claim.practice.name, made_at=claim.file.written_at,
        language="es-US" if language == "es" else "en-US",
    )  # fmt: skip
    document.add_page()
    document.heading(f"{say['title']}: {month}")
    document.paragraph(say["greeting"].format(name=claim.patient.given_name))
    document.paragraph(say["intro"].format(month=month))
    document.heading(say["care"], level=2)
    document.paragraph(say["why"].format(minutes=claim.minutes, month=month))
    share = share_of(claim)
    shown = 2 if share.basis is Basis.QMB else 3  # a QMB reads no amount at all
    rows = [row[:shown] for row in _rows(claim, say)]
    document.grid(say["columns"][:shown], rows, widths=[60, 20, 20][:shown])
    document.heading(say["owe"], level=2)
    for sentence in statement_words(claim, share, language):
        document.paragraph(sentence, bold=True)
    document.heading(say["rights_title"], level=2)
    document.bullets(say["rights"])
    phone = profile.contact_phone if profile else ""
    document.paragraph(say["call"].format(practice=claim.practice.name, phone=phone or "–"))
    return document.as_bytes()


def _rows(claim: Claim, say: dict[str, Any]) -> list[list[str]]:
    names = say["services"]
    return [
        [
            f"{names.get(line.code, names['default'])} ({line.code})",
            f"{line.served_on:%m/%d/%Y}",
            _dollars(line.charge),
        ]
        for line in sorted(claim.lines.all(), key=lambda line: line.pk)
    ]


def _month(first: date, say: dict[str, Any]) -> str:
    name = say["months"][first.month - 1]
    return str(say["month"].format(name=name, year=first.year))


def _dollars(amount: Decimal | None) -> str:
    return "–" if amount is None else f"${amount:,.2f}"


@cache
def texts(language: str) -> dict[str, Any]:
    """The wording; English where there is none in the language."""
    code = language if language in LANGUAGES else "en"
    path = files("steadwell.claims.cases") / f"statement-{code}.yaml"
    data: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"), name=path.name)
    return data
