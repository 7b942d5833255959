"""The fixed cast of the tests: Elm Street Clinic, who works there, and somebody who works elsewhere.

Ana bills for Elm Street, Ben nurses there, Eve enrolls, Max manages, Coco looks after compliance;
Cy works at Oak Lane and must see nothing of Elm Street.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from steadwell.common.tenancy import Scope, enter_scope
from steadwell.patients.models import Patient
from steadwell.practices.models import (
    Charge,
    CredentialRule,
    Membership,
    Payer,
    Person,
    Practice,
    PracticeProfile,
    Practitioner,
    Role,
)

TODAY = date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 14, 0, tzinfo=UTC)  # 10 in the morning in New York
COUNTING = {
    "physician": ("practitioner", "by_hand"),
    "np": ("practitioner", "by_hand"),
    "rn": ("clinical_staff", "automatic"),
    "cma": ("clinical_staff", "automatic"),
    "non_clinical": ("non_clinical", "never"),
}


def make_practice(slug: str, name: str) -> Practice:
    """A complete practice; the transaction's scope is left in it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL steadwell.practice_slug = '{slug}'")
    practice = Practice.objects.create(slug=slug, name=name, time_zone="America/New_York")
    enter_scope(Scope(practice_id=practice.pk))
    PracticeProfile.objects.create(
        practice=practice,
        legal_name=name.upper(),
        tin="123456789",
        npi="1234567893",
        taxonomy="207Q00000X",
        street="12 Elm Street",
        city="Athens",
        state="OH",
        zip_plus_4="45701-1234",
        carrier="15202",
        locality="00",
        contact_name="Max Moreno",
        contact_phone="7405550100",
        after_hours_phone="7405550199",
        after_hours_answered_by="On-call nurse",
        after_hours_tested_on=date(2026, 1, 5),
        ehr_certification="15.02.05.1234.TEST",
        cpt_license_confirmed_on=date(2026, 1, 2),
        cpt_license_confirmed_by="Max Moreno",
    )
    for credential, (counting, clock) in COUNTING.items():
        CredentialRule.objects.create(
            practice=practice, credential=credential, counting=counting, clock=clock
        )
    for code, amount in {
        "99490": 95, "99439": 75, "99487": 200, "99489": 110, "99491": 130, "99437": 90, "G0506": 95,
    }.items():  # fmt: skip
        Charge.objects.create(
            practice=practice, code=code, starts_on=date(2015, 1, 1), amount=Decimal(amount)
        )
    Payer.objects.create(
        practice=practice,
        kind=Payer.Kind.MEDICARE_FFS,
        name="Medicare Part B Ohio",
        payer_identifier="15202",
        submitter_identifier="ELM0001",
        receiver_identifier="15202",
        receiver_name="CGS ADMINISTRATORS",
        claims_enrolled_on=date(2025, 1, 1),
        usage_indicator="P",
        first_claim_was="paid",
        released_on=date(2025, 2, 1),
    )
    return practice


def make_member(
    practice: Practice, email: str, full_name: str, credential: str, *roles: str
) -> Person:
    person = Person.objects.create_user(email, full_name=full_name)
    Membership.objects.create(
        practice=practice,
        person=person,
        roles=list(roles),
        credential=credential,
        starts_on=date(2020, 1, 1),
    )
    return person


def make_practitioner(practice: Practice, person: Person | None, **fields: Any) -> Practitioner:
    standard = {
        "given_name": "Ana",
        "family_name": "Abbott",
        "kind": "physician",
        "npi": "1003000126",
        "taxonomy": "207Q00000X",
    }
    return Practitioner.objects.create(practice=practice, person=person, **{**standard, **fields})


def make_patient(practice: Practice, number: int = 1, **fields: Any) -> Patient:
    family = fields.get("family_name", "Testa")
    given = fields.get("given_name", f"Paula{number}")
    standard = {
        "source_key": f"Patient/{number}",
        "digest": "0" * 64,
        "received_at": NOW,
        "record_number": f"E-{number:05d}",
        "medicare_number": "1EG4TE5MK73",
        "family_name": family,
        "given_name": given,
        "name_key": f"{family}, {given}".lower(),
        "birth_date": date(1950, 3, 14),
        "sex": "female",
        "phone": "7405550163",
        "street": "3 Oak Row",
        "city": "Athens",
        "state": "OH",
        "postal_code": "45701",
        "signature_on_file_on": date(2025, 11, 1),
    }
    return Patient.objects.create(practice=practice, **{**standard, **fields})


ROLES = {
    "ana": ("Dr. Ana Abbott", "physician", (Role.PRACTITIONER,)),
    "ben": ("Ben Brook, RN", "rn", (Role.CARE_MANAGER,)),
    "eve": ("Eve Ellis", "non_clinical", (Role.ENROLLMENT,)),
    "max": ("Max Moreno", "non_clinical", (Role.PRACTICE_MANAGER,)),
    "coco": ("Coco Chen", "non_clinical", (Role.COMPLIANCE,)),
}
