"""Render one document and check its PDF: the rules of PDF/UA-1, its structure, and what WeasyPrint warned of."""

import logging
from dataclasses import dataclass

import pypdfium2

from reports.pdf import render_pdf
from tools.pdf_check import structure
from tools.pdf_check.kinds import Printed
from tools.pdf_check.rules import PdfUaRules


@dataclass(frozen=True)
class Checked:
    content: bytes
    pages: int
    passed: int
    failed: int
    """Rules of PDF/UA-1."""
    faults: list[str]
    """A line for each rule that fails, and for all else that is wrong."""


class Checker:
    def __init__(self) -> None:
        self._rules = PdfUaRules()
        self._warnings = _Warnings()
        logging.getLogger("weasyprint").addHandler(self._warnings)

    def check(self, printed: Printed) -> Checked:
        self._warnings.texts.clear()
        content = render_pdf(printed.html, printed.style)
        failed = self._rules.failed(content)
        faults = [f"rule {one.rule}, {one.times} times: {one.text}" for one in failed]
        faults += structure.faults(content, printed.html, printed.without_bookmark)
        faults += self._warnings.texts
        pages = len(pypdfium2.PdfDocument(content))
        return Checked(content, pages, self._rules.count - len(failed), len(failed), faults)


class _Warnings(logging.Handler):
    """What WeasyPrint could not do."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"WeasyPrint: {record.getMessage()}")
