"""Legal holds as other rooms see them: what stands, and the refusal of whatever would remove."""

from collections.abc import Collection

from steadwell.common.errors import Refusal
from steadwell.patients.models import LegalHold, Patient
from steadwell.practices.models import Practice, Role

SETS = (Role.COMPLIANCE, Role.PRACTICE_MANAGER)
SEES = (*SETS, Role.PRACTITIONER)


def holds_of(patient: Patient) -> list[LegalHold]:
    """Every hold there ever was, the newest first, each with its lift, in two queries."""
    rows = LegalHold.objects.filter(practice_id=patient.practice_id, patient=patient)
    return list(
        rows.select_related("set_by")
        .prefetch_related("lifts__lifted_by")
        .order_by("-set_at", "-pk")
    )


def standing_since(patient: Patient) -> LegalHold | None:
    """The oldest hold that stands."""
    rows = LegalHold.objects.filter(practice_id=patient.practice_id, patient=patient, lifts=None)
    return rows.order_by("set_at", "pk").first()


def holds_in(practice: Practice) -> list[LegalHold]:
    """Those that stand in the practice, the newest first."""
    rows = LegalHold.objects.filter(practice=practice, lifts=None)
    return list(rows.select_related("patient", "set_by").order_by("-set_at", "-pk"))


def refuse_while_held(practice_id: int, patient_ids: Collection[int], what: str) -> None:
    """Stop here if a hold stands on one of them; else none can be set until the transaction ends.

    Args:
        what: what will not be done, as the start of a sentence: "This draft is not discarded".

    Raises:
        Refusal: a hold stands.
    """
    patients = Patient.objects.select_for_update(no_key=True).order_by("pk")
    list(patients.filter(practice_id=practice_id, pk__in=patient_ids).values_list("pk"))
    held = LegalHold.objects.filter(practice_id=practice_id, patient_id__in=patient_ids, lifts=None)
    if held.exists():
        raise Refusal(
            f"{what}: a legal hold stands on the record, and nothing is removed or joined while it"
            " does. Ask the compliance lead or the practice manager."
        )
