"""manage.py close_round and release, on a real database without a test's transaction around them."""

import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from jobs.models import Job
from reports.closing import KIND
from reports.models import Release
from scan.models import Round
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS, Cast
from tests.reports.sample_rounds import ORGANISATION, import_sample

pytestmark = pytest.mark.usefixtures("transactional_db")


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as fault:
        run(*arguments)
    assert fault.value.returncode == 1
    return str(fault.value)


@pytest.fixture
def reference(tmp_path: Path) -> str:
    """An imported round, still open."""
    return import_sample("2026", tmp_path)


def test_the_whole_way_by_command(reference: str) -> None:
    assert f"{reference} is closed: results of" in run("close_round", reference)
    printed = json.loads(run("release", reference, "--json"))
    assert len(printed["units"]) == 23
    lines = run("release", reference).splitlines()
    assert len(lines) == 23
    assert lines[0].startswith(f"{ORGANISATION}: {printed['units'][0]['n']} questionnaires, score ")
    hidden = [unit["path"] for unit in printed["units"] if "hidden" in unit]
    assert [line for line in lines if "too few" in line] == [
        f"{path}: too few questionnaires to show" for path in hidden
    ]


def test_closing_a_second_time_changes_nothing(reference: str) -> None:
    said = run("close_round", reference)
    before = run("release", reference, "--json")
    assert run("close_round", reference) == said
    assert run("release", reference, "--json") == before
    with scopes_disabled():
        assert Release.objects.count() == 1


def test_a_round_can_be_named_by_the_name_of_its_organisation(reference: str) -> None:
    assert "is closed" in run("close_round", f"{ORGANISATION}/Leerscan 2026")


def test_a_killed_closing_can_be_repeated_by_command_alone(reference: str) -> None:
    """kill -9 leaves the job "running"; where no worker runs, nothing else gives it back."""
    with scopes_disabled():
        round_ = Round.objects.get(slug="leerscan-2026")
    silent = timezone.now() - timedelta(minutes=5)
    Job.objects.create(kind=KIND, key=str(round_.pk), state=Job.State.RUNNING, tries=1, heartbeat=silent)
    assert "is closed" in run("close_round", reference)


def test_before_closing_there_is_nothing_to_print(reference: str) -> None:
    assert f"manage.py close_round {reference}" in refused("release", reference, "--json")


def test_an_unknown_round_is_refused_with_those_that_are_there(reference: str) -> None:
    for command in ("close_round", "release"):
        assert reference in refused(command, reference.replace("2026", "2027"))


@pytest.mark.parametrize("wrong", ["", "leerscan-2026", "onbekend/leerscan-2026", "/", "//leerscan-2026"])
def test_a_round_of_no_known_organisation_is_refused(reference: str, wrong: str) -> None:
    assert "organisation/round" in refused("close_round", wrong)


def test_a_round_in_preparation_cannot_be_closed(cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = create_round(cast.organisation, "Najaar", OPENS, CLOSES)
    refused("close_round", "zorggroep-de-linde/najaar")
    with scope(organisation=cast.organisation):
        round_.refresh_from_db()
    assert round_.state == Round.State.DRAFT
