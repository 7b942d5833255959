"""Who does what on a chart, and from ids in a request to calls, red flags, tasks, escalations."""

from typing import TypeVar
from uuid import UUID

from django.db.models import Model
from django.shortcuts import get_object_or_404

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.outreach.models import Call, Escalation, Loop, RecurringTask, RedFlag, Task, TeamNote
from steadwell.outreach.selectors.calls import open_call_of
from steadwell.patients.models import Patient
from steadwell.practices.models import Role

WRITERS = (Role.CARE_MANAGER, Role.ENROLLMENT, Role.PRACTITIONER)
GIVERS = (*WRITERS, Role.PRACTICE_MANAGER)  # of tasks

_M = TypeVar("_M", bound=Model)


def call_running(request: SignedInRequest, patient: Patient) -> Call:
    """The call that the person has with the patient.

    Raises:
        Refusal: none runs: it was closed in another tab, perhaps.
    """
    call = open_call_of(patient, request.user)
    if call is None:
        raise Refusal("No call of yours runs here. Start one, and what you typed can be kept.")
    return call


def flag_for(request: SignedInRequest, patient: Patient, public_id: UUID) -> RedFlag:
    return get_object_or_404(
        RedFlag.objects.select_related("patient__practice", "call"),
        practice=request.practice,
        patient=patient,
        public_id=public_id,
    )


def task_for(request: SignedInRequest, public_id: UUID) -> Task:
    return _found(Task, request, public_id)


def loop_for(request: SignedInRequest, public_id: UUID) -> Loop:
    return get_object_or_404(
        Loop.objects.select_related("patient__practice", "owner"),
        practice=request.practice,
        public_id=public_id,
    )


def recurring_for(request: SignedInRequest, public_id: UUID) -> RecurringTask:
    return _found(RecurringTask, request, public_id)


def team_note_for(request: SignedInRequest, public_id: UUID) -> TeamNote:
    return get_object_or_404(
        TeamNote.objects.select_related("patient__practice"),
        practice=request.practice,
        public_id=public_id,
    )


def escalation_for(request: SignedInRequest, public_id: UUID) -> Escalation:
    return _found(Escalation, request, public_id)


def _found(model: type[_M], request: SignedInRequest, public_id: UUID) -> _M:
    return get_object_or_404(model, practice=request.practice, public_id=public_id)
