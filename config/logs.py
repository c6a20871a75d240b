"""Keep the tokens of participants out of every log line and traceback."""

import logging
import re

# Everything behind /a/ or /s/ on that line: a link that was broken by hand still holds most of its token.
TOKEN_PATH = re.compile(r"/+(a|s)/[^\r\n]*", re.IGNORECASE)


def hide_tokens(text: str) -> str:
    return TOKEN_PATH.sub(r"/\1/…", text)


class HideTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_tokens(record.getMessage())
        record.args = None
        return True


class TokenlessFormatter(logging.Formatter):
    """Tracebacks are written by the formatter, so they are cleaned there."""

    def formatException(self, ei: object) -> str:  # noqa: N802 -- the name is logging's
        return hide_tokens(super().formatException(ei))  # type: ignore[arg-type]
