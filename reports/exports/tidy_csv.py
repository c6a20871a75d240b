"""The figures as CSV: a tidy table and its codebook, with a text that says how to read them, in one ZIP.

Semicolons and a byte order mark, so that Excel in Dutch opens it by a double click (docs/decisions/0015).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.utils import translation

from jobs.archive import zipped
from reports.exports.content import CODEBOOK, Cell, Export
from reports.exports.names import file_stem
from reports.published import Published, PublishedUnit

# At the beginning, or where another dialect would begin a cell; the wide signs are read as formulas too.
FORMULA = re.compile(r"(^|[,;\t\r\n|])(\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])")


def write(published: Published, unit: PublishedUnit | None, language: str) -> bytes:
    with translation.override(language):
        export = Export(published, unit, language)
        stem = file_stem(published, unit, language)
        read_me, codebook = (export.say("label", code) for code in ("read_me", "codebook_file"))
        return zipped(
            {
                f"{read_me}.txt": _with_mark(_read_me(export)),
                f"{stem}.csv": _table(list(export.say.texts.coded["column"]), export.lines),
                f"{stem}-{codebook}.csv": _table(CODEBOOK, (entry.cells for entry in export.naming.codebook())),
            }
        )


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula, wherever it cuts the line into cells."""
    return FORMULA.sub(r"\1\2'", text)


def _table(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([harmless(cell) if isinstance(cell, str) else "" if cell is None else cell for cell in row])
    return _with_mark(out.getvalue())


def _read_me(export: Export) -> str:
    lines = [export.say("label", "title"), "", *(f"{label}: {value}" for label, value in export.facts), ""]
    return "\r\n".join([*lines, *(f"- {line}" for line in export.guide("csv")), ""])


def _with_mark(text: str) -> bytes:
    return text.encode("utf-8-sig")
