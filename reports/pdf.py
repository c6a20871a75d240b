"""The PDF of one document. Heavy: imported by jobs and commands only."""

from jobs.pdf import write_pdf
from reports.document import stylesheet


def render_pdf(html: str, style: str = "") -> bytes:
    """`style`: that of a report, unless it is given."""
    return write_pdf(html, style or stylesheet())
