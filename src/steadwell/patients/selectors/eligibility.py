"""Eligibility answers as a chart, the queue and a packet show them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from steadwell.patients.eligibility import in_words
from steadwell.patients.models import EligibilityAnswer, Patient
from steadwell.practices.models import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An answer with what it says, in sentences."""

    answer: EligibilityAnswer
    words: Sequence[str]


def answers_for(patient: Patient) -> list[Shown]:
    """The patient's answers, the newest first."""
    rows = EligibilityAnswer.objects.filter(practice_id=patient.practice_id, patient=patient)
    rows = rows.select_related("file").defer("file__content").order_by("-answered_on", "-pk")
    return [Shown(answer=one, words=in_words(one.says)) for one in rows]


def answers_that_wait(practice: Practice) -> QuerySet[EligibilityAnswer]:
    """Answers of nobody we know: somebody has to say whose they are."""
    rows = EligibilityAnswer.objects.filter(practice=practice, patient=None, placed_at=None)
    return rows.select_related("file").defer("file__content").order_by("-pk")
