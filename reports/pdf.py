"""The PDF of one report. Heavy: imported by jobs and commands only."""

from jobs.pdf import write_pdf
from reports.document import stylesheet


def render_pdf(html: str) -> bytes:
    return write_pdf(html, stylesheet())
