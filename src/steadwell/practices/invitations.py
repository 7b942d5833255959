"""The message to somebody who was put on a practice's staff."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

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
    get_adapter().send_mail("practices/email/invitation", person.email, context)


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
