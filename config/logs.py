"""Keep the tokens and codes of participants, and rows that a database quotes, out of every log line and traceback."""

import logging
import re

# Everything behind /a/ or /s/ on that line: a link that was broken by hand still holds most of its token.
TOKEN_PATH = re.compile(r"/+(a|s)/[^\r\n]*", re.IGNORECASE)
# By themselves, as in the words of an exception: scan/tokens.py and scan/links/codes.py.
TOKEN = re.compile(r"(?<![a-z0-9])[a-z2-7]{42}(?![a-z0-9])", re.IGNORECASE)
CODE = re.compile(r"(?<![a-z0-9-])[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}(?![a-z0-9-])", re.IGNORECASE)
# PostgreSQL quotes the row that it refused: DETAIL:  Key (lower(email))=(anna@example.org) already exists.
QUOTED_ROW = re.compile(r"(DETAIL:|Key \(|Failing row contains)[^\r\n]*")


def hide_tokens(text: str) -> str:
    without_paths = QUOTED_ROW.sub(r"\1 …", TOKEN_PATH.sub(r"/\1/…", text))
    return CODE.sub("…", TOKEN.sub("…", without_paths))


class HideTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_tokens(record.getMessage())
        record.args = None
        return True


class TokenlessFormatter(logging.Formatter):
    """Tracebacks and stacks are written by the formatter, so they are cleaned there."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_tokens(super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 -- the name is logging's
        return hide_tokens(super().formatException(ei))  # type: ignore[arg-type]


def logging_settings(level: str) -> dict[str, object]:
    """Django's LOGGING. A token in a log would tie a person to a moment (measurement.md 9)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"tokens": {"()": "config.logs.HideTokens"}},
        "formatters": {
            "line": {"()": "config.logs.TokenlessFormatter", "format": "{levelname} {name}: {message}", "style": "{"}
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            # Django gives runserver a handler of its own, with every address in it.
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
            # Each start and end of a task; what went wrong with a job, jobs/running.py says.
            "django.tasks": {"level": "WARNING"},
            # The mail server of `serve --mail-folder`: at lower levels it writes down whole mails, links and all.
            "mail.log": {"level": "WARNING"},
        },
    }
