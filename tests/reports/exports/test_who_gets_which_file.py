"""Who may read a unit gets its files and no other; two hidden units under the same shown unit cannot be told apart."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from jobs.models import Job
from jobs.running import run
from organisations.models import LogEntry
from reports.closing import close_here
from reports.exports import all_pdfs, job
from reports.exports.formats import FORMATS, ROUND_FORMATS
from reports.models import ReleaseUnit
from scan.importing import import_responses
from scan.models import Mailing, Round
from scan.participants import today_in
from tests.cast import Cast
from tests.reports.exports.test_numbers_are_equal import TABLES
from tests.reports.slides_reading import numbers_in_slides, slides_of, title_of
from tests.rounds import unit_id
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, row, text_of

Browser = Callable[[Any], Client]
DAY = "Zorg / Dagopvang 1"
"""Hidden beside NIGHT; its name is as long."""
BASE = "/o/zorggroep-de-linde/r/leerscan-2026/"
CODES = pytest.mark.parametrize("code", FORMATS)


@pytest.fixture
def closed(in_scope: Cast) -> Round:
    """Oost 9 and Keuken 6 are shown; Nachtdienst 3 and Dagopvang 2 are hidden, and count in Zorg together."""
    rows = [row(EAST, str(1 + number % 5)) for number in range(9)] + [row(NIGHT, "4")] * 3 + [row(DAY, "2")] * 2
    rows += [row(KITCHEN, "5")] * 6
    import_responses(in_scope.organisation, text_of(rows), "Leerscan 2026", None, create=True)
    round_ = Round.objects.select_related("organisation", "version").get()
    close_here(round_)
    shown = set(ReleaseUnit.objects.filter(is_shown=True).values_list("unit__path", flat=True))
    assert shown == {"", "Zorg", EAST, "Facilitair", KITCHEN}
    return round_


def address(closed: Round, path: str | None, code: str, language: str = "nl") -> str:
    unit = "" if path is None else f"u/{unit_id(closed, path)}/"
    return f"{BASE}{unit}export/{code}/{language}/"


def download(client: Client, page: str) -> bytes:
    """Ask for it, let a worker make it, and get it."""
    assert client.post(page).status_code == 302
    for one in Job.objects.filter(state=Job.State.WAITING):
        run(one.pk)
    answer = client.get(page)
    assert isinstance(answer, HttpResponse)
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return answer.content


@pytest.mark.parametrize("code", TABLES)
def test_a_manager_gets_the_figures_of_each_own_unit_and_of_nothing_else(
    code: str, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    client = as_user(in_scope.mo)
    assert set(TABLES[code](download(client, address(closed, EAST, code)))) == {EAST}
    assert set(TABLES[code](download(client, address(closed, "Zorg", code)))) == {"Zorg"}
    hidden = TABLES[code](download(client, address(closed, NIGHT, code)))
    assert {name: table["status", ""][5] for name, table in hidden.items()} == {NIGHT: "hidden", "Zorg": "group_above"}
    assert len(hidden[NIGHT]) == 1


def test_a_manager_gets_slides_of_each_own_unit_with_the_figures_that_it_may_have(
    closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    client = as_user(in_scope.mo)
    for path, lines in ((EAST, ["Wijkteam Oost", "Zorggroep De Linde"]), (NIGHT, ["Zorg", "Zorggroep De Linde"])):
        content = download(client, address(closed, path, "pptx"))
        assert title_of(slides_of(content)[0]) == path.rpartition(" / ")[2]
        assert numbers_in_slides(content)["lines"] == lines


@CODES
def test_nobody_gets_the_file_of_a_unit_that_is_not_theirs(
    code: str, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    """Also when it was made for somebody else."""
    paths = (KITCHEN, "", None) if FORMATS[code].for_round else (KITCHEN, "")
    as_for = [address(closed, path, code) for path in paths]
    for page in as_for:
        download(as_user(in_scope.anna), page)
    made = Job.objects.count()
    for who, status in ((in_scope.mo, 403), (in_scope.otto, 404), (in_scope.ada, 404)):
        client = as_user(who)
        for page in as_for:
            assert [client.get(page).status_code, client.head(page).status_code] == [status, status]
            assert client.post(page).status_code == status
    assert Job.objects.count() == made


def test_the_works_council_gets_that_of_the_organisation_alone(closed: Round, in_scope: Cast, as_user: Browser) -> None:
    client = as_user(in_scope.wil)
    assert set(TABLES["json"](download(client, address(closed, "", "json")))) == {"Zorggroep De Linde"}
    for page in (
        address(closed, EAST, "json"),
        address(closed, None, "json"),
        f"{BASE}export/zip/nl/",
        f"{BASE}export/",
    ):
        assert client.get(page).status_code == 403


@pytest.mark.parametrize("code", ROUND_FORMATS)
def test_who_reads_all_units_gets_the_whole_round_with_hidden_units_by_name_only(
    code: str, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    tables = TABLES[code](download(as_user(in_scope.cas), address(closed, None, code)))
    hidden = {name for name, table in tables.items() if table["status", ""][5] == "hidden"}
    assert hidden == {NIGHT, DAY}
    assert all(len(tables[name]) == 1 for name in hidden)
    assert len(tables) == 7


def test_managers_wait_for_their_day_with_every_file(closed: Round, in_scope: Cast, as_user: Browser) -> None:
    tomorrow = today_in(in_scope.organisation) + timedelta(days=1)
    Mailing.objects.create(round=closed, kind=Mailing.Kind.MANAGERS, planned_on=tomorrow)
    client = as_user(in_scope.mo)
    for code in FORMATS:
        page = address(closed, EAST, code)
        assert [client.get(page).status_code, client.post(page).status_code] == [403, 403]
    assert not Job.objects.filter(kind=job.KIND).exists()


def test_a_format_that_there_is_not_is_no_page(closed: Round, in_scope: Cast, as_user: Browser) -> None:
    client = as_user(in_scope.anna)
    for page in (address(closed, EAST, "zip"), address(closed, EAST, "docx"), address(closed, None, "docx")):
        assert [client.get(page).status_code, client.post(page).status_code] == [404, 404]


def test_an_open_round_has_no_files(in_scope: Cast, as_user: Browser) -> None:
    import_responses(in_scope.organisation, text_of([row()] * 9), "Leerscan 2026", None, create=False)
    client = as_user(in_scope.anna)
    for page in (f"{BASE}export/", f"{BASE}export/json/nl/", f"{BASE}export/zip/nl/"):
        assert client.get(page).status_code == 404


def test_every_file_that_is_handed_out_is_in_the_log(closed: Round, in_scope: Cast, as_user: Browser) -> None:
    download(as_user(in_scope.mo), address(closed, EAST, "csv", "en"))
    entry = LogEntry.objects.get(action="download_export")
    assert (entry.user, entry.subject) == (in_scope.mo, f"Leerscan 2026: {EAST} (CSV)")
    with scope(organisation=in_scope.organisation):
        assert not Job.objects.filter(kind=all_pdfs.KIND).exists()


def _unpacked(content: bytes) -> bytes:
    """Slides hold workbooks, which are packed too."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return b"\n".join(name.encode() + b"\n" + _unpacked(parts.read(name)) for name in parts.namelist())


def masked(content: bytes, path: str, closed: Round) -> str:
    """Without names; of a packed file what is in it."""
    text = _unpacked(content).decode()
    for name in (
        path,
        path.rpartition(" / ")[2],
        unit_id(closed, path),
        path.lower().replace(" / ", "-").replace(" ", "-"),
    ):
        text = text.replace(name, "NAME")
    return re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)


@CODES
def test_two_hidden_units_under_the_same_group_cannot_be_told_apart(
    code: str, closed: Round, in_scope: Cast, as_user: Browser
) -> None:
    """Page, status, size, number of queries and file, after names are masked."""
    client, seen = as_user(in_scope.mo), []
    client.get(BASE)
    for path in (NIGHT, DAY):
        page = address(closed, path, code)
        steps: list[object] = []
        for method in (client.get, client.post, client.get, client.head):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                answer = method(page)
            text = masked(answer.content, path, closed)
            steps.append((answer.status_code, text, len(answer.content), len(queries)))
        steps.append(masked(download(client, page), path, closed))
        seen.append(steps)
    assert len(NIGHT) == len(DAY)
    assert seen[0] == seen[1]
    assert len(str(seen[0][-1])) > 5000


@pytest.mark.parametrize("path", [EAST, NIGHT])
def test_a_page_of_a_file_costs_a_fixed_number_of_queries(
    path: str, closed: Round, in_scope: Cast, as_user: Browser, django_assert_num_queries: Callable[[int], Any]
) -> None:
    client = as_user(in_scope.anna)
    of_unit, of_round = address(closed, path, "xlsx"), address(closed, None, "xlsx")
    client.get(BASE)
    for page, count in ((of_unit, 11), (of_round, 11), (f"{BASE}export/zip/nl/", 11), (f"{BASE}export/", 9)):
        with django_assert_num_queries(count):
            client.get(page)
