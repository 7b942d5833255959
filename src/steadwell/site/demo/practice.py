"""The demo's practice: made up from its name to its charges, and complete."""

from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from steadwell.common.tenancy import Scope, enter_scope
from steadwell.practices.models import (
    Charge,
    CredentialRule,
    Membership,
    Payer,
    Person,
    Practice,
    PracticeProfile,
    Practitioner,
)
from steadwell.practices.selectors import practice_by_slug
from steadwell.practices.services.opening import COUNTING
from steadwell.site.demo.staff import MEMBERS, OPERATOR, PASSWORD, Member

SLUG = "demo"
OPENED_ON = date(2020, 1, 1)


# The NPIs stand in the demo's population as those who saw the patients. Their check digits hold,
# and they begin with 2: no number that does has been given to anybody.
PRACTITIONERS = (
    {"mailbox": "okafor", "given_name": "Ngozi", "family_name": "Okafor", "kind": "physician",
     "npi": "2000000010", "taxonomy": "207Q00000X", "ptan": "OH12345"},
    {"mailbox": "park", "given_name": "June", "family_name": "Park", "kind": "np",
     "npi": "2000000028", "taxonomy": "363LF0000X", "ptan": "OH23456"},
)  # fmt: skip

CHARGES = {
    "99490": "98.00", "99439": "76.00", "99487": "215.00", "99489": "118.00",
    "99491": "134.00", "99437": "95.00", "G0506": "100.00",
}  # fmt: skip
PAYERS = (
    ("medicare_ffs", "Medicare Part B Ohio", "15202", "CGS ADMINISTRATORS"),
    ("railroad_medicare", "Railroad Medicare", "00882", "PALMETTO GBA"),
    ("medicare_advantage", "Buckeye Advantage Plan", "68069", "BUCKEYE ADVANTAGE"),
)


def ensure_practice() -> Practice:
    """The demo's practice with its staff, made once."""
    return practice_by_slug(SLUG) or _make_practice()


@transaction.atomic
def _make_practice() -> Practice:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL steadwell.practice_slug = '{SLUG}'")
    practice = Practice.objects.create(
        slug=SLUG, name="Alder Creek Primary Care", time_zone="America/New_York"
    )
    enter_scope(Scope(practice_id=practice.pk))
    _profile(practice)
    people = {member.mailbox: _member(practice, member) for member in MEMBERS}
    _person(OPERATOR, is_operator=True)
    for fields in PRACTITIONERS:
        content = {key: value for key, value in fields.items() if key != "mailbox"}
        Practitioner.objects.create(practice=practice, person=people[fields["mailbox"]], **content)
    _tables(practice)
    return practice


def _profile(practice: Practice) -> None:
    PracticeProfile.objects.create(
        practice=practice,
        legal_name="ALDER CREEK PRIMARY CARE LLC",
        tin="311234567",
        npi="1234567893",
        taxonomy="207Q00000X",
        ptan="OH99999",
        street="12 MILL STREET",
        city="ATHENS",
        state="OH",
        zip_plus_4="45701-2301",
        carrier="15202",
        locality="00",
        place_of_service="11",
        contact_name="PRIYA RAMAN",
        contact_phone="7405550180",
        after_hours_phone="7405550199",
        after_hours_answered_by="On-call nurse, then Dr. Okafor",
        after_hours_tested_on=date(2026, 1, 5),
        ehr_certification="15.02.05.2988.DEMO",
        cpt_license_confirmed_on=date(2026, 1, 2),
        cpt_license_confirmed_by="Priya Raman",
    )


def _member(practice: Practice, member: Member) -> Person:
    person = _person(member)
    Membership.objects.create(
        practice=practice,
        person=person,
        roles=list(member.roles),
        credential=member.credential,
        starts_on=OPENED_ON,
    )
    return person


def _person(member: Member, *, is_operator: bool = False) -> Person:
    return Person.objects.create_user(
        member.email, PASSWORD, full_name=member.full_name, is_operator=is_operator
    )


def _tables(practice: Practice) -> None:
    CredentialRule.objects.bulk_create(
        CredentialRule(practice=practice, credential=credential, counting=counting, clock=clock)
        for credential, (counting, clock) in COUNTING.items()
    )
    Charge.objects.bulk_create(
        Charge(practice=practice, code=code, starts_on=OPENED_ON, amount=Decimal(amount))
        for code, amount in CHARGES.items()
    )
    Payer.objects.bulk_create(
        Payer(
            practice=practice, kind=kind, name=name, payer_identifier=identifier,
            submitter_identifier="ALDERCREEK", receiver_identifier=identifier,
            receiver_name=receiver, claims_enrolled_on=OPENED_ON,
            usage_indicator="P", first_claim_was="paid", released_on=OPENED_ON,
        )
        for kind, name, identifier, receiver in PAYERS
    )  # fmt: skip
