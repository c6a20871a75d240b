"""The report as one HTML document, from which the PDF is made; and the key under which that PDF is kept."""

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import slugify

from jobs.files import key_of
from reports.contents import About
from reports.published import HiddenUnit, Published, PublishedUnit
from reports.report import build_hidden_report, read_report

RENDERER = "weasyprint 70"
STYLE = "report_document.css"


@cache
def stylesheet(*files: str) -> str:
    """That of a report; for another document with what these files add to it."""
    folder = settings.BASE_DIR / "templates" / "reports"
    return "".join((folder / file).read_text(encoding="utf-8") for file in (STYLE, *files))


def document(published: Published, unit: PublishedUnit, language: str, *, with_remarks: bool = True) -> str:
    with translation.override(language):
        if isinstance(unit, HiddenUnit):
            hidden = build_hidden_report(published, unit, language)
            return _rendered(hidden, "reports/hidden_body.html", {"hidden": hidden, "report": hidden.above})
        report = read_report(published, unit, language, with_remarks=with_remarks)
        return _rendered(report, "reports/report_body.html", {"report": report})


def _rendered(about: About, body: str, context: Mapping[str, object]) -> str:
    return render_to_string("reports/report_document.html", {"about": about, "body": body, **context})


def file_key(html: str, style: str) -> str:
    """The same content is rendered once: the key depends on everything that the PDF is made from."""
    return key_of(RENDERER, style, html)


def file_name(published: Published, unit: PublishedUnit, language: str) -> str:
    return file_stem(published, unit, language) + ".pdf"


def file_stem(published: Published, unit: PublishedUnit, language: str) -> str:
    """A name that sorts well in a folder: organisation, round and unit, without signs that a disk refuses.

    Two units never share one, so that no report is handed out as another's.
    """
    parts = [published.round.organisation.slug, published.round.slug, _short_names(published)[unit.id], language]
    return "-".join(part for part in parts if part)


def _short_names(published: Published) -> dict[UUID, str]:
    """Empty for the organisation; a number goes behind a name that another unit has too."""
    names: dict[UUID, str] = {}
    taken: set[str] = set()
    for number, unit in enumerate(published.units):
        name = slugify(unit.path) or (f"unit-{number}" if unit.path else "")
        if name in taken:
            name = f"{name}-{number}"
        taken.add(name)
        names[unit.id] = name
    return names
