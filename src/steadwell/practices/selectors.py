"""Reading practices and those who work there."""

from datetime import date

from django.db import connection, transaction
from django.db.models import Prefetch, Q

from steadwell.common.clock import today_in
from steadwell.practices.checklist import Item, Setup, checklist
from steadwell.practices.models import (
    Charge,
    CredentialRule,
    Membership,
    Payer,
    Person,
    Practice,
    PracticeProfile,
    Practitioner,
    QualifyingYear,
    Role,
)


def practice_by_slug(slug: str) -> Practice | None:
    """The practice of exactly that slug. Its policy shows the row to whoever names it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT quote_literal(%s)", [slug])
        cursor.execute(f"SET LOCAL steadwell.practice_slug = {cursor.fetchone()[0]}")
        practice = Practice.objects.filter(slug=slug).first()
        cursor.execute("SET LOCAL steadwell.practice_slug = ''")
    return practice


def setup_checklist(practice: Practice) -> list[Item]:
    """What is missing, what each gap blocks, and where to mend it."""
    return checklist(
        Setup(
            practice=practice,
            profile=profile_of(practice),
            practitioners=[one for one in practitioners_of(practice) if one.is_active],
            members=members_of(practice),
            rules=credential_rules(practice),
            payers=payers_of(practice),
            charged_codes=set(charges_on(practice, today_in(practice.zone))),
        )
    )


def profile_of(practice: Practice) -> PracticeProfile:
    """What the practice tells of itself; an empty one where nothing is given yet."""
    return PracticeProfile.objects.filter(practice=practice).first() or PracticeProfile(
        practice=practice
    )


def practitioners_of(practice: Practice) -> list[Practitioner]:
    """Those who bill, then those who did, by name, with their person and qualifying years."""
    years = QualifyingYear.objects.order_by("year")
    return list(
        Practitioner.objects.filter(practice=practice)
        .select_related("person")
        .prefetch_related(Prefetch("qualifying_years", years))
        .order_by("-is_active", "family_name", "given_name", "pk")
    )


def practitioners_for(practice: Practice, person: Person | None) -> list[Practitioner]:
    """Those whom a person may be: theirs, and those as whom nobody signs in."""
    mine = Q(person=None) | Q(person=person) if person else Q(person=None)
    return list(
        Practitioner.objects.filter(mine, practice=practice, is_active=True).order_by(
            "family_name", "given_name", "pk"
        )
    )


def members_of(practice: Practice) -> list[Membership]:
    """Who works here today or will, by name."""
    today = today_in(practice.zone)
    return list(
        Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), practice=practice)
        .select_related("person")
        .order_by("person__full_name", "pk")
    )


def former_members_of(practice: Practice) -> list[Membership]:
    """Who worked here, the last to leave first."""
    return list(
        Membership.objects.filter(practice=practice, ends_on__lt=today_in(practice.zone))
        .select_related("person")
        .order_by("-ends_on", "pk")
    )


def manager_names(practice: Practice) -> list[str]:
    """Whom to ask for a change of the settings."""
    return [
        one.person.full_name for one in members_of(practice) if one.has_role(Role.PRACTICE_MANAGER)
    ]


def credential_rules(practice: Practice) -> dict[str, CredentialRule]:
    """The practice's table, by credential."""
    return {rule.credential: rule for rule in CredentialRule.objects.filter(practice=practice)}


def payers_of(practice: Practice) -> list[Payer]:
    return list(Payer.objects.filter(practice=practice).order_by("name", "pk"))


def charges_of(practice: Practice) -> list[Charge]:
    """Every charge there ever was, by code, the newest first."""
    return list(Charge.objects.filter(practice=practice).order_by("code", "-starts_on"))


def charges_on(practice: Practice, day: date) -> dict[str, Charge]:
    """The charge in force on a day, by code."""
    rows = Charge.objects.filter(practice=practice, starts_on__lte=day)
    return {row.code: row for row in rows.order_by("code", "starts_on")}
