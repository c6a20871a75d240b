"""The staff list on screen: searched, narrowed to a department, in pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.models import Department, Person
from tests.cast import Cast, add_people

EAST, NIGHT = "zorg / wijkteam oost", "zorg / nachtdienst"
AsUser = Callable[[Any], Client]


@pytest.fixture
def anna(cast: Cast, as_user: AsUser) -> Client:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    return client


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def add(cast: Cast, department: str, name: str, **fields: Any) -> Person:
    given, _space, family = name.partition(" ")
    with scope(organisation=cast.organisation):
        return Person.objects.create(
            organisation=cast.organisation,
            department=cast.departments[department],
            given_name=given,
            family_name=family,
            **fields,
        )


@pytest.fixture
def staff(cast: Cast) -> None:
    add(cast, EAST, "Jan Berg", infix="van den", number="A-17", email="j.berg@linde.test", is_leader=True)
    add(cast, NIGHT, "Fatma Yildiz", number="18", language="en")
    add(cast, "facilitair / keuken", "Piet Oost", number="19", email="p.oost@linde.test")
    add(cast, "zorg", "Kees Weg", number="20", left_on="2026-01-01")
    with scope(organisation=cast.other_organisation):
        add_people(Department.objects.get(path="Zorg"), 1)


def listed(client: Client, cast: Cast, query: str = "") -> set[str]:
    page = client.get(f"/o/{cast.organisation.slug}/people/{query}")
    assert page.status_code == 200
    return set(re.findall(r'<th scope="row">.*?>([^<]+)</a>', page.content.decode()))


def test_everybody_of_today_is_listed_with_what_is_known(anna: Client, cast: Cast, staff: None) -> None:
    page = text_of(anna.get(f"/o/{cast.organisation.slug}/people/"))
    assert "Jan van den Berg Zorg / Wijkteam Oost j.berg@linde.test yes Dutch" in page
    assert "Fatma Yildiz Zorg / Nachtdienst no address: gets a code English" in page
    assert "Kees Weg" not in page
    assert "Mens" not in page
    assert "1 person who has left" in page


def test_who_has_left_stands_apart(anna: Client, cast: Cast, staff: None) -> None:
    assert listed(anna, cast, "?left=1") == {"Kees Weg"}


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("berg", {"Jan van den Berg"}),
        ("jan  BERG", {"Jan van den Berg"}),
        ("van den", {"Jan van den Berg"}),
        ("a-17", {"Jan van den Berg"}),
        ("linde.test", {"Jan van den Berg", "Piet Oost"}),
        ("oost", {"Piet Oost"}),
        ("jan oost", set()),
        ("%", set()),
        ("mens", set()),
    ],
)
def test_every_word_is_looked_for_in_name_number_and_address(
    anna: Client, cast: Cast, staff: None, search: str, found: set[str]
) -> None:
    assert listed(anna, cast, f"?search={search}") == found


def test_a_department_is_shown_with_all_below(anna: Client, cast: Cast, staff: None) -> None:
    assert listed(anna, cast, f"?department={cast.departments['zorg'].pk}") == {"Jan van den Berg", "Fatma Yildiz"}
    assert listed(anna, cast, f"?department={cast.departments[NIGHT].pk}&search=jan") == set()


def test_a_department_of_elsewhere_narrows_nothing_and_shows_nobody_of_there(
    anna: Client, cast: Cast, staff: None
) -> None:
    with scope(organisation=cast.other_organisation):
        foreign = Department.objects.get(path="Zorg").pk
    for wrong in (foreign, "geen", ""):
        assert listed(anna, cast, f"?department={wrong}") == {"Jan van den Berg", "Fatma Yildiz", "Piet Oost"}


def test_nothing_found_says_what_to_try(anna: Client, cast: Cast, staff: None) -> None:
    assert "Nobody was found." in text_of(anna.get(f"/o/{cast.organisation.slug}/people/?search=zzz"))


def test_an_empty_list_leads_to_the_import_and_the_template(anna: Client, cast: Cast) -> None:
    page = anna.get(f"/o/{cast.organisation.slug}/people/")
    assert "Nobody is on the staff list yet" in text_of(page)
    assert "Download the template" in text_of(page)
    assert '<form method="get"' not in page.content.decode()


def test_fifty_people_stand_on_a_page(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        add_people(cast.departments[EAST], 101)
    sizes = [len(listed(anna, cast, f"?page={number}&search=mens")) for number in (1, 2, 3)]
    assert sizes == [50, 50, 1]
    first = anna.get(f"/o/{cast.organisation.slug}/people/?search=mens")
    assert "Page 1 of 3" in text_of(first)
    assert '?search=mens&amp;page=2"' in first.content.decode()
    assert "Previous page" not in text_of(first)
    for odd in ("0", "99", "-1", "x"):
        assert anna.get(f"/o/{cast.organisation.slug}/people/?page={odd}").status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_more_people_cost_no_more_queries(
    count: int, cast: Cast, anna: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with scope(organisation=cast.organisation):
        for key in (EAST, NIGHT):
            add_people(cast.departments[key], count)
    with django_assert_num_queries(8):
        assert len(listed(anna, cast)) == 2 * count


@pytest.mark.parametrize("part", ["manager", "consultant", "works_council", "administrator", "outsider"])
def test_nobody_but_the_hr_adviser_sees_the_list(cast: Cast, as_user: AsUser, staff: None, part: str) -> None:
    answer = as_user(cast.everybody[part]).get(f"/o/{cast.organisation.slug}/people/")
    assert answer.status_code == (404 if part in ("administrator", "outsider") else 403)
    assert "Berg" not in answer.content.decode()


def test_people_without_an_address_can_be_looked_up(anna: Client, cast: Cast, staff: None) -> None:
    assert listed(anna, cast, "?no_address=on") == {"Fatma Yildiz"}
    assert listed(anna, cast, "?no_address=on&left=1") == {"Kees Weg"}
    assert listed(anna, cast, "?no_address=on&search=berg") == set()
    page = anna.get(f"/o/{cast.organisation.slug}/people/?no_address=on&search=berg")
    assert "Nobody without an e-mail address was found here." in text_of(page)


def test_the_next_page_keeps_looking_for_people_without_an_address(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        people = [
            Person(organisation=cast.organisation, department=cast.departments[EAST], family_name=f"N{n}")
            for n in range(51)
        ]
        Person.objects.bulk_create(people)
    page = anna.get(f"/o/{cast.organisation.slug}/people/?no_address=on").content.decode()
    assert "?no_address=on&amp;page=2" in page
