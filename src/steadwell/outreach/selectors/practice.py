"""How the practice works: limits of attempts, times to answer, deputies, standing orders."""

from dataclasses import dataclass

from steadwell.outreach.models import Deputy, StandingOrder, WorkSettings
from steadwell.practices.models import Person, Practice, StaffCredential

NO_ORDER = (
    "This practice has not said what you may settle alone. Settle nothing beyond the signed plan: "
    "ask the practitioner."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What one credential may settle alone, and by whose word."""

    credential: str
    label: str
    text: str
    approved_by: str


def settings_of(practice: Practice) -> WorkSettings:
    """The practice's settings; the defaults where it has said nothing."""
    return WorkSettings.objects.filter(practice=practice).select_related(
        "last_in_line"
    ).first() or WorkSettings(practice=practice)


def deputy_of(practice: Practice, person: Person) -> Person | None:
    """Who answers when the person does not."""
    row = Deputy.objects.filter(practice=practice, person=person).select_related("deputy").first()
    return row.deputy if row else None


def deputies_of(practice: Practice) -> dict[int, int]:
    """By practitioner's person: the deputy's."""
    rows = Deputy.objects.filter(practice=practice)
    return dict(rows.values_list("person_id", "deputy_id"))


def orders_of(practice: Practice) -> list[Order]:
    """The newest standing order of every credential, those without one included."""
    rows = (
        StandingOrder.objects.filter(practice=practice)
        .order_by("credential", "-changed_at", "-pk")
        .distinct("credential")
    )
    found = {one.credential: one for one in rows}
    return [
        Order(
            credential=key, label=label, text=found[key].text if key in found else "",
            approved_by=found[key].approved_by if key in found else "",
        )
        for key, label in StaffCredential.choices
    ]  # fmt: skip


def order_for(practice: Practice, credential: str) -> Order | None:
    """What one of this credential may settle alone; None where nothing is said."""
    row = (
        StandingOrder.objects.filter(practice=practice, credential=credential)
        .order_by("-changed_at", "-pk")
        .first()
    )
    if row is None or not row.text:
        return None
    label = StaffCredential(row.credential).label
    return Order(
        credential=credential, label=label, text=row.text, approved_by=row.approved_by
    )  # fmt: skip
