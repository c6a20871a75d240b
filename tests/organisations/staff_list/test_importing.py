"""An import from upload to result, with its jobs: killed in between, repeated, cancelled, erased."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from jobs import daily, running
from jobs.models import Job
from jobs.progress import JobLostError, Progress
from organisations.models import KnownColumn, LogEntry, Person, StaffImport
from organisations.staff_list import importing
from tests.cast import Cast
from tests.conftest import SAMPLES
from tests.organisations.staff_list.files import csv_file, list_of, someone
from tests.organisations.staff_list.test_planning import TWO

pytestmark = pytest.mark.django_db
State = StaffImport.State


@pytest.fixture(autouse=True)
def _no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.progress.HEARTBEAT_SECONDS", 3600)


def upload(cast: Cast, content: bytes, *, read: bool = True) -> StaffImport:
    made = importing.start_import(cast.organisation, cast.anna, "lijst.csv", content)
    return work(made) if read else made


def work(staff_import: StaffImport) -> StaffImport:
    """Do the jobs that wait, as the worker does."""
    for job in Job.objects.filter(state=Job.State.WAITING, key=str(staff_import.pk)):
        running.run(job.pk, raise_faults=True)
    staff_import.refresh_from_db()
    return staff_import


def applied(found: StaffImport, *, complete: bool = False) -> StaffImport:
    assert importing.request_apply(found, is_complete=complete)
    return work(found)


def test_reading_stores_no_people(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1), someone(2)))
    assert (found.state, found.result["counts"]["added"]) == (State.READ, 2)
    assert not Person.objects.exists()


def test_applying_stores_people_erases_the_file_and_writes_it_down(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1), someone(2)))
    assert importing.request_apply(found, is_complete=False)
    found = work(found)
    assert (found.state, found.content, found.columns) == (State.APPLIED, None, {})
    assert found.applied_at is not None
    assert set(found.result) == {"counts"}
    assert found.result["counts"]["added"] == Person.objects.count() == 2
    entry = LogEntry.objects.get(action="import_staff")
    assert (entry.user, entry.subject) == (in_scope.anna, "lijst.csv (+2, ~0, @0)")


def test_a_list_with_faults_cannot_be_applied(in_scope: Cast) -> None:
    found = upload(in_scope, (SAMPLES / "staff-list-with-errors.csv").read_bytes())
    assert (found.result["counts"]["faults"], found.result["counts"]["corrections"]) == (7, 2)
    assert not importing.request_apply(found, is_complete=True)
    assert work(found).state == State.READ


def test_a_fault_that_came_up_in_the_meantime_stops_everything(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1)))
    Person.objects.create(
        organisation=in_scope.organisation,
        department=in_scope.departments["zorg"],
        family_name="Ander",
        number="9",
        email="p1@linde.example",
    )
    importing.request_apply(found, is_complete=False)
    found = work(found)
    assert (found.state, found.result["counts"]["faults"], Person.objects.count()) == (State.READ, 1, 1)
    assert found.content is not None


def test_a_job_that_is_repeated_after_it_was_done_changes_nothing(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1)))
    importing.request_apply(found, is_complete=False)
    work(found)
    Person.objects.update(family_name="Met de hand")
    for kind in (importing.APPLY, importing.READ):
        running.request(kind, str(found.pk))
    assert work(found).state == State.APPLIED
    assert Person.objects.get().family_name == "Met de hand"


def test_a_worker_that_dies_at_the_end_leaves_nothing_behind(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = upload(in_scope, list_of(someone(1)))
    importing.request_apply(found, is_complete=False)

    def power_cut(*_: Any) -> None:
        assert Person.objects.count() == 1
        raise ConnectionError

    with monkeypatch.context() as broken:
        broken.setattr(importing, "record_import", power_cut)
        with pytest.raises(ConnectionError):
            work(found)
    found.refresh_from_db()
    assert (found.state, Person.objects.count(), LogEntry.objects.count()) == (State.APPLYING, 0, 0)
    assert (work(found).state, Person.objects.count()) == (State.APPLIED, 1)


def test_a_worker_that_lost_its_job_stores_nothing(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    found = upload(in_scope, list_of(someone(1)))
    importing.request_apply(found, is_complete=False)
    report = Progress.report

    def taken_over(progress: Progress, done: int, total: int) -> None:
        if done == total:
            raise JobLostError
        report(progress, done, total)

    monkeypatch.setattr(Progress, "report", taken_over)
    job = Job.objects.get(kind=importing.APPLY)
    running.run(job.pk)
    assert (Person.objects.count(), StaffImport.objects.get().state) == (0, State.APPLYING)


def test_a_file_that_cannot_be_read_says_why_and_is_erased(in_scope: Cast) -> None:
    found = upload(in_scope, b'Naam;Afdeling\r\n"Bos;Zorg')
    assert (found.state, found.result["unreadable"], found.content) == (State.UNREADABLE, "bad_quotes", None)


def test_columns_that_were_chosen_are_remembered_for_the_next_file(in_scope: Cast) -> None:
    content = csv_file([["Wie", "Waar", "Hoe"], ["Jan Bos", "Keuken", "jan@linde.example"]])
    found = upload(in_scope, content)
    assert found.result["counts"]["faults"]
    assert importing.choose_columns(found, {0: "full_name", 1: "department", 2: ""}, "")
    found = work(found)
    assert (found.result["counts"]["faults"], found.result["counts"]["added"]) == (0, 1)
    assert not KnownColumn.objects.exists()
    applied(found)
    assert dict(KnownColumn.objects.values_list("heading_key", "field")) == {
        "wie": "full_name",
        "waar": "department",
        "hoe": "",
    }
    again = upload(in_scope, csv_file([["Hoe", "Waar", "Wie"], ["jan@linde.example", "Keuken", "Jan Bos"]]))
    assert [column["field"] for column in again.result["columns"]] == ["", "department", "full_name"]


def test_what_was_remembered_can_be_changed(in_scope: Cast) -> None:
    found = upload(in_scope, csv_file([["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]]))
    importing.choose_columns(found, {0: "full_name", 1: "department"}, "")
    applied(work(found))
    found = upload(in_scope, csv_file([["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]]))
    assert [column["field"] for column in found.result["columns"]] == ["full_name", "department"]
    importing.choose_columns(found, {0: "family_name", 1: "department"}, "")
    applied(work(found))
    assert KnownColumn.objects.get(heading_key="wie").field == "family_name"


def test_what_one_organisation_chose_is_not_known_to_another(in_scope: Cast) -> None:
    found = upload(in_scope, csv_file([["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]]))
    importing.choose_columns(found, {0: "full_name", 1: "department"}, "")
    applied(work(found))
    with scope(organisation=in_scope.other_organisation):
        other = importing.start_import(
            in_scope.other_organisation,
            in_scope.otto,
            "x.csv",
            csv_file([["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]]),
        )
        assert [column["field"] for column in work(other).result["columns"]] == ["", ""]


def test_only_what_was_changed_is_remembered_and_not_what_we_knew(in_scope: Cast) -> None:
    found = upload(in_scope, csv_file([["Nr", "Achternaam", "Afdeling", "Rayon"], ["1", "Bos", "Keuken", "Zuid"]]))
    importing.choose_columns(found, {0: "", 1: "family_name", 2: "level_2", 3: "level_1"}, "")
    found = work(found)
    importing.choose_departments(found, {})
    applied(work(found))
    known = dict(KnownColumn.objects.values_list("heading_key", "field"))
    assert known == {"nr": "", "afdeling": "level_2", "rayon": "level_1"}


def test_nothing_is_remembered_of_an_upload_that_is_cancelled(in_scope: Cast) -> None:
    found = upload(in_scope, csv_file([["Wie", "Waar"], ["Jan Bos", "Keuken"], ["Els Vos", "Keuken"]]))
    importing.choose_columns(found, {0: "full_name", 1: "department"}, "")
    importing.cancel(work(found))
    assert not KnownColumn.objects.exists()


def test_a_heading_that_is_remembered_is_not_used_above_something_else(in_scope: Cast) -> None:
    KnownColumn.objects.create(organisation=in_scope.organisation, heading_key="medewerker", field="number")
    found = upload(in_scope, csv_file([["Medewerker", "Afdeling"], ["Jan Vos", "Zorg"], ["Piet Bos", "Zorg"]]))
    assert [column["field"] for column in found.result["columns"]] == ["full_name", "department"]


# What was shown is what is done


def test_a_list_that_changed_meanwhile_is_shown_again_and_not_applied(in_scope: Cast) -> None:
    applied(upload(in_scope, list_of(someone(1), someone(2))))
    found = upload(in_scope, list_of(someone(1)))
    assert found.result["counts"]["missing"] == 1
    applied(upload(in_scope, list_of(*(someone(number, "Later") for number in range(10, 15)))))
    found = applied(found, complete=True)
    assert (found.state, found.result["has_changed"], found.result["counts"]["missing"]) == (State.READ, True, 6)
    assert not Person.objects.exclude(left_on=None).exists()
    assert (applied(found, complete=True).state, Person.objects.filter(left_on=None).count()) == (State.APPLIED, 1)


def test_who_is_missing_matters_only_when_the_list_is_complete(in_scope: Cast) -> None:
    applied(upload(in_scope, list_of(someone(1))))
    found = upload(in_scope, list_of(someone(3)))
    applied(upload(in_scope, list_of(someone(2))))
    assert applied(found).state == State.APPLIED


@pytest.mark.parametrize("change", [{"family_name": "Anders"}, {"email": "anders@linde.example"}])
def test_a_person_who_changed_meanwhile_is_shown_first(in_scope: Cast, change: dict[str, str]) -> None:
    applied(upload(in_scope, list_of(someone(1))))
    found = upload(in_scope, list_of(someone(1)))
    Person.objects.update(**change)
    assert applied(found).state == State.READ


def test_the_next_day_the_same_still_happens(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    applied(upload(in_scope, list_of(someone(1), someone(2))))
    found = upload(in_scope, list_of(someone(1)))
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr("organisations.staff_list.present.today_in", lambda organisation: tomorrow)
    assert applied(found, complete=True).state == State.APPLIED


def test_what_another_upload_teaches_changes_nothing_here(in_scope: Cast) -> None:
    found = upload(in_scope, csv_file([["Nr", "Naam", "Afdeling", "Team"], ["1", "Jan Vos", "Zorg", "Rood"]]))
    assert found.result["added"][0]["to"] == "Zorg / Rood"
    KnownColumn.objects.create(organisation=in_scope.organisation, heading_key="team", field="")
    applied(found)
    assert Person.objects.get().department.path == "Zorg / Rood"


def test_two_contracts_are_asked_and_then_settled(in_scope: Cast) -> None:
    found = upload(in_scope, TWO)
    assert found.result["counts"]["questions"] == 1
    assert importing.choose_departments(found, {"1": "Facilitair"})
    found = work(found)
    assert (found.result["counts"]["faults"], found.result["counts"]["questions"]) == (0, 0)
    importing.request_apply(found, is_complete=False)
    work(found)
    assert Person.objects.get(number="1").department.path == "Facilitair"


@pytest.mark.parametrize(("complete", "left"), [(True, 1), (False, 0)])
def test_only_a_complete_list_marks_others_as_having_left(in_scope: Cast, *, complete: bool, left: int) -> None:
    for content in (list_of(someone(1), someone(2)), list_of(someone(1))):
        found = upload(in_scope, content)
        importing.request_apply(found, is_complete=complete)
        found = work(found)
    assert Person.objects.exclude(left_on=None).count() == left == found.result["counts"]["missing"]


def test_cancelling_erases_the_file_and_the_names(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1)))
    assert importing.cancel(found)
    found.refresh_from_db()
    assert (found.state, found.content, found.result) == (State.CANCELLED, None, {})
    assert not importing.request_apply(found, is_complete=True)
    assert not importing.choose_departments(found, {"1": "x"})


def test_what_is_cancelled_while_it_is_read_stays_cancelled(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1)), read=False)
    importing.cancel(found)
    assert (work(found).state, found.result) == (State.CANCELLED, {})


def test_what_was_applied_cannot_be_cancelled(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1)))
    importing.request_apply(found, is_complete=False)
    assert not importing.cancel(work(found))


@pytest.mark.parametrize(("days", "state"), [(6, State.READ), (8, State.EXPIRED)])
def test_a_file_that_nobody_needed_for_a_week_is_erased(in_scope: Cast, days: int, state: str) -> None:
    found = upload(in_scope, list_of(someone(1)))
    StaffImport.objects.update(created_at=timezone.now() - timedelta(days=days))
    importing.erase_old()
    found.refresh_from_db()
    assert (found.state, found.content is None) == (state, state == State.EXPIRED)


def test_what_was_applied_long_ago_is_still_said(in_scope: Cast) -> None:
    found = upload(in_scope, list_of(someone(1)))
    importing.request_apply(found, is_complete=False)
    work(found)
    StaffImport.objects.update(created_at=timezone.now() - timedelta(days=100))
    importing.erase_old()
    found.refresh_from_db()
    assert (found.state, found.result["counts"]["added"]) == (State.APPLIED, 1)


def test_cleaning_up_is_part_of_the_day() -> None:
    assert importing.erase_old in daily._chores
