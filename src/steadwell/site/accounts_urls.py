"""The addresses of signing in that exist here. The others of allauth keep their names and say 404."""

from allauth.account import views as account
from allauth.mfa.urls import urlpatterns as mfa_urls
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from steadwell.site.password_reset import reset_password


def not_here(_request: HttpRequest, **_kwargs: str) -> HttpResponse:
    """Email addresses belong to invitations: nobody manages or confirms them."""
    raise Http404


urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", reset_password, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("email/", not_here, name="account_email"),
    path("confirm-email/", not_here, name="account_email_verification_sent"),
    path("2fa/", include(mfa_urls)),
]
