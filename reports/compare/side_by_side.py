"""Up to four units in one radar, with the table beside it, and what may be said of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charts.figure import Figure, Profile, radar
from charts.palette import MAX_PROFILES
from charts.svg import data_uri, draw_radar
from questionnaires.questionnaire import AREAS, DIMENSIONS, DISCIPLINES
from reports import wording
from reports.compare import sentences
from reports.compare.frame import Frame
from reports.compare.reading import HIGHER, LOWER, ComparedUnit
from reports.published import HiddenUnit, Score, ShownUnit, read_units

DEEPEST = 4


@dataclass(frozen=True)
class Choice:
    id: UUID
    name: str
    depth: int
    is_chosen: bool


@dataclass(frozen=True)
class Radar:
    id: str
    title: str
    figure: Figure
    image: str
    image_text: str
    rows: list[tuple[str, list[tuple[str, str]]]]
    """Of each theme the name, and of each unit its score and the margin."""


@dataclass(frozen=True)
class SideBySide:
    choices: list[Choice]
    fault: str
    """What is wrong with what was chosen."""
    names: list[str]
    radars: list[Radar]
    """Empty while nothing is chosen."""
    said: list[tuple[str, str]]
    """Of each unit its name and on which themes it differs demonstrably."""


def side_by_side(frame: Frame) -> SideBySide:
    asked = list(dict.fromkeys(frame.query.getlist("profile")))
    shown = [unit for unit in frame.comparison.units if isinstance(unit, ComparedUnit)]
    chosen = [unit for unit in shown if str(unit.id) in asked]
    fault = _fault(frame, asked, len(chosen))
    units = [] if fault else _read(frame, chosen)
    names = [frame.name_of(unit) for unit in chosen] if units else []
    kinds = {"disciplines": (_("Five disciplines"), DISCIPLINES), "areas": (_("Six success areas"), AREAS)}
    return SideBySide(
        choices=_choices(frame, shown, chosen),
        fault=fault,
        names=names,
        radars=[_radar(frame, kind, *kinds[kind], dict(zip(names, units, strict=True))) for kind in kinds if units],
        said=[(name, _said(frame, unit)) for name, unit in zip(names, units, strict=True)],
    )


def _choices(frame: Frame, shown: Sequence[ComparedUnit], chosen: Sequence[ComparedUnit]) -> list[Choice]:
    """The organisation as a whole, what is in the part that is looked at, and what is chosen already."""
    offered = {frame.comparison.root.id, *(unit.id for unit in (*frame.here, *chosen))}
    return [
        Choice(unit.id, unit.name, min(DEEPEST, frame.comparison.depth(unit)), unit in chosen)
        for unit in shown
        if unit.id in offered
    ]


def _fault(frame: Frame, asked: Sequence[str], found: int) -> str:
    hidden = [unit for unit in frame.comparison.units if isinstance(unit, HiddenUnit) and str(unit.id) in asked]
    if hidden:
        return f"{hidden[0].name}: {sentences.too_few()}"
    if len(asked) > found:
        return _("This scan has no such department. Choose from the list below.")
    if found > MAX_PROFILES:
        return ngettext(
            "You chose %(count)s departments. A chart with more than four cannot be read: untick %(more)s of them.",
            "You chose %(count)s departments. A chart with more than four cannot be read: untick %(more)s of them.",
            found - MAX_PROFILES,
        ) % {"count": found, "more": found - MAX_PROFILES}
    return ""


def _read(frame: Frame, chosen: Sequence[ComparedUnit]) -> list[ShownUnit]:
    found = {unit.id: unit for unit in read_units(frame.comparison.release, [unit.id for unit in chosen])}
    return [unit for one in chosen if isinstance(unit := found[one.id], ShownUnit)]


def _radar(frame: Frame, id_: str, title: str, codes: tuple[str, ...], units: Mapping[str, ShownUnit]) -> Radar:
    """`units`: by name."""
    profiles = [Profile(name, [unit.scores[code].value for code in codes]) for name, unit in units.items()]
    figure = radar(title, [frame.short_themes[code] for code in codes], profiles)
    return Radar(
        id=id_,
        title=title,
        figure=figure,
        image=data_uri(draw_radar(figure, follows_theme=True)),
        image_text=_("Radar chart, %(title)s, of %(departments)s. All figures are in the table.")
        % {"title": title.lower(), "departments": wording.joined(list(units))},
        rows=[(frame.short_themes[code], [_score(unit.scores[code]) for unit in units.values()]) for code in codes],
    )


def _score(score: Score) -> tuple[str, str]:
    return wording.points(score), wording.margin(score)


def _said(frame: Frame, unit: ShownUnit) -> str:
    """Of this unit and the rest: nothing was tested between two of these."""
    if unit.rest is None:
        return wording.same_as(unit) or sentences.no_rest()
    by_verdict = {
        verdict: [frame.themes[code] for code in DIMENSIONS if unit.rest[code].verdict == verdict]
        for verdict in (HIGHER, LOWER)
    }
    return " ".join(filter(None, (sentences.of_a_unit(by_verdict[HIGHER], by_verdict[LOWER]), wording.same_as(unit))))
