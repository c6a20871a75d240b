"""The formats in which figures can be had. One more is one line here, and a function that writes it."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.published import Published, PublishedUnit

Writer = Callable[[Published, PublishedUnit | None, str], bytes]


@dataclass(frozen=True)
class Format:
    name: str
    holds: str | Promise
    """In a few words, for who chooses."""
    content_type: str
    extension: str
    writer: str
    """module:function, a Writer. Only a job imports it: it may be heavy. None as its unit: all units of the round."""
    for_round: bool = True
    """Whether there is one of the whole round."""

    def write(self, published: Published, unit: PublishedUnit | None, language: str) -> bytes:
        module, _colon, function = self.writer.partition(":")
        writer: Writer = getattr(import_module(module), function)
        return writer(published, unit, language)


SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = {
    "pptx": Format(
        "PowerPoint",
        _("slides for the meeting, to change yourself"),
        SLIDES,
        "pptx",
        "reports.slides.pptx_file:write_slides",
        for_round=False,
    ),
    "xlsx": Format("Excel", _("with reading guide and codebook"), WORKBOOK, "xlsx", "reports.exports.workbook:write"),
    "csv": Format(
        "CSV", _("two tables for your own calculations"), "application/zip", "zip", "reports.exports.tidy_csv:write"
    ),
    "json": Format(
        "JSON",
        _("for programs, with a published schema"),
        "application/json",
        "json",
        "reports.exports.results_json:write",
    ),
}
"""By the name that addresses and the command use."""
ROUND_FORMATS = {code: one for code, one in FORMATS.items() if one.for_round}
