"""All units of the newest closed round, with the rounds before it side by side; for who reads all units."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from organisations.models import Organisation
from organisations.names import split_path
from reports import wording
from reports.over_time import words
from reports.over_time.chains import Chains, Step
from reports.over_time.figures import Read, changes_by_unit, figures_of
from reports.over_time.released import Released, before
from scan.models import Round

MOST_ROUNDS = 6


@dataclass(frozen=True)
class Cell:
    title: str
    score: str
    """Empty: nothing to show, or to compare."""
    margin: str


@dataclass(frozen=True)
class OverTimeRow:
    unit: UUID
    name: str
    depth: int
    cells: list[Cell]
    change: str
    verdict: str | None


@dataclass(frozen=True)
class OrganisationOverTime:
    newest: Round
    earlier: Round | None
    """The round that the newest is compared with."""
    rounds: list[Round]
    """The columns, oldest first."""
    others: list[Round]
    """With other questions."""
    rows: list[OverTimeRow]

    @property
    def claimed(self) -> int:
        return sum(row.verdict is not None for row in self.rows)


def organisation_over_time(organisation: Organisation, chains: Chains, code: str) -> OrganisationOverTime | None:
    """None until a round is closed. The language is active."""
    if not chains.rounds:
        return None
    newest = chains.rounds[-1]
    alike = [one for one in chains.rounds if one.release.version_id == newest.release.version_id]
    columns = alike[-MOST_ROUNDS:]
    figures = figures_of([one.release for one in columns], code)
    earlier = before(newest, chains.rounds)
    table = _Table(organisation, chains, columns, earlier, Read(figures, changes_by_unit(chains.changes, code)))
    here = {unit: figure.path for unit, figure in figures.items() if figure.round == newest.round.pk}
    return OrganisationOverTime(
        newest=newest.round,
        earlier=earlier.round if earlier else None,
        rounds=[one.round for one in columns],
        others=[one.round for one in chains.rounds if one not in alike],
        rows=[table.row(unit) for unit in sorted(here, key=lambda unit: split_path(here[unit].casefold()))],
    )


@dataclass(frozen=True)
class _Table:
    organisation: Organisation
    chains: Chains
    columns: Sequence[Released]
    earlier: Released | None
    read: Read

    def row(self, unit: UUID) -> OverTimeRow:
        newest = self.columns[-1].round
        chain = self.chains.of(newest.pk, unit)
        numbers = {step.at.round.pk: number for number, step in enumerate(chain)}
        figure = self.read.figures[unit]
        changed = self.read.changes.get(unit)
        return OverTimeRow(
            unit=unit,
            name=figure.name if figure.path else self.organisation.name,
            depth=len(split_path(figure.path)),
            cells=[self._cell(chain, numbers.get(one.round.pk), one.round) for one in self.columns],
            change=words.short_change(changed, is_hidden=figure.score is None) if self.earlier else "",
            verdict=changed.score.verdict if changed and changed.score else None,
        )

    def _cell(self, chain: Sequence[Step], number: int | None, round_: Round) -> Cell:
        score = self.read.at(chain, number)[0] if number is not None else None
        if score is None:
            return Cell(round_.title, "", "")
        return Cell(round_.title, words.short_points(score), wording.margin(score))
