"""The conversation card: one accessible page to write on, in both languages, without a figure of anybody."""

import re

import pypdfium2
import pytest

from questionnaires.questionnaire import DIMENSIONS
from reports.learning import card
from reports.models import LearningPair
from reports.pdf import render_pdf
from scan.models import Unit
from scan.tree import tree_of
from tests.cast import Cast
from tests.reports.learning.pairs import pair_of, small_round
from tests.reports.pdf_checks import check_ink, check_tagged
from tests.scan.answer_files import EAST, KITCHEN

LONG = (
    "Arbeidsmarktcommunicatie en Wervingsondersteuning Zuidoost-NL",
    "Verpleeghuisgeneeskunde en Revalidatiebehandeling Noordwest",
)


@pytest.fixture
def pair(in_scope: Cast) -> LearningPair:
    return pair_of(small_round(in_scope.organisation, EAST, KITCHEN), theme="F")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_card_with_the_longest_names_is_one_page(language: str, pair: LearningPair) -> None:
    for unit, name in zip((pair.giver, pair.taker), LONG, strict=True):
        Unit.objects.filter(pk=unit.pk).update(name=name)
    content = render_pdf(card.document(pair, tree_of(pair.release.round), language), card.style())
    assert len(check_tagged(content, language).pages) == 1
    check_ink(content, language)
    text = re.sub(r"\s+", " ", pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())
    assert "{" not in text
    assert "Revalidatiebehandeling" in text.replace("\ufffe", "")


def test_it_holds_no_figure(pair: LearningPair) -> None:
    """But for the numbers of the parts, their minutes, and the name of the scan."""
    for language, minutes in (("nl", "minuten"), ("en", "minutes")):
        html = card.document(pair, tree_of(pair.release.round), language).replace(pair.release.round.title, "")
        text = re.sub(r"<[^>]*>", " ", html[html.index("<body") :])
        assert set(re.findall(rf"\d+(?!\.| {minutes}|\d)", text)) == set()
        assert len(re.findall(rf"\d+ {minutes}", text)) == 6


def test_every_theme_has_its_own_example(pair: LearningPair) -> None:
    tree, found = tree_of(pair.release.round), set()
    for code in DIMENSIONS:
        pair.dimension = code
        found.add(card.card_of(pair, tree, "nl").example)
    assert len(found) == 11


def test_the_hour_is_an_hour(pair: LearningPair) -> None:
    html = card.document(pair, tree_of(pair.release.round), "en")
    assert sum(int(minutes) for minutes in re.findall(r">(\d+) minutes<", html)) == 60


def test_departments_with_the_same_name_are_told_apart(pair: LearningPair) -> None:
    Unit.objects.filter(pk__in=(pair.giver_id, pair.taker_id)).update(name="Team A")
    made = card.card_of(pair, tree_of(pair.release.round), "nl")
    assert (made.giver, made.taker) == (EAST, KITCHEN)
    assert card.file_name(pair, tree_of(pair.release.round), "nl").count("team-a") == 0
