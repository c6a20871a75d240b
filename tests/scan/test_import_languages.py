"""Messages are in the language of the terminal: Dutch, unless it is set to English."""

import pytest

from tests.scan.answer_files import Folder, has_place, row

WRONG = [row(), row(q17="6")]


@pytest.mark.parametrize("language", ["en_GB.UTF-8", "en_US.UTF-8", "en"])
def test_an_english_terminal_gets_english(folder: Folder, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    monkeypatch.setenv("LANG", language)
    assert "row 3, column q17: “6” is not an answer" in folder.refused(folder.answers(*WRONG))


@pytest.mark.parametrize("language", ["nl_NL.UTF-8", "C.UTF-8", ""])
def test_any_other_terminal_gets_dutch_with_the_same_places(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("LANG", language)
    assert has_place(folder.refused(folder.answers(*WRONG)), 3, "q17")


def test_the_strongest_setting_of_the_terminal_wins(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "row 3, column q17" in folder.refused(folder.answers(*WRONG))
