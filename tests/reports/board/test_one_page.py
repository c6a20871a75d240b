"""The summary for the board is one accessible page: with the longest texts, 40 departments, names of 60 characters."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle
from types import SimpleNamespace
from uuid import UUID

import pypdfium2
import pytest

from questionnaires.advice import LEVELS
from questionnaires.questionnaire import DIMENSIONS
from reports import advice
from reports.board import summary
from reports.pdf import render_pdf
from reports.published import Published, Rest, Score
from tests.reports.pdf_checks import check_ink, check_tagged
from tests.reports.sample_rounds import Frozen

LONG_NAME = "Verpleeghuisgeneeskunde en Revalidatiebehandeling Noordwest"
SCORES = {
    "gain": Score(30, "exact", 22, 38),
    "under_way": Score(60, "exact", 52, 68),
    "strength": Score(95, "at_least", 87, 100),
}


def longest(published: Published, monkeypatch: pytest.MonkeyPatch, language: str) -> Published:
    """Of everything that may stand there, what takes most room."""
    levels: dict[str, str] = {}
    for code in DIMENSIONS:
        texts = published.advice.dimensions[code].sentence
        levels[code] = max(LEVELS, key=lambda level: len(texts[level].in_language(language)))
    lengths: dict[int, int] = {}
    for number in range(1, 8):
        texts_of = {level: _length(published, number, level, language) for level in LEVELS}
        levels[f"step{number}"] = max(LEVELS, key=lambda level: texts_of[level])
        lengths[number] = texts_of[levels[f"step{number}"]]
    steps = sorted(sorted(lengths, key=lambda number: -lengths[number])[:3])
    for module in (summary, advice):
        monkeypatch.setattr(module, "first_steps", lambda *_: [SimpleNamespace(number=number) for number in steps])
    root = published.shown[0]
    root = replace(root, scores={**root.scores, **{code: SCORES[level] for code, level in levels.items()}})
    verdicts = cycle(["higher", "lower"])
    units = [root]
    for number in range(40):
        rest = {code: Rest(30, 9, next(verdicts), 60) for code in DIMENSIONS}
        units.append(
            replace(root, id=UUID(int=number), name=f"{LONG_NAME[:57]} {number}", path=f"u{number}", rest=rest)
        )
    parents = {unit.id: root.id for unit in units} | {root.id: None}
    published.release.content["is_assumed"] = True
    return Published(published.release, tuple(units), parents)


def _length(published: Published, number: int, level: str, language: str) -> int:
    action = next(one for one in published.advice.steps[number, level].actions if one.moment == "structural")
    return sum(len(text.in_language(language)) for text in (action.what, action.who, action.sign))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_longest_page_is_one_page(
    language: str, frozen: Callable[[str], Frozen], monkeypatch: pytest.MonkeyPatch
) -> None:
    published = longest(frozen("2026").published, monkeypatch, language)
    published.round.organisation.name = LONG_NAME
    content = render_pdf(summary.document(published, language), summary.style())
    assert len(check_tagged(content, language).pages) == 1
    check_ink(content, language)
    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert "{" not in text
