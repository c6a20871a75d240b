"""Every kind of PDF that Leerscan makes, as the HTML and the style that it is made from.

A new kind is one line in KINDS: a function that gets the world and yields `Printed`s.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django_scopes import scope

from questionnaires.texts import LANGUAGES
from reports import privacy_file
from reports.board import summary
from reports.document import document, stylesheet
from reports.learning import card
from reports.models import LearningPair
from reports.published import HiddenUnit, PublishedUnit
from scan.links import papers
from scan.links.paper_jobs import CODE_SHEETS, POSTER, RESULTS_POSTER, STYLES
from scan.models import OpenLink
from scan.tree import tree_of
from tools.pdf_check.world import Sample, World


@dataclass(frozen=True)
class Printed:
    name: str
    """Of the file in build/pdf-check."""
    html: str
    style: str
    without_bookmark: tuple[str, ...] = ()
    """Headings that have none on purpose."""


# A list of the chapters is no chapter.
CONTENTS = ("Contents", "Inhoud")
Kind = Callable[[World], Iterator[Printed]]


def reports(world: World) -> Iterator[Printed]:
    """Of the organisation, and of units with numbers, bands, scores only or nothing; some at their longest."""
    for sample in world.samples:
        for what, unit in sample.units():
            yield from _report(sample, unit, f"report {sample.name} {what}")


def _report(sample: Sample, unit: PublishedUnit, name: str) -> Iterator[Printed]:
    with scope(organisation=sample.published.round.organisation):
        for language in LANGUAGES:
            yield Printed(f"{name} {language}", document(sample.published, unit, language), stylesheet())


def board_summaries(world: World) -> Iterator[Printed]:
    for sample in world.samples:
        if isinstance(sample.published.root, HiddenUnit):
            continue  # there is nothing to sum up
        with scope(organisation=sample.published.round.organisation):
            for language in LANGUAGES:
                html = summary.document(sample.published, language)
                yield Printed(f"board summary {sample.name} {language}", html, summary.style())


def conversation_cards(world: World) -> Iterator[Printed]:
    """The first of each round; one with the longest names among them."""
    for sample in world.samples:
        round_ = sample.published.round
        with scope(organisation=round_.organisation):
            pairs = LearningPair.objects.select_related("release__round__organisation")
            pair = pairs.filter(release=sample.published.release).order_by("pk").first()
            if pair is None:
                continue
            for language in LANGUAGES:
                html = card.document(pair, tree_of(round_), language)
                yield Printed(f"conversation card {sample.name} {language}", html, card.style())


def privacy_files(world: World) -> Iterator[Printed]:
    with scope(organisation=world.open_round.organisation):
        for language in LANGUAGES:
            html = privacy_file.document(world.open_round, language)
            yield Printed(f"privacy file {language}", html, privacy_file.style(), CONTENTS)


def posters(world: World) -> Iterator[Printed]:
    with scope(organisation=world.open_round.organisation):
        link = OpenLink.objects.select_related("unit__round__organisation").get(unit__round=world.open_round)
        for language in LANGUAGES:
            yield Printed(f"poster {language}", papers.poster(link, language), _paper_style(POSTER))
            html = papers.results_poster(world.open_round, language)
            yield Printed(f"results poster {language}", html, _paper_style(RESULTS_POSTER))


def code_sheets(world: World) -> Iterator[Printed]:
    with scope(organisation=world.open_round.organisation):
        for language in LANGUAGES:
            html = papers.code_sheets(world.open_round, None, language, lambda _drawn: None)
            yield Printed(f"code sheets {language}", html, _paper_style(CODE_SHEETS))


def _paper_style(kind: str) -> str:
    return papers.stylesheet(STYLES[kind])


KINDS: tuple[Kind, ...] = (
    reports,
    board_summaries,
    conversation_cards,
    privacy_files,
    posters,
    code_sheets,
)
