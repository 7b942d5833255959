"""What is still missing before months can be decided and claims written, and what each gap blocks."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from steadwell.practices import identifiers
from steadwell.practices.models import (
    CredentialRule,
    Membership,
    Payer,
    Practice,
    PracticeProfile,
    Practitioner,
    Role,
    StaffCredential,
)

CODES = ("99490", "99439", "99487", "99489", "99491", "99437", "G0506")
CLINICS = {Practice.Kind.RHC, Practice.Kind.FQHC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the checklist. `blocks` says what does not work while it is not `done`."""

    key: str
    title: str
    done: bool
    blocks: str
    url: str
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Everything the checklist looks at, read once."""

    practice: Practice
    profile: PracticeProfile
    practitioners: list[Practitioner]
    members: list[Membership]
    rules: dict[str, CredentialRule]
    payers: list[Payer]
    charged_codes: set[str] = field(default_factory=set)


def checklist(setup: Setup) -> list[Item]:
    """All items, those of the practice first."""
    return [
        *_practice_items(setup.practice, setup.profile),
        *_people_items(setup),
        *_money_items(setup),
    ]


def _practice_items(practice: Practice, profile: PracticeProfile) -> Iterable[Item]:
    url = reverse("settings_practice")
    yield Item(
        key="kind", title="Kind of practice", url=f"{url}#id_kind",
        done=practice.kind not in CLINICS,
        found=f"{practice.get_kind_display()}. {KIND_NOTES.get(practice.kind, '')}".strip(),
        blocks="Clinics of this kind bill on institutional claims, at rates of their own. Months"
        " are decided and kept, but Steadwell writes no claim for them.",
    )  # fmt: skip
    for key, title, names, fault, blocks in PROFILE_ITEMS:
        given = [_in_words(getattr(profile, name)) for name in names]
        wrong = fault(given[0]) if fault and given[0] else ""
        missing = [
            str(getattr(profile._meta.get_field(name), "verbose_name", name))
            for name, value in zip(names, given, strict=True)
            if not value
        ]
        yield Item(
            key=key, title=title, url=f"{url}#id_{names[0]}", blocks=blocks,
            done=not missing and not wrong,
            found=wrong or (f"Missing: {', '.join(missing)}." if missing else ", ".join(given)),
        )  # fmt: skip
    confirmed = profile.cpt_license_confirmed_on
    yield Item(
        key="cpt_license", title="CPT license", url=f"{url}#cpt-license", done=confirmed is not None,
        blocks="CPT codes belong to the AMA: without the license no claim may carry them.",
        found=f"Confirmed {confirmed:%m/%d/%Y} by {profile.cpt_license_confirmed_by}."
        if confirmed else "Nobody has confirmed it yet.",
    )  # fmt: skip


def _in_words(value: object) -> str:
    return f"{value:%m/%d/%Y}" if isinstance(value, date) else str(value or "")


KIND_NOTES: dict[str, str] = {
    Practice.Kind.HOSPITAL_OUTPATIENT: "The hospital bills its part itself: Steadwell writes only"
    " the practitioner's claim.",
}
NO_CLAIM = "no claim can be written"
PROFILE_ITEMS = (
    ("legal_name", "Legal name", ("legal_name",), None, f"Without the name as on the W-9 {NO_CLAIM}."),
    ("tin", "Taxpayer number", ("tin",), identifiers.tin_fault,
     f"Without a taxpayer number {NO_CLAIM}."),
    ("npi", "Group NPI", ("npi",), identifiers.npi_fault, f"Without the group's NPI {NO_CLAIM}."),
    ("taxonomy", "Group taxonomy", ("taxonomy",), identifiers.taxonomy_fault,
     "Without it a contractor with several enrollments of the group cannot tell which one bills."),
    ("ptan", "Group PTAN", ("ptan",), identifiers.ptan_fault,
     "Without it nobody can ask Medicare about a claim by phone or portal."),
    ("street", "Street address", ("street", "city", "state"), identifiers.street_fault,
     f"Without a street address {NO_CLAIM}; a PO box is refused by the payer."),
    ("zip_plus_4", "ZIP+4", ("zip_plus_4",), identifiers.zip_plus_4_fault,
     f"Without a ZIP+4 {NO_CLAIM}."),
    ("locality", "Contractor and locality", ("carrier", "locality"), identifiers.contractor_fault,
     "Without them allowed amounts and patients' shares are national, not those of your area."),
    ("place_of_service", "Place of service", ("place_of_service",), None,
     f"Without a place of service {NO_CLAIM}."),
    ("contact", "Billing contact", ("contact_name", "contact_phone"), None,
     f"A claim file names whom the payer may call: without a contact {NO_CLAIM}."),
    ("after_hours", "24/7 number",
     ("after_hours_phone", "after_hours_answered_by", "after_hours_tested_on"),
     identifiers.phone_fault,
     "Medicare asks for care around the clock. Without a number somebody answers, tested by a"
     " call, an audit finds that element missing in every month."),
    ("ehr", "Certified EHR", ("ehr_certification",), identifiers.ehr_fault,
     "Medicare asks for certified technology. Without its id, an audit finds it missing in every"
     " month."),
)  # fmt: skip


def _people_items(setup: Setup) -> Iterable[Item]:
    ready = [
        one
        for one in setup.practitioners
        if one.npi and not identifiers.npi_fault(one.npi) and one.taxonomy
    ]
    unready = [one.display_name for one in setup.practitioners if one not in ready]
    yield Item(
        key="practitioners", title="Billing practitioners", url=reverse("settings_practitioners"),
        done=bool(ready) and not unready,
        blocks="Months of a practitioner without a valid NPI and a taxonomy cannot be claimed.",
        found=_list("Not complete", unready) or f"{len(ready)} complete." if ready or unready
        else "Nobody yet.",
    )  # fmt: skip
    unlinked = [one.display_name for one in setup.practitioners if one.person_id is None]
    yield Item(
        key="practitioner_persons", title="Practitioners who sign in themselves",
        url=reverse("settings_practitioners"), done=bool(setup.practitioners) and not unlinked,
        blocks="Plans, decisions and months of a practitioner who cannot sign in wait: nobody may"
        " sign for another.",
        found=_list("Without a person", unlinked) or "Each has a person.",
    )  # fmt: skip
    uncounted = sorted(
        {
            StaffCredential(one.credential).label if one.credential in StaffCredential else "none"
            for one in setup.members
            if one.credential not in setup.rules
        }
    )
    yield Item(
        key="credentials", title="Whose minutes count", url=reverse("settings_staff") + "#counting",
        done=not uncounted,
        blocks="Minutes of a credential without a rule are recorded and counted nowhere.",
        found=_list("Without a rule", uncounted) or "Every credential here has a rule.",
    )  # fmt: skip
    nurses = [one for one in setup.members if Role.CARE_MANAGER in one.roles]
    yield Item(
        key="care_manager", title="A care manager", url=reverse("settings_staff"),
        done=bool(nurses), found=f"{len(nurses)} here." if nurses else "Nobody yet.",
        blocks="Without one nobody calls patients, and no minutes come about.",
    )  # fmt: skip


def _money_items(setup: Setup) -> Iterable[Item]:
    part_b = [one for one in setup.payers if one.kind == Payer.Kind.MEDICARE_FFS]
    ready = [one for one in part_b if not payer_gaps(one)]
    gaps = _list("Missing for " + part_b[0].name, payer_gaps(part_b[0])) if part_b else ""
    yield Item(
        key="payers", title="Medicare Part B as payer", url=reverse("settings_payers"),
        done=bool(ready), found="Complete." if ready else gaps or "No such payer yet.",
        blocks="Without its identifiers and a finished claims enrollment no file is accepted.",
    )  # fmt: skip
    tests = [one.name for one in setup.payers if one.usage_indicator == "T"]
    yield Item(
        key="production", title="Payers in production", url=reverse("settings_payers"),
        done=bool(setup.payers) and not tests,
        found=_list("Still testing", tests) or ("Every one." if setup.payers else "No payer yet."),
        blocks="Files for a payer in test are marked as a test: they are read, and not paid.",
    )  # fmt: skip
    missing = [code for code in CODES if code not in setup.charged_codes]
    yield Item(
        key="charges", title="Charges", url=reverse("settings_charges"), done=not missing,
        found=_list("No charge for", missing) or "Every code has one.",
        blocks="A line without the practice's own charge cannot be claimed.",
    )  # fmt: skip


def payer_gaps(payer: Payer) -> list[str]:
    """What a claim file for the payer still lacks, in words."""
    wanted = {
        "payer ID": payer.payer_identifier,
        "submitter ID": payer.submitter_identifier,
        "receiver ID": payer.receiver_identifier,
        "receiver name": payer.receiver_name,
        "date of claims enrollment": payer.claims_enrolled_on,
    }
    return [name for name, value in wanted.items() if not value]


def _list(lead: str, names: list[str]) -> str:
    return f"{lead}: {', '.join(names)}." if names else ""
