"""One team's PDF, warm, against the straightforward rendering of the same content: fresh objects at every call."""

from collections.abc import Callable
from datetime import date

from django.core.management import call_command
from django_scopes import scope
from weasyprint import CSS, HTML

from organisations.creating import create_organisation
from reports.closing import close_here
from reports.demo import SAMPLES
from reports.document import document, stylesheet
from reports.named_rounds import published_of
from reports.pdf import render_pdf
from scan.importing import import_responses
from scan.models import Round
from scan.response_file import read_text


def run(compare: Callable[..., None]) -> None:
    html = _html()
    plain = stylesheet().replace("table-layout: fixed;", "")

    def reference() -> bytes:
        content: bytes = HTML(string=html).write_pdf(stylesheets=[CSS(string=plain)], pdf_variant="pdf/ua-1")
        return content

    compare("report", lambda: render_pdf(html), reference, "one PDF; fresh WeasyPrint objects, automatic column widths")


def _html() -> str:
    call_command("migrate", verbosity=0)
    organisation = create_organisation("Zorggroep De Linde")
    with scope(organisation=organisation):
        text = read_text(SAMPLES / "responses-2026.csv")
        import_responses(organisation, text, "Leerscan 2026", None, create=True, day=date(2026, 3, 9))
        round_ = Round.objects.select_related("organisation").get(organisation=organisation)
        close_here(round_)
        published = published_of(round_)
        unit = next(unit for unit in published.shown if unit.name == "Verpleging Noord")
        return document(published, unit, "nl")
