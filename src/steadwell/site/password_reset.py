"""Asking for a new password, also while the mail server is down."""

from logging import getLogger
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from typing import Any

from allauth.account.views import PasswordResetView
from django.http import HttpResponse, HttpResponseRedirect

LOG = getLogger(__name__)
NOT_SENT = (
    "The message could not be sent: the mail server does not take messages now. Your password is as"
    " it was. Try again in some minutes; if it stays so, tell whoever runs your Steadwell."
)


class ResetPassword(PasswordResetView):  # type: ignore[misc]
    """Known and unknown emails are both written to, so that a failure tells nobody which it is."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            answer: HttpResponse = super().form_valid(form)
        except SMTPRecipientsRefused as error:
            # Of this one mailbox: to say so on the page would tell which emails are real.
            _log(error)
            return HttpResponseRedirect(self.get_success_url())
        except OSError as error:  # a failing mail server is one too
            _log(error)
            form.add_error(None, NOT_SENT)
            answer = self.form_invalid(form)
            answer.status_code = 503
        return answer


def _log(error: OSError) -> None:
    """The kind of failure only: a mail server's own words may repeat the email."""
    code = error.smtp_code if isinstance(error, SMTPResponseException) else error.errno
    LOG.error("A link for a new password was not sent: %s (%s)", type(error).__name__, code)


reset_password = ResetPassword.as_view()
