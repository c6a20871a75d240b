"""One theme: a dot for each unit with its margin, by name or by place and never numbered, and the table beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from charts.dots import Dot, Line, dot_plot
from charts.dots_svg import draw_dots
from charts.figure import Figure
from charts.svg import data_uri
from questionnaires.questionnaire import DIMENSIONS
from reports import wording
from reports.compare import sentences
from reports.compare.frame import Frame
from reports.compare.reading import HIGHER, LOWER, ComparedUnit, Unit
from reports.published import HiddenUnit, Rest

BY_NAME, BY_PLACE = "name", "place"
Placed = tuple[ComparedUnit, Rest]
"""A unit, and how it stands beside the rest on the theme that is looked at."""


@dataclass(frozen=True)
class Row:
    name: str
    address: str
    score: str
    place: int | None
    difference: str
    verdict: str
    note: str
    """Of whom the answers are, where they are a child's; or why there are no figures."""


@dataclass(frozen=True)
class ThemePage:
    name: str
    meaning: str
    summary: str
    figure: Figure
    image: str
    image_text: str
    rows: list[Row]
    is_drawn: bool
    """Whether dots were drawn towards the middle."""
    themes: list[tuple[str, str, bool]]
    orders: list[tuple[str, str, bool]]
    """For the form: code, name, and whether it is chosen."""


def theme_of(code: str | None) -> str:
    """The first one when there is no such theme."""
    return code if code in DIMENSIONS else DIMENSIONS[0]


def one_theme(frame: Frame, code: str) -> ThemePage:
    order = BY_PLACE if frame.query.get("order") == BY_PLACE else BY_NAME
    found = [(unit, unit.rest[code]) for unit in frame.here if isinstance(unit, ComparedUnit) and unit.rest]
    units = _sorted(frame, found, order)
    hidden = [unit for unit in frame.here if isinstance(unit, HiddenUnit)]
    name = frame.themes[code]
    figure = dot_plot(name, [_dot(frame, unit, one) for unit, one in units], _kinds(), _organisation(frame))
    summary = _summary(frame, units)
    return ThemePage(
        name=name,
        meaning=frame.words(frame.comparison.questionnaire.dimension(code).meaning),
        summary=summary,
        figure=figure,
        image=data_uri(draw_dots(figure, follows_theme=True)),
        image_text=_("Dot plot of %(theme)s. %(summary)s All figures are in the table.")
        % {"theme": name, "summary": summary},
        rows=[_row(frame, unit, one) for unit, one in units] + [_hidden_row(frame, unit) for unit in hidden],
        is_drawn=any(unit.score and unit.score.value != one.place for unit, one in units),
        themes=[(one, name, one == code) for one, name in frame.themes.items()],
        orders=[
            (BY_NAME, pgettext("order of departments", "by name"), order == BY_NAME),
            (BY_PLACE, pgettext("order of departments", "by place in the chart"), order == BY_PLACE),
        ],
    )


def _kinds() -> dict[str, str]:
    """In the order of the legend."""
    return {kind: sentences.verdict(verdict) for kind, verdict in ((HIGHER, HIGHER), ("none", None), (LOWER, LOWER))}


def _sorted(frame: Frame, units: Sequence[Placed], order: str) -> list[Placed]:
    by_name = sorted(units, key=lambda placed: (frame.name_of(placed[0]).casefold(), placed[0].path))
    return by_name if order == BY_NAME else sorted(by_name, key=lambda placed: -placed[1].place)


def _dot(frame: Frame, unit: ComparedUnit, one: Rest) -> Dot:
    return Dot(unit.path, frame.name_of(unit), one.place, one.margin, one.verdict or "none")


def _organisation(frame: Frame) -> Line | None:
    root = frame.comparison.root
    if not isinstance(root, ComparedUnit) or root.score is None:
        return None
    return Line(f"{root.name}: {wording.points(root.score)}", root.score.value)


def _summary(frame: Frame, units: Sequence[Placed]) -> str:
    names = {
        verdict: [frame.name_of(unit) for unit, one in units if one.verdict == verdict and unit.same_as is None]
        for verdict in (HIGHER, LOWER)
    }
    if not any(names.values()):
        return _("On this theme no department differs demonstrably from the rest of the organisation.")
    return sentences.of_a_theme(_("Demonstrably different from the rest of the organisation"), names)


def _row(frame: Frame, unit: ComparedUnit, one: Rest) -> Row:
    return Row(
        name=frame.name_of(unit),
        address=frame.address_of(unit.id),
        score=wording.points(unit.score) if unit.score else "",
        place=one.place,
        difference=sentences.with_margin(one),
        verdict=sentences.verdict(one.verdict) if one.verdict else _("not demonstrable"),
        note=sentences.same_as(unit),
    )


def _hidden_row(frame: Frame, unit: Unit) -> Row:
    return Row(frame.name_of(unit), frame.address_of(unit.id), "", None, "", "", sentences.too_few())
