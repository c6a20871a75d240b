"""Every file says of which round and versions it is, how to read it, and what each code means, in both languages."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from questionnaires.questionnaire import DIMENSIONS
from questionnaires.texts import DEFAULT_WORDS
from reports.exports import texts
from reports.exports.content import Export
from reports.exports.formats import FORMATS, ROUND_FORMATS
from reports.published import HiddenUnit, Published
from tests.reports.exports.readers import sheets_in
from tests.reports.sample_rounds import GAPS, Frozen


@pytest.fixture
def published(frozen: Callable[[str], Frozen]) -> Published:
    return frozen(GAPS).published


def guide_of(format_code: str, content: bytes) -> str:
    """What a person reads before the figures. Slides say it otherwise: tests/reports/test_slides.py."""
    if format_code == "xlsx":
        return "\n".join(str(cell) for row in sheets_in(content)[0] for cell in row if cell)
    if format_code == "csv":
        with zipfile.ZipFile(io.BytesIO(content)) as files:
            return files.read(next(name for name in files.namelist() if name.endswith(".txt"))).decode("utf-8-sig")
    found: dict[str, Any] = json.loads(content)
    return "\n".join([json.dumps(found["round"] | found["versions"], ensure_ascii=False), *found["guide"]])


@pytest.mark.parametrize("format_code", ROUND_FORMATS)
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", ("niet bedoeld om mensen te beoordelen", "De marge (laag en hoog)", "minstens 5 mensen", "95 of hoger")),
        ("en", ("not meant for judging people", "The margin (low and high)", "at least 5 people", "95 or higher")),
    ],
)
def test_it_says_how_to_read_the_figures(
    language: str, words: Iterable[str], format_code: str, published: Published
) -> None:
    for unit in (None, published.root):
        guide = guide_of(format_code, FORMATS[format_code].write(published, unit, language))
        for one in (*words, "Leerscan 2025 with gaps", "leerscan 1"):
            assert one in guide
        assert "{" not in guide.replace('{"', "")


@pytest.mark.parametrize("format_code", ROUND_FORMATS)
def test_that_of_a_hidden_unit_says_whose_figures_they_are(format_code: str, published: Published) -> None:
    hidden = next(unit for unit in published.units if isinstance(unit, HiddenUnit))
    above = published.figures_for(hidden)
    assert above
    guide = guide_of(format_code, FORMATS[format_code].write(published, hidden, "nl"))
    assert "Alle cijfers in dit bestand zijn die van de groep erboven" in guide
    assert f"Over {hidden.path} zelf staat er niets in" in guide
    assert (above.path or published.round.organisation.name) in guide


def test_when_nothing_is_shown_it_says_so_and_holds_no_figure(published: Published) -> None:
    nothing = Published(
        published.release,
        tuple(HiddenUnit(unit.id, unit.path, unit.name) for unit in published.units),
        published.parents,
    )
    for unit in (nothing.root, nothing.units[-1]):
        for format_code in ROUND_FORMATS:
            assert guide_of(format_code, FORMATS[format_code].write(nothing, unit, "en")).count("We do not show") == 1
        found = json.loads(FORMATS["json"].write(nothing, unit, "en"))["units"]
        assert [one["status"] for one in found] == ["hidden"]


def test_the_codebook_knows_every_code_that_stands_in_a_file(published: Published) -> None:
    export = Export(published, None, "nl")
    known = {(entry.group, entry.code) for entry in export.naming.codebook()}
    subjects = {code for group, code in known if group in ("theme", "step", "item", "obstacle")}
    for line in export.lines:
        _round, _unit, _level, measure, code, _name, _value, kind, _low, _high, _margin, word, _text, _n = line
        assert ("measure", measure) in known
        assert ("kind", kind) in known
        assert not word or ("word", word) in known
        assert not code or code in subjects
    assert {("theme", code) for code in DIMENSIONS} <= known


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_code_has_a_name_a_meaning_and_a_wording(language: str, published: Published) -> None:
    entries = Export(published, None, language).naming.codebook()
    assert len({(entry.group, entry.code) for entry in entries}) == len(entries)
    for entry in entries:
        assert entry.name, entry
        assert entry.meaning or entry.group == "obstacle", entry
        is_asked = entry.group in ("theme", "step", "item", "obstacle")
        assert bool(entry.wording) == is_asked, entry
        assert bool(entry.unit) == (is_asked or entry.group == "measure"), entry


def test_both_languages_say_it_differently() -> None:
    """The same text twice would be one that somebody forgot to translate."""
    found = texts.load()
    same = {"Details", "Code"}  # words that are equal in both
    pairs = [*found.named.values(), *(line.text for line in found.guide)]
    for table in found.coded.values():
        pairs += [text for one in table.values() for text in (one.name, one.meaning)]
    assert [text.nl for text in pairs if text.nl == text.en and text.nl not in same] == [
        "Scan",
        "Scan",
        "Score",
        "band",
    ]


def test_an_organisations_own_words_are_used(published: Published) -> None:
    assert "afdelingen" in DEFAULT_WORDS["nl"].values()
    words = {"nl": {"departments": "locaties"}}
    before = published.release.content
    published.release.content = before | {"words": words}
    try:
        assert "alle locaties" in guide_of("xlsx", FORMATS["xlsx"].write(published, None, "nl"))
    finally:
        published.release.content = before
