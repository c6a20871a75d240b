"""What the PDFs are made from: the demo, and rounds that are hard to print. In a folder and a database of their own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.management import call_command
from django_scopes import scope, scopes_disabled

from organisations.creating import create_organisation
from reports.demo import build_demo
from reports.models import Release
from reports.published import HiddenUnit, Published, PublishedUnit, read_release
from scan.models import Round
from tools.made_up_rounds import closed_round, long_name, longest_round


@dataclass(frozen=True)
class Sample:
    """A released round; `units` are those of it that differ in what may be said of them."""

    name: str
    published: Published

    def units(self) -> Iterator[tuple[str, PublishedUnit]]:
        """The organisation, and one unit for each set of blocks that there is, the one with the longest path."""
        root = self.published.root
        chosen = {_blocks(unit): unit for unit in sorted(self.published.units, key=lambda unit: len(unit.path))}
        yield "organisation", root
        yield from ((name, unit) for name, unit in chosen.items() if unit is not root)


def _blocks(unit: PublishedUnit) -> str:
    """Of which blocks a unit has figures, as the name of a file."""
    if isinstance(unit, HiddenUnit):
        return "hidden"
    blocks = {"numbers": unit.items, "bands": unit.bands, "words": unit.words}
    return " ".join(name for name, block in blocks.items() if block) or "scores only"


@dataclass(frozen=True)
class World:
    samples: tuple[Sample, ...]
    open_round: Round
    """With codes on paper and an open link."""


def make_world() -> World:
    call_command("migrate", verbosity=0)
    demo = build_demo()
    with scopes_disabled():
        releases = {
            release.round.slug: release
            for release in Release.objects.select_related("round__organisation").filter(round__organisation=demo)
        }
        open_round = Round.objects.select_related("organisation", "version").get(
            organisation=demo, state=Round.State.OPEN
        )
        samples = (Sample("2026", read_release(releases["leerscan-2026"])), _longest(), _one_unit(), _none_shown())
    return World(samples, open_round)


def _longest() -> Sample:
    organisation = create_organisation(long_name(99))
    with scope(organisation=organisation):
        return Sample("longest", longest_round(organisation))


def _one_unit() -> Sample:
    organisation = create_organisation("Praktijk Aan Zee")
    with scope(organisation=organisation):
        return Sample("one unit", closed_round(organisation, "Leerscan 2026", {"Balie": 9}))


def _none_shown() -> Sample:
    organisation = create_organisation("Atelier Aan Zee")
    with scope(organisation=organisation):
        return Sample("none shown", closed_round(organisation, "Leerscan 2026", {"Balie": 3}))
