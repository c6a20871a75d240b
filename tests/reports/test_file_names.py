"""The names of report files: readable, and never the same for two units."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from reports.document import file_name
from reports.published import HiddenUnit, Published
from tests.reports.sample_rounds import Frozen


@pytest.fixture
def published(frozen: Callable[[str], Frozen]) -> Published:
    return frozen("2026").published


def with_paths(published: Published, *paths: str) -> Published:
    return replace(published, units=tuple(HiddenUnit(uuid4(), path, path) for path in paths))


def test_a_name_tells_organisation_round_unit_and_language(published: Published) -> None:
    unit = next(unit for unit in published.shown if unit.name == "Wijkteam Oost")
    assert file_name(published, unit, "nl") == "zorggroep-de-voorbeelden-leerscan-2026-zorg-wijkteam-oost-nl.pdf"


@pytest.mark.parametrize(
    "paths",
    [
        ("", "R&D", "RD"),
        ("", "Zorg / Oost", "Zorg Oost"),
        ("", "部門"),
        ("", "部門", "本部"),
        ("", "A", "a 1", "A / 1"),
    ],
)
def test_two_units_never_share_a_name(published: Published, paths: tuple[str, ...]) -> None:
    release = with_paths(published, *paths)
    units: Any = release.units
    names = [file_name(release, unit, "nl") for unit in units]
    assert len(set(names)) == len(paths)
    assert names[0] == "zorggroep-de-voorbeelden-leerscan-2026-nl.pdf"
