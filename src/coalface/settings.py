"""Where Coalface keeps its things and how its parts join; docs/running/settings.md explains each variable."""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
from django.contrib.messages import constants as message_levels
from django.utils.translation import gettext_lazy as _

PACKAGE = Path(__file__).resolve().parent

HOME = Path(os.environ.get("COALFACE_HOME", "var")).resolve()
ATTACHMENTS = HOME / "attachments"
SITE = os.environ.get("COALFACE_SITE", "http://localhost:8000").rstrip("/")
ON_LOCALHOST = urlsplit(SITE).hostname in {"localhost", "127.0.0.1"}


def secret_key() -> str:
    """The installation's own key, made once and readable only by its owner."""
    path = HOME / "secret-key"
    if not path.exists():
        HOME.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text().strip()


SECRET_KEY = os.environ.get("COALFACE_SECRET_KEY") or secret_key()
DEBUG = False
ALLOWED_HOSTS = [
    urlsplit(SITE).hostname or "localhost",
    *filter(None, os.environ.get("COALFACE_HOSTS", "").split(",")),
]
CSRF_TRUSTED_ORIGINS = [SITE]

# Whose word is taken for the address a request comes from; without a proxy in front: nobody's.
TRUSTED_PROXIES = [
    ip_network(one.strip(), strict=False)
    for one in os.environ.get("COALFACE_TRUSTED_PROXIES", "").split(",")
    if one.strip()
]

ROOT_URLCONF = "coalface.urls"
WSGI_APPLICATION = "coalface.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "coalface.records",
    "coalface.shell",
    "coalface.people",
    "coalface.customers",
    "coalface.plan",
    "coalface.meet",
    "coalface.hear",
    "coalface.understand",
    "coalface.act",
    "coalface.verify",
    "coalface.measure",
    "coalface.home",
    "coalface.worker",
    "coalface.demo",
    "coalface.importers",
    "coalface.api",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "coalface.middleware.not_too_large",
    "coalface.middleware.without_nul",
    "coalface.middleware.on_shared_devices",
    "coalface.middleware.in_their_language",
    "coalface.middleware.in_their_time_zone",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# the ledger
DATABASES = {"default": dj_database_url.config(default=f"sqlite:///{HOME / 'coalface.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # secure_delete: what is erased is overwritten, not only forgotten
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536; "
        "PRAGMA secure_delete=ON;",
    }
else:
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8}}

# sign-in
AUTH_USER_MODEL = "records.Account"
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # unique by Lower(email), which the check does not see
AUTHENTICATION_BACKENDS = ["coalface.people.sign_in.WhoWorksHere"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "coalface.people.sign_in.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Coalface: "

# Sign-in limits live in the cache and must hold over all web processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # or the counts of one busy day would sweep out each other
    },
}

# safety
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not ON_LOCALHOST
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = False  # the TLS recipe in docs/running ends TLS in front of granian
SECURE_PROXY_SSL_HEADER = None if ON_LOCALHOST else ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 0 if ON_LOCALHOST else 31_536_000
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440

# words, places, times
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
# Pages for customers, under /c/, speak these too.
PUBLIC_LANGUAGES = ["en", "de", "fr", "es", "nl", "pl"]
if os.environ.get("COALFACE_PSEUDO_LOCALE"):
    LANGUAGES.append(("en-xa", "Ƥşeúđó"))
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = os.environ.get("COALFACE_TIME_ZONE", "Europe/Zurich")

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ATTACHMENTS},
    },
    "staticfiles": {"BACKEND": "coalface.shell.modules.NamedByContent"},
}
MESSAGE_TAGS = {message_levels.DEBUG: "info"}

# what phones send: the form of it that is ours, and the oldest one still understood
CAPTURE_SCHEMA, OLDEST_CAPTURE_SCHEMA = 1, 1

# mail
MAIL = urlsplit(os.environ.get("COALFACE_MAIL", ""))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("COALFACE_MAIL_FROM", "Coalface <coalface@localhost>")
if MAIL.scheme in {"smtp", "smtps"}:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = MAIL.hostname, MAIL.port or (465 if MAIL.scheme == "smtps" else 25)
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(MAIL.username or ""), unquote(MAIL.password or "")
    EMAIL_USE_SSL = MAIL.scheme == "smtps"
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"

# sound in: the program that turns it into words, and where a recording waits for it
TRANSCRIBER = os.environ.get("COALFACE_TRANSCRIBER", "")
RECORDINGS = HOME / "recordings"

# words out: an address that answers as OpenAI's does, and may propose names and summaries; without it: none
LANGUAGE_MODEL_URL = os.environ.get("COALFACE_LANGUAGE_MODEL_URL", "")
LANGUAGE_MODEL_KEY = os.environ.get("COALFACE_LANGUAGE_MODEL_KEY", "")
LANGUAGE_MODEL_NAME = os.environ.get("COALFACE_LANGUAGE_MODEL_NAME", "")

# mail in: where replies are read, and the address they are sent to
MAILBOX = os.environ.get("COALFACE_MAILBOX", "")
MAILBOX_ADDRESS = os.environ.get("COALFACE_MAILBOX_ADDRESS", "")

# telling other systems: only out in the world, unless the operator says that ours may be told too
WEBHOOKS_TO_PRIVATE = bool(os.environ.get("COALFACE_WEBHOOKS_TO_PRIVATE"))

# people's own calendars: servers that stand in our own network, by name; all others are out in the world
CALENDAR_HOSTS = {
    one.strip().lower() for one in os.environ.get("COALFACE_CALENDAR_HOSTS", "").split(",") if one.strip()
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # or a flood of requests that are refused is a flood in the log, too
    "loggers": {"django.request": {"level": "ERROR"}},
}
