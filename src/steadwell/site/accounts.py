"""How allauth behaves here, and its words."""

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: people are invited by a practice."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This sign-in is not active. Ask your practice manager.",
        "email_password_mismatch": "That password and email do not belong together. After 5 wrong"
        " tries this account rests for 15 minutes.",
        "too_many_login_attempts": "There were too many wrong tries, so this account rests. Wait 15"
        " minutes, or sign in with a passkey.",
        "incorrect_password": "That is not your password. Type it again.",
        "enter_current_password": "That is not your password now. Type it again.",
        "incorrect_code": "That code is not right, or it was used already. Wait for the next one.",
        "rate_limited": "There were too many tries in a short time. Wait a minute and try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False


class SealedSecrets(DefaultMFAAdapter):  # type: ignore[misc]
    """What an authenticator app shares with us is kept sealed: a stolen dump opens nothing."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or it was used already. Wait for the next one.",
    }

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(settings.SEAL_KEY.encode()).digest()))
