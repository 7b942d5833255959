"""What payers answered about the month's cover."""

from typing import Any

from steadwell.billing.models import MonthApproval
from steadwell.patients.eligibility import in_words
from steadwell.patients.models import EligibilityAnswer
from steadwell.rules.months import Month


def eligibility(approval: MonthApproval) -> list[dict[str, Any]]:
    """Every answer about days of the month, the oldest first, with its control numbers."""
    month = Month.of(approval.month)
    rows = EligibilityAnswer.objects.filter(
        practice=approval.practice_id, patient=approval.patient_id,
        about_from__lte=month.last, about_to__gte=month.first,
    )  # fmt: skip
    found = rows.select_related("file").defer("file__content").order_by("answered_on", "pk")
    return [
        {
            "received_at": one.file.received_at, "asked_on": one.asked_on,
            "answered_on": one.answered_on, "about_from": one.about_from,
            "about_to": one.about_to, "payer": one.payer_name,
            "transaction_number": one.transaction_number, "reference": one.reference,
            "trace_number": one.trace_number, "file_sha256": one.file.sha256,
            "says": one.says, "words": " ".join(in_words(one.says)),
        }
        for one in found
    ]  # fmt: skip
