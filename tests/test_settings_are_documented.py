"""Every setting that the environment can give stands in docs/settings.md, and no other."""

import re

from tests.conftest import ROOT

NAME = re.compile(r"\b(?:LEERSCAN_[A-Z_]+|DATABASE_URL)\b")


def documented_settings() -> set[str]:
    return set(NAME.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))


def test_the_page_of_settings_lists_exactly_the_settings_there_are() -> None:
    read = set(NAME.findall((ROOT / "config" / "settings.py").read_text(encoding="utf-8")))
    assert len(read) > 20
    assert documented_settings() == read
