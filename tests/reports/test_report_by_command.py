"""manage.py report: one PDF, or one for every unit that may be shown."""

import io
from datetime import timedelta
from pathlib import Path
from typing import cast

import pypdf
import pypdf.generic
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes import scope

from jobs.models import Job, StoredFile
from reports import pdf_job
from reports.closing import close_here
from reports.named_rounds import published_of
from scan.importing import import_responses
from scan.models import Round
from tests.cast import Cast
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, row, text_of

ROUND = "zorggroep-de-linde/leerscan-2026"


@pytest.fixture
def reference(in_scope: Cast, no_clean_up: list[str]) -> str:
    """A closed round: Oost 9, Nachtdienst 3 (hidden), Keuken 6."""
    rows = [row(EAST, str(1 + number % 5)) for number in range(9)]
    rows += [row(NIGHT, "4")] * 3 + [row(KITCHEN, "5")] * 6
    import_responses(in_scope.organisation, text_of(rows), "Leerscan 2026", None, create=False)
    close_here(Round.objects.get())
    return ROUND


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("report", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as fault:
        run(*arguments)
    assert fault.value.returncode == 1
    return str(fault.value)


def text_in(file: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(file).pages).split())


def test_the_report_of_the_organisation(reference: str, tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "report.pdf"
    said = run(reference, "--output", str(file))
    assert file.read_bytes().startswith(b"%PDF")
    assert str(file) in said
    assert "Zorggroep De Linde" in text_in(file)


def test_the_report_of_one_unit_named_in_any_case(reference: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    run(reference, "--unit", "zorg/WIJKTEAM oost", "--output", str(file))
    assert "Wijkteam Oost" in text_in(file)


def test_the_report_in_both_languages(reference: str, tmp_path: Path) -> None:
    nl, en = tmp_path / "nl.pdf", tmp_path / "en.pdf"
    run(reference, "--language", "nl", "--output", str(nl))
    run(reference, "--language", "en", "--output", str(en))
    assert "Gemeenschappelijke visie" in text_in(nl)
    assert "Shared vision" not in text_in(nl)
    assert "Shared vision" in text_in(en)
    assert "Gemeenschappelijke visie" not in text_in(en)


def test_without_a_language_it_is_that_of_the_organisation(reference: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    run(reference, "--output", str(file))
    assert "Gemeenschappelijke visie" in text_in(file)


def test_a_report_is_tagged_and_has_title_language_and_bookmarks(reference: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    run(reference, "--unit", EAST, "--language", "en", "--output", str(file))
    reader = pypdf.PdfReader(file)
    catalog = cast("pypdf.generic.DictionaryObject", reader.trailer["/Root"])
    assert "/StructTreeRoot" in catalog
    assert str(catalog["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert "Wijkteam Oost" in (reader.metadata.title or "")
    assert reader.outline


def test_the_same_report_is_made_once(reference: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    run(reference, "--output", str(first))
    run(reference, "--output", str(second))
    assert first.read_bytes() == second.read_bytes()
    assert StoredFile.objects.filter(content_type=pdf_job.PDF).count() == 1


def test_all_writes_a_report_for_every_unit_also_one_without_results_of_its_own(reference: str, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    said = run(reference, "--all", str(folder))
    stem = "zorggroep-de-linde-leerscan-2026"
    units = ("", "-zorg", "-zorg-wijkteam-oost", "-zorg-nachtdienst", "-facilitair", "-facilitair-keuken")
    assert {file.name for file in folder.iterdir()} == {f"{stem}{unit}-nl.pdf" for unit in units}
    for file in folder.iterdir():
        assert file.read_bytes().startswith(b"%PDF")
    assert [line for line in said.splitlines() if line.startswith(f"{NIGHT}: ")]


def test_a_hidden_unit_gets_the_one_text_and_the_picture_around_it(reference: str, tmp_path: Path) -> None:
    file = tmp_path / "report.pdf"
    said = run(reference, "--unit", NIGHT, "--language", "en", "--output", str(file))
    assert f"{NIGHT}: We do not show separate results for this department" in said
    text = text_in(file)
    assert "We do not show separate results" in text
    assert "The wider picture: Zorg" in text
    assert "These figures come from 9 questionnaires." in text  # of Zorg


def test_an_unknown_unit_is_refused_with_the_nearest(reference: str, tmp_path: Path) -> None:
    message = refused(reference, "--unit", "Zorg / Wijkteam Ost", "--output", str(tmp_path / "report.pdf"))
    assert f"“{EAST}”" in message


def test_a_file_that_cannot_be_written_is_named(reference: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    for output in (tmp_path, tmp_path / "file" / "report.pdf"):
        assert str(output) in refused(reference, "--output", str(output))


def test_before_closing_there_is_no_report(in_scope: Cast, tmp_path: Path) -> None:
    import_responses(in_scope.organisation, text_of([row()] * 9), "Leerscan 2026", None, create=False)
    file = tmp_path / "report.pdf"
    assert f"close_round {ROUND}" in refused(ROUND, "--output", str(file))
    assert not file.exists()


def test_a_killed_report_can_be_repeated_by_command_alone(reference: str, in_scope: Cast, tmp_path: Path) -> None:
    with scope(organisation=in_scope.organisation):
        published = published_of(Round.objects.get())
        key = pdf_job.job_key(published, published.shown[0], "nl")
    silent = timezone.now() - timedelta(minutes=5)
    Job.objects.create(kind=pdf_job.KIND, key=key, state=Job.State.RUNNING, tries=1, heartbeat=silent)
    file = tmp_path / "report.pdf"
    run(reference, "--language", "nl", "--output", str(file))
    assert file.read_bytes().startswith(b"%PDF")
