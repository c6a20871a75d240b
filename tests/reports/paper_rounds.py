"""Rounds that exist in memory only: a tree and answers in, what a release would hold out. No database."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from questionnaires.loading import load_questionnaire
from reports import release
from reports.figures import Figures
from reports.inputs import gather, input_of
from reports.record import record_of
from scan.answering.packing import obstacle_mask
from scan.models import Round, Unit
from scan.tree import Tree

QUESTIONNAIRE = load_questionnaire("leerscan", 1)
Rows = list[tuple[UUID, bytes, int]]
"""Of each person the unit, the answers and the obstacles as the ballot box keeps them."""


def answers(value: int, answered: int = 40) -> bytes:
    """A person who gives the same answer to the first so many questions, and leaves the others open."""
    return bytes([value] * answered + [0] * (40 - answered))


def people(count: int, value: int = 4) -> list[bytes]:
    return [answers(value)] * count


@dataclass
class PaperRound:
    """`add` units parents first; then `figures`, `contents` and what else a release is made from."""

    k: int = 5
    units: dict[str, Unit] = field(default_factory=dict)
    leaves: dict[str, Unit] = field(default_factory=dict)
    rows: Rows = field(default_factory=list)

    def add(
        self,
        path: str,
        given: Sequence[bytes] = (),
        *,
        obstacles: Sequence[Collection[str]] = (),
        leaders: Sequence[bytes] = (),
        invited: int | None = None,
    ) -> "PaperRound":
        """`obstacles`: of the first so many of those who have `given` answers; the others ticked none."""
        names = path.split(" / ") if path else []
        parent = self.units[" / ".join(names[:-1])] if names else None
        unit = Unit(
            parent=parent, name=names[-1] if names else "Huis", path=path, path_key=path.casefold(), invited=invited
        )
        self.units[path] = unit
        masks = [obstacle_mask(codes, QUESTIONNAIRE.obstacles) for codes in obstacles]
        masks += [0] * (len(given) - len(masks))
        self.rows += [(unit.pk, row, mask) for row, mask in zip(given, masks, strict=True)]
        if leaders:
            self.leaves[path] = Unit(
                parent=unit, name="leaders", kind=Unit.Kind.LEADERS, invited=None if invited is None else 0
            )
            self.rows += [(self.leaves[path].pk, row, 0) for row in leaders]
        return self

    @property
    def tree(self) -> Tree:
        return Tree({unit.pk: unit for unit in [*self.units.values(), *self.leaves.values()]})

    @property
    def figures(self) -> Figures:
        stored = ((uuid4(), *row) for row in self.rows)
        return Figures(input_of(self.k, self.tree, QUESTIONNAIRE, gather(stored, len(QUESTIONNAIRE.items))))

    @property
    def contents(self) -> dict[str, dict[str, Any] | None]:
        """What ReleaseUnit.content would hold, by path."""
        by_id = release.contents_of(self.tree, self.figures)
        return {path: by_id[str(unit.pk)] for path, unit in self.units.items()}

    @property
    def content(self) -> dict[str, Any]:
        """What Release.content would hold."""
        day = date(2026, 3, 9)
        return release.content_of(Round(k=self.k, opens_on=day, closes_on=day, closed_on=day), self.figures)

    @property
    def record(self) -> dict[str, Any]:
        figures = self.figures
        return record_of(figures, figures.contents)

    def shown(self, path: str = "") -> dict[str, Any]:
        content = self.contents[path]
        assert content is not None, f"{path} is hidden"
        return content
