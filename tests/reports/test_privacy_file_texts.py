"""The texts of the privacy file as data: complete in both languages, and true of the rest of the program."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from measurement.presentation import MOST_TENTHS
from organisations.access import Right
from questionnaires.texts import placeholders
from reports.privacy_facts import privacy_facts, units_of
from reports.privacy_file import TEXTS
from reports.wording import share_of_people
from scan.models import Round
from tests.cast import Cast
from tests.conftest import ROOT
from tests.scan.drafting import ready_draft

CONTENT = tomllib.loads(TEXTS.read_text(encoding="utf-8"))
ROOMS = ("jobs", "organisations", "questionnaires", "scan", "reports")
KINDS = {"text", "heading", "note", "command"}


def entries(node: Any) -> Iterator[dict[str, Any]]:
    """Everything that is written in two languages."""
    if isinstance(node, dict):
        if "nl" in node or "en" in node:
            yield node
        for value in node.values():
            yield from entries(value)
    elif isinstance(node, list):
        for value in node:
            yield from entries(value)


def texts(entry: dict[str, Any], language: str) -> list[str]:
    text = entry[language]
    return text if isinstance(text, list) else [text]


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    return ready_draft(in_scope)


def test_every_text_is_there_in_both_languages_and_nobody_shouts() -> None:
    found = list(entries(CONTENT))
    assert len(found) > 200
    for entry in found:
        dutch, english = texts(entry, "nl"), texts(entry, "en")
        assert len(dutch) == len(english), dutch
        for one, other in zip(dutch, english, strict=True):
            assert one.strip() == one != "", entry
            assert other.strip() == other != "", entry
            assert "!" not in one + other
            if len(one.split()) > 3 and not one.startswith("manage.py"):
                assert one != other


def test_placeholders_and_conditions_are_facts(round_: Round) -> None:
    facts = privacy_facts(round_, units_of(round_), "nl").keys()
    for entry in entries(CONTENT):
        used = {name for language in ("nl", "en") for text in texts(entry, language) for name in placeholders(text)}
        assert used <= facts, entry
    for block in _conditional(CONTENT["section"]):
        assert {*block.get("needs", ()), *block.get("unless", ())} <= facts, block
    assert CONTENT["missing"].keys() <= facts


def _conditional(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        if "needs" in node or "unless" in node:
            yield node
        for value in node.values():
            yield from _conditional(value)
    elif isinstance(node, list):
        for value in node:
            yield from _conditional(value)


def test_every_block_is_of_a_known_kind_and_every_row_fits_its_head() -> None:
    for section in CONTENT["section"]:
        for block in section["block"]:
            assert block.get("kind", "text") in KINDS
            for row in block.get("rows", ()):
                assert len(row["nl"]) == len(block["head"]["nl"]), row


def test_every_right_is_said_in_words() -> None:
    assert list(CONTENT["rights"]) == [right.name for right in Right]


def _sources_with(pattern: str) -> set[str]:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "migrations" not in file.parts]
    return {str(file.relative_to(ROOT)) for file in files if re.search(pattern, file.read_text(encoding="utf-8"))}


def test_remarks_are_read_by_the_reviewer_only_as_the_file_says() -> None:
    """Whoever reads or shows them elsewhere changes chapters 3, 4, 5 and 8 of the file."""
    assert _sources_with(r"\bRemark\.objects\b") == {"scan/ballot_box.py", "scan/remarks.py", "scan/retention.py"}
    assert _sources_with(r"\bPublishedRemarks\.objects\b") == {"reports/remarks.py"}
    readers = {"reports/remarks.py", "reports/remark_views.py"}
    assert _sources_with(r"from scan\.remarks import [^\n]*some_of|remarks\.take_out|    some_of,") == readers


@pytest.mark.parametrize("language", ["nl", "en"])
def test_shares_are_called_as_in_reports(language: str) -> None:
    text = (ROOT / "reports" / "texts" / "privacy_file.toml").read_text(encoding="utf-8")
    with translation.override(language):
        for tenths in (None, 0, MOST_TENTHS):
            assert f"“{share_of_people(tenths)}”" in text


def test_the_threat_model_knows_every_row_of_the_table() -> None:
    """What is stored stands in both; whoever adds a row to one adds it to the other."""
    model = (Path(ROOT) / "docs" / "threat-model.md").read_text(encoding="utf-8")
    table = model.split("## What is stored")[1].split("\n\n(*)")[0]
    rows = [line.split("|")[1].strip() for line in table.splitlines() if line.startswith("| ")][1:]
    in_file = next(
        block["rows"] for section in CONTENT["section"] for block in section["block"] if block.get("style") == "stored"
    )
    # The questionnaire has a row with and one without a remark.
    assert len(rows) == len({row["en"][0] for row in in_file}) == 14
