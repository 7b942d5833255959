"""What the enrollment page of a chart holds, with each form as it stands."""

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from steadwell.common.clock import today_in
from steadwell.common.http import SignedInRequest
from steadwell.enrollment import selectors
from steadwell.enrollment.access import CONSENT_TAKERS, VISIT_CONFIRMERS
from steadwell.enrollment.costs import amounts_for, patients_part
from steadwell.enrollment.forms import ContactForm, LeaveForm, RevokeForm, RiskForm, VisitForm
from steadwell.enrollment.forms.base import LookForm
from steadwell.enrollment.models import (
    Consent,
    ConsentAnswer,
    DesignatedContact,
)
from steadwell.enrollment.selectors import decision
from steadwell.enrollment.selectors.one_chart import OneChart
from steadwell.enrollment.statements import ConfirmedCondition
from steadwell.patients.models import Patient
from steadwell.practices.models import Person, Role
from steadwell.rules.months import Month


class ChartPage:
    """One request's page. `forms` are those that were sent and could not be saved."""

    def __init__(self, request: SignedInRequest, patient: Patient) -> None:
        self.request = request
        self.patient = patient
        self.today: date = today_in(request.practice.zone)
        self.forms: dict[str, Any] = {}
        self.proposal: selectors.Proposal | None = None

    @cached_property
    def chart(self) -> OneChart:
        return OneChart(patient=self.patient, program="ccm", as_of=self.today)

    @cached_property
    def conditions(self) -> list[ConfirmedCondition]:
        return decision.conditions_to_confirm(self.chart)

    @cached_property
    def team(self) -> list[Person]:
        return selectors.care_team(self.request.practice)

    @cached_property
    def visit_choices(self) -> dict[str, Any]:
        return {
            "encounters": decision.possible_visits(self.chart),
            "codes": decision.visit_codes(self.today),
            "practitioners": self.chart.practitioners,
        }

    @staticmethod
    def last_day_of(consent: Consent) -> date:
        """After a revocation."""
        return selectors.last_day_of(consent) or Month.of(consent.given_at.date()).last

    def context(self) -> dict[str, Any]:
        enrollments = selectors.enrollments_of(self.patient)
        running = selectors.running_of(enrollments, self.today)
        cover = selectors.cover_from(self.chart.coverage_rows, self.today)
        consents, contacts = self._consents(), self._contacts()
        return {
            "here": "patients",
            "tab": "enrollment",
            "patient": self.patient,
            "today": self.today,
            "month_end": Month.of(self.today).last,
            "enrollment": running,
            "header": selectors.header_from(
                running, consents["in_force"], contacts["contact"], cover
            )
            if running
            else None,
            "decision": decision.decision_of(self.chart),
            "cover": cover,
            "part": patients_part(cover, amounts_for(self.request.practice, self.today)),
            "statements": self.chart.statement_rows,
            "visits": self.chart.visit_rows,
            "answers": self._answers(),
            "past": [each for each in enrollments if each != running],
            **consents,
            **contacts,
            **self._may(),
            **self._all_forms(),
        }

    def _consents(self) -> dict[str, Any]:
        consents = selectors.consents_of(self.patient)
        for each in consents:
            each.last_day = selectors.last_day_of(each)  # type: ignore[attr-defined]
            each.revocation = next(iter(each.revocations.all()), None)  # type: ignore[attr-defined]
        zone = self.request.practice.zone
        return {
            "consents": consents,
            "in_force": selectors.in_force_of(consents, self.today, zone),
        }

    def _contacts(self) -> dict[str, Any]:
        rows = list(
            DesignatedContact.objects.filter(practice=self.request.practice, patient=self.patient)
            .select_related("person")
            .order_by("-starts_on", "-pk")
        )
        now = next((each for each in rows if each.ends_on is None), None)
        if now is None and self.request.membership.has_role(*CONSENT_TAKERS):
            self.proposal = selectors.proposed_contact(self.request.membership)
        return {
            "contact": now,
            "contacts_before": [each for each in rows if each.ends_on],
            "proposal": self.proposal,
        }

    def _answers(self) -> list[ConsentAnswer]:
        rows = ConsentAnswer.objects.filter(practice=self.request.practice, patient=self.patient)
        return list(rows.select_related("recorded_by").order_by("-answered_at", "-pk"))

    def _may(self) -> dict[str, bool]:
        member, person = self.request.membership, self.request.user
        practitioners = self.visit_choices["practitioners"]
        return {
            "may_state": member.has_role(Role.PRACTITIONER)
            and any(each.person_id == person.pk for each in practitioners),
            "may_confirm_visit": member.has_role(*VISIT_CONFIRMERS),
            "may_take_consent": member.has_role(*CONSENT_TAKERS),
        }

    def _all_forms(self) -> dict[str, Any]:
        today = {"starts_on": self.today, "ends_on": self.today}
        contact = {"person": self.proposal.person.public_id} if self.proposal else {}
        fresh: dict[str, Callable[[], LookForm]] = {
            "risk": lambda: RiskForm(conditions=self.conditions),
            "visit": lambda: VisitForm(**self.visit_choices),
            "contact": lambda: ContactForm(team=self.team, initial={**today, **contact}),
            "leave": lambda: LeaveForm(initial=today),
            "revoke": lambda: RevokeForm(today=self.today),
        }
        return {f"{name}_form": self.forms.get(name) or make() for name, make in fresh.items()}
