"""The pages of an import: upload, look, correct, choose, apply."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django_scopes import scope

from jobs.models import Job
from organisations.department_changes import rename_department
from organisations.models import Department, Person, StaffImport
from organisations.staff_list import importing
from tests.cast import Cast
from tests.conftest import SAMPLES
from tests.organisations.staff_list.files import HEADINGS, csv_file, entries_of, list_of, someone, workbook
from tests.organisations.staff_list.test_importing import upload, work
from tests.organisations.staff_list.test_planning import TWO

pytestmark = pytest.mark.django_db
Browser = Callable[[Any], Client]
LIST = "/o/zorggroep-de-linde/staff-list/"


@pytest.fixture(autouse=True)
def _no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.progress.HEARTBEAT_SECONDS", 3600)


@pytest.fixture
def anna(cast: Cast, as_user: Browser) -> Client:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    return client


def text_of(response: Any) -> str:
    text: str = response.content.decode()
    return text


def send(client: Client, content: bytes, name: str = "lijst.csv") -> Any:
    return client.post(LIST, {"file": SimpleUploadedFile(name, content)})


def the_import(cast: Cast) -> StaffImport:
    with scope(organisation=cast.organisation):
        return work(StaffImport.objects.select_related("organisation", "user").get())


def address(staff_import: StaffImport, rest: str = "") -> str:
    return f"{LIST}{staff_import.pk}/{rest}"


def test_from_upload_to_a_staff_list(cast: Cast, anna: Client) -> None:
    response = send(anna, (SAMPLES / "staff-list.xlsx").read_bytes(), "staff-list.xlsx")
    with scope(organisation=cast.organisation):
        page = f"{LIST}{StaffImport.objects.get().pk}/"
    assert response.headers["Location"] == page
    assert "data-busy" in text_of(anna.get(page))
    found = the_import(cast)
    shown = text_of(anna.get(page))
    assert "New: 245" in shown
    assert "Apply this staff list" in shown
    assert "data-busy" not in shown
    assert anna.post(f"{page}apply/").headers["Location"] == page
    assert "data-busy" in text_of(anna.get(page))
    with scope(organisation=cast.organisation):
        work(found)
        assert Person.objects.count() == 245
    done = text_of(anna.get(page))
    assert "is up to date" in done
    for name in ("people/", "departments/"):
        assert f"/o/zorggroep-de-linde/{name}" in done


def test_the_nine_findings_stand_on_the_page(cast: Cast, anna: Client) -> None:
    send(anna, (SAMPLES / "staff-list-with-errors.csv").read_bytes())
    shown = text_of(anna.get(address(the_import(cast))))
    assert "There are 7 things to put right" in shown
    assert shown.count("finding-value") == 9
    assert shown.count('data-label="In the file"><q>') == 7  # two of the faults are empty cells
    for words in ("misschien", "This is neither yes nor no.", "Write yes or no", "Becomes Zorg / Verpleging Noord"):
        assert words in shown
    assert "Apply this staff list" not in shown


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("foto.png", b"\x89PNG\r\n\x1a\n", "not a spreadsheet"),
        ("oud.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel file"),
        ("leeg.csv", b"", "empty"),
        ("lijst.xls", b"<html>", "web page"),
    ],
)
def test_another_kind_of_file_is_refused_kindly(
    name: str, content: bytes, words: str, cast: Cast, anna: Client
) -> None:
    response = send(anna, content, name)
    assert response.status_code == 422
    assert words in text_of(response)
    assert not Job.objects.exists()


def test_no_file_is_asked_for(anna: Client) -> None:
    response = anna.post(LIST)
    assert response.status_code == 422
    assert "Choose a file first." in text_of(response)


def test_a_file_that_is_too_large_is_not_kept_and_refused_kindly(anna: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 100_000
    response = send(anna, b"Naam;Afdeling\r\n" * 20_000)
    assert response.status_code == 422
    assert "larger than" in text_of(response)
    assert not Job.objects.exists()


def test_a_file_with_a_fault_of_its_own_says_so_on_its_page(cast: Cast, anna: Client) -> None:
    send(anna, b'Naam;Afdeling\r\n"Bos;Zorg')
    assert "Row 2 cannot be read" in text_of(anna.get(address(the_import(cast))))


def test_names_and_cells_are_shown_as_text(cast: Cast, anna: Client) -> None:
    headings = [*HEADINGS, "<u>kopje</u>"]
    rows = [
        [*someone(1, "<script>alert(1)</script>", department="<em>A</em>"), "<s>cel</s>"],
        [*someone(1, "<script>alert(1)</script>", department="<em>B</em>"), ""],
        [*someone(2, email="<b>geen</b>"), ""],
    ]
    send(anna, workbook(("<q1>", [headings, *rows]), ("<q2>", [["x"]])), "<i>lijst.xlsx")
    found = the_import(cast)
    assert found.result["questions"]
    shown = text_of(anna.get(address(found))) + text_of(anna.get(LIST))
    for tag in ("<script>alert", "<b>geen", "<i>lijst", "<u>kopje", "<s>cel", "<em>", "<q1>", "<q2>"):
        assert tag not in shown
        assert tag.replace("<", "&lt;").replace(">", "&gt;") in shown, tag
        assert "&amp;lt;" not in shown


def test_columns_can_be_corrected(cast: Cast, anna: Client) -> None:
    send(anna, csv_file([["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]]))
    found = the_import(cast)
    shown = text_of(anna.get(address(found)))
    assert "No column with the last name was found." in shown
    assert "Choose below what the columns hold." in shown
    response = anna.post(address(found, "columns/"), {"column-0": "full_name", "column-1": "department"})
    assert response.status_code == 302
    assert "New: 2" in text_of(anna.get(address(the_import(cast))))


def test_a_field_can_be_chosen_only_once(cast: Cast, anna: Client) -> None:
    send(anna, csv_file([["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]]))
    found = the_import(cast)
    response = anna.post(address(found, "columns/"), {"column-0": "department", "column-1": "department"})
    assert response.status_code == 422
    assert "chosen for more than one column" in text_of(response)
    assert the_import(cast).columns == {}


def test_another_sheet_can_be_chosen(cast: Cast, anna: Client) -> None:
    rows = [["Achternaam", "Afdeling"], ["Bos", "Keuken"]]
    send(anna, workbook(("Een", [*rows, ["Vos", "Keuken"]]), ("Twee", rows)), "lijst.xlsx")
    found = the_import(cast)
    assert (found.result["sheet"], found.result["counts"]["added"]) == ("Een", 2)
    anna.post(address(found, "columns/"), {"sheet": "Twee", "column-0": "family_name", "column-1": "department"})
    found = the_import(cast)
    assert (found.result["sheet"], found.result["counts"]["added"]) == ("Twee", 1)


def test_an_empty_sheet_does_not_erase_the_upload(cast: Cast, anna: Client) -> None:
    rows = [["Achternaam", "Afdeling"], ["Bos", "Keuken"]]
    send(anna, workbook(("Een", rows), ("Leeg", [])), "lijst.xlsx")
    found = the_import(cast)
    anna.post(address(found, "columns/"), {"sheet": "Leeg", "column-0": "family_name", "column-1": "department"})
    found = the_import(cast)
    assert (found.state, found.result["sheet"]) == (StaffImport.State.READ, "Leeg")
    anna.post(address(found, "columns/"), {"sheet": "Een"})
    assert the_import(cast).result["counts"]["added"] == 1


def test_the_row_with_the_headings_can_be_chosen(cast: Cast, anna: Client) -> None:
    send(anna, csv_file([["Naam", "Afdeling"], ["Wie", "Waar"], ["Jan Bos", "Keuken"]]))
    found = the_import(cast)
    assert (found.result["heading_row"], found.result["counts"]["added"]) == (1, 2)
    assert "Row 2: Wie · Waar" in text_of(anna.get(address(found)))
    same = {"column-0": "full_name", "column-1": "department"}
    anna.post(address(found, "columns/"), {"heading_row": "2", **same})
    found = the_import(cast)
    assert found.result["heading_row"] == 2
    anna.post(address(found, "columns/"), {"heading_row": "2", **same})
    found = the_import(cast)
    assert (found.result["heading_row"], found.result["counts"]["added"]) == (2, 1)
    anna.post(address(found, "columns/"), {"heading_row": "0", **same})
    assert the_import(cast).result["heading_row"] == 0


def test_what_was_made_of_the_departments_is_said_and_can_be_chosen(cast: Cast, anna: Client) -> None:
    rows = [["Naam", "Afdeling"], ["Jan Bos", "HR/Payroll"], ["An Vos", "ICT"]]
    send(anna, csv_file(rows))
    found = the_import(cast)
    shown = text_of(anna.get(address(found)))
    assert "Look at this first" in shown
    assert "as the name of one department" in shown
    same = {"heading_row": "1", "column-0": "full_name", "column-1": "department"}
    anna.post(address(found, "columns/"), {"mark": "/", **same})
    found = the_import(cast)
    assert found.result["new_departments"] == ["HR", "HR / Payroll", "ICT"]
    anna.post(address(found, "columns/"), {"mark": "single", **same})
    found = the_import(cast)
    assert found.result["new_departments"] == ["HR - Payroll", "ICT"]
    assert "Look at this first" not in text_of(anna.get(address(found)))


def test_two_contracts_are_asked_about(cast: Cast, anna: Client) -> None:
    send(anna, TWO)
    found = the_import(cast)
    shown = text_of(anna.get(address(found)))
    assert "Which department counts?" in shown
    assert "to put right before" not in shown
    assert "Apply this staff list" not in shown
    assert "Facilitair (row 4)" in shown
    assert anna.post(address(found, "departments/"), {"person-0": "Ergens"}).status_code == 422
    anna.post(address(found, "departments/"), {"person-0": "Facilitair"})
    assert "Apply this staff list" in text_of(anna.get(address(the_import(cast))))


def test_more_questions_than_fit_come_in_turns(cast: Cast, anna: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("organisations.staff_list.result.SHOWN_QUESTIONS", 2)
    rows = [someone(n, department=place) for n in range(1, 4) for place in ("Zorg", "Keuken")]
    send(anna, list_of(*rows))
    found = the_import(cast)
    shown = text_of(anna.get(address(found)))
    assert "3 people still need a choice; the first 2 are here." in shown
    assert "person-2" not in shown
    stale = {"person-0": "Zorg", "person-1": "Keuken"}
    anna.post(address(found, "departments/"), stale)
    found = the_import(cast)
    shown = text_of(anna.get(address(found)))
    assert "person-2" in shown
    assert "still need a choice" not in shown
    # The page of before answers for nobody else.
    anna.post(address(found, "departments/"), stale)
    assert the_import(cast).result["counts"]["questions"] == 1
    anna.post(address(found, "departments/"), {"person-2": "Zorg"})
    assert "Apply this staff list" in text_of(anna.get(address(the_import(cast))))


def test_a_list_that_changed_meanwhile_is_shown_again(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        found = upload(cast, list_of(someone(1)))
        other = upload(cast, list_of(someone(1, "Anders")))
        importing.request_apply(other, is_complete=False)
        work(other)
    anna.post(address(found, "apply/"))
    with scope(organisation=cast.organisation):
        found = work(found)
    shown = text_of(anna.get(address(found)))
    assert "The staff list has changed since you looked" in shown
    assert "Changed: 1" in shown
    assert "Apply this staff list" in shown


def test_everything_that_will_happen_can_be_downloaded(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        first = upload(cast, list_of(someone(1), someone(2, "Bos"), someone(3, "Kok", department="Zorg")))
        importing.request_apply(first, is_complete=False)
        work(first)
        changed = [someone(1, "Smit", leader="J"), someone(2, "Bos", department="Nieuw")]
        added = [someone(n, "Aak") for n in range(10, 70)]
        found = upload(cast, list_of(*changed, ["Totaal"], *added))
        assert found.plan_file
    link = address(found, "plan/")
    assert link in text_of(anna.get(address(found)))
    response = anna.get(link)
    assert "what-will-happen.csv" in response.headers["Content-Disposition"]
    assert response.content.startswith(b"\xef\xbb\xbf")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 60 + 2 + 1 + 1 + 1 + 1
    for line in (
        "Nieuw;5;10;Jan Aak;Afdeling;;Zorg / Nachtdienst",
        "Gewijzigd;2;1;Jan Smit;Achternaam;Jansen;Smit",
        "Gewijzigd;2;1;Jan Smit;Leidinggevende (ja of nee);nee;ja",
        "Naar een andere afdeling;3;2;Jan Bos;Afdeling;Zorg / Nachtdienst;Nieuw",
        "Niet in het bestand;;3;Jan Kok;;;",
        "Overgeslagen;4;;Totaal;een totaal;;",
        "Nieuwe afdeling;;;;Afdeling;;Nieuw",
    ):
        assert line in lines


@pytest.mark.parametrize("text", ["=1+1", "+31", "-x", "@x"])
def test_no_cell_of_the_download_is_a_formula(text: str, cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        found = upload(cast, list_of(someone(1, given=text), someone(2)))
    assert f";'{text} Jansen;" in text_of(anna.get(address(found, "plan/")))


def test_the_download_is_gone_when_the_list_is_applied_or_cancelled(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        one, two = upload(cast, list_of(someone(1))), upload(cast, list_of(someone(2, "Bos")))
        importing.request_apply(one, is_complete=False)
        work(one)
        importing.cancel(two)
        assert not StaffImport.objects.exclude(plan_file=None).exists()
    for found in (one, two):
        assert anna.get(address(found, "plan/")).status_code == 404


def test_departments_in_which_nobody_is_left_are_named_before_and_after(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        first = upload(cast, list_of(someone(1), someone(2, "Bos", department="Facilitair / Keuken")))
        importing.request_apply(first, is_complete=False)
        work(first)
        found = upload(cast, list_of(someone(1, department="Zorg / Nacht")))
    words = "Departments in which nobody is left"
    shown = text_of(anna.get(address(found)))
    assert words in shown
    assert "<li>Zorg / Nachtdienst</li>" in shown
    assert "Facilitair (has a role for it: Nel) <span" in shown
    anna.post(address(found, "apply/"))
    with scope(organisation=cast.organisation):
        work(found)
    shown = text_of(anna.get(address(found)))
    assert words in shown
    assert "Nachtdienst" in shown
    assert "Keuken" not in shown


def test_what_is_called_otherwise_here_is_said(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        rename_department(cast.organisation, cast.departments["zorg / nachtdienst"].pk, "Nachtzorg")
        found = upload(cast, list_of(someone(1)))
    shown = text_of(anna.get(address(found)))
    assert "“Zorg / Nachtdienst” in the file is “Zorg / Nachtzorg” here" in shown


def test_a_column_that_counts_rows_is_put_right_by_choosing(cast: Cast, anna: Client) -> None:
    def listed(*names: str) -> bytes:
        return list_of(*(someone(n, name, email=f"{name}@linde.example") for n, name in enumerate(names, 1)))

    with scope(organisation=cast.organisation):
        first = upload(cast, listed("vos", "bos", "mos"))
        importing.request_apply(first, is_complete=False)
        work(first)
        found = upload(cast, listed("aak", "vos", "bos", "mos"))
    shown = text_of(anna.get(address(found)))
    assert "Is this really a staff number? 3 of these numbers" in shown
    assert "Choose below what the columns hold." in shown
    chosen = {f"column-{column['index']}": column["field"] for column in found.result["columns"]}
    anna.post(address(found, "columns/"), chosen | {"column-0": ""})
    with scope(organisation=cast.organisation):
        found = work(found)
    assert (found.result["counts"]["faults"], found.result["counts"]["added"]) == (0, 1)


def test_the_question_whether_the_list_is_complete_is_asked_when_it_matters(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        found = upload(cast, list_of(someone(1), someone(2)))
        assert "is_complete" not in text_of(anna.get(address(found)))
        importing.request_apply(found, is_complete=False)
        work(found)
        found = upload(cast, list_of(someone(1)))
    assert "1 person on our staff list is not in this file" in text_of(anna.get(address(found)))
    anna.post(address(found, "apply/"), {"is_complete": "on"})
    with scope(organisation=cast.organisation):
        work(found)
        assert Person.objects.get(left_on=None).number == "1"


def test_cancelling_leads_back_to_the_list(cast: Cast, anna: Client) -> None:
    send(anna, list_of(someone(1)))
    found = the_import(cast)
    assert anna.post(address(found, "cancel/")).headers["Location"] == LIST
    assert "This upload was cancelled" in text_of(anna.get(address(found)))
    assert "looks different by now" in text_of(anna.post(address(found, "apply/"), follow=True))
    with scope(organisation=cast.organisation):
        assert not Person.objects.exists()


def test_a_job_that_failed_can_be_tried_again(cast: Cast, anna: Client) -> None:
    send(anna, list_of(someone(1)))
    Job.objects.update(state=Job.State.FAILED)
    with scope(organisation=cast.organisation):
        found = StaffImport.objects.get()
    assert "It did not work this time" in text_of(anna.get(address(found)))
    anna.post(address(found, "columns/"))
    assert "New: 1" in text_of(anna.get(address(the_import(cast))))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_example_file_can_be_imported(language: str, cast: Cast, anna: Client) -> None:
    anna.cookies["language"] = language
    response = anna.get(f"{LIST}template/")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in response.headers["Content-Disposition"]
    entries = entries_of(response.content)
    assert entries.findings == []
    assert [(each.number, each.infix, each.is_leader, each.language) for each in entries.people] == [
        ("10001", "van", False, "nl"),
        ("10002", "", True, "en"),
    ]


def test_titles_and_empty_rows_are_no_rows_that_are_left_out(cast: Cast, anna: Client) -> None:
    send(anna, (SAMPLES / "staff-list.xlsx").read_bytes(), "staff-list.xlsx")
    shown = text_of(anna.get(address(the_import(cast))))
    assert "New: 245" in shown
    assert "left out" not in shown


def test_every_row_that_is_left_out_is_shown_with_its_cells_and_why(cast: Cast, anna: Client) -> None:
    content = csv_file([["Lijst", "2026"], [], HEADINGS, someone(1), [], HEADINGS, ["Totaal", 1], []])
    send(anna, content)
    found = the_import(cast)
    shown = text_of(anna.get(address(found)))
    assert "Rows left out: 2" in shown
    assert "Row 6: the headings again (Medewerkernummer · Roepnaam · Tussenvoegsel)" in shown
    assert "Row 7: a total (Totaal · 1)" in shown
    assert "more</p>" not in shown


PROSE = "Dit zijn de notulen van het overleg, gehouden op de afdeling Zorg in Utrecht, met dank aan allen."


@pytest.mark.parametrize(
    "content",
    [
        PROSE.encode(),
        b"Wat losse regels tekst.\r\nNog een regel, met een komma.\r\nEn nog een.\r\n",
        b"Beste Jan, mail naar jan@linde.example graag, dank",
        csv_file([["Wie", "Waar"]]),
    ],
)
def test_a_text_is_no_staff_list_and_another_file_is_asked_for(content: bytes, cast: Cast, anna: Client) -> None:
    send(anna, content, "notulen.txt")
    found = the_import(cast)
    assert (found.state, found.content) == (StaffImport.State.UNREADABLE, None)
    shown = text_of(anna.get(address(found)))
    assert "This does not look like a staff list: we find no columns with names and departments." in shown
    assert "Choose another file</a>" in shown


@pytest.mark.parametrize(
    "rows",
    [
        [["Wie", "Waar", "Hoe"], ["Jan Bos", "Keuken", "jan@linde.example"]],
        [["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]],
        [["Achternaam", "Waar"], ["Bos", "Keuken"]],
    ],
)
def test_unknown_headings_above_clear_cells_come_to_the_page_of_columns(
    rows: list[list[str]], cast: Cast, anna: Client
) -> None:
    send(anna, csv_file(rows))
    found = the_import(cast)
    assert found.state == StaffImport.State.READ
    assert "Choose below what the columns hold." in text_of(anna.get(address(found)))


def test_the_plan_says_how_columns_were_understood_before_it_can_be_applied(cast: Cast, anna: Client) -> None:
    send(anna, csv_file([[*HEADINGS, "Salaris"], [*someone(1), "3000"], [*someone(2, email=""), "3100"]]))
    shown = text_of(anna.get(address(the_import(cast))))
    before, after = shown.split("Apply this staff list")
    assert "<q>E-mail werk</q> → E-mail address" in before
    assert "Not used: Salaris" in before
    assert "E-mail werk" not in after
    assert "1 person has no e-mail address and gets a code on paper." in before


def test_people_without_address_are_counted_also_when_nothing_changes(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        content = list_of(someone(1, email=""), someone(2, email=""), someone(3))
        found = upload(cast, content)
        importing.request_apply(found, is_complete=False)
        work(found)
        found = upload(cast, content)
    assert "2 people have no e-mail address: they get a code on paper." in text_of(anna.get(address(found)))


def test_a_scan_is_the_next_step_after_applying(cast: Cast, anna: Client) -> None:
    with scope(organisation=cast.organisation):
        found = upload(cast, list_of(someone(1)))
        importing.request_apply(found, is_complete=False)
        work(found)
    shown = text_of(anna.get(address(found)))
    assert '<a class="btn btn-primary btn-lg" href="/o/zorggroep-de-linde/rounds/new/">Prepare a scan</a>' in shown


def test_a_finding_names_the_person(cast: Cast, anna: Client) -> None:
    send(anna, list_of(someone(1, "Bos", email="geen"), someone(2, "Vos")))
    shown = text_of(anna.get(address(the_import(cast))))
    assert '<td data-label="Person">Jan Bos</td>' in shown
    assert "Jan Vos</td>" not in shown


# Others


@pytest.mark.parametrize("role", ["manager", "consultant", "works_council", "administrator", "outsider"])
def test_nobody_else_sees_an_import(role: str, cast: Cast, as_user: Browser) -> None:
    with scope(organisation=cast.organisation):
        found = upload(cast, list_of(someone(1, "Geheim")))
    client = as_user(cast.everybody[role])
    for path in (LIST, address(found), address(found, "plan/"), f"{LIST}template/"):
        response = client.get(path)
        assert response.status_code in (403, 404)
        assert "Geheim" not in text_of(response)


@pytest.mark.parametrize("rest", ["columns/", "departments/", "apply/", "cancel/"])
def test_nobody_else_changes_an_import(rest: str, cast: Cast, as_user: Browser) -> None:
    with scope(organisation=cast.organisation):
        found = upload(cast, list_of(someone(1)))
    for user in (cast.mo, cast.cas, cast.wil, cast.ada, cast.otto):
        assert as_user(user).post(address(found, rest)).status_code in (403, 404)
    other = f"/o/bakkerij-het-kruim/staff-list/{found.pk}/{rest}"
    assert as_user(cast.otto).post(other).status_code == 404
    with scope(organisation=cast.organisation):
        assert StaffImport.objects.get().state == StaffImport.State.READ
        assert not Person.objects.exists()
        assert Department.objects.count() == 6


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_costs_a_fixed_number_of_queries(
    count: int, cast: Cast, anna: Client, django_assert_num_queries: Any
) -> None:
    with scope(organisation=cast.organisation):
        for number in range(count):
            upload(cast, list_of(someone(number)))
    with django_assert_num_queries(5):
        assert text_of(anna.get(LIST)).count("waits for you") == count


@pytest.mark.parametrize("count", [1, 3])
def test_an_import_costs_a_fixed_number_of_queries(
    count: int, cast: Cast, anna: Client, django_assert_num_queries: Any
) -> None:
    with scope(organisation=cast.organisation):
        found = upload(cast, list_of(*(someone(number) for number in range(count))))
    with django_assert_num_queries(5):
        assert f"New: {count}" in text_of(anna.get(address(found)))
