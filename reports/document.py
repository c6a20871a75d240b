"""The report as one HTML document, from which the PDF is made; and the key under which that PDF is kept."""

from functools import cache

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from jobs.files import key_of
from reports.published import Published, ShownUnit
from reports.report import build_report

RENDERER = "weasyprint 70"


@cache
def stylesheet() -> str:
    folder = settings.BASE_DIR / "templates" / "reports"
    return str((folder / "report_document.css").read_text(encoding="utf-8"))


def document(published: Published, unit: ShownUnit, language: str) -> str:
    with translation.override(language):
        report = build_report(published, unit, language)
        return render_to_string("reports/report_document.html", {"report": report})


def file_key(html: str) -> str:
    """The same content is rendered once: the key depends on everything that the PDF is made from."""
    return key_of(RENDERER, stylesheet(), html)


def file_name(published: Published, unit: ShownUnit, language: str) -> str:
    """A name that sorts well in a folder: organisation, round and unit, without signs that a disk refuses."""
    parts = [published.round.organisation.slug, published.round.slug, slugify(unit.path), language]
    return "-".join(part for part in parts if part) + ".pdf"
