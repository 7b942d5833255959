from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


def close_on_sign_out(*, user: Any, **_signal: Any) -> None:
    """Whoever signs out, or is signed out, keeps the time up to the last evidence and no more.

    Who is signed out for being idle is so before any practice is entered: hence its own trail.
    """
    from django.db import transaction

    from steadwell.audit.services import audit_trail
    from steadwell.common.tenancy import current_scope
    from steadwell.timekeeping.services import stop_clock

    if user is None or not user.is_authenticated:
        return
    with transaction.atomic():
        practice_id = current_scope().practice_id
        with audit_trail(practice_id=practice_id, person_id=user.pk, origin="sign-out"):
            stop_clock(acting_user=user, at_last_evidence=True, silent=True)


class TimekeepingConfig(AppConfig):
    name = "steadwell.timekeeping"

    def ready(self) -> None:
        user_logged_out.connect(close_on_sign_out, dispatch_uid="timekeeping.sign_out")
