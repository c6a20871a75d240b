"""Five disciplines, six success areas: a radar and its table, with margins and what is more than chance."""

from django.utils.translation import gettext as _

from charts.bar import draw_bar
from charts.figure import Figure, Profile, radar
from charts.svg import data_uri, draw_radar
from questionnaires.questionnaire import AREAS, DISCIPLINES, Dimension
from reports import advice, difference_words, wording
from reports.contents import ThemePage, ThemeRow
from reports.published import Score, ShownUnit
from reports.report.subject import Subject


def disciplines(subject: Subject) -> ThemePage:
    return _themes(subject, DISCIPLINES, _("Five disciplines"))


def areas(subject: Subject) -> ThemePage:
    return _themes(subject, AREAS, _("Six success areas"))


def _themes(subject: Subject, codes: tuple[str, ...], title: str) -> ThemePage:
    dimensions = [subject.published.questionnaire.dimension(code) for code in codes]
    figure = _radar(subject, dimensions, title)
    focus = {advice.highest(subject.unit, codes, 1)[0]: None, advice.lowest(subject.unit, codes, 1)[0]: None}
    return ThemePage(
        title=title,
        intro=_intro(subject),
        figure=figure,
        image=data_uri(draw_radar(figure, follows_theme=subject.follows_theme)),
        image_text=_radar_text(subject, codes, title),
        rows=[_row(subject, dimension) for dimension in dimensions],
        focus=[(subject.theme_name(code), _paragraph(subject, code)) for code in focus],
    )


def _intro(subject: Subject) -> str:
    scale = _("Each theme has a score from 0 (everybody strongly disagrees) to 100 (everybody strongly agrees).")
    margin = _("What all of you together think probably lies within the margin.")
    if subject.beside is None:
        return f"{scale} {margin}"
    beside = _(
        "Next to it is the score of the whole organisation, your own answers included. "
        "A difference counts only where we say that it is clear."
    )
    return f"{scale} {margin} {beside}"


def _radar(subject: Subject, dimensions: list[Dimension], title: str) -> Figure:
    axes = [subject.words(dimension.short) for dimension in dimensions]
    profiles = [_profile(subject.unit, subject.own_name, dimensions)]
    if subject.beside:
        profiles.append(_profile(subject.beside, subject.organisation_name, dimensions))
    return radar(title, axes, profiles)


def _profile(unit: ShownUnit, name: str, dimensions: list[Dimension]) -> Profile:
    return Profile(name, [unit.scores[dimension.code].value for dimension in dimensions])


def _radar_text(subject: Subject, codes: tuple[str, ...], title: str) -> str:
    """What the radar says, for who cannot see it; the table beside it holds the figures."""
    top, bottom = advice.highest(subject.unit, codes, 1)[0], advice.lowest(subject.unit, codes, 1)[0]
    return _("Radar chart, %(title)s. Highest: %(highest)s. Lowest: %(lowest)s. All figures are in the table.") % {
        "title": title.lower(),
        "highest": subject.theme_line(top),
        "lowest": subject.theme_line(bottom),
    }


def _row(subject: Subject, dimension: Dimension) -> ThemeRow:
    score = subject.unit.scores[dimension.code]
    beside = subject.beside.scores[dimension.code] if subject.beside else None
    text = subject.score_text(score)
    sentence = subject.published.advice.dimensions[dimension.code].sentence[wording.level(score)]
    return ThemeRow(
        name=subject.words(dimension.name),
        score=text,
        beside=wording.points(beside) if beside else "",
        bar=_bar(subject, score, beside),
        bar_text=_("%(points)s, probably between %(margin)s")
        % {"points": text.points, "margin": _("%(low)s and %(high)s") % {"low": score.low, "high": score.high}},
        sentence=subject.words(sentence),
        signs=_signs(subject.unit, dimension.code),
    )


def _signs(unit: ShownUnit, code: str) -> list[str]:
    rest = unit.rest[code].verdict if unit.rest and code in unit.rest else None
    return [
        sign
        for sign in (
            difference_words.beside_own(unit.own.get(code), code),
            difference_words.beside_rest(rest) if rest else "",
        )
        if sign
    ]


def _bar(subject: Subject, score: Score, beside: Score | None) -> str:
    mark = beside.value if beside else None
    return data_uri(draw_bar(score.value, score.low, score.high, mark, follows_theme=subject.follows_theme))


def _paragraph(subject: Subject, code: str) -> str:
    level = wording.level(subject.unit.scores[code])
    return subject.words(subject.published.advice.dimensions[code].paragraph[level])
