"""How many chronic diseases a chart shows, each counted once."""

from collections import defaultdict
from collections.abc import Collection

from steadwell.patients.models import Condition
from steadwell.practices.models import Practice
from steadwell.rules.conditions import Group, condition_group, distinct_groups

PAST = ("inactive", "resolved", "remission")
NEVER_TRUE = ("entered-in-error", "refuted")


def chronic_counts(practice: Practice, patient_ids: Collection[int]) -> dict[int, int]:
    """By patient. One read for all of them."""
    groups: dict[int, list[Group]] = defaultdict(list)
    rows = (
        Condition.objects.filter(practice=practice, patient_id__in=list(patient_ids))
        .exclude(icd10="")
        .exclude(clinical_status__in=PAST)
        .exclude(verification_status__in=NEVER_TRUE)
        .values_list("patient_id", "icd10")
        .distinct()
    )
    for patient_id, icd10 in rows:
        if group := condition_group(icd10):
            groups[patient_id].append(group)
    return {patient_id: len(distinct_groups(found)) for patient_id, found in groups.items()}
