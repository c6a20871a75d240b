"""All settings of Leerscan. Everything that differs between installations comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from config import environment, logs

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
# Where this installation keeps its database, keys and files.
HOME = environment.home("LEERSCAN_HOME", BASE_DIR / "var")

DEBUG = environment.yes_or_no("LEERSCAN_DEBUG")
SECRET_KEY = environment.key("LEERSCAN_SECRET_KEY", HOME / "keys")
SECRET_KEY_FALLBACKS = environment.words("LEERSCAN_SECRET_KEY_FALLBACKS", [])
# Signs the links of participants and protects their drafts; apart from SECRET_KEY: either can be replaced alone.
SCAN_KEY = environment.key("LEERSCAN_SCAN_KEY", HOME / "keys")
SCAN_KEY_FALLBACKS = environment.words("LEERSCAN_SCAN_KEY_FALLBACKS", [])
# Whether each came from the environment, as several machines need.
KEYS_GIVEN = {name: bool(environment.text(name)) for name in ("LEERSCAN_SECRET_KEY", "LEERSCAN_SCAN_KEY")}

# The address that people use; links in mails begin with it, and https makes cookies secure.
BASE_URL = environment.address("LEERSCAN_BASE_URL", "http://127.0.0.1:8000")
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = environment.words(
    "LEERSCAN_ALLOWED_HOSTS",
    sorted({urlsplit(BASE_URL).hostname or "localhost", "localhost", "127.0.0.1"}),
)

INSTALLED_APPS = [
    "config",
    "jobs",
    "organisations",
    "questionnaires",
    "scan",
    "reports",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.link_pages.LinkPagesMiddleware",
    # Around all that may refuse a request.
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.probes.ProbeMiddleware",
    "config.office.WhiteNoiseMiddleware",
    "config.office.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.office.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "config.office.UserLanguageMiddleware",
    "config.office.MessageMiddleware",
    "config.whole_requests.TornRequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
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

DATABASES = {"default": environment.database(environment.text("DATABASE_URL"), HOME / "leerscan.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Long work: done by `manage.py work`, which is also a part of `manage.py serve`. Over Redis for a fleet of workers.
QUEUE_URL = environment.redis_url("LEERSCAN_QUEUE_URL")
TASKS = {"default": environment.tasks(QUEUE_URL)}
# What becomes of a task is asked of nobody: the Job row says it (jobs/models.py).
SILENCED_SYSTEM_CHECKS = ["django_tasks_celery.W001", "django_tasks_celery.W002"] if QUEUE_URL else []

# Counts per network (logging in, codes, links). More than one machine: LEERSCAN_CACHE_URL=redis://host:6379/1
CACHE_URL = environment.redis_url("LEERSCAN_CACHE_URL")
CACHES = {"default": environment.cache(CACHE_URL)}

# People and their rights
AUTH_USER_MODEL = "organisations.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "organisations.passwords.GuessablePasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "organisations.accounts.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PRESERVE_USERNAME_CASING = False
# Our own mails about it: organisations/account_changes.py.
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# Also who is unknown gets a mail: otherwise its sending, or the time it takes, would tell who has an account.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
# How long after logging in the password is not asked again for what is sensitive.
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# Of invitations; the link of a forgotten password is valid for a day (organisations/password_tokens.py).
PASSWORD_RESET_TIMEOUT = 7 * 24 * 3600
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "organisations.password_tokens.PasswordTokens"  # noqa: S105 -- a class
_FORMS = "organisations.account_forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.LoginForm",
    "request_login_code": f"{_FORMS}.RequestLoginCodeForm",
    "confirm_login_code": f"{_FORMS}.ConfirmLoginCodeForm",
    "reset_password": f"{_FORMS}.ResetPasswordForm",
    "reset_password_from_key": f"{_FORMS}.ResetPasswordKeyForm",
    "change_password": f"{_FORMS}.ChangePasswordForm",
    "set_password": f"{_FORMS}.SetPasswordForm",
    "reauthenticate": f"{_FORMS}.ReauthenticateForm",
}
MFA_ADAPTER = "organisations.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": f"{_FORMS}.AuthenticateForm",
    "reauthenticate": f"{_FORMS}.SecondFactorAgainForm",
    "activate_totp": f"{_FORMS}.ActivateTOTPForm",
    "add_webauthn": f"{_FORMS}.AddPasskeyForm",
    "edit_webauthn": f"{_FORMS}.EditPasskeyForm",
}
MFA_TOTP_ISSUER = "Leerscan"
# A phone whose clock is half a minute off.
MFA_TOTP_TOLERANCE = 1
# Accounts are made by the organisation, so nobody can take somebody else's address.
MFA_ALLOW_UNVERIFIED_EMAIL = True
PASSKEYS = environment.yes_or_no("LEERSCAN_PASSKEYS")
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", *(["webauthn"] if PASSKEYS else [])]
MFA_PASSKEY_LOGIN_ENABLED = PASSKEYS
# Browsers know passkeys on https, and on localhost for trying things out.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS

# Logging in at the organisation's own server (OpenID Connect), for people who have an account here.
OIDC_SERVER = environment.text("LEERSCAN_OIDC_SERVER")
if OIDC_SERVER and not environment.text("LEERSCAN_OIDC_CLIENT_ID"):
    raise ImproperlyConfigured("LEERSCAN_OIDC_SERVER is set; LEERSCAN_OIDC_CLIENT_ID is needed too.")
if OIDC_SERVER:
    INSTALLED_APPS += ["allauth.socialaccount.providers.openid_connect"]
# Does that server ask everybody for a second step? Then who comes from there has taken one.
OIDC_SECOND_STEP = environment.yes_or_no("LEERSCAN_OIDC_SECOND_STEP")
OIDC_NAME = environment.text("LEERSCAN_OIDC_NAME", "single sign-on")
SOCIALACCOUNT_ADAPTER = "organisations.accounts.SingleSignOnAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": environment.text("LEERSCAN_OIDC_CLIENT_ID"),
                "secret": environment.text("LEERSCAN_OIDC_CLIENT_SECRET"),
                "settings": {
                    "server_url": OIDC_SERVER,
                    # For a server of one's own that does not say which addresses it has checked.
                    "verified_email": environment.yes_or_no("LEERSCAN_OIDC_TRUST_ADDRESSES"),
                },
            }
        ],
    }
}

# Language and time
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

# Files that the browser loads. Nothing comes from another host.
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "reports.packaged_files.PackagedFilesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Mail
BUILT_IN_SENDER = "Leerscan <leerscan@localhost>"
DEFAULT_FROM_EMAIL = environment.text("LEERSCAN_FROM", BUILT_IN_SENDER)
# Which domains an organisation may take its sender address from; none named: any.
SENDER_DOMAINS = frozenset(name.lower() for name in environment.words("LEERSCAN_SENDER_DOMAINS", []))
SMTP_PORT = environment.number("LEERSCAN_SMTP_PORT", 8025, lowest=1, highest=environment.LAST_PORT)
SMTP_TLS, SMTP_SSL = environment.yes_or_no("LEERSCAN_SMTP_TLS"), environment.yes_or_no("LEERSCAN_SMTP_SSL")
if SMTP_TLS and SMTP_SSL:
    raise ImproperlyConfigured(
        "LEERSCAN_SMTP_TLS and LEERSCAN_SMTP_SSL are both 1; set one of them: LEERSCAN_SMTP_TLS=1 with port 587, or "
        "LEERSCAN_SMTP_SSL=1 with port 465."
    )
# A mailing keeps to this, whatever the mail server can take.
MAILS_PER_MINUTE = environment.number("LEERSCAN_MAILS_PER_MINUTE", 300, lowest=1)
# Slower: the gap must be longer than sending one takes, or the duration tells how many have not answered.
REMINDERS_PER_MINUTE = min(MAILS_PER_MINUTE, environment.number("LEERSCAN_REMINDERS_PER_MINUTE", 60, lowest=1))
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": environment.text("LEERSCAN_SMTP_HOST", "127.0.0.1"),
            "port": SMTP_PORT,
            "username": environment.text("LEERSCAN_SMTP_USER"),
            "password": environment.text("LEERSCAN_SMTP_PASSWORD"),
            "use_tls": SMTP_TLS,
            "use_ssl": SMTP_SSL,
            "timeout": 20,
        },
    }
}

# Safety in the browser
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    # plotly.js adds two style elements of fixed content and draws a broken chart without the first: an empty one, and
    # that of its maps. A browser test fails when a newer plotly.js brings another.
    "style-src": [
        CSP.SELF,
        "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='",
        "'sha256-ji27qzEtxXZW+7dun6UwjHXJ18e6WAin1VvNtkzIE/o='",
    ],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
# Not "no-referrer": browsers then send "Origin: null" with a form, and Django refuses it.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
# Our scripts take it from the page.
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "reports.errors.csrf_failure"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
# Load balancers and Prometheus ask each process by its own address, behind whatever does TLS.
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]
BEHIND_PROXY = environment.yes_or_no("LEERSCAN_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
# Choosing who takes part sends three fields for each department, about 150 bytes together.
DATA_UPLOAD_MAX_MEMORY_SIZE = 500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000
# Files are staff lists only (organisations/staff_list), one at a time; what is larger is not kept while it comes in.
UPLOAD_MAX_BYTES = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FILES = 1
FILE_UPLOAD_HANDLERS = [
    "organisations.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING = logs.logging_settings(
    environment.choice("LEERSCAN_LOG_LEVEL", ("WARNING", "DEBUG", "INFO", "ERROR", "CRITICAL")),
    environment.choice("LEERSCAN_LOG_FORMAT", tuple(logs.FORMATS)),
)
# Who may read /metrics: with this word, and without it nobody (docs/decisions/0023).
METRICS_TOKEN = environment.secret("LEERSCAN_METRICS_TOKEN")
