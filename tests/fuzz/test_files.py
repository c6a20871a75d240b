"""Whatever file is brought in: it is taken, or refused with a word, and never a failure of ours."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django_scopes import scope
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from jobs.models import Job
from jobs.progress import Progress
from organisations.commands import InputError
from organisations.models import StaffImport
from organisations.staff_list import importing
from scan.importing import import_file
from scan.response_file import read_headcounts
from tests.cast import Cast
from tests.fuzz import files
from tests.fuzz.test_requests import CASES, IS_SHORT

State = StaffImport.State
COUNTS = b"unit,invited\nZorg / Wijkteam Oost,11\nZorg / Nachtdienst,9\nFacilitair / Keuken,10\n"


def run(cases: st.SearchStrategy[bytes], count: int, test: Callable[[bytes], None]) -> None:
    @settings(
        max_examples=CASES * 10 or count,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,),
        print_blob=False,
    )
    @given(cases)
    def every(content: bytes) -> None:
        with transaction.atomic():
            test(content)
            transaction.set_rollback(True)

    (seed(1)(every) if IS_SHORT else every)()


class Uploads:
    """Bring a file in as the worker does, and look at the page about it."""

    def __init__(self, cast: Cast, browser: Client) -> None:
        self._cast, self._browser = cast, browser
        self.states: set[str] = set()

    def bring_in(self, content: bytes) -> None:
        organisation = self._cast.organisation
        with scope(organisation=organisation):
            made = StaffImport.objects.create(
                organisation=organisation, user=self._cast.anna, file_name="lijst.csv", content=content
            )
            importing.read_work(str(made.pk), _progress())
            self._look_at(made)
            if made.state == State.READ and importing.request_apply(made, is_complete=True):
                importing.apply_work(str(made.pk), _progress())
                self._look_at(made)
        self.states.add(made.state)

    def _look_at(self, made: StaffImport) -> None:
        page = f"/o/{self._cast.organisation.slug}/"
        statuses = [self._browser.get(f"{page}{place}").status_code for place in (f"staff-list/{made.pk}/", "people/")]
        assert statuses == [200, 200]
        made.refresh_from_db()
        assert made.state in {State.READ, State.UNREADABLE, State.APPLIED}


def _progress() -> Progress:
    claim = uuid4()
    job = Job.objects.create(kind="fuzz", key=str(uuid4()), state=Job.State.RUNNING, claim=claim)
    return Progress(job.pk, claim)


@pytest.fixture
def uploads(cast: Cast, as_user: Callable[[Any], Client]) -> Uploads:
    return Uploads(cast, as_user(cast.anna))


def test_any_text_file_as_staff_list(uploads: Uploads) -> None:
    run(files.text_files(files.CSV), 50, uploads.bring_in)
    assert uploads.states == {State.READ, State.UNREADABLE, State.APPLIED}


def test_any_workbook_as_staff_list(uploads: Uploads) -> None:
    run(files.workbooks(), 25, uploads.bring_in)
    assert {State.UNREADABLE, State.APPLIED} <= uploads.states


def test_any_file_with_answers_and_headcounts(cast: Cast, tmp_path: Path) -> None:
    outcomes = set()
    answers, counts = tmp_path / "responses.csv", tmp_path / "headcounts.csv"

    def bring_in(content: bytes) -> None:
        answers.write_bytes(content)
        counts.write_bytes(content if len(content) % 3 else COUNTS)
        beside = None if len(content) % 2 else counts
        outcomes.add(
            outcome_of(import_file, "Bakkerij Het Kruim", answers, "Leerscan 2031", create=True, headcounts=beside)
        )

    run(files.text_files(files.RESPONSES), 40, bring_in)
    assert outcomes == {"taken", "refused"}


def outcome_of(bring_in: Callable[..., object], *args: Any, **kwargs: Any) -> str:
    try:
        bring_in(*args, **kwargs)
    except InputError as fault:
        return "refused" if str(fault) else "refused without a word"
    return "taken"


def test_any_headcounts(db: None) -> None:
    outcomes = set()

    def read(content: bytes) -> None:
        outcomes.add(outcome_of(read_headcounts, content.decode("utf-8", "replace"), "De Linde"))

    run(files.damaged(COUNTS, most=2), 60, read)
    assert outcomes == {"taken", "refused"}
