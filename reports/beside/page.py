"""What the page of organisations side by side says. No ranks, and no claim that two differ: nothing tests that."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from charts.figure import Figure, Profile, radar
from charts.palette import MAX_PROFILES
from charts.svg import data_uri, draw_radar
from organisations.models import Organisation
from questionnaires.questionnaire import AREAS, DISCIPLINES
from reports import wording
from reports.beside.reading import Beside, Standing, Why
from reports.models import Release
from reports.wording import Words

Codes = tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    slug: str
    name: str
    is_chosen: bool


@dataclass(frozen=True)
class Column:
    name: str
    basis: str
    """Which scan, when, how many questionnaires, the response in words, and on what the margins rest."""


@dataclass(frozen=True)
class Rows:
    """A part of the table: of each theme its name, and of each organisation name, score and margin."""

    title: str
    rows: list[tuple[str, list[tuple[str, str, str]]]]


@dataclass(frozen=True)
class Radar:
    id: str
    title: str
    figure: Figure
    image: str
    image_text: str


@dataclass(frozen=True)
class Missing:
    name: str
    slug: str
    text: str
    asks_second_step: bool


@dataclass(frozen=True)
class Page:
    columns: list[Column]
    """Empty: there is nothing to put side by side."""
    table: list[Rows]
    choices: list[Choice]
    fault: str
    """What is wrong with what was chosen."""
    radars: list[Radar]
    """Empty while more than four could be drawn and none was chosen."""
    missing: list[Missing]


def page_of(beside: Beside, asked: Sequence[str], language: str) -> Page:
    """`asked`: short names of the organisations to draw. The language must be active."""
    builder = _Builder(beside, list(dict.fromkeys(asked)), language)
    return builder.page()


class _Builder:
    def __init__(self, beside: Beside, asked: list[str], language: str) -> None:
        self._beside, self._asked = beside, asked
        # Each has words of its own for customers and departments; here the usual ones stand for all.
        self._words = Words(language, {})

    def page(self) -> Page:
        standing, missing = (
            self._beside.standing,
            [self._missing(one.organisation, one.why) for one in self._beside.absent],
        )
        if not standing:
            return Page([], [], [], "", [], missing)
        kinds = {"disciplines": (_("Five disciplines"), DISCIPLINES), "areas": (_("Six success areas"), AREAS)}
        chosen, fault = self._chosen()
        return Page(
            columns=[Column(one.organisation.name, _basis(one)) for one in standing],
            table=[
                Rows("", [self._row(_("All questions together"), "total")]),
                *(
                    Rows(title, [self._row(self._name(code), code) for code in codes])
                    for title, codes in kinds.values()
                ),
            ],
            choices=[Choice(one.organisation.slug, one.organisation.name, one in chosen) for one in standing],
            fault=fault,
            radars=[self._radar(kind, *kinds[kind], chosen) for kind in kinds if chosen and not fault],
            missing=missing,
        )

    def _name(self, code: str) -> str:
        return self._words(self._beside.questionnaire.dimension(code).name)

    def _row(self, name: str, code: str) -> tuple[str, list[tuple[str, str, str]]]:
        scores = [(one.organisation.name, one.unit.scores[code]) for one in self._beside.standing]
        return name, [(beside, wording.points(score), wording.margin(score)) for beside, score in scores]

    def _chosen(self) -> tuple[list[Standing], str]:
        """Whom to draw, and what is wrong with the choice. Without a choice all, when there are few enough."""
        standing = list(self._beside.standing)
        if not self._asked:
            return (standing if len(standing) <= MAX_PROFILES else []), ""
        chosen = [one for one in standing if one.organisation.slug in self._asked]
        if len(chosen) < len(self._asked):
            return chosen, _("There is no such organisation to put beside the others. Choose from the list below.")
        if (more := len(chosen) - MAX_PROFILES) > 0:
            return chosen, _(
                "You chose %(count)s organisations. A chart of more than four cannot be read: untick %(more)s of them."
            ) % {"count": len(chosen), "more": more}
        return chosen, ""

    def _radar(self, id_: str, title: str, codes: Codes, chosen: Sequence[Standing]) -> Radar:
        axes = [self._words(self._beside.questionnaire.dimension(code).short) for code in codes]
        names = [one.organisation.name for one in chosen]
        profiles = [
            Profile(name, [one.unit.scores[code].value for code in codes])
            for name, one in zip(names, chosen, strict=True)
        ]
        figure = radar(title, axes, profiles)
        return Radar(
            id=id_,
            title=title,
            figure=figure,
            image=data_uri(draw_radar(figure, follows_theme=True)),
            image_text=_("Radar chart, %(title)s, of %(organisations)s. All figures are in the table.")
            % {"title": title.lower(), "organisations": wording.joined(names)},
        )

    def _missing(self, organisation: Organisation, why: Why) -> Missing:
        return Missing(organisation.name, organisation.slug, why_text(why), why is Why.SECOND_STEP)


def _basis(one: Standing) -> str:
    release = one.release
    parts = [f"{release.round.title}, {_period(release)}.", wording.basis(one.unit), wording.same_as(one.unit)]
    if release.content["is_assumed"]:
        parts.append(
            _("There are too few questionnaires to compute the margins from; they rest on experience elsewhere.")
        )
    return " ".join(filter(None, parts))


def _period(release: Release) -> str:
    first, last = (date_format(date.fromisoformat(release.content[day]), "j F Y") for day in ("opens_on", "last_day"))
    return first if first == last else _("%(begin)s to %(end)s") % {"begin": first, "end": last}


def why_text(why: Why) -> str:
    return {
        Why.NOT_AGREED: _(
            "Has not agreed to stand beside other organisations. An HR adviser of the organisation can change that "
            "under Settings."
        ),
        Why.SECOND_STEP: _("This organisation asks for a second step when you log in. Open it to go on."),
        Why.NO_RESULTS: _("Has agreed. There is no closed scan yet of which results can be shown."),
        Why.OTHER_QUESTIONNAIRE: _(
            "Has agreed. Its newest scan asked another version of the questionnaire: those figures mean something else."
        ),
        Why.ALONE: _("Has agreed, and has results. There is no other organisation yet to put beside it."),
    }[why]
