from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out


def close_on_sign_out(*, user: Any, **_signal: Any) -> None:
    """Whoever signs out, or is signed out, keeps the time up to the last evidence and no more."""
    from steadwell.timekeeping.services import stop_clock

    if user is not None and user.is_authenticated:
        stop_clock(acting_user=user, at_last_evidence=True)


class TimekeepingConfig(AppConfig):
    name = "steadwell.timekeeping"

    def ready(self) -> None:
        user_logged_out.connect(close_on_sign_out, dispatch_uid="timekeeping.sign_out")
