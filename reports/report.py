"""A report: one unit of a release, made readable. The page and the PDF are drawn from the same object."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from charts.bar import draw_bar
from charts.figure import Figure, Profile, radar
from charts.svg import data_uri, draw_radar
from questionnaires.questionnaire import AREAS, DIMENSIONS, DISCIPLINES, Dimension
from reports import advice, wording
from reports.advice import ChosenStep
from reports.contents import (
    ActionText,
    ItemRow,
    Minute,
    Report,
    ScoreText,
    StandsOut,
    StepText,
    ThemePage,
    ThemeRow,
)
from reports.published import Published, Score, ShownUnit
from reports.wording import Words

NAMED_THEMES = 2
BANDS = ((80, 100), (60, 80), (40, 60), (20, 40), (0, 20))


def build_report(published: Published, unit: ShownUnit, language: str, *, follows_theme: bool = False) -> Report:
    """The report of a shown unit. The language must be active; `follows_theme`: charts for a screen."""
    return _Builder(published, unit, language, follows_theme=follows_theme).report()


class _Builder:
    def __init__(self, published: Published, unit: ShownUnit, language: str, *, follows_theme: bool) -> None:
        self._published = published
        self._unit = unit
        self._words = Words(language, published.release.content["words"])
        self._follows_theme = follows_theme
        root = published.root
        # Beside a unit stands the organisation; beside the organisation nothing.
        self._beside = root if isinstance(root, ShownUnit) and root.id != unit.id else None

    def report(self) -> Report:
        published, unit = self._published, self._unit
        content, round_ = published.release.content, published.round
        first = advice.first_steps(published, unit)
        is_root = published.parents[unit.id] is None
        return Report(
            language=self._words.language,
            organisation=round_.organisation.name,
            unit=round_.organisation.name if is_root else unit.name,
            path=unit.path,
            round_title=round_.title,
            period=_period(content["opens_on"], content["last_day"]),
            k=content["k"],
            versions=_("questionnaire %(questionnaire)s, rules %(rules)s, advice %(advice)s, release %(number)s")
            % {
                "questionnaire": published.questionnaire.number,
                "rules": published.release.rules_version,
                "advice": published.release.advice_number,
                "number": published.release.number,
            },
            minute=self._minute(first),
            disciplines=self._themes(DISCIPLINES, _("Five disciplines")),
            areas=self._themes(AREAS, _("Six success areas")),
            stands_out=self._stands_out(),
            first_steps=[self._step(step) for step in first],
            other_steps=[self._step(step) for step in advice.other_steps(published, unit)],
            share=self._share(),
            margins=self._margins(),
            is_root=is_root,
            knows_headcounts=content["knows_headcounts"],
        )

    def _name(self, code: str) -> str:
        return self._words(self._published.questionnaire.dimension(code).name)

    def _score(self, score: Score) -> ScoreText:
        return ScoreText(wording.points(score), wording.margin(score), wording.level_name(wording.level(score)))

    def _minute(self, first: list[ChosenStep]) -> Minute:
        unit = self._unit
        strengths = advice.highest(unit, DIMENSIONS, NAMED_THEMES)
        chances = [code for code in advice.lowest(unit, DIMENSIONS, NAMED_THEMES) if code not in strengths]
        total = unit.scores["total"]
        return Minute(
            basis=wording.basis(unit),
            same_as=wording.same_as(unit),
            strengths=[self._theme_line(code) for code in strengths],
            chances=[self._theme_line(code) for code in chances],
            steps=[(self._step_name(step.number), self._reason(step)) for step in first],
            caution=_("The answers give a picture; they do not judge anybody. Check it together before you decide."),
            total=self._score(total),
            total_text=wording.explained(total),
        )

    def _theme_line(self, code: str) -> str:
        return f"{self._name(code)} ({wording.points(self._unit.scores[code])})"

    def _step_name(self, number: int) -> str:
        step = self._published.questionnaire.step(number)
        return f"{self._words(step.name)}: {self._words(step.line)}"

    def _reason(self, step: ChosenStep) -> str:
        """Why this step: the questions that led to it, as far as they may be named, else the score of its questions."""
        if step.items:
            topics = wording.joined([self._words(item.topic) for item in step.items])
            return ngettext(
                "You agreed less with the question about %(topics)s.",
                "You agreed less with the questions about %(topics)s.",
                len(step.items),
            ) % {"topics": topics}
        count = len(self._published.questionnaire.items_of_step(step.number))
        return _(
            "Together, the %(count)s questions about this step score %(points)s; all 40 questions score %(total)s."
        ) % {
            "count": count,
            "points": wording.points(self._unit.scores[f"step{step.number}"]),
            "total": wording.points(self._unit.scores["total"]),
        }

    def _themes(self, codes: tuple[str, ...], title: str) -> ThemePage:
        dimensions = [self._published.questionnaire.dimension(code) for code in codes]
        figure = self._radar(dimensions, title)
        focus = {advice.highest(self._unit, codes, 1)[0]: None, advice.lowest(self._unit, codes, 1)[0]: None}
        return ThemePage(
            title=title,
            intro=self._themes_intro(),
            figure=figure,
            image=data_uri(draw_radar(figure, follows_theme=self._follows_theme)),
            image_text=self._radar_text(codes, title),
            rows=[self._theme_row(dimension) for dimension in dimensions],
            focus=[(self._name(code), self._paragraph(code)) for code in focus],
        )

    def _themes_intro(self) -> str:
        if self._beside is None:
            return _("Each theme has a score from 0 (everybody strongly disagrees) to 100 (everybody strongly agrees).")
        return _(
            "Each theme has a score from 0 (everybody strongly disagrees) to 100 (everybody strongly agrees). "
            "Next to it is the score of the whole organisation, your own answers included. "
            "A difference is not a judgement: look at the margins first."
        )

    def _radar(self, dimensions: list[Dimension], title: str) -> Figure:
        axes = [self._words(dimension.short) for dimension in dimensions]
        profiles = [self._profile(self._unit, self._own_name(), dimensions)]
        if self._beside:
            profiles.append(self._profile(self._beside, self._published.round.organisation.name, dimensions))
        return radar(title, axes, profiles)

    def _own_name(self) -> str:
        is_root = self._published.parents[self._unit.id] is None
        return self._published.round.organisation.name if is_root else self._unit.name

    def _profile(self, unit: ShownUnit, name: str, dimensions: list[Dimension]) -> Profile:
        return Profile(name, [unit.scores[dimension.code].value for dimension in dimensions])

    def _radar_text(self, codes: tuple[str, ...], title: str) -> str:
        """What the radar says, for who cannot see it; the table beside it holds the figures."""
        top, bottom = advice.highest(self._unit, codes, 1)[0], advice.lowest(self._unit, codes, 1)[0]
        return _("Radar chart, %(title)s. Highest: %(highest)s. Lowest: %(lowest)s. All figures are in the table.") % {
            "title": title.lower(),
            "highest": self._theme_line(top),
            "lowest": self._theme_line(bottom),
        }

    def _theme_row(self, dimension: Dimension) -> ThemeRow:
        score = self._unit.scores[dimension.code]
        beside = self._beside.scores[dimension.code] if self._beside else None
        text = self._score(score)
        sentence = self._published.advice.dimensions[dimension.code].sentence[wording.level(score)]
        return ThemeRow(
            name=self._words(dimension.name),
            score=text,
            beside=wording.points(beside) if beside else "",
            bar=self._bar(score, beside),
            bar_text=_("%(points)s, probably between %(margin)s")
            % {"points": text.points, "margin": _("%(low)s and %(high)s") % {"low": score.low, "high": score.high}},
            sentence=self._words(sentence),
        )

    def _bar(self, score: Score, beside: Score | None = None) -> str:
        mark = beside.value if beside else None
        return data_uri(draw_bar(score.value, score.low, score.high, mark, follows_theme=self._follows_theme))

    def _paragraph(self, code: str) -> str:
        level = wording.level(self._unit.scores[code])
        return self._words(self._published.advice.dimensions[code].paragraph[level])

    def _stands_out(self) -> StandsOut:
        unit, questionnaire = self._unit, self._published.questionnaire
        texts = {item.id: self._words(item.text) for item in questionnaire.items}
        tips = self._published.advice.tips
        # The finest level that may be shown makes the coarser one superfluous.
        bands = unit.bands if unit.bands and not unit.items else None
        return StandsOut(
            highest=[texts[item_id] for item_id in unit.highest],
            lowest=[(texts[item_id], self._words(tips[item_id])) for item_id in unit.lowest],
            bands=[
                (
                    pgettext("a band of scores", "%(low)s to %(high)s") % {"low": low, "high": high},
                    [texts[item_id] for item_id, band in bands.values.items() if band == low // 20],
                )
                for low, high in BANDS
            ]
            if bands
            else [],
            bands_n=bands.n if bands else 0,
            items=[
                ItemRow(texts[item.id], wording.item_points(unit.items.values[item.id]))
                for item in questionnaire.items
                if item.id in unit.items.values
            ]
            if unit.items
            else [],
            items_n=unit.items.n if unit.items else 0,
        )

    def _step(self, chosen: ChosenStep) -> StepText:
        step = self._published.questionnaire.step(chosen.number)
        text = self._published.advice.steps[chosen.number, chosen.level]
        words = self._words
        return StepText(
            number=chosen.number,
            name=words(step.name),
            line=words(step.line),
            level=wording.level_name(chosen.level),
            score=wording.points(self._unit.scores[f"step{chosen.number}"]),
            why=self._reason(chosen),
            meaning=words(text.meaning),
            actions=[
                ActionText(
                    wording.moment_name(action.moment),
                    words(action.who),
                    words(action.what),
                    words(action.when),
                    words(action.sign),
                )
                for action in text.actions
            ],
            question=words(text.question),
        )

    def _share(self) -> list[tuple[str, str]]:
        """What others can learn from this unit: its strongest step."""
        number = advice.step_order(self._unit)[-1]
        chosen = self._published.advice.steps[number, "strength"]
        return [(self._step_name(number), self._words(chosen.question))]

    def _margins(self) -> str:
        total = self._unit.scores["total"]
        text = _(
            "The score is %(points)s. If everybody had taken part, it would probably lie between %(low)s and %(high)s. "
            "We mention a difference only when it is larger than chance would lead you to expect."
        ) % {"points": wording.points(total), "low": total.low, "high": total.high}
        if not self._published.release.content["is_assumed"]:
            return text
        return (
            text
            + " "
            + _(
                "There are too few questionnaires to compute the margins from; they rest on experience elsewhere "
                "(a spread of 20 points, a reliability of .70)."
            )
        )


def _period(first: str, last: str) -> str:
    begin, end = (date_format(date.fromisoformat(day), "j F Y") for day in (first, last))
    return begin if begin == end else _("%(begin)s to %(end)s") % {"begin": begin, "end": end}
