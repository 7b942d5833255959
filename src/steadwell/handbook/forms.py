"""The shape of a case as a person fills it in: one month over the baseline of a program."""

from typing import Any, Final

from django import forms

from steadwell.common.forms import DayField
from steadwell.rules import (
    DischargedFrom,
    DischargedTo,
    MdmLevel,
    MonitoringFamily,
    Month,
    Payer,
    PracticeKind,
    Program,
    Secondary,
    StayKind,
)
from steadwell.rules.judging.words import capital, plain

MOST_ENTRIES: Final = 40
BILLING: Final = "dr-a"
"""The billing practitioner of every baseline."""

PROGRAMS: Final = {
    Program.CCM: "Chronic care (CCM)",
    Program.PCM: "Principal care (PCM)",
    Program.APCM: "Advanced primary care (APCM)",
    Program.BHI: "Behavioral health integration (BHI)",
    Program.COCM: "Collaborative care (CoCM)",
    Program.TCM: "Transitional care (TCM)",
    Program.RPM: "Remote physiologic monitoring (RPM)",
    Program.RTM: "Remote therapeutic monitoring (RTM)",
    Program.CHI: "Community health integration (CHI)",
    Program.PIN: "Principal illness navigation (PIN)",
    Program.PAIN: "Chronic pain management",
}
KINDS: Final = (
    "physician", "np", "pa", "cns", "cnm", "clinical_psychologist", "clinical_social_worker",
    "podiatrist", "dentist", "physical_therapist",
)  # fmt: skip
WHO: Final = {
    "clinical_staff": "Clinical staff",
    "billing": "The billing practitioner in person",
    "practitioner": "Another practitioner",
    "community_health_worker": "Community health worker",
    "peer_specialist": "Peer specialist",
    "non_clinical": "Staff whose time does not count",
    "automated": "Software",
}
PLANS: Final = {
    "": "In place, signed, copy given",
    "unsigned": "Written, not signed",
    "no_copy": "Signed, no copy given",
    "none": "No plan",
}


def choices(words: Any, *, none: str = "") -> list[tuple[str, str]]:
    first = [("", none)] if none else []
    return first + [(str(each), capital(plain(str(each)))) for each in words]


def choice(label: str, options: Any, **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=options, required=False, **more)


def day(label: str, **more: Any) -> DayField:
    return DayField(
        label=label,
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "This is no day of the calendar. Write it as 11/17/2026."},
        **more,
    )


def yes(label: str, **more: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False, **more)


class CaseForm(forms.Form):
    """What is left blank is as in the program's baseline, in which every requirement holds."""

    use_required_attribute = False
    without_marks = True

    month = forms.CharField(
        label="Month",
        max_length=7,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-03"}),
        error_messages={"required": "Say which month is decided, as 2026-03."},
    )
    program = forms.ChoiceField(label="Program", choices=list(PROGRAMS.items()))
    payer = choice("Payer", choices(Payer))
    secondary = choice("Secondary cover", choices(Secondary, none="As in the baseline: none"))
    qmb = yes("Qualified Medicare beneficiary (QMB)")
    setting = choice("Where", choices(PracticeKind))
    practitioner = choice("Billing practitioner", choices(KINDS))
    qualifying = yes("Qualifying participant of a payment model")
    locality = forms.CharField(
        label="Contractor and locality",
        required=False,
        max_length=8,
        help_text="As 15202-00. Blank: national amounts.",
    )
    conditions = forms.CharField(
        label="Conditions, ICD-10-CM",
        required=False,
        max_length=300,
        help_text="With commas between. Blank: E11.22, I10 and N18.31.",
    )
    died_on = day("Died on")

    consent_on = day(
        "Consent on", help_text="Blank: 11/10/2025, or as long before an earlier month."
    )
    consent_at = forms.TimeField(
        label="Consent at",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "This is no time of day. Write it as 10:15."},
    )
    revoked_on = day("Taken back on")
    no_consent = yes("No consent")
    visit_on = day("Visit that starts the care on", help_text="Blank: 11/03/2025, alike.")
    visit_code = forms.CharField(label="Code of the visit", required=False, max_length=5)
    no_visit = yes("No such visit")
    plan = choice("Care plan", list(PLANS.items()))

    level = choice("Decision making attested", choices(MdmLevel, none="None"))
    level_on = day("Attested on", help_text="Blank: the last day of the month.")
    lane = choice("Minutes", [("", "Pooled"), ("personal", "The practitioner's own lane")])

    contact_on = day("Live two-way contact on")
    activity_on = day("Advanced primary care, activity on")
    assessed_on = day("Assessment at the first visit on")
    hospice = yes("In hospice")
    home_health = yes("Home health certified by this practitioner")
    esrd = yes("End-stage renal disease")
    stay = choice("Stay", choices(StayKind, none="None"))
    stay_from = day("Admitted on")
    stay_to = day("Discharged on", help_text="Blank: still there.")
    elsewhere = forms.CharField(label="Code claimed already", required=False, max_length=5)
    elsewhere_by = choice("Claimed by", [("other", "Another practitioner"), (BILLING, "This one")])

    family = choice("Device data", choices(MonitoringFamily, none="None"))
    window_start = day("30 days begin on")
    device_days = forms.IntegerField(
        label="Days with data", required=False, min_value=0, max_value=31,
        error_messages={"invalid": "Write a whole number of days, as 16."},
    )  # fmt: skip
    set_up_on = day("Device set up on")

    left_on = day("Discharged on")
    left = choice("From", choices(DischargedFrom))
    went_to = choice("To", choices(DischargedTo))
    reached_on = day("Reached on")
    seen_on = day("Seen on")
    seen_level = choice("Decision making at that visit", choices(MdmLevel, none="None"))
    reconciled_on = day("Medications reconciled on")

    def clean_month(self) -> str:
        try:
            return str(Month.parse(self.cleaned_data["month"].strip()))
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for chosen, needed, words in (
            ("stay", "stay_from", "Say on which day the stay began."),
            ("family", "window_start", "Say on which day the 30 days begin."),
        ):
            if found.get(chosen) and not found.get(needed) and needed not in self.errors:
                self.add_error(needed, words)
        return found

    @property
    def parts(self) -> list[tuple[str, bool, list[forms.BoundField]]]:
        """Title, whether it stands open, and fields; what a part holds opens it."""
        return [
            (title, title in _OPEN or any(self._holds(name) for name in names.split()),
             [self[name] for name in names.split()])
            for title, names in _PARTS.items()
        ]  # fmt: skip

    def _holds(self, name: str) -> bool:
        value = self[name].value()
        return name not in _NEVER_BLANK and value not in (None, "", False, "False")


_OPEN: Final = ("The month",)
_NEVER_BLANK: Final = frozenset({"elsewhere_by", "left", "went_to"})
_PARTS: Final = {
    "The month": "month program payer setting practitioner lane level level_on",
    "Consent, visit and plan": (
        "consent_on consent_at revoked_on no_consent visit_on visit_code no_visit plan"
    ),
    "Patient, cover and place": "conditions secondary died_on locality qmb qualifying",
    "What else happened": (
        "contact_on activity_on assessed_on hospice home_health esrd stay stay_from stay_to "
        "elsewhere elsewhere_by"
    ),
    "Monitoring": "family window_start device_days set_up_on",
    "Discharge": "left_on left went_to reached_on seen_on seen_level reconciled_on",
}


class EntryForm(forms.Form):
    """Minutes of one day."""

    use_required_attribute = False
    without_marks = True

    on = day("Day")
    minutes = forms.DecimalField(
        label="Minutes", required=False, min_value=0, max_value=1440, max_digits=7,
        error_messages={"invalid": "Write minutes as a number, as 20."},
    )  # fmt: skip
    who = choice("Whose time", list(WHO.items()))
    program = choice("For", [("", "The program above"), *PROGRAMS.items()])

    @property
    def is_blank(self) -> bool:
        found = self.cleaned_data
        return found.get("minutes") is None and found.get("on") is None

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("minutes") is not None and found.get("on") is None and "on" not in self.errors:
            self.add_error("on", "Say on which day.")
        if found.get("on") and found.get("minutes") is None and "minutes" not in self.errors:
            self.add_error("minutes", "Say how many minutes.")
        return found


Entries = forms.formset_factory(
    EntryForm,
    extra=0,
    max_num=MOST_ENTRIES,
    absolute_max=MOST_ENTRIES,
    min_num=1,
    validate_max=True,
)
