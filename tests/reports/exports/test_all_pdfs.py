"""All PDFs of a round: made once, stopped and resumed at any point, with progress."""

import io
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django_scopes import scope

from jobs import files
from jobs.models import Job, StoredFile
from jobs.running import request, run
from organisations.models import LogEntry
from reports.closing import close_here
from reports.document import document, file_name
from reports.exports import all_pdfs
from reports.models import Release
from reports.published import Published, read_release
from scan.importing import import_responses
from scan.models import Round
from tests.cast import Cast
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, row, text_of

PAGE = "/o/zorggroep-de-linde/r/leerscan-2026/export/zip/nl/"


class StoppedError(Exception):
    """The worker was killed."""


class Renderer:
    """In the place of WeasyPrint, which has tests of its own: counts, and stops where it is told to."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.stop_at: int | None = None

    def __call__(self, html: str, style: str = "") -> bytes:
        if len(self.made) == self.stop_at:
            raise StoppedError
        self.made.append(html)
        return b"%PDF " + sha256(html.encode()).digest()


@pytest.fixture
def renderer(monkeypatch: pytest.MonkeyPatch) -> Renderer:
    found = Renderer()
    monkeypatch.setattr("reports.pdf.render_pdf", found)
    return found


@pytest.fixture
def published(in_scope: Cast) -> Published:
    """Oost 9, Nachtdienst 3 (hidden), Keuken 6: six reports, that of Nachtdienst with the picture around it."""
    rows = [row(EAST, str(1 + number % 5)) for number in range(9)] + [row(NIGHT, "4")] * 3 + [row(KITCHEN, "5")] * 6
    import_responses(in_scope.organisation, text_of(rows), "Leerscan 2026", None, create=False)
    close_here(Round.objects.get())
    return read_release(Release.objects.select_related("round__organisation").get())


def ask(published: Published) -> Job:
    return request(all_pdfs.KIND, all_pdfs.job_key(published, "nl"))


def work(job: Job) -> Job:
    """As a worker does it."""
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    run(job.pk)
    job.refresh_from_db()
    return job


def test_it_holds_the_report_of_every_unit_also_one_without_results(
    published: Published, renderer: Renderer, tmp_path: Path
) -> None:
    file = tmp_path / "all.zip"
    call_command("export", published.round.reference, "--format", "zip", "--out", str(file))
    with zipfile.ZipFile(file) as found:
        assert found.namelist() == [file_name(published, unit, "nl") for unit in published.units]
        assert len(found.namelist()) == 6
        for unit in published.units:
            made = sha256(document(published, unit, "nl").encode()).digest()
            assert found.read(file_name(published, unit, "nl")) == b"%PDF " + made


def test_it_says_how_many_of_them_are_there(
    published: Published, renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[int, int]] = []
    monkeypatch.setattr("jobs.progress.Progress.report", lambda _self, done, total: said.append((done, total)))
    work(ask(published))
    assert said == [(number, 6) for number in range(7)]


@pytest.mark.parametrize("at", [0, 2, 5])
def test_a_worker_that_is_killed_loses_nothing_and_makes_nothing_twice(
    at: int, published: Published, renderer: Renderer
) -> None:
    renderer.stop_at = at
    job = work(ask(published))
    assert job.state == Job.State.WAITING
    assert all_pdfs.find_list(published, "nl") is None
    assert StoredFile.objects.filter(content_type="application/pdf").count() == at
    renderer.stop_at = None
    assert work(job).state == Job.State.DONE
    assert len(renderer.made) == len(set(renderer.made)) == 6
    assert files.find(job.result) == all_pdfs.find_list(published, "nl")


def test_a_pdf_that_was_made_before_is_used_again(published: Published, renderer: Renderer, tmp_path: Path) -> None:
    call_command("report", published.round.reference, "--unit", EAST, "--output", str(tmp_path / "one.pdf"))
    assert len(renderer.made) == 1
    work(ask(published))
    assert len(renderer.made) == 6
    work(request(all_pdfs.KIND, all_pdfs.job_key(published, "nl")))
    assert len(renderer.made) == 6


def test_the_page_shows_how_far_it_is_and_then_hands_out_the_zip(
    published: Published, renderer: Renderer, as_user: Callable[[Any], Client], in_scope: Cast
) -> None:
    client = as_user(in_scope.anna)
    assert "Maak het bestand" in client.get(PAGE).content.decode()
    assert client.post(PAGE).status_code == 302
    job = Job.objects.get(kind=all_pdfs.KIND)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, done=2, total=5)
    page = client.get(PAGE).content.decode()
    assert "2 van de 5 zijn klaar" in page
    assert "data-progress" in page
    work(job)
    head = client.head(PAGE)
    assert (head.status_code, head["Content-Type"]) == (200, "application/zip")
    assert not LogEntry.objects.filter(action="download_all_reports").exists()
    answer: Any = client.get(PAGE)
    assert answer.streaming
    assert "zorggroep-de-linde-leerscan-2026-alle-rapporten-nl.zip" in answer["Content-Disposition"]
    content = b"".join(answer.streaming_content)
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 6
    assert LogEntry.objects.get(action="download_all_reports").user == in_scope.anna


def test_another_name_of_the_organisation_makes_another_zip(published: Published, renderer: Renderer) -> None:
    work(ask(published))
    assert all_pdfs.find_list(published, "nl")
    assert all_pdfs.find_list(published, "en") is None
    published.round.organisation.name = "Zorggroep De Eik"
    with scope(organisation=published.round.organisation):
        assert all_pdfs.find_list(published, "nl") is None
