"""One unit in all closed rounds, side by side: a chart, and a table with what changed in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from charts.figure import Figure
from charts.over_time import MOST_MOMENTS, Line, Mark, draw_over_time, over_time
from charts.svg import data_uri
from reports import wording
from reports.over_time import words
from reports.over_time.chains import Chains, Step
from reports.over_time.figures import Read, changes_by_unit, figures_of
from reports.over_time.readers import Readable
from reports.over_time.released import Released, before
from reports.published import Score, ShownUnit
from scan.models import Round


@dataclass(frozen=True)
class RoundRow:
    round: Round
    unit: UUID | None
    """The unit in that round, when there is a page of it that the user may read."""
    names: str
    """How it was called, where that is another name than now."""
    score: Score | None
    n: int | None
    text: str

    @property
    def day(self) -> date:
        return self.round.opens_on

    @property
    def points(self) -> str:
        return wording.points(self.score) if self.score else ""

    @property
    def margin(self) -> str:
        return wording.margin(self.score) if self.score else ""


@dataclass(frozen=True)
class UnitOverTime:
    rows: list[RoundRow]
    figure: Figure | None
    """None with fewer than two rounds to draw."""
    image: str
    image_text: str

    @property
    def is_first(self) -> bool:
        return len(self.rows) == 1


def unit_over_time(
    chains: Chains, round_: Round, unit: ShownUnit, readable: Readable, theme: tuple[str, str]
) -> UnitOverTime:
    """`theme`: code and name. `readable`: which units may be read, in whichever round. The language is active."""
    code, name = theme
    chain = chains.of(round_.pk, unit.id)
    units = {one for step in chain for one in step.units}
    releases = [step.at.release for step in chain]
    read = Read(figures_of(releases, code, units), changes_by_unit(chains.changes, code, units))
    rows = _Rows(chains, chain, read, readable, unit.path).by_round()
    drawn = [rows[step.at.round.pk] for step in chain][-MOST_MOMENTS:]
    known = [row for row in drawn if row.score]
    if len(known) < 2:
        return UnitOverTime(list(rows.values()), None, "", "")
    called = unit.name if unit.path else round_.organisation.name
    line = Line(called, [_mark(row.score) for row in drawn])
    figure = over_time(f"{name}, {called}", [row.round.title for row in drawn], [line])
    text = words.chart_text(name, called, [(row.round.title, row.points) for row in known], known[-1].text)
    return UnitOverTime(list(rows.values()), figure, data_uri(draw_over_time(figure, follows_theme=True)), text)


def _mark(score: Score | None) -> Mark | None:
    return Mark(score.value, score.low, score.high, words.short_points(score)) if score else None


@dataclass(frozen=True)
class _Rows:
    chains: Chains
    chain: Sequence[Step]
    read: Read
    readable: Readable
    path: str
    """How the unit is called now."""

    def by_round(self) -> dict[UUID, RoundRow]:
        """Oldest first."""
        numbers = {step.at.round.pk: number for number, step in enumerate(self.chain)}
        return {
            one.round.pk: self._row(numbers[one.round.pk]) if one.round.pk in numbers else self._absent(one)
            for one in self.chains.rounds
        }

    def _absent(self, one: Released) -> RoundRow:
        is_alike = one.release.version_id == self.chain[0].at.release.version_id
        text = words.not_there_text() if is_alike else words.other_questions_text()
        return RoundRow(one.round, None, "", None, None, text)

    def _row(self, number: int) -> RoundRow:
        step = self.chain[number]
        if not self._may_read(step):
            return RoundRow(step.at.round, None, "", None, None, words.no_access_text())
        score, n = self.read.at(self.chain, number)
        text = words.too_few_text() if score is None else self._changed(number)
        return RoundRow(step.at.round, step.unit, self._names(step), score, n, text)

    def _may_read(self, step: Step) -> bool:
        return all(unit in self.readable for unit in step.units)

    def _names(self, step: Step) -> str:
        units = [self.read.figures[unit] for unit in step.units]
        if len(units) == 1 and units[0].path == self.path:
            return ""
        return wording.joined([unit.path or unit.name for unit in units])

    def _changed(self, number: int) -> str:
        """Only beside a round of which the user may read the figures too: a difference tells them."""
        step = self.chain[number]
        earlier = before(step.at, self.chains.rounds)
        changed = self.read.changes.get(step.unit) if step.unit else None
        if earlier is None or changed is None or (number > 0 and not self._may_read(self.chain[number - 1])):
            return ""
        return words.change_text(changed, earlier.round.title)
