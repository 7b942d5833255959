"""Views that people keep of their worklist."""

from django.http import QueryDict

from steadwell.audit.services import record
from steadwell.common.clock import now
from steadwell.common.errors import Refusal
from steadwell.outreach.models import SavedView
from steadwell.practices.models import Person, Practice

MOST = 12
KEPT = ("who", "show", "risk", "within", "sort")
LONGEST_NAME, LONGEST_VALUE = 40, 40


def save_view(*, practice: Practice, name: str, query: str, acting_user: Person) -> SavedView:
    """Keep a list's address under a name; the same name takes the new address.

    Raises:
        Refusal: no name, a name too long, or too many views.
    """
    name = " ".join(name.split())
    if not name:
        raise Refusal("The view has no name. Give it one, such as “High risk, mine”.")
    if len(name) > LONGEST_NAME:
        raise Refusal(f"The name has {len(name)} letters. Use {LONGEST_NAME} or fewer.")
    own = SavedView.objects.filter(practice=practice, person=acting_user)
    if own.exclude(name=name).count() >= MOST:
        raise Refusal(f"You keep {MOST} views already. Remove one to keep another.")
    row, _ = SavedView.objects.update_or_create(
        practice=practice, person=acting_user, name=name,
        defaults={"query": clean_query(query), "saved_at": now()},
    )  # fmt: skip
    record("today.view_saved", subject=f"outreach.savedview/{row.pk}")
    return row


def drop_view(*, view: SavedView, acting_user: Person) -> None:
    """Remove one's own view."""
    if view.person_id != acting_user.pk:
        raise Refusal("This view is somebody else’s. Everybody removes their own.")
    record("today.view_removed", subject=f"outreach.savedview/{view.pk}")
    view.delete()


def clean_query(query: str) -> str:
    """What a list's address may say, and nothing else."""
    given, kept = QueryDict(query[:2000]), QueryDict(mutable=True)
    for key in KEPT:
        value = given.get(key, "")
        if value and len(value) <= LONGEST_VALUE:
            kept[key] = value
    return kept.urlencode()[:300]
