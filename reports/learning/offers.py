"""Which units may be paired: by what the release says of each beside the rest of the organisation, and nothing else."""

from collections.abc import Iterator
from uuid import UUID

from measurement.pairing import Offer
from questionnaires.questionnaire import DIMENSIONS
from reports.published import Published, ShownUnit


def offers_of(published: Published) -> list[Offer]:
    """In the order of the themes and of the tree. Both verdicts are the release's own (measurement.md 6)."""
    able = [unit for unit in published.shown if unit.rest is not None and unit.same_as is None]
    above = {unit.id: set(_with_all_above(published, unit.id)) for unit in able}
    return [
        Offer(code, giver.id, taker.id, giver.scores[code].value - taker.scores[code].value)
        for code in DIMENSIONS
        for giver in _with_verdict(able, code, "higher")
        for taker in _with_verdict(able, code, "lower")
        if giver.id not in above[taker.id] and taker.id not in above[giver.id]
    ]


def _with_verdict(units: list[ShownUnit], code: str, verdict: str) -> list[ShownUnit]:
    return [unit for unit in units if unit.rest and code in unit.rest and unit.rest[code].verdict == verdict]


def _with_all_above(published: Published, unit_id: UUID) -> Iterator[UUID]:
    above: UUID | None = unit_id
    while above is not None:
        yield above
        above = published.parents[above]
