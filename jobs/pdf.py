"""HTML to PDF, with WeasyPrint. Heavy: imported inside jobs and commands only."""

from functools import lru_cache

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher


@lru_cache(maxsize=8)
def _tools(stylesheet: str) -> tuple[FontConfiguration, CSS, URLFetcher]:
    """Made once per process: parsing style and looking for fonts costs more than the page."""
    fonts = FontConfiguration()
    # A document loads nothing: pictures are data in the page, and anything else is a fault.
    fetcher = URLFetcher(allowed_protocols={"data"}, fail_on_errors=True)
    return fonts, CSS(string=stylesheet, font_config=fonts, url_fetcher=fetcher), fetcher


def write_pdf(html: str, stylesheet: str) -> bytes:
    """A tagged PDF (PDF/UA-1)."""
    fonts, style, fetcher = _tools(stylesheet)
    document = HTML(string=html, url_fetcher=fetcher, base_url="about:blank")
    content: bytes = document.write_pdf(
        stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1", presentational_hints=False
    )
    return content
