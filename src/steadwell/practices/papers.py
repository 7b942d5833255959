"""Reading the papers of those who work: what was in force on a day, what was checked in a month."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from steadwell.practices.models import (
    AfterHoursTest,
    ExclusionCheck,
    Membership,
    Practice,
    RetentionRule,
    StaffLicense,
    WorkAgreement,
)
from steadwell.practices.selectors import members_of

TEN_YEARS = 10


@dataclass(slots=True, kw_only=True)
class Papers:
    """What is on record of one person's work here, each list with the newest first."""

    membership: Membership
    licenses: list[StaffLicense] = field(default_factory=list)
    checks: list[ExclusionCheck] = field(default_factory=list)
    agreements: list[WorkAgreement] = field(default_factory=list)

    @property
    def standing_licenses(self) -> list[StaffLicense]:
        """Of each state and number the newest row."""
        newest = {(one.state, one.number): one for one in reversed(self.licenses)}
        return list(newest.values())

    def licenses_on(self, day: date) -> list[StaffLicense]:
        return [
            one
            for one in self.standing_licenses
            if (one.starts_on is None or one.starts_on <= day) and day <= one.expires_on
        ]

    def agreement_on(self, day: date) -> WorkAgreement | None:
        running = [one for one in self.agreements if one.starts_on <= day]
        return max(running, key=lambda one: (one.starts_on, one.pk), default=None)

    def checks_within(self, first: date, last: date) -> list[ExclusionCheck]:
        return [one for one in self.checks if first <= one.checked_on <= last]

    def check_before(self, day: date) -> ExclusionCheck | None:
        return next((one for one in self.checks if one.checked_on < day), None)


def papers_of(practice: Practice, membership_ids: Collection[int]) -> dict[int, Papers]:
    """By membership, in four queries."""
    of = {"practice": practice, "membership_id__in": membership_ids}
    members = Membership.objects.filter(practice=practice, pk__in=membership_ids)
    found = {one.pk: Papers(membership=one) for one in members.select_related("person")}
    for license_ in StaffLicense.objects.filter(**of).order_by("-recorded_at", "-pk"):
        found[license_.membership_id].licenses.append(license_)
    checks = ExclusionCheck.objects.filter(**of).select_related("recorded_by")
    for check in checks.order_by("-checked_on", "-pk"):
        found[check.membership_id].checks.append(check)
    agreements = WorkAgreement.objects.filter(**of).select_related("supervisor")
    for agreement in agreements.order_by("-starts_on", "-pk"):
        found[agreement.membership_id].agreements.append(agreement)
    return found


def papers_of_everybody(practice: Practice) -> list[Papers]:
    """Of those who work here today, by name."""
    members = members_of(practice)
    found = papers_of(practice, [one.pk for one in members])
    return [found[one.pk] for one in members]


def night_tests_within(practice: Practice, first: date, last: date) -> list[AfterHoursTest]:
    return list(
        AfterHoursTest.objects.filter(practice=practice, called_on__range=(first, last))
        .select_related("recorded_by")
        .order_by("called_on", "pk")
    )


def years_kept(practice: Practice) -> dict[str, int]:
    """By kind of record, ten years where the practice says nothing else."""
    rows = RetentionRule.objects.filter(practice=practice).order_by("recorded_at", "pk")
    said = {row.kind: row.years for row in rows}
    return {kind: said.get(kind, TEN_YEARS) for kind in RetentionRule.Kind.values}
