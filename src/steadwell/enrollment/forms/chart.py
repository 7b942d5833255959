"""Forms of a chart's enrollment page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms

from steadwell.common.forms import DayField
from steadwell.enrollment.forms.base import DAY, LookForm, OneOf
from steadwell.enrollment.models import ProgramEnrollment
from steadwell.enrollment.statements import ConfirmedCondition
from steadwell.practices.models import Person, Practitioner

_ENDING = ProgramEnrollment.Ending
_LEAVES = [
    (value, label)
    for value, label in _ENDING.choices
    if value not in {_ENDING.REVOKED, _ENDING.NEW_PRACTITIONER}
]


class RiskForm(LookForm):
    """Two ticks for each condition, and the practitioner's own words."""

    ids = "risk_%s"
    lasts = forms.MultipleChoiceField(required=False)
    risk = forms.MultipleChoiceField(required=False)
    statement = forms.CharField(
        label="In your own words: why these conditions put the patient at risk",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept as written, with your name and the time.",
        error_messages={"required": "Write in your own words why the patient is at risk."},
    )

    def __init__(
        self, *args: Any, conditions: Sequence[ConfirmedCondition] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = conditions
        ids = [(each.condition_id, each.label) for each in conditions]
        for name in ("lasts", "risk"):
            field = self.fields[name]
            assert isinstance(field, forms.MultipleChoiceField)
            field.choices = ids

    def ticked(self, name: str) -> list[str]:
        """What stands ticked now, whether it was sent or not."""
        return list(self.data.getlist(name)) if self.is_bound else []  # type: ignore[attr-defined]

    @property
    def rows(self) -> list[tuple[ConfirmedCondition, bool, bool]]:
        lasts, risk = self.ticked("lasts"), self.ticked("risk")
        return [
            (each, each.condition_id in lasts, each.condition_id in risk)
            for each in self.conditions
        ]

    def confirmed(self) -> list[ConfirmedCondition]:
        """The conditions with at least one tick."""
        lasts, risk = self.cleaned_data["lasts"], self.cleaned_data["risk"]
        return [
            ConfirmedCondition(
                code=each.code,
                label=each.label,
                condition_id=each.condition_id,
                is_mapped=each.is_mapped,
                lasts_12_months=each.condition_id in lasts,
                significant_risk=each.condition_id in risk,
            )
            for each in self.conditions
            if each.condition_id in lasts or each.condition_id in risk
        ]


class VisitForm(LookForm):
    """Which visit, under which code, with whom."""

    ids = "visit_%s"
    encounter = OneOf(
        label="Visit in the chart", required=False, empty="Another visit, on the day below"
    )
    took_place_on = DayField(
        label="Day of another visit",
        required=False,
        widget=DAY,
        help_text="Only where the visit is not in the list.",
    )
    code = forms.ChoiceField(
        label="Visit code",
        help_text="The codes that count: office visits of level 2 and higher, wellness and TCM visits.",
        error_messages={"required": "Choose the code of the visit."},
    )
    practitioner = OneOf(label="Seen by")
    discussed = forms.BooleanField(label="CCM was discussed at this visit", required=False)

    def __init__(
        self,
        *args: Any,
        encounters: Sequence[Any] = (),
        codes: Sequence[str] = (),
        practitioners: Sequence[Practitioner] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "encounter", encounters, "words")
        offer(self, "practitioner", practitioners, "display_name")
        field = self.fields["code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *((code, code) for code in codes)]
        self.fields["discussed"].widget.attrs["class"] = "form-check-input"

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("encounter") and not data.get("took_place_on"):
            self.add_error("took_place_on", "Choose a visit of the chart, or enter its day.")
        return data


class ContactForm(LookForm):
    ids = "contact_%s"
    person = OneOf(label="Contact", empty="Choose")
    starts_on = DayField(label="From", widget=DAY)

    def __init__(self, *args: Any, team: Sequence[Person] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "person", team, "full_name")


class LeaveForm(LookForm):
    """Leaving for a reason that is no revocation."""

    ids = "leave_%s"
    reason = forms.ChoiceField(
        label="Why",
        choices=[("", "Choose"), *_LEAVES],
        error_messages={"required": "Choose why the patient leaves."},
    )
    ends_on = DayField(label="Last day in the program", widget=DAY)


class RevokeForm(LookForm):
    ids = "revoke_%s"
    revoked_on = DayField(label="The patient said so on", widget=DAY)
    reason = forms.CharField(
        label="Why, if they said",
        required=False,
        max_length=300,
        help_text="No reason is needed to stop.",
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"revoked_on": today})
        super().__init__(*args, **kwargs)


def offer(form: forms.Form, name: str, objects: Sequence[Any], label: str) -> None:
    field = form.fields[name]
    assert isinstance(field, OneOf)
    field.offer(objects, label)
