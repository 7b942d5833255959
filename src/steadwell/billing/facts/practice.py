"""What every patient-month of one practice shares: read once a run."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Min

from steadwell.common.months import month_bounds
from steadwell.enrollment.models import Consent
from steadwell.practices.models import (
    CredentialRule,
    Practice,
    PracticeProfile,
    Practitioner,
    QualifyingYear,
)
from steadwell.rules.months import Month

_ID: Final = re.compile(r"practitioner-(\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Biller:
    """A billing practitioner, as facts and pages need them."""

    pk: int
    kind: str
    npi: str
    person_id: int | None
    name: str
    short_name: str
    qualifies: bool

    @property
    def id(self) -> str:
        return practitioner_id(self.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The practice in one month."""

    practice: Practice
    month: Month
    zone: ZoneInfo
    starts_at: datetime
    ends_at: datetime
    profile: PracticeProfile
    billers: dict[int, Biller]
    biller_of_person: dict[int, Biller]
    id_of_npi: dict[str, str]
    counting: dict[str, str]
    first_consent_at: datetime  # of the practice's patients; visits before its year tell nothing

    def named(self, text: str) -> str:
        """Text of the rules with practitioners by name instead of by id."""
        return _ID.sub(self._name, text)

    def _name(self, found: re.Match[str]) -> str:
        biller = self.billers.get(int(found[1]))
        return biller.name if biller else found[0]

    def touches(self, starts: date, ends: date | None) -> bool:
        """Whether some of the days lie in the month; without an end they last."""
        return starts <= self.month.last and (ends is None or ends >= self.month.first)

    @property
    def npis(self) -> list[str]:
        return sorted(self.id_of_npi)


def read_setting(practice: Practice, month: Month) -> Setting:
    """Five queries: profile, practitioners, qualifying years, how credentials count, first consent."""
    years = QualifyingYear.objects.filter(practice=practice, year=month.year)
    qualifying = set(years.values_list("practitioner_id", flat=True))
    profile = PracticeProfile.objects.filter(practice=practice).first()
    rules = CredentialRule.objects.filter(practice=practice)
    billers = {
        one.pk: _biller(one, one.pk in qualifying)
        for one in Practitioner.objects.filter(practice=practice)
    }
    starts_at, ends_at = month_bounds(month, practice.zone)
    return Setting(
        practice=practice,
        month=month,
        zone=practice.zone,
        starts_at=starts_at,
        ends_at=ends_at,
        profile=profile or PracticeProfile(practice=practice),
        billers=billers,
        biller_of_person={one.person_id: one for one in billers.values() if one.person_id},
        id_of_npi={one.npi: one.id for one in billers.values() if one.npi},
        counting=dict(rules.values_list("credential", "counting")),
        first_consent_at=min(_first_consent(practice) or starts_at, starts_at),
    )


def _first_consent(practice: Practice) -> datetime | None:
    consents = Consent.objects.filter(practice=practice, program="ccm")
    first: datetime | None = consents.aggregate(first=Min("given_at"))["first"]
    return first


def practitioner_id(pk: int) -> str:
    return f"practitioner-{pk}"


def person_id(pk: int) -> str:
    return f"person-{pk}"


def _biller(one: Practitioner, qualifies: bool) -> Biller:
    return Biller(
        pk=one.pk,
        kind=one.kind,
        npi=one.npi,
        person_id=one.person_id,
        name=one.display_name,
        short_name=one.short_name,
        qualifies=qualifies,
    )
