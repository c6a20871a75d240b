"""Keep links, codes, addresses, and rows that a database quotes, out of every log line and traceback."""

import ipaddress
import json
import logging
import re

# Everything behind /a/ or /s/ on that line: a link that was broken by hand still holds most of its token.
TOKEN_PATH = re.compile(r"/+(a|s)/[^\r\n]*", re.IGNORECASE)
# By themselves, as in the words of an exception: scan/tokens.py and scan/links/codes.py.
TOKEN = re.compile(r"(?<![a-z0-9])[a-z2-7]{42}(?![a-z0-9])", re.IGNORECASE)
CODE = re.compile(r"(?<![a-z0-9-])[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}(?![a-z0-9-])", re.IGNORECASE)
# PostgreSQL quotes the row that it refused: DETAIL:  Key (lower(email))=(anna@example.org) already exists.
QUOTED_ROW = re.compile(r"(DETAIL:|Key \(|Failing row contains)[^\r\n]*")
# A mail server quotes whom it refused. A word at a time, so that a long line takes no longer than its length.
WORD = re.compile(r"(?:[^\s<>()\[\]{}\"',;:=|\\]|(?<=\w)'(?=\w))+")
MAIL_ADDRESS = re.compile(r".(?:@|%40).", re.IGNORECASE)
NETWORK_ADDRESS = re.compile(
    r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?!\w|\.\d)"
    r"|(?<![\w.:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:\.\d{1,3}){0,3}(?![\w:]|\.\d)",
    re.IGNORECASE,
)
# What a line of JSON may hold beside its words. Anything else that somebody adds to a record is left out.
FIELDS = ("job", "kind", "tries", "seconds", "status_code")
SERVER_FAULT = 500


def hide_tokens(text: str) -> str:
    """Tokens, codes, quoted rows, and addresses of people and of their devices."""
    without_paths = QUOTED_ROW.sub(r"\1 …", TOKEN_PATH.sub(r"/\1/…", text))
    without_tokens = CODE.sub("…", TOKEN.sub("…", without_paths))
    return NETWORK_ADDRESS.sub(_hide_network_address, WORD.sub(_hide_mail_address, without_tokens))


def _hide_mail_address(word: re.Match[str]) -> str:
    return "…" if MAIL_ADDRESS.search(word[0]) else word[0]


def _hide_network_address(found: re.Match[str]) -> str:
    """Not what only looks like one, and not that of the machine itself: it is nobody's."""
    try:
        address = ipaddress.ip_address(found[0])
    except ValueError:
        return found[0]
    return found[0] if address.is_loopback or address.is_unspecified else "…"


class HideTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_tokens(record.getMessage())
        record.args = None
        return True


class RefusedInOneLine(logging.Filter):
    """What was refused is no fault of ours: a traceback says nothing, and whoever tries a thousand fills the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.name.startswith("django.security.") or getattr(record, "status_code", SERVER_FAULT) < SERVER_FAULT:
            record.exc_info = record.exc_text = None
        return True


class TokenlessFormatter(logging.Formatter):
    """Tracebacks and stacks are written by the formatter, so they are cleaned there."""

    def format(self, record: logging.LogRecord) -> str:
        return hide_tokens(super().format(record))

    def formatException(self, ei: object) -> str:  # noqa: N802 -- the name is logging's
        return hide_tokens(super().formatException(ei))  # type: ignore[arg-type]


class JsonFormatter(TokenlessFormatter):
    """One object a line. No time: on the way of an answer it would be a moment; a service manager adds its own."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "level": record.levelname,
            "logger": record.name,
            "message": hide_tokens(record.getMessage()),
        }
        for name in FIELDS:
            value = getattr(record, name, None)
            if value is not None:
                line[name] = value if isinstance(value, int | float) else hide_tokens(str(value))
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            line["stack"] = hide_tokens(record.stack_info)
        return json.dumps(line, ensure_ascii=False)


FORMATS = {
    "line": {"()": "config.logs.TokenlessFormatter", "format": "{levelname} {name}: {message}", "style": "{"},
    "json": {"()": "config.logs.JsonFormatter"},
}


def logging_settings(level: str, form: str = "line") -> dict[str, object]:
    """Django's LOGGING. A token in a log would tie a person to a moment (measurement.md 9)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "refused": {"()": "config.logs.RefusedInOneLine"},
            "tokens": {"()": "config.logs.HideTokens"},
        },
        "formatters": FORMATS,
        "handlers": {
            "console": {"class": "logging.StreamHandler", "formatter": form, "filters": ["refused", "tokens"]}
        },
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
