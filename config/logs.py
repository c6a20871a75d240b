"""Keep the tokens of participants, and rows that a database quotes, out of every log line and traceback."""

import logging
import re

# Everything behind /a/ or /s/ on that line: a link that was broken by hand still holds most of its token.
TOKEN_PATH = re.compile(r"/+(a|s)/[^\r\n]*", re.IGNORECASE)
# PostgreSQL quotes the row that it refused: DETAIL:  Key (lower(email))=(anna@example.org) already exists.
QUOTED_ROW = re.compile(r"(DETAIL:|Key \(|Failing row contains)[^\r\n]*")


def hide_tokens(text: str) -> str:
    return QUOTED_ROW.sub(r"\1 …", TOKEN_PATH.sub(r"/\1/…", text))


class HideTokens(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = hide_tokens(record.getMessage())
        record.args = None
        return True


class TokenlessFormatter(logging.Formatter):
    """Tracebacks are written by the formatter, so they are cleaned there."""

    def formatException(self, ei: object) -> str:  # noqa: N802 -- the name is logging's
        return hide_tokens(super().formatException(ei))  # type: ignore[arg-type]
