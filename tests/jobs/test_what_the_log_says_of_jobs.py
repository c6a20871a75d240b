"""At INFO: which job began and ended, at which try and after how long; never what it was about."""

import logging

import pytest

from jobs.running import request, run
from tests.jobs.conftest import KIND, Work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("queue")]
KEY = "anna@linde.test"


def test_beginning_and_end(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="jobs")
    job = request(KIND, KEY)
    run(job.pk)
    begin, end = caplog.records
    assert begin.getMessage() == f"job {job.pk} ({KIND}) begins, try 1"
    assert end.getMessage() == f"job {job.pk} ({KIND}) done at try 1 after 0 s"
    assert vars(end)["seconds"] == 0
    assert (vars(end)["job"], vars(end)["kind"], vars(end)["tries"]) == (str(job.pk), KIND, 1)
    assert KEY not in caplog.text


def test_a_failure_says_so(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="jobs")
    work.then = work.break_down
    job = request(KIND, KEY)
    run(job.pk)
    assert [record.levelname for record in caplog.records] == ["INFO", "INFO", "ERROR"]
    assert "failed at try 1 after 0 s" in caplog.text
    assert vars(caplog.records[2])["job"] == str(job.pk)


def test_nothing_of_it_at_the_usual_level(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    run(request(KIND, KEY).pk)
    assert caplog.records == []
