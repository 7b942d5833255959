"""The plan on paper."""

from steadwell.careplans.models import PlanVersion
from steadwell.careplans.patient_copy import PatientCopy, Section, patient_copy, plain_date
from steadwell.careplans.selectors import content_of
from steadwell.common.pdf import Document, printable
from steadwell.practices.models import PracticeProfile


def plan_pdf(version: PlanVersion, language: str) -> bytes:
    """The patient's copy. The same version gives the same bytes."""
    copy = patient_copy(content_of(version), language)
    practice = version.patient.practice
    made_at = version.signed_at or version.changed_at
    paper = Document(
        title=copy.title,
        running_head=f"{practice.name} · {copy.title} · {_standing(version, copy)}",
        made_at=made_at,
        language="es-US" if language == "es" else "en-US",
    )
    paper.add_page()
    _top(paper, version, copy)
    for section in copy.sections:
        _section(paper, section)
    for line in copy.closing:
        paper.paragraph(line, bold=True)
    if not _all_printable(version, copy):
        paper.paragraph(copy.word("letters"), quiet=True)
    return paper.as_bytes()


def _top(paper: Document, version: PlanVersion, copy: PatientCopy) -> None:
    patient = version.patient
    paper.heading(copy.title)
    born = plain_date(patient.birth_date, copy.language)
    paper.paragraph(patient.name, bold=True)
    paper.paragraph(f"{copy.word('born')}: {born}\n{_standing(version, copy)}", quiet=True)
    if copy.summary:
        paper.heading(copy.summary_heading, level=2)
        paper.paragraph(copy.summary)
    for line in phone_lines(version, copy):
        paper.paragraph(line, bold=True)


def phone_lines(version: PlanVersion, copy: PatientCopy) -> list[str]:
    """Whom to call now, and at any hour."""
    profile = PracticeProfile.objects.filter(practice=version.practice_id).first()
    lines = [copy.word("emergency")]
    if profile and profile.after_hours_phone:
        line = f"{copy.word('any_hour')} {phone(profile.after_hours_phone)}."
        if profile.after_hours_answered_by:
            line += f" {copy.word('answers')}: {profile.after_hours_answered_by}."
        lines.append(line)
    return lines


def phone(text: str) -> str:
    """(740) 555-0199 where it is a ten-digit number, else as it is."""
    digits = "".join(one for one in text if one.isdigit()).removeprefix("1")
    return f"({digits[:3]}) {digits[3:6]}-{digits[6:]}" if len(digits) == 10 else text


def _standing(version: PlanVersion, copy: PatientCopy) -> str:
    if version.signed_at is None or version.practitioner is None:
        return f"{copy.word('version')} {version.number}. {copy.word('draft')}"
    day = version.signed_at.astimezone(version.patient.practice.zone).date()
    return (
        f"{copy.word('version')} {version.number}, {copy.word('signed')}"
        f" {plain_date(day, copy.language)} {copy.word('by_person')}"
        f" {version.practitioner.display_name}"
    )


def _section(paper: Document, section: Section) -> None:
    paper.heading(section.heading, level=2)
    for item in section.items:
        paper.paragraph(f"“{item.main}”" if item.is_quote else item.main, bold=True)
        below = [f"{name}: {text}" if name else text for name, text in item.below]
        if below:
            paper.bullets(below)


def _all_printable(version: PlanVersion, copy: PatientCopy) -> bool:
    said = [version.patient.name, version.patient.practice.name, copy.summary, *copy.closing]
    for section in copy.sections:
        for item in section.items:
            said += [item.main, *(text for _name, text in item.below)]
    return all(printable(text) == text for text in said)
