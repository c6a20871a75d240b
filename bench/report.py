"""One team's PDF, warm, against the straightforward rendering of the same content: fresh objects at every call.

And what it costs a page to see whether a PDF is there: its key is made from the whole document, so that is made anew.
"""

from collections.abc import Callable
from datetime import date

from django.core.management import call_command
from django_scopes import scope
from pypdfium2 import PdfDocument
from weasyprint import CSS, HTML

from organisations.creating import create_organisation
from reports.closing import close_here
from reports.demo import SAMPLES
from reports.document import document, stylesheet
from reports.named_rounds import published_of
from reports.pdf import render_pdf
from reports.pdf_job import find_pdf
from reports.published import Published, ShownUnit
from scan.importing import import_responses
from scan.models import Round
from scan.response_file import read_text

# Of the straightforward rendering.
AT_MOST = 0.8
PAGES = 8


def run(compare: Callable[..., None]) -> None:
    published, unit = _published()
    with scope(organisation=published.round.organisation):
        html = document(published, unit, "nl")
    if (pages := len(PdfDocument(render_pdf(html)))) != PAGES:
        raise RuntimeError(f"the report has {pages} pages; {PAGES} are to be measured")
    plain = stylesheet().replace("table-layout: fixed;", "")

    def reference() -> bytes:
        content: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=plain)], pdf_variant="pdf/ua-1")
        return content

    what = f"one PDF of {PAGES} pages; fresh WeasyPrint objects, automatic column widths"
    compare("report", lambda: render_pdf(html), reference, what, at_most=AT_MOST)

    def find() -> object:
        with scope(organisation=published.round.organisation):
            return find_pdf(published, unit, "nl")

    compare("report key", find, lambda: render_pdf(html), "seeing whether a PDF is there; making it")


def _published() -> tuple[Published, ShownUnit]:
    call_command("migrate", verbosity=0)
    organisation = create_organisation("Zorggroep De Linde")
    with scope(organisation=organisation):
        text = read_text(SAMPLES / "responses-2026.csv")
        import_responses(organisation, text, "Leerscan 2026", None, create=True, day=date(2026, 3, 9))
        round_ = Round.objects.select_related("organisation").get(organisation=organisation)
        close_here(round_)
        published = published_of(round_)
        return published, next(unit for unit in published.shown if unit.name == "Verpleging Noord")
