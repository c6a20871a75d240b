"""The organisation's results on one page, for the board."""

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from charts.figure import Profile, radar
from charts.svg import data_uri, draw_radar
from questionnaires.questionnaire import AREAS, DIMENSIONS, DISCIPLINES
from reports import wording
from reports.advice import first_steps
from reports.board.contents import Board, Picture, Recommendation, ThemeLine
from reports.board.differences import count_text, departments_of, difference_lines, pattern_text
from reports.document import stylesheet
from reports.published import Published, ShownUnit
from reports.report.provenance import period, versions
from reports.wording import Words

STYLE = "board_document.css"
NAMED_THEMES = 2


def document(published: Published, language: str) -> str:
    """As one HTML document. Raises ValueError where the organisation is hidden: there is nothing to sum up."""
    root = published.root
    if not isinstance(root, ShownUnit):
        raise ValueError("a hidden organisation has no summary")
    with translation.override(language):
        board = _Writer(published, root, language).board()
        return render_to_string("reports/board_document.html", {"board": board})


def style() -> str:
    return stylesheet(STYLE)


def file_name(published: Published, language: str) -> str:
    round_ = published.round
    with translation.override(language):
        name = slugify(_("Summary for the board"))
    return f"{round_.organisation.slug}-{round_.slug}-{name}-{language}.pdf"


class _Writer:
    def __init__(self, published: Published, root: ShownUnit, language: str) -> None:
        self._published, self._root = published, root
        self._words = Words(language, published.release.content["words"])
        self._departments = departments_of(published)

    def board(self) -> Board:
        round_ = self._published.round
        fall = sorted(DIMENSIONS, key=lambda code: -self._root.scores[code].value)
        rise = [code for code in reversed(fall) if code not in fall[:NAMED_THEMES]]
        same = wording.same_as(self._root)
        return Board(
            language=self._words.language,
            organisation=round_.organisation.name,
            round_title=round_.title,
            period=period(self._published.release),
            basis=f"{wording.basis(self._root)} {same}".strip(),
            total=self._total(),
            pictures=[self._picture(DISCIPLINES, _("Five disciplines")), self._picture(AREAS, _("Six success areas"))],
            strengths=[self._theme(code) for code in fall[:NAMED_THEMES]],
            chances=[self._theme(code) for code in rise[:NAMED_THEMES]],
            differences=difference_lines(self._published, self._words),
            pattern=pattern_text(self._published, self._words),
            recommendations=[self._recommendation(step.number) for step in first_steps(self._published, self._root)],
            cautions=self._cautions(),
            versions=capfirst(versions(self._published.release, self._published.questionnaire)),
        )

    def _total(self) -> str:
        total = self._root.scores["total"]
        return f"{wording.points(total)} {wording.explained(total)}"

    def _name(self, code: str) -> str:
        return self._words(self._published.questionnaire.dimension(code).name)

    def _theme(self, code: str) -> str:
        score = self._root.scores[code]
        sentence = self._published.advice.dimensions[code].sentence[wording.level(score)]
        return f"{self._with_points(code)}. {self._words(sentence)}"

    def _with_points(self, code: str) -> str:
        return f"{self._name(code)} ({wording.points(self._root.scores[code])})"

    def _picture(self, codes: tuple[str, ...], title: str) -> Picture:
        dimensions = [self._published.questionnaire.dimension(code) for code in codes]
        values = [self._root.scores[code].value for code in codes]
        profile = Profile(self._published.round.organisation.name, values)
        figure = radar(title, [self._words(dimension.short) for dimension in dimensions], [profile])
        return Picture(title, data_uri(draw_radar(figure)), self._radar_text(codes, title), [*map(self._row, codes)])

    def _radar_text(self, codes: tuple[str, ...], title: str) -> str:
        fall = sorted(codes, key=lambda code: -self._root.scores[code].value)
        top, bottom = (self._with_points(code) for code in (fall[0], fall[-1]))
        text = _("Radar chart, %(title)s. Highest: %(highest)s. Lowest: %(lowest)s. All figures are in the table.")
        return text % {"title": title.lower(), "highest": top, "lowest": bottom}

    def _row(self, code: str) -> ThemeLine:
        score = self._root.scores[code]
        short = self._words(self._published.questionnaire.dimension(code).short)
        return ThemeLine(short, wording.points(score), wording.margin(score), count_text(self._departments, code))

    def _recommendation(self, number: int) -> Recommendation:
        """What the advice on this step says to do for good: that takes the board."""
        step = self._published.questionnaire.step(number)
        level = wording.level(self._root.scores[f"step{number}"])
        text = self._published.advice.steps[number, level]
        action = next(one for one in text.actions if one.moment == "structural")
        name = f"{number}. {self._words(step.name)}: {self._words(step.line).lower()}"
        return Recommendation(name, self._words(action.what), self._words(action.who), self._words(action.sign))

    def _cautions(self) -> list[str]:
        release = self._published.release
        assumed = _("There are too few questionnaires to work out the margins; they rest on experience elsewhere.")
        return [
            _("The margin says between which points a score would probably lie if everybody had taken part.")
            + (f" {assumed}" if release.content["is_assumed"] else ""),
            _("We mention a difference only when it is larger than chance would lead you to expect.")
            + " "
            + _("There are results only of groups of at least %(k)s people.") % {"k": release.content["k"]},
            _("Not meant for judging people or departments. Talk about it together before you decide."),
        ]
