"""What the chart says of one patient in one calendar month, with no opinion about what it is worth.

Field names are the keys of the case format; a Python word gets an underscore (`from_`). An absent
fact is `None`, or empty: nothing is assumed in anybody's favor.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from math import ceil
from typing import Final

from steadwell.rules.facts.kinds import (
    ConsentForm,
    Credential,
    DischargedFrom,
    DischargedTo,
    Elects,
    MdmLevel,
    MonitoringFamily,
    Payer,
    PracticeKind,
    Program,
    Secondary,
    StayKind,
)
from steadwell.rules.months import Month

DEFAULT_ZONE: Final = "America/New_York"


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientFacts:
    birth_date: date | None = None
    death_date: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageFacts:
    payer: Payer | None = None
    qmb: bool = False
    secondary: Secondary | None = None
    enrolled_from: date | None = None
    enrolled_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeFacts:
    kind: PracticeKind = PracticeKind.PHYSICIAN_OFFICE
    time_zone: str = DEFAULT_ZONE
    locality: str | None = None
    qualifying_participant: bool | None = None
    place_of_service: str | None = None
    country: str = "US"


@dataclass(frozen=True, slots=True, kw_only=True)
class PractitionerFacts:
    """The billing practitioner."""

    id: str = ""
    kind: str = ""
    qualifying_participant: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFacts:
    """A diagnosis with the practitioner's statements about it. Twelve months imply three."""

    code: str
    lasts_12_months: bool = False
    lasts_3_months: bool = False
    significant_risk: bool = False
    serious_complex: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """A face-to-face visit. `with_practitioner: false` is a wellness visit by staff alone."""

    code: str
    on: date
    by: str = ""
    discussed: tuple[Program, ...] = ()
    with_practitioner: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFacts:
    """`to` is the practitioner's id, `at` a local time; a revocation holds from the month's end."""

    program: Program
    on: date
    at: time | None = None
    form: ConsentForm | None = None
    to: str = ""
    covers: tuple[str, ...] = ()
    revoked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CarePlanFacts:
    established_on: date | None = None
    signed_by: str = ""
    revised_on: tuple[date, ...] = ()
    copy_given_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementFacts:
    after_hours_access: bool = False
    designated_contact: bool = False
    structured_record: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry:
    """A stretch of work: `start` and `end` (aware), or a day and `seconds`. `ref` is the caller's
    own name of it. `span` holds the whole seconds since 1970 that lie inside a stretch with clock
    times; `is_sound`: nothing in the entry itself keeps it from counting."""

    program: Program
    on: date | None = None
    seconds: int | None = None
    start: datetime | None = None
    end: datetime | None = None
    by: str = ""
    credential: Credential
    activity: str = ""
    during_visit: bool = False
    abroad: bool = False
    described: bool = True
    approved: bool = True
    note: str = ""
    ref: str = ""
    span: tuple[int, int] | None = field(init=False, repr=False, compare=False, default=None)
    is_sound: bool = field(init=False, repr=False, compare=False, default=True)

    def __post_init__(self) -> None:
        has_clock = self.start is not None and self.end is not None
        has_length = self.on is not None and self.seconds is not None
        if has_clock == has_length:
            raise ValueError("A time entry has start and end, or on and seconds. Give one pair.")
        if self.start is not None and self.end is not None:
            if self.end < self.start:
                raise ValueError("The end is before the start.")
            span = ceil(self.start.timestamp()), int(self.end.timestamp())
            object.__setattr__(self, "span", span)
        if self.seconds is not None and self.seconds < 0:
            raise ValueError("Time cannot be negative.")
        counts = self.credential is not Credential.AUTOMATED and self.described and self.approved
        object.__setattr__(self, "is_sound", counts and not (self.abroad or self.during_visit))


@dataclass(frozen=True, slots=True, kw_only=True)
class AttestedMdm:
    """`made_on` is the day of the decision, `on` the day it was attested."""

    level: MdmLevel
    by: str = ""
    on: date | None = None
    made_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveContact:
    program: Program
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringWindow:
    """Thirty days of a device. It belongs to the month of its thirtieth day."""

    family: MonitoringFamily
    window_start: date
    device_days: int = 0
    automatic: bool = False
    set_up_on: date | None = None
    new_episode: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfMeasuredBp:
    readings: int = 0
    plan_sent_on: date | None = None
    taught_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    on: date
    reached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DischargeVisit:
    on: date
    mdm: MdmLevel | None = None
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discharge:
    on: date
    from_: DischargedFrom | None = None
    to: DischargedTo | None = None
    attempts: tuple[Attempt, ...] = ()
    visit: DischargeVisit | None = None
    medications_reconciled_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """`to` is the day of discharge, `None` while it lasts; the times are local."""

    kind: StayKind
    from_: date
    to: date | None = None
    from_at: time | None = None
    to_at: time | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollaborativeCare:
    episode_start: Month


@dataclass(frozen=True, slots=True, kw_only=True)
class PrimaryCare:
    """`elements` are in place for a whole practice and proven yearly, so a month need not say so."""

    activity_on: tuple[date, ...] = ()
    elements: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentAddon:
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedElsewhere:
    """A code billed, or known to be billed. Without month and day it is taken for this month's."""

    code: str
    by: str = "other"
    month: Month | None = None
    on: date | None = None

    @property
    def in_month(self) -> Month | None:
        return self.month or (Month.of(self.on) if self.on else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientMonth:
    """`programs` is `None` where it is not said; then they are those the other facts name. `chooses`
    names the codes that a person has chosen where several claims are lawful."""

    month: Month
    patient: PatientFacts = PatientFacts()
    coverage: CoverageFacts = CoverageFacts()
    practice: PracticeFacts = PracticeFacts()
    practitioner: PractitionerFacts = PractitionerFacts()
    conditions: tuple[ConditionFacts, ...] = ()
    visits: tuple[VisitFacts, ...] = ()
    consents: tuple[ConsentFacts, ...] = ()
    care_plan: CarePlanFacts | None = None
    elements: ElementFacts = ElementFacts()
    time: tuple[TimeEntry, ...] = ()
    attested_mdm: AttestedMdm | None = None
    elects: Elects = Elects.POOLED
    live_contacts: tuple[LiveContact, ...] = ()
    monitoring: tuple[MonitoringWindow, ...] = ()
    self_measured_bp: SelfMeasuredBp | None = None
    discharges: tuple[Discharge, ...] = ()
    stays: tuple[Stay, ...] = ()
    hospice: bool = False
    home_health: bool = False
    esrd: bool = False
    collaborative_care: CollaborativeCare | None = None
    primary_care: PrimaryCare | None = None
    assessment_addon: AssessmentAddon | None = None
    claimed_elsewhere: tuple[ClaimedElsewhere, ...] = ()
    programs: tuple[Program, ...] | None = None
    chooses: tuple[str, ...] = ()
