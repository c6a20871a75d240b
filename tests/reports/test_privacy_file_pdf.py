"""The privacy file as a PDF: by the command, by the page, and what the PDF itself must be."""

import io
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from jobs.models import Job, StoredFile
from jobs.running import run_here
from organisations.departments import ensure_departments
from organisations.models import LogEntry
from reports import privacy_job
from reports.pdf import render_pdf
from reports.privacy_file import document, style
from scan.importing import import_responses
from scan.models import Round
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people
from tests.reports.pdf_checks import check_ink, check_tagged
from tests.scan.answer_files import EAST as EAST_IN_FILE
from tests.scan.answer_files import row, text_of
from tests.scan.drafting import CLOSES, EAST, OPENS, address, ready_draft

Browser = Callable[[Any], Client]
PAGE = "promise/pdf/en/"
LONG = "Interdisciplinairbehandelcentrumvoorrevalidatie Zuid-oost {:02d}"
CHAPTERS = 10


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    add_people(in_scope.departments[EAST], 12)
    return ready_draft(in_scope)


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command("privacy_file", *arguments, stdout=out)
    return out.getvalue()


def refused(*arguments: str) -> str:
    with pytest.raises(CommandError) as fault:
        run(*arguments)
    return str(fault.value)


@pytest.mark.parametrize(
    ("count", "language"), [(0, "nl"), (1, "en"), (40, "en"), pytest.param(40, "nl", marks=pytest.mark.chaos)]
)
def test_it_is_a_sound_and_accessible_pdf(
    count: int, language: str, in_scope: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """Also with nobody asked, and with forty departments with long names."""
    caplog.set_level(logging.WARNING, logger="weasyprint")
    names = [LONG.format(number) for number in range(count)]
    assert all(len(name) == 60 for name in names)
    for department in ensure_departments(in_scope.organisation, names).values():
        if department.name in names:
            add_people(department, 9)
    round_ = ready_draft(in_scope, title="Leerscan voorjaar 2098 van alle locaties en teams in de regio")
    content = render_pdf(document(round_, language), style())
    pdf = check_tagged(content, language)
    check_ink(content, f"{count} departments")
    assert len([entry for entry in pdf.outline if not isinstance(entry, list)]) == CHAPTERS
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert ("Zelf nakijken" if language == "nl" else "Check it yourself") in text
    assert len(pdf.pages) <= 14
    assert caplog.records == []


def test_the_command_writes_it_in_the_language_asked_for(draft: Round, tmp_path: Path) -> None:
    for options, language in (([], "nl"), (["--language", "en"], "en")):
        file = tmp_path / "new" / f"{language}.pdf"
        assert run(draft.reference, "--output", str(file), *options) == f"{file}\n"
        check_tagged(file.read_bytes(), language)


def test_the_command_explains_what_is_wrong(draft: Round, in_scope: Cast, tmp_path: Path) -> None:
    file = str(tmp_path / "file.pdf")
    organisation = in_scope.organisation.slug
    assert "names no organisation" in refused("nergens", "--output", file)
    assert f"there are: {draft.reference}" in refused(f"{organisation}/nergens", "--output", file)
    assert "cannot be written" in refused(draft.reference, "--output", str(tmp_path))
    import_responses(in_scope.organisation, text_of([row(EAST_IN_FILE, "4")]), "Van elders", None, create=False)
    assert "collected elsewhere" in refused(f"{organisation}/van-elders", "--output", file)
    assert not (tmp_path / "file.pdf").exists()


def test_the_command_speaks_dutch_in_a_dutch_terminal(draft: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert "Wel aanwezig" in refused(f"{draft.organisation.slug}/nergens", "--output", "x.pdf")


def test_a_round_of_before_is_found_whose_short_name_ends_in_a_hyphen(in_scope: Cast, tmp_path: Path) -> None:
    round_ = create_round(in_scope.organisation, "Leerscan", OPENS, CLOSES)
    Round.objects.filter(pk=round_.pk).update(slug="leerscan-")
    round_.refresh_from_db()
    run(round_.reference, "--output", str(tmp_path / "file.pdf"))


@pytest.mark.parametrize("name", ["anna", "cas", "wil"])
def test_a_job_makes_it_and_the_page_hands_it_out(name: str, draft: Round, in_scope: Cast, as_user: Browser) -> None:
    launch(draft)
    in_scope.anna.language = "en"
    in_scope.anna.save()
    client, page = as_user(getattr(in_scope, name)), address(draft, PAGE)
    assert f'action="{page}"' in client.get(address(draft, "promise/")).content.decode()
    assert client.get(page).headers["Content-Type"].startswith("text/html")
    assert client.post(page).headers["Location"] == page
    assert Job.objects.get(kind=privacy_job.KIND).key == f"{draft.pk} en"
    run_here(privacy_job.KIND, f"{draft.pk} en")
    assert client.head(page).headers["Content-Type"] == "application/pdf"
    assert not LogEntry.objects.filter(action="download_privacy_file").exists()
    response = client.get(page)
    assert response.content.startswith(b"%PDF")
    assert 'filename="zorggroep-de-linde-leerscan-2098-privacy-file-en.pdf"' in response.headers["Content-Disposition"]
    entry = LogEntry.objects.get(action="download_privacy_file")
    assert (entry.user, entry.subject) == (getattr(in_scope, name), draft.title)
    client.post(page)
    assert Job.objects.filter(kind=privacy_job.KIND).count() == 1
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(("name", "status"), [("mo", 403), ("nel", 403), ("otto", 404), ("ada", 404)])
def test_nobody_else_gets_it(name: str, status: int, draft: Round, in_scope: Cast, as_user: Browser) -> None:
    launch(draft)
    run_here(privacy_job.KIND, f"{draft.pk} en")
    client, page = as_user(getattr(in_scope, name)), address(draft, PAGE)
    for response in (client.get(page), client.post(page)):
        assert response.status_code == status
        assert b"%PDF" not in response.content


@pytest.mark.parametrize(("name", "status"), [("anna", 200), ("cas", 404), ("wil", 404), ("mo", 403)])
def test_before_launch_it_is_the_hr_advisers_to_give(
    name: str, status: int, draft: Round, in_scope: Cast, as_user: Browser
) -> None:
    assert as_user(getattr(in_scope, name)).get(address(draft, PAGE)).status_code == status


def test_after_a_change_of_settings_another_one_is_made(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    run_here(privacy_job.KIND, f"{draft.pk} en")
    client, page = as_user(in_scope.anna), address(draft, PAGE)
    assert client.get(page).headers["Content-Type"] == "application/pdf"
    Round.objects.filter(pk=draft.pk).update(k=9)
    assert client.get(page).headers["Content-Type"].startswith("text/html")


def test_of_answers_from_elsewhere_the_page_says_why_there_is_none(in_scope: Cast, as_user: Browser) -> None:
    import_responses(in_scope.organisation, text_of([row(EAST_IN_FILE, "4")]), "Van elders", None, create=False)
    round_ = Round.objects.select_related("organisation").get()
    client = as_user(in_scope.wil)
    assert "promise/pdf/" not in client.get(address(round_, "promise/")).content.decode()
    response = client.post(address(round_, PAGE), follow=True)
    assert response.redirect_chain == [(address(round_, "promise/"), 302)]
    assert "elders verzameld" in response.content.decode()
    assert not Job.objects.filter(kind=privacy_job.KIND).exists()
