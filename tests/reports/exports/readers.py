"""Read figures back out of files: as a stranger would, from what stands in them and nothing else.

A new format joins with one function from its bytes to `Read`, and a line in test_numbers_are_equal.py.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any, Literal

import openpyxl
import pypdfium2

from questionnaires.questionnaire import DIMENSIONS, Questionnaire
from reports.published import ShownUnit
from tests.reports.slides_reading import numbers_in_slides

COLUMNS = (
    "round",
    "unit",
    "level",
    "measure",
    "code",
    "name",
    "value",
    "kind",
    "low",
    "high",
    "margin",
    "word",
    "text",
    "n",
)
NUMBERS = ("level", "value", "low", "high", "margin", "n")
KINDS = {"": "exact", "hoger": "at_least", "lager": "at_most"}
Figure = tuple[int, str, int, int]
"""Value, kind, low, high."""
Read = dict[str, Figure]
"""By theme, and the total."""
Cell = tuple[int | None, str, int | None, int | None, int | None, str, int | None]
"""Value, kind, low, high, margin, word, n."""
Table = dict[tuple[str, str], Cell]
"""By measure and code."""


def themes_of(unit: ShownUnit) -> Read:
    """What every reader must find."""
    scores = {code: unit.scores[code] for code in ("total", *DIMENSIONS)}
    return {code: (score.value, score.kind, score.low, score.high) for code, score in scores.items()}


def themes_in(table: Table) -> Read:
    found: Read = {}
    for code in ("total", *DIMENSIONS):
        value, kind, low, high, *_rest = table["score", code]
        assert value is not None
        assert low is not None
        assert high is not None
        found[code] = value, kind, low, high
    return found


# Texts: the page, the PDF, and whatever else is read by people.

ROW = re.compile(r"^(\d+)(?:\s+of\s+(hoger|lager))?\s+(\d+)\s+tot\s+(\d+)$", re.MULTILINE)
TOTAL = re.compile(
    r"alle\s40\svragen\ssamen\):\s(\d+)(?:\sof\s(hoger|lager))?\s\(.*?marge\s(\d+)\stot\s(\d+)\)", re.DOTALL
)


def themes_in_text(text: str, questionnaire: Questionnaire) -> Read:
    """Of a report in Dutch, a line for each cell: the theme of a row is the last one named before its figures."""
    names = {dimension.name.nl: dimension.code for dimension in questionnaire.dimensions}
    lines = re.compile("^(" + "|".join(map(re.escape, names)) + ")$", re.MULTILINE)
    found, end = {}, 0
    for row in ROW.finditer(text):
        code = names[lines.findall(text, end, row.start())[-1]]
        assert code not in found, f"{code} stands in two rows"
        found[code], end = _figure(row), row.end()
    total = TOTAL.search(text)
    assert total, "no total"
    return found | {"total": _figure(total)}


def _figure(found: re.Match[str]) -> Figure:
    value, word, low, high = found.groups(default="")
    return int(value), KINDS[word], int(low), int(high)


def text_of_html(page: str) -> str:
    """A line for each piece of text between two tags."""
    body = page[page.index('<article class="report"') :]
    pieces = (
        unescape(piece) for piece in re.split(r"<[^>]*>", re.sub(r"<script.*?</script>", "", body, flags=re.DOTALL))
    )
    return "\n".join(" ".join(piece.split()) for piece in pieces if piece.strip()) + "\n"


def text_of_pdf(content: bytes) -> str:
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))
    return "\n".join(pages).replace("\r\n", "\n").replace("\ufffe\n", "").replace("‐\n", "") + "\n"


MARGIN = re.compile(r"(\d+) tot (\d+)")


def themes_in_slides(content: bytes) -> Read:
    """Of slides in Dutch: what their tables and their first page print."""
    found = numbers_in_slides(content)
    printed = {code: (points, margin) for code, (points, margin, *_beside) in found["scores"].items()}
    return {
        code: _printed(points, margin)
        for code, (points, margin) in {"total": (found["total"], found["margin"]), **printed}.items()
    }


def _printed(points: str, margin: str) -> Figure:
    value, _of, word = points.partition(" of ")
    limits = MARGIN.search(margin)
    assert limits, margin
    return int(value), KINDS[word], int(limits[1]), int(limits[2])


# Files with all figures: by unit, everything that stands there.


def tables_in_csv(content: bytes) -> dict[str, Table]:
    with zipfile.ZipFile(io.BytesIO(content)) as files:
        name = next(name for name in files.namelist() if name.endswith(".csv") and "-code" not in name)
        text = files.read(name).decode("utf-8-sig")
    return _tables(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))


def tables_in_workbook(content: bytes) -> dict[str, Table]:
    """From the sheet with all figures."""
    rows = sheets_in(content)[2]
    assert len(rows[0]) == len(COLUMNS)
    return _tables(dict(zip(COLUMNS, row, strict=True)) for row in rows[1:])


def sheets_in(content: bytes) -> list[list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    sheets = [[tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets]
    book.close()
    return sheets


def _tables(rows: Iterable[Mapping[str, Any]]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for row in rows:
        numbers = {name: None if row[name] in ("", None) else int(row[name]) for name in NUMBERS}
        table = tables.setdefault(row["unit"], {})
        key = (row["measure"], row["code"] or "")
        assert key not in table, f"{row['unit']}: {key} stands there twice"
        table[key] = (
            numbers["value"],
            row["kind"],
            numbers["low"],
            numbers["high"],
            numbers["margin"],
            row["word"] or "",
            numbers["n"],
        )
    return tables


def tables_in_json(content: bytes) -> dict[str, Table]:
    return {unit["name"]: _JsonUnit(unit).table() for unit in json.loads(content)["units"]}


@dataclass(frozen=True)
class _JsonUnit:
    unit: dict[str, Any]

    def table(self) -> Table:
        unit = self.unit
        n = unit.get("questionnaires")
        found: Table = {("status", ""): _word(unit["status"], n)}
        if n is None:
            return found
        found["questionnaires", ""] = _number(n, "exact", n)
        invited = unit["invited"]
        found["invited", ""] = _number(invited, "exact" if invited is not None else "unknown", n)
        response = unit["response"]
        found["response", ""] = _word(response, n) if response else _number(None, "unknown", n)
        if unit["same_as"] is not None:
            found["same_as", ""] = _word("", n)
        for code, score in unit["scores"].items():
            value, kind = _limit(score["score"])
            found["score", code] = value, kind, score["low"], score["high"], None, "", n
        for code, verdict in unit["own"].items():
            found["own", code] = _word(verdict or "no_difference", n)
        for code, rest in (unit["rest"] or {}).items():
            word = rest["verdict"] or "no_difference"
            found["rest", code] = rest["difference"], "exact", None, None, rest["margin"], word, n
        for measure in ("highest", "lowest"):
            found |= {(measure, item): _word("", n) for item in unit[measure]}
        return found | self._bands() | self._items() | self._words()

    def _bands(self) -> Table:
        part = self.unit["bands"]
        bands = part["bands"].items() if part else ()
        return {
            ("band", item): (None, "band", b["low"], b["high"], None, "", part["questionnaires"]) for item, b in bands
        }

    def _items(self) -> Table:
        part = self.unit["items"]
        found: Table = {}
        for item, score in (part["scores"] if part else {}).items():
            found["item", item] = _number(*_limit(score), part["questionnaires"])
        for item, shares in (part["distribution"] if part else {}).items():
            for answer, share in enumerate(shares, 1):
                found[f"answer_{answer}", item] = _share(share, part["questionnaires"])
        return found

    def _words(self) -> Table:
        part = self.unit["words"]
        found: Table = {}
        if part:
            n = part["questionnaires"]
            found |= {("agreement", code): _word(word, n) for code, word in part["agreement"].items()}
            found |= {("obstacle", code): _share(share, n) for code, share in part["obstacles"].items()}
            found |= {("dont_know", item): _share(share, n) for item, share in part["dont_know"].items()}
        return found


def _number(value: int | None, kind: str, n: int) -> Cell:
    return value, kind, None, None, None, "", n


def _word(word: str, n: int | None) -> Cell:
    return None, "word", None, None, None, word, n


def _limit(score: int | dict[str, int]) -> tuple[int, str]:
    if isinstance(score, int):
        return score, "exact"
    ((kind, value),) = score.items()
    return value, kind


def _share(share: dict[Literal["about", "under", "at_least", "fewer_than_people"], int], n: int) -> Cell:
    ((kind, value),) = share.items()
    return _number(None, "few", n) if kind == "fewer_than_people" else _number(value, kind, n)
