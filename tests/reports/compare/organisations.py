"""Closed rounds with made-up answers, as frozen releases in the database; the answers themselves are in none."""

import random
from collections.abc import Mapping
from copy import copy
from uuid import UUID

from reports.compare.reading import Comparison, read_comparison
from reports.models import Release, ReleaseUnit
from reports.release import FORMAT
from scan.models import Round
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS, Cast
from tests.reports.paper_rounds import QUESTIONNAIRE, PaperRound

TITLE, SLUG = "Leerscan vergelijkt", "leerscan-vergelijkt"


def people(count: int, lower: bool = False, seed: int = 1) -> list[bytes]:
    """People who differ as people do; `lower`: all of them answer the questions on sharing knowledge clearly lower."""
    chance = random.Random(seed)  # noqa: S311 -- to be repeated
    likely = [(1, 1, 2, 2, 3) if lower and item.area == "K" else (2, 3, 4, 4, 5) for item in QUESTIONNAIRE.items]
    return [bytes(chance.choice(few) for few in likely) for _person in range(count)]


def five_departments() -> PaperRound:
    """Zorg: Dag, Laag (demonstrably lower) and Nacht (hidden). Huis: Keuken and Tuin (hidden)."""
    paper = PaperRound().add("").add("Zorg").add("Zorg / Dag", people(24, seed=2)).add("Zorg / Laag", people(24, True))
    paper.add("Zorg / Nacht", people(2, seed=3)).add("Huis").add("Huis / Keuken", people(24, seed=4))
    return paper.add("Huis / Tuin", people(2, seed=5))


def equal_departments(count: int = 3) -> PaperRound:
    """Everybody gives the same answers everywhere."""
    paper = PaperRound().add("")
    for number in range(count):
        paper.add(f"Afdeling {number}", people(12))
    return paper


def freeze(cast: Cast, paper: PaperRound) -> Release:
    """Call it in the organisation's scope."""
    round_ = create_round(cast.organisation, TITLE, OPENS, CLOSES, state=Round.State.CLOSED)
    for unit in paper.tree.units.values():  # parents come first
        stored = copy(unit)
        stored.round = round_
        stored.save(force_insert=True)
    release = Release.objects.create(
        round=round_,
        format=FORMAT,
        rules_version="1",
        version=round_.version,
        advice_number=1,
        inputs_hash="0" * 64,
        check_record={},
        content=paper.content | {"words": {}},
    )
    contents = paper.contents
    ReleaseUnit.objects.bulk_create(
        ReleaseUnit(release=release, unit=unit, is_shown=contents[path] is not None, content=contents[path])
        for path, unit in paper.units.items()
    )
    return Release.objects.select_related("round__organisation").get(pk=release.pk)


def compared(cast: Cast, paper: PaperRound, theme: str | None = None) -> Comparison:
    return read_comparison(freeze(cast, paper), theme)


def ids(comparison: Comparison) -> Mapping[str, UUID]:
    """By path."""
    return {unit.path: unit.id for unit in comparison.units}
