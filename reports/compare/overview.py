"""The first comparing page: what is demonstrable in words, and the heat map."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from questionnaires.questionnaire import AREAS, DISCIPLINES
from reports.compare import sentences
from reports.compare.frame import Frame
from reports.compare.heat_map import HeatMap, heat_map


@dataclass(frozen=True)
class Overview:
    map: HeatMap
    summary: str
    summary_here: str
    """Of the part that is shown; empty for the whole organisation."""
    by_theme: list[str]
    caption: str
    kinds: list[tuple[str, list[tuple[str, str]]]]
    """The two kinds of themes: name, and of each theme code and name."""


def overview(frame: Frame) -> Overview:
    found = heat_map(frame.comparison, frame.here, frame.address_of)
    return Overview(
        map=found,
        summary=sentences.claims(found.claims, found.looked_at),
        summary_here=sentences.claims_here(found.claims_here, found.looked_at_here)
        if frame.part and found.claims
        else "",
        by_theme=[sentences.of_a_theme(frame.themes[code], names) for code, names in found.by_theme],
        caption=_("Difference from the rest of the organisation, in points, ± its margin"),
        kinds=[
            (_("Five disciplines"), [(code, frame.short_themes[code]) for code in DISCIPLINES]),
            (_("Six success areas"), [(code, frame.short_themes[code]) for code in AREAS]),
        ],
    )
