"""What a small public form needs: no sessions, no accounts, for nobody logs in. The database as Leerscan has it."""

import os
from urllib.parse import urlsplit

SECRET_KEY = "for measuring only, on this machine"  # noqa: S105 -- protects nothing
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = ["bench.reference"]
# Those of `django-admin startproject` but sessions, accounts and messages.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "bench.reference.urls"
TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}]
LANGUAGE_CODE = "nl"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING_CONFIG = None

# The very settings of config/environment.py, written out; tests/bench holds them equal.
_URL = urlsplit(os.environ["DATABASE_URL"])
if _URL.scheme == "sqlite":
    _DATABASE: dict[str, object] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": _URL.path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
        },
    }
else:
    _DATABASE = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _URL.path.lstrip("/"),
        "USER": _URL.username or "",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
DATABASES = {"default": _DATABASE}
