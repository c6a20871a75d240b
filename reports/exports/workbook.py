"""The figures as a workbook: reading guide, departments side by side, all figures, codebook. Heavy: in jobs only.

Every text is written as a text, never as a formula or a link; every number is a number, also where a limit is printed
(the number's format then says "95 or higher").
"""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import batched

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from questionnaires.questionnaire import DIMENSIONS
from reports.exports.content import CODEBOOK, Cell, Export
from reports.exports.naming import TOTAL
from reports.published import Published, PublishedUnit, Rest, Score, ShownUnit

ROWS_PER_SHEET = 1_000_000
"""Excel has room for 1,048,576."""
FONT = {"font_name": "Calibri", "font_size": 11, "valign": "top"}
RULE = {"bottom": 4, "border_color": "#BFBFBF"}
GREY, LINE = "#F2F2F2", "#7F7F7F"
A4 = 9
GUIDE_WIDTH = 96
UNIT_WIDTH = 40
CODEBOOK_WIDTHS = (14, 16, 36, 54, 56, 24)
LINE_HEIGHT = 15.5
CENTRED = RULE | {"align": "center"}
SIGNS = {"higher": " ▲", "lower": " ▼", None: ""}


def write(published: Published, unit: PublishedUnit | None, language: str) -> bytes:
    out = io.BytesIO()
    with translation.override(language):
        _Workbook(Export(published, unit, language), out).write()
    return out.getvalue()


class _Workbook:
    def __init__(self, export: Export, out: io.BytesIO) -> None:
        self._export, self._say = export, export.say
        # Row by row to a temporary file: a round of 500 departments has two hundred thousand rows.
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(out, options)
        self._line = self._book.add_format(FONT)
        self._text = self._book.add_format(FONT | {"text_wrap": True})
        self._ruled = self._book.add_format(FONT | RULE)
        self._ruled_text = self._book.add_format(FONT | RULE | {"text_wrap": True})
        self._bold = self._book.add_format(FONT | {"text_wrap": True, "bold": True})
        self._title = self._book.add_format(FONT | {"font_size": 16, "bold": True})
        # Grey with a line under it: it stays a heading when it is printed in black and white.
        heading = FONT | {
            "bold": True,
            "bg_color": GREY,
            "bottom": 2,
            "border_color": LINE,
            "text_wrap": True,
            "valign": "bottom",
        }
        self._heading = self._book.add_format(heading)
        self._upright = self._book.add_format(heading | {"rotation": 90, "align": "center"})
        self._numbers: dict[str, Format] = {}
        self._plain = self._number("0", align="center")

    def write(self) -> None:
        self._set_properties()
        self._guide()
        self._units()
        self._details()
        self._codebook()
        self._book.close()

    def _set_properties(self) -> None:
        round_ = self._export.published.round
        # Of the release, not of today: the same figures are the same file.
        day = datetime.fromisoformat(self._export.published.release.content["last_day"])
        self._book.set_properties(
            {"title": f"{self._say('label', 'title')}: {round_.title}", "author": "Leerscan", "created": day}
        )

    def _sheet(self, name: str, widths: Sequence[float]) -> Worksheet:
        sheet = self._book.add_worksheet(name)
        sheet.set_paper(A4)
        sheet.set_landscape()
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 0)
        title = self._export.published.round.title.replace("&", "&&")[:120]
        sheet.set_footer(f"&L{title}&R&P / &N")
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def _table(self, name: str, headings: Sequence[str], widths: Sequence[float], fixed: int) -> Worksheet:
        """An empty table: its headings stay in view with the first `fixed` columns, on paper on every page."""
        sheet = self._sheet(name, widths)
        sheet.freeze_panes(1, fixed)
        sheet.repeat_rows(0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, heading, self._heading)
        return sheet

    def _guide(self) -> None:
        sheet = self._sheet(self._say("sheet", "guide"), (24, GUIDE_WIDTH))
        sheet.fit_to_pages(1, 1)
        sheet.hide_gridlines(2)
        sheet.write_string(0, 0, self._say("label", "title"), self._title)
        row = 2
        for label, value in self._export.facts:
            sheet.write_string(row, 0, label, self._bold)
            sheet.write_string(row, 1, value, self._text)
            row += 1
        row += 1
        for number, line in enumerate(self._export.guide("xlsx")):
            sheet.set_row(row, _height([(line, GUIDE_WIDTH)]) + 6)
            if number == 0:
                sheet.write_string(row, 0, self._say("label", "how_to_read"), self._bold)
            sheet.write_string(row, 1, line, self._text)
            row += 1

    def _units(self) -> None:
        """A row for each group. Themes stand upright, so that it fits on a page."""
        say, naming = self._say, self._export.naming
        codes = (TOTAL, *DIMENSIONS)
        headings = [say.name("column", "unit"), say.name("measure", "status")]
        figures = [say.name("measure", code) for code in ("questionnaires", "invited")]
        figures += [naming.name(code) for code in codes]
        sheet = self._table(say("sheet", "units"), headings, (UNIT_WIDTH, 25, 9, 9, *[10.5] * len(codes)), 1)
        sheet.set_row(0, 190)
        for column, heading in enumerate(figures, len(headings)):
            sheet.write_string(0, column, heading, self._upright)
        count = 0
        for count, entry in enumerate(self._export.entries, 1):
            sheet.set_row(count, _height([(entry.name, UNIT_WIDTH)]), self._ruled)
            sheet.write_string(count, 0, entry.name, self._ruled_text)
            sheet.write_string(count, 1, say.name("word", entry.status), self._ruled)
            if entry.figures:
                self._unit(sheet, count, entry.figures, codes)
        sheet.autofilter(0, 0, count, len(headings) + len(figures) - 1)

    def _unit(self, sheet: Worksheet, row: int, unit: ShownUnit, codes: Sequence[str]) -> None:
        sheet.write_number(row, 2, unit.n, self._number("0", **CENTRED))
        if unit.invited is not None:
            sheet.write_number(row, 3, unit.invited, self._number("0", **CENTRED))
        for column, code in enumerate(codes, 4):
            score, rest = unit.scores[code], (unit.rest or {}).get(code)
            sheet.write_number(row, column, score.value, self._number(_pattern(score, rest), **CENTRED))

    def _details(self) -> None:
        widths = (26, 34, 7, 14, 10, 34, 8, 10, 7, 7, 8, 16, 40, 12)
        columns = list(self._say.texts.coded["column"])
        headings = [self._say.name("column", code) for code in columns]
        for number, rows in enumerate(batched(self._export.lines, ROWS_PER_SHEET), 1):
            name = self._say("sheet", "details") + (f" {number}" if number > 1 else "")
            sheet = self._table(name, headings, widths, 2)
            for row, cells in enumerate(rows, 1):
                self._write(sheet, row, cells, self._line)
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)

    def _codebook(self) -> None:
        headings = [self._say("codebook", code) for code in CODEBOOK]
        sheet = self._table(self._say("sheet", "codebook"), headings, CODEBOOK_WIDTHS, 2)
        entries = self._export.naming.codebook()
        rows = [(self._say("group", entry.group), *entry.cells[1:]) for entry in entries]
        for row, cells in enumerate(rows, 1):
            sheet.set_row(row, _height(list(zip(cells, CODEBOOK_WIDTHS, strict=True))))
            self._write(sheet, row, cells, self._ruled_text)
        sheet.autofilter(0, 0, len(rows), len(headings) - 1)

    def _write(self, sheet: Worksheet, row: int, cells: Sequence[Cell], how: Format) -> None:
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(row, column, cell, self._plain)
            elif cell:
                sheet.write_string(row, column, cell, how)

    def _number(self, pattern: str, **how: object) -> Format:
        key = f"{pattern} {how}"
        if key not in self._numbers:
            self._numbers[key] = self._book.add_format(FONT | {"num_format": pattern} | how)
        return self._numbers[key]


def _height(cells: Sequence[tuple[str, float]]) -> float:
    """Of a row with these texts in columns of these widths: not every program works it out by itself."""
    return LINE_HEIGHT * max(1 + int(len(text) // (1.05 * width)) for text, width in cells)


def _pattern(score: Score, rest: Rest | None) -> str:
    """How Excel prints the number: a limit as a limit, with a sign where it demonstrably differs from the rest."""
    printed = {
        "exact": "0",
        "at_least": "0" + _quoted(_("%(points)s or higher") % {"points": ""}),
        "at_most": "0" + _quoted(_("%(points)s or lower") % {"points": ""}),
    }[score.kind]
    sign = SIGNS[rest.verdict if rest else None]
    return printed + (_quoted(sign) if sign else "")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "") + '"'
