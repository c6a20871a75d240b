"""manage.py export: the same files as the pages hand out."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from jobs.models import Job, StoredFile
from reports.closing import close_here
from reports.exports.formats import FORMATS
from scan.importing import import_responses
from scan.models import Round
from tests.cast import Cast
from tests.rounds import unit_id
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, row, text_of

ROUND = "zorggroep-de-linde/leerscan-2026"


@pytest.fixture
def closed(in_scope: Cast) -> Round:
    rows = [row(EAST, "3")] * 9 + [row(NIGHT, "4")] * 3 + [row(KITCHEN, "5")] * 6
    import_responses(in_scope.organisation, text_of(rows), "Leerscan 2026", None, create=False)
    round_ = Round.objects.select_related("organisation", "version").get()
    close_here(round_)
    return round_


def export(*arguments: str) -> str:
    out = io.StringIO()
    call_command("export", ROUND, *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as fault:
        export(*arguments)
    assert fault.value.returncode == 1
    return str(fault.value)


@pytest.mark.parametrize("code", FORMATS)
def test_it_writes_what_the_page_hands_out(
    code: str, closed: Round, in_scope: Cast, as_user: Callable[[Any], Client], tmp_path: Path
) -> None:
    file = tmp_path / "new folder" / f"east.{FORMATS[code].extension}"
    said = export("--format", code, "--unit", "zorg/wijkteam oost", "--out", str(file))
    assert str(file) in said
    page = f"/o/{ROUND.replace('/', '/r/')}/u/{unit_id(closed, EAST)}/export/{code}/nl/"
    assert as_user(in_scope.anna).get(page).content == file.read_bytes()
    assert Job.objects.filter(kind="export").count() == 1


def test_a_hidden_unit_gets_the_figures_of_the_group_above(closed: Round, tmp_path: Path) -> None:
    file = tmp_path / "night.json"
    export("--format", "json", "--unit", NIGHT, "--language", "en", "--out", str(file))
    units = json.loads(file.read_text(encoding="utf-8"))["units"]
    assert [(unit["path"], unit["status"]) for unit in units] == [(NIGHT, "hidden"), ("Zorg", "group_above")]


def test_made_again_it_is_the_same_file(closed: Round, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for file in (first, second):
        export("--format", "xlsx", "--unit", EAST, "--out", str(file))
    assert first.read_bytes() == second.read_bytes()
    assert StoredFile.objects.exclude(content_type="application/x-leerscan-working").count() == 1


def test_other_software_makes_another_file(closed: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    export("--format", "json", "--unit", EAST, "--out", str(tmp_path / "a.json"))
    before = StoredFile.objects.count()
    monkeypatch.setattr("reports.exports.job.fingerprint", lambda: "after an upgrade")
    export("--format", "json", "--unit", EAST, "--out", str(tmp_path / "a.json"))
    assert StoredFile.objects.count() == before + 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--format", "csv", "--out", "all.csv"), "all.zip"),
        (("--format", "zip", "--unit", EAST, "--out", "all.zip"), "--unit"),
        (("--format", "json", "--unit", "Zorg / Wijkteam Ost", "--out", "all.json"), f"“{EAST}”"),
    ],
)
def test_what_cannot_be_is_refused_with_what_would_be_right(
    arguments: tuple[str, ...], words: str, closed: Round, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert words in refused(*arguments)
    assert not list(tmp_path.iterdir())


def test_a_file_that_cannot_be_written_is_named(closed: Round, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    file = tmp_path / "file" / "all.json"
    assert str(file) in refused("--format", "json", "--out", str(file))


def test_before_closing_there_is_no_file(in_scope: Cast, tmp_path: Path) -> None:
    import_responses(in_scope.organisation, text_of([row()] * 9), "Leerscan 2026", None, create=False)
    assert f"close_round {ROUND}" in refused("--format", "json", "--out", str(tmp_path / "all.json"))
