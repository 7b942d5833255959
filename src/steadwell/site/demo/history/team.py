"""Who works at the demo's practice, as its history needs them."""

from dataclasses import dataclass

from steadwell.practices.models import Membership, Person, Practice, Practitioner
from steadwell.site.demo.staff import DOMAIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The staff by mailbox, with what each is to claims and clocks."""

    people: dict[str, Person]
    memberships: dict[str, Membership]
    practitioners: dict[str, Practitioner]

    def mailbox_of(self, practitioner: Practitioner) -> str:
        return next(name for name, one in self.practitioners.items() if one.pk == practitioner.pk)


def team_of(practice: Practice) -> Team:
    members = Membership.objects.filter(practice=practice).select_related("person", "practice")
    by_mailbox = {one.person.email.removesuffix(f"@{DOMAIN}"): one for one in members}
    names = {one.person_id: mailbox for mailbox, one in by_mailbox.items()}
    practitioners = Practitioner.objects.filter(practice=practice, person__isnull=False)
    return Team(
        people={mailbox: one.person for mailbox, one in by_mailbox.items()},
        memberships=by_mailbox,
        practitioners={
            names[one.person_id]: one for one in practitioners if one.person_id is not None
        },
    )
