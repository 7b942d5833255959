"""All settings. Every knob is an environment variable; without any, a laptop is safe."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from steadwell.site.database.urls import app_address, is_embedded, owner_address
from steadwell.site.environment import (
    flag,
    number,
    roles,
    secret,
    secret_or_nothing,
    text,
    words,
)
from steadwell.site.folders import VAR, name_rules_folder

PACKAGE = Path(__file__).resolve().parent
name_rules_folder()

DEBUG = flag("STEADWELL_DEBUG", default=False)
SECRET_KEY = secret("STEADWELL_SECRET_KEY", VAR)
SEAL_KEY = secret("STEADWELL_SEAL_KEY", VAR)  # seals secrets in the database; losing it loses them
HOSTS_GIVEN = words("STEADWELL_HOSTS")
ALLOWED_HOSTS = HOSTS_GIVEN or ["localhost", "127.0.0.1", "[::1]", "testserver"]
HTTPS = flag("STEADWELL_HTTPS", default=False)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS_GIVEN] if HTTPS else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "template_partials",
    "steadwell.audit",
    "steadwell.jobs",
    "steadwell.practices",
    "steadwell.handbook",
    "steadwell.patients",
    "steadwell.enrollment",
    "steadwell.careplans",
    "steadwell.timekeeping",
    "steadwell.outreach",
    "steadwell.billing",
    "steadwell.claims",
    "steadwell.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "steadwell.site.middleware.one_local_host",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "steadwell.site.middleware.refuse_what_no_keyboard_types",
    "allauth.account.middleware.AccountMiddleware",
    "steadwell.site.middleware.sign_out_when_idle",
    "steadwell.site.middleware.work_in_practice",
    "steadwell.site.middleware.ask_for_a_second_factor",
    "steadwell.site.middleware.show_where_a_form_is",
]

ROOT_URLCONF = "steadwell.site.urls"
WSGI_APPLICATION = "steadwell.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "steadwell.site.context.frame",
            ],
            "builtins": ["steadwell.site.templatetags.look"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {"default": app_address(VAR).as_django()}
if is_embedded() or os.environ.get("DATABASE_OWNER_URL"):
    # Migrations only: `steadwell migrate` says so; no page and no job uses it.
    DATABASES["owner"] = {
        **owner_address(VAR).as_django(),
        "ATOMIC_REQUESTS": False,
        "TEST": {"MIRROR": "default"},
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "practices.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
IDLE_LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "steadwell.site.accounts.ClosedSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/15m/key"}
MFA_ADAPTER = "steadwell.site.accounts.SealedSecrets"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # people are invited by email; nobody claims another's address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Steadwell"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
# Where others can reach the server, a password alone lets nobody in unless somebody says so.
SECOND_FACTOR_ROLES = roles(
    "STEADWELL_SECOND_FACTOR", default="all" if HTTPS or HOSTS_GIVEN else "none"
)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
IDLE_MINUTES = number("STEADWELL_IDLE_MINUTES", default=15, at_least=1)

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "site_cache",
    }
}
# Messages hold links that let somebody in: without a mail server they are kept in files that only
# the owner of this process can read, never printed where logs are kept.
EMAIL_HOST = text("STEADWELL_SMTP_HOST", default="")
EMAIL_IS_SENT = bool(EMAIL_HOST)
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_IS_SENT
    else "steadwell.site.mail.KeptMail"
)
EMAIL_FILE_PATH = str(VAR / "mail")
EMAIL_PORT = number("STEADWELL_SMTP_PORT", default=587, at_least=1)
EMAIL_HOST_USER = text("STEADWELL_SMTP_USER", default="")
EMAIL_HOST_PASSWORD = secret_or_nothing("STEADWELL_SMTP_PASSWORD")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and flag("STEADWELL_SMTP_STARTTLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = text("STEADWELL_EMAIL_FROM", default="steadwell@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
