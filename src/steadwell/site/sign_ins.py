"""Who signs in and out, who fails to, and who changes how they do: events of the audit trail."""

from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import Signal

from steadwell.audit.services import NoAuditTrail, record, record_refusal

EVENTS: tuple[tuple[Signal, str], ...] = (
    (user_logged_in, "person.signed_in"),
    (user_logged_out, "person.signed_out"),
    (password_changed, "person.password_changed"),
    (password_set, "person.password_set"),
    (password_reset, "person.password_reset"),
    (authenticator_added, "person.authenticator_added"),
    (authenticator_removed, "person.authenticator_removed"),
    (authenticator_reset, "person.recovery_codes_made"),
)


def listen() -> None:
    """Bind each signal to its event. What was typed as email or password is never recorded."""
    for signal, action in EVENTS:
        signal.connect(_recorder(action), weak=False, dispatch_uid=f"audit {action}")
    user_login_failed.connect(_failed, dispatch_uid="audit person.sign_in_failed")


def _recorder(action: str) -> Any:
    def note(user: Any = None, **_more: Any) -> None:
        if user is not None and user.pk:
            try:
                record(action, subject=f"practices.person/{user.pk}")
            except NoAuditTrail:  # a command or a test signs somebody in without a request
                return

    return note


def _failed(**_more: Any) -> None:
    try:
        record_refusal("person.sign_in_failed")
    except NoAuditTrail:
        return
