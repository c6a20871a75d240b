"""People are added, changed, marked as gone and as back, by hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.days import today_in
from organisations.models import Department, LogEntry, Person
from tests.cast import Cast, add_people

EAST, NIGHT = "zorg / wijkteam oost", "zorg / nachtdienst"
AsUser = Callable[[Any], Client]


@pytest.fixture
def anna(cast: Cast, as_user: AsUser) -> Client:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def jan(cast: Cast) -> Person:
    with scope(organisation=cast.organisation):
        return Person.objects.create(
            organisation=cast.organisation,
            department=cast.departments[EAST],
            given_name="Jan",
            infix="van den",
            family_name="Berg",
            number="17",
            email="jan@linde.test",
        )


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def address(cast: Cast, what: object = "new") -> str:
    return f"/o/{cast.organisation.slug}/people/{what}/"


def details(cast: Cast, **changed: Any) -> dict[str, Any]:
    fields = {
        "given_name": "Fatma",
        "infix": "",
        "family_name": "Yildiz",
        "number": "18",
        "email": "fatma@linde.test",
        "language": "nl",
        "department": cast.departments[NIGHT].pk,
        "action": "save",
    }
    return fields | changed


def stored(cast: Cast, **lookup: Any) -> Person:
    with scope(organisation=cast.organisation):
        return Person.objects.select_related("department").get(**lookup)


def log_lines(cast: Cast) -> list[tuple[str, str, str]]:
    with scope(organisation=cast.organisation):
        entries = LogEntry.objects.select_related("user").order_by("at")
        return [(entry.action, entry.subject, str(entry.user)) for entry in entries]


def test_a_person_is_added(anna: Client, cast: Cast) -> None:
    page = anna.post(address(cast), details(cast, given_name="  Fatma ", email=" Fatma@Linde.TEST ", is_leader="on"))
    assert page.status_code == 302
    fatma = stored(cast, number="18")
    assert (str(fatma), fatma.email, fatma.department.path) == (
        "Fatma Yildiz",
        "fatma@linde.test",
        "Zorg / Nachtdienst",
    )
    assert fatma.is_leader
    assert fatma.left_on is None
    assert log_lines(cast) == [("add_person", "Fatma Yildiz", "Anna")]


def test_number_and_address_may_be_empty_for_several_people(anna: Client, cast: Cast) -> None:
    for name in ("Fatma", "Ilse"):
        assert anna.post(address(cast), details(cast, given_name=name, number="", email="")).status_code == 302
    with scope(organisation=cast.organisation):
        assert Person.objects.filter(number="", email="").count() == 2


@pytest.mark.parametrize(
    ("changed", "text"),
    [
        ({"number": "17"}, "This is the number of Jan van den Berg."),
        ({"number": " 17 "}, "This is the number of Jan van den Berg."),
        ({"email": "jan@linde.test"}, "This is the address of Jan van den Berg."),
        ({"email": "JAN@linde.test"}, "This is the address of Jan van den Berg."),
        ({"email": "fatma@"}, "Enter a valid email address."),
        ({"given_name": " ", "family_name": ""}, "Give at least a first name or a last name."),
        ({"department": ""}, "Choose a department from the list."),
        ({"language": "de"}, "Select a valid choice."),
        ({"given_name": "x" * 81}, "at most 80 characters"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_stored(
    anna: Client, cast: Cast, jan: Person, changed: dict[str, Any], text: str
) -> None:
    page = anna.post(address(cast), details(cast, **changed))
    assert page.status_code == 422
    assert text in text_of(page)
    with scope(organisation=cast.organisation):
        assert Person.objects.count() == 1
    assert log_lines(cast) == []


def test_the_number_of_somebody_who_left_is_still_taken_and_the_text_says_where_to_look(
    anna: Client, cast: Cast, jan: Person
) -> None:
    with scope(organisation=cast.organisation):
        Person.objects.update(left_on="2026-01-01")
    page = anna.post(address(cast), details(cast, number="17", email="jan@linde.test"))
    assert text_of(page).count("of Jan van den Berg, who has left. Look under “People who have left”.") == 2


def test_number_and_address_of_another_organisation_are_free(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.other_organisation):
        foreign = add_people(Department.objects.get(path="Zorg"), 1)[0]
    data = details(cast, number=foreign.number, email=foreign.email)
    assert anna.post(address(cast), data).status_code == 302


def test_a_person_is_changed(anna: Client, cast: Cast, jan: Person) -> None:
    page = anna.get(address(cast, jan.pk))
    assert 'value="van den"' in page.content.decode()
    data = details(cast, given_name="Jan", infix="de", family_name="Berg", number="17", language="en")
    page = anna.post(address(cast, jan.pk), data, follow=True)
    assert "The details of Jan de Berg have been saved." in text_of(page)
    assert page.redirect_chain == [(f"/o/{cast.organisation.slug}/people/", 302)]
    now = stored(cast, pk=jan.pk)
    assert (str(now), now.email, now.language, now.department.path) == (
        "Jan de Berg",
        "fatma@linde.test",
        "en",
        "Zorg / Nachtdienst",
    )
    assert log_lines(cast) == [("change_person", "Jan de Berg", "Anna")]


def test_saving_without_a_change_is_not_written_in_the_log(anna: Client, cast: Cast, jan: Person) -> None:
    data = details(cast, given_name="Jan", infix="van den", family_name="Berg", number="17", email="jan@linde.test")
    data["department"] = cast.departments[EAST].pk
    assert anna.post(address(cast, jan.pk), data).status_code == 302
    assert log_lines(cast) == []


def test_a_refused_change_keeps_the_name_in_the_heading(anna: Client, cast: Cast, jan: Person) -> None:
    page = anna.post(address(cast, jan.pk), details(cast, email="geen adres"))
    assert page.status_code == 422
    assert "<h1>Jan van den Berg</h1>" in page.content.decode()
    assert stored(cast, pk=jan.pk).email == "jan@linde.test"


def test_somebody_leaves_and_comes_back(anna: Client, cast: Cast, jan: Person) -> None:
    page = anna.post(address(cast, jan.pk), {"action": "left"}, follow=True)
    assert "Jan van den Berg is now among the people who have left." in text_of(page)
    assert stored(cast, pk=jan.pk).left_on == today_in(cast.organisation)
    anna.post(address(cast, jan.pk), {"action": "left"})
    page = anna.post(address(cast, jan.pk), {"action": "back"}, follow=True)
    assert "Jan van den Berg is back on the staff list." in text_of(page)
    assert stored(cast, pk=jan.pk).left_on is None
    anna.post(address(cast, jan.pk), {"action": "back"})
    assert log_lines(cast) == [
        ("person_left", "Jan van den Berg", "Anna"),
        ("person_back", "Jan van den Berg", "Anna"),
    ]


def test_who_comes_back_to_a_department_that_is_gone_needs_another_one_first(
    anna: Client, cast: Cast, jan: Person
) -> None:
    anna.post(address(cast, jan.pk), {"action": "left"})
    anna.post(f"/o/{cast.organisation.slug}/departments/{cast.departments[EAST].pk}/", {"action": "archive"})
    page = anna.post(address(cast, jan.pk), {"action": "back"})
    assert page.status_code == 422
    assert "“Zorg / Wijkteam Oost” is no longer there." in text_of(page)
    assert stored(cast, pk=jan.pk).left_on is not None
    assert anna.post(address(cast, jan.pk), details(cast, number="17", email="jan@linde.test")).status_code == 302
    assert anna.post(address(cast, jan.pk), {"action": "back"}).status_code == 302
    assert stored(cast, pk=jan.pk).left_on is None


def test_a_person_or_department_of_another_organisation_is_not_there(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.other_organisation):
        foreign = add_people(Department.objects.get(path="Zorg"), 1)[0]
        elsewhere = foreign.department_id
    assert anna.get(address(cast, foreign.pk)).status_code == 404
    for data in ({"action": "left"}, {"action": "back"}, details(cast)):
        assert anna.post(address(cast, foreign.pk), data).status_code == 404
    assert stored_elsewhere(cast, foreign).left_on is None
    page = anna.post(address(cast), details(cast, department=elsewhere))
    assert page.status_code == 422
    assert "not in the list" in text_of(page)


def stored_elsewhere(cast: Cast, person: Person) -> Person:
    with scope(organisation=cast.other_organisation):
        return Person.objects.get(pk=person.pk)


@pytest.mark.parametrize("part", ["manager", "consultant", "works_council", "administrator", "outsider"])
def test_nobody_but_the_hr_adviser_sees_or_changes_people(cast: Cast, as_user: AsUser, jan: Person, part: str) -> None:
    client = as_user(cast.everybody[part])
    refused = 404 if part in ("administrator", "outsider") else 403
    for url in (address(cast), address(cast, jan.pk)):
        answer = client.get(url)
        assert answer.status_code == refused
        assert "Berg" not in answer.content.decode()
        assert client.post(url, details(cast)).status_code == refused
    assert client.post(address(cast, jan.pk), {"action": "left"}).status_code == refused
    assert stored(cast, pk=jan.pk) == jan
    assert stored(cast, pk=jan.pk).left_on is None
    with scope(organisation=cast.organisation):
        assert Person.objects.count() == 1


@pytest.mark.parametrize("action", ["", "delete"])
def test_an_action_that_does_not_exist_is_refused(anna: Client, cast: Cast, jan: Person, action: str) -> None:
    assert anna.post(address(cast, jan.pk), {"action": action}).status_code == 400
