"""The message to somebody who was put on a practice's staff."""

from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse

from steadwell.common.errors import Refusal
from steadwell.common.http import SignedInRequest
from steadwell.practices.models import Membership


def send_invitation(request: SignedInRequest, membership: Membership) -> None:
    """Who has no password yet gets a link to choose one; others learn where they now work.

    The link goes to the person's own mailbox only: a manager who saw it could sign in as them.
    """
    person = membership.person
    context = {
        "practice": membership.practice,
        "person": person,
        "invited_by": request.user,
        "sign_in_url": request.build_absolute_uri(reverse("account_login")),
        "link": "" if person.has_usable_password() else _link(request, membership),
    }
    try:
        get_adapter().send_mail("practices/email/invitation", person.email, context)
    except (OSError, SMTPException) as error:
        raise Refusal(
            "The mail server does not take messages now, so nobody was invited. Try again in some "
            "minutes; if it stays so, tell whoever runs your Steadwell."
        ) from error


def what_became_of_it() -> str:
    """Of an invitation, in words: without a mail server nothing is on its way."""
    if settings.EMAIL_IS_SENT:
        return "The invitation is on its way. Its link works for three days."
    return (
        "No e-mail is set up on this server, so the invitation is kept there: ask whoever runs it "
        "to hand it on. Its link works for three days."
    )


def _link(request: SignedInRequest, membership: Membership) -> str:
    person = membership.person
    path = reverse(
        "account_reset_password_from_key",
        kwargs={
            "uidb36": user_pk_to_url_str(person),
            "key": PASSWORD_RESET_TOKEN_GENERATOR().make_token(person),
        },
    )
    return request.build_absolute_uri(path)
