"""Releases of every earlier format can still be read, shown, printed and checked (design.md 5)."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django_scopes import scope

from reports.document import document
from reports.models import Release, ReleaseUnit
from reports.published import ShownUnit, read_release
from reports.release import FORMAT
from scan.models import Round, Unit
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS, Cast

STORED = Path(__file__).with_name("data") / "release-format-1.json"
PATHS = ("", "Keuken", "Zorg", "Zorg / Nacht", "Zorg / Oost")


@pytest.fixture
def release(cast: Cast) -> Release:
    """As the version before format 2 froze it."""
    stored = json.loads(STORED.read_text(encoding="utf-8"))
    with scope(organisation=cast.organisation):
        round_ = create_round(cast.organisation, "Leerscan 2024", OPENS, CLOSES, state=Round.State.CLOSED)
        units: dict[str, Unit] = {}
        for path in PATHS:
            parent, _, name = path.rpartition(" / ")
            units[path] = Unit.objects.create(
                round=round_,
                parent=units[parent] if path else None,
                name=name or cast.organisation.name,
                path=path,
                path_key=path.casefold(),
            )
        for block in stored["check_record"]["blocks"]:
            block["unit"] = str(units[block["unit"]].pk)
        release = Release.objects.create(
            round=round_,
            format=1,
            rules_version="1",
            version=round_.version,
            advice_number=1,
            inputs_hash="0" * 64,
            check_record=stored["check_record"],
            content=stored["content"],
        )
        for path, content in stored["units"].items():
            ReleaseUnit.objects.create(release=release, unit=units[path], is_shown=content is not None, content=content)
    return release


def test_a_new_format_needs_a_stored_example_of_the_one_before() -> None:
    assert {int(file.stem.rpartition("-")[2]) for file in STORED.parent.glob("release-format-*.json")} == set(
        range(1, FORMAT)
    )


def test_what_it_did_not_hold_is_empty(release: Release, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        published = read_release(release)
    assert [unit.path for unit in published.shown] == ["", "Keuken", "Zorg", "Zorg / Oost"]
    for unit in published.shown:
        assert (unit.words, unit.rest, unit.own) == (None, None, {})
        assert unit.items is None or unit.items.distribution == {}
    assert published.shown[0].n == 30


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_report_is_still_made(release: Release, cast: Cast, language: str) -> None:
    with scope(organisation=cast.organisation):
        published = read_release(release)
        for unit in published.shown:
            assert f"{unit.n}" in document(published, unit, language)


def test_pages_and_commands_still_read_it(
    release: Release, cast: Cast, as_user: Callable[[Any], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en")
    client, base = as_user(cast.cas), f"/o/{cast.organisation.slug}/r/leerscan-2024/"
    with scope(organisation=cast.organisation):
        shown = next(unit for unit in read_release(release).units if isinstance(unit, ShownUnit))
    for page in ("", f"u/{shown.id}/", "annex/"):
        assert client.get(base + page).status_code == 200
    said = io.StringIO()
    call_command("check_release", f"{cast.organisation.slug}/leerscan-2024", stdout=said)
    assert "Right: " in said.getvalue()
