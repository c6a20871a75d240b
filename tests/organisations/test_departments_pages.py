"""The pages of departments: the tree with its numbers, and what can be done with one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.departments import ensure_departments, root_of
from organisations.models import Department, Person
from organisations.tree import department_choices, department_tree
from tests.cast import Cast, add_people

EAST, NIGHT, KITCHEN = "zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"
AsUser = Callable[[Any], Client]


def address(cast: Cast, key: str | None = None) -> str:
    base = f"/o/{cast.organisation.slug}/departments/"
    return base if key is None else f"{base}{cast.departments[key].pk}/"


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.fixture
def anna(cast: Cast, as_user: AsUser) -> Client:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def people(cast: Cast) -> None:
    """Oost 3 people, one of them its leader; Nachtdienst 1, who has left; 2 in Zorg itself."""
    with scope(organisation=cast.organisation):
        add_people(cast.departments[EAST], 3, leaders=1)
        gone = add_people(cast.departments[NIGHT], 1)[0]
        Person.objects.filter(pk=gone.pk).update(left_on="2026-01-01")
        add_people(cast.departments["zorg"], 2)


def test_the_tree_counts_who_is_here_and_who_is_below(in_scope: Cast, people: None) -> None:
    rows = [
        (str(node.department), node.depth, node.people, node.leaders, node.total)
        for node in department_tree(in_scope.organisation)
    ]
    assert rows == [
        ("Zorggroep De Linde", 0, 0, 0, 5),
        ("Facilitair", 1, 0, 0, 0),
        ("Facilitair / Keuken", 2, 0, 0, 0),
        ("Zorg", 1, 2, 0, 5),
        ("Zorg / Nachtdienst", 2, 0, 0, 0),
        ("Zorg / Wijkteam Oost", 2, 3, 1, 3),
    ]


def test_choices_come_in_the_order_of_paths_not_of_letters(in_scope: Cast) -> None:
    ensure_departments(in_scope.organisation, ["Zorg extra", "Zorg / A"])
    labels = [label for _id, label in department_choices(in_scope.organisation)]
    assert labels == [
        "Zorggroep De Linde",
        "Facilitair",
        "Facilitair / Keuken",
        "Zorg",
        "Zorg / A",
        "Zorg / Nachtdienst",
        "Zorg / Wijkteam Oost",
        "Zorg extra",
    ]


def test_choices_leave_out_what_is_archived_and_what_is_elsewhere(in_scope: Cast) -> None:
    Department.objects.filter(pk=in_scope.departments[KITCHEN].pk).update(archived_on="2026-01-01")
    choices = department_choices(in_scope.organisation)
    assert len(choices) == 5
    assert {department_id for department_id, _label in choices} <= {one.pk for one in Department.objects.all()}


def test_the_page_shows_the_tree_with_numbers(anna: Client, cast: Cast, people: None) -> None:
    text = text_of(anna.get(address(cast)))
    assert "Wijkteam Oost 3 people (of whom 1 manager)" in text
    assert "Zorg 2 people · 5 with all below" in text
    assert "Archived departments" not in text


def test_archived_departments_stand_apart(anna: Client, cast: Cast) -> None:
    anna.post(address(cast, EAST), {"action": "merge", "into": cast.departments[NIGHT].pk, "is_sure": "on"})
    anna.post(address(cast, KITCHEN), {"action": "archive"})
    text = text_of(anna.get(address(cast)))
    assert "Zorg / Wijkteam Oost merged into Zorg / Nachtdienst on" in text
    assert "Facilitair / Keuken archived on" in text


def test_an_organisation_without_departments_is_pointed_to_the_import(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        Department.objects.exclude(parent=None).update(archived_on="2026-01-01")
    page = anna.get(address(cast))
    assert "There are no departments yet" in text_of(page)


def test_a_department_is_added_on_the_page(anna: Client, cast: Cast) -> None:
    page = anna.post(address(cast), {"name": "Was", "under": cast.departments["facilitair"].pk}, follow=True)
    assert "“Facilitair / Was” has been added." in text_of(page)
    with scope(organisation=cast.organisation):
        assert Department.objects.filter(path="Facilitair / Was").exists()


def test_a_name_that_is_taken_is_said_on_the_page(anna: Client, cast: Cast) -> None:
    page = anna.post(address(cast), {"name": "keuken", "under": cast.departments["facilitair"].pk})
    assert page.status_code == 422
    assert "There is already a department “Keuken” under “Facilitair”" in text_of(page)


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"action": "rename", "name": "Oost"}, "Zorg / Oost"),
        ({"action": "move", "under": "facilitair"}, "Facilitair / Wijkteam Oost"),
    ],
)
def test_renaming_and_moving_on_the_page(anna: Client, cast: Cast, data: dict[str, Any], path: str) -> None:
    if "under" in data:
        data = data | {"under": cast.departments[data["under"]].pk}
    page = anna.post(address(cast, EAST), data, follow=True)
    assert f"“{path}”" in text_of(page)
    with scope(organisation=cast.organisation):
        assert Department.objects.get(pk=cast.departments[EAST].pk).path == path


def test_the_own_subtree_is_not_offered_and_is_refused(anna: Client, cast: Cast) -> None:
    page = anna.get(address(cast, "zorg")).content.decode()
    form = page[page.index('id="move-under"') if 'id="move-under"' in page else page.index("move-under") :]
    assert str(cast.departments["facilitair"].pk) in form
    assert f'value="{cast.departments[EAST].pk}"' not in page
    assert f'value="{cast.departments["zorg"].pk}"' not in page
    refused = anna.post(address(cast, "zorg"), {"action": "move", "under": cast.departments[EAST].pk})
    assert refused.status_code == 422
    assert "not in the list" in text_of(refused)


def test_merging_asks_to_be_sure(anna: Client, cast: Cast) -> None:
    page = anna.post(address(cast, EAST), {"action": "merge", "into": cast.departments[NIGHT].pk})
    assert page.status_code == 422
    assert "Tick this box" in text_of(page)
    with scope(organisation=cast.organisation):
        assert Department.objects.get(pk=cast.departments[EAST].pk).archived_on is None


def test_a_merged_department_says_where_it_went(anna: Client, cast: Cast) -> None:
    data = {"action": "merge", "into": cast.departments[NIGHT].pk, "is_sure": "on"}
    done = anna.post(address(cast, EAST), data, follow=True)
    assert "“Wijkteam Oost” is now part of “Zorg / Nachtdienst”." in text_of(done)
    page = anna.get(address(cast, EAST))
    assert "now part of Zorg / Nachtdienst" in text_of(page)
    assert 'name="action"' not in page.content.decode()
    assert anna.post(address(cast, EAST), {"action": "rename", "name": "Weer"}).status_code == 422


def test_archiving_a_department_with_people_says_how_many_and_links_to_them(
    anna: Client, cast: Cast, people: None
) -> None:
    page = anna.get(address(cast, "zorg"))
    assert "Now there are still 5 people." in text_of(page)
    assert f"people/?department={cast.departments['zorg'].pk}" in page.content.decode()
    refused = anna.post(address(cast, "zorg"), {"action": "archive"})
    assert refused.status_code == 422
    assert "5 people on the staff list are still there or below it" in text_of(refused)


def test_the_organisation_itself_has_its_name_in_the_settings(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        root = root_of(cast.organisation)
    page = anna.get(f"{address(cast)}{root.pk}/")
    assert "This is the organisation itself" in text_of(page)
    assert 'name="action"' not in page.content.decode()
    refused = anna.post(f"{address(cast)}{root.pk}/", {"action": "rename", "name": "Anders"})
    assert refused.status_code == 422


@pytest.mark.parametrize("action", ["", "delete"])
def test_an_action_that_does_not_exist_is_refused(anna: Client, cast: Cast, action: str) -> None:
    assert anna.post(address(cast, EAST), {"action": action}).status_code == 400


def test_a_department_of_another_organisation_is_not_there(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.other_organisation):
        foreign = Department.objects.get(path="Zorg")
    for data in (None, {"action": "rename", "name": "Gekaapt"}):
        url = f"{address(cast)}{foreign.pk}/"
        assert (anna.post(url, data) if data else anna.get(url)).status_code == 404
    page = anna.post(address(cast, EAST), {"action": "move", "under": foreign.pk})
    assert page.status_code == 422
    page = anna.post(address(cast), {"name": "Nieuw", "under": foreign.pk})
    assert page.status_code == 422
    with scope(organisation=cast.other_organisation):
        assert Department.objects.get(pk=foreign.pk).name == "Zorg"
        assert Department.objects.count() == 6


@pytest.mark.parametrize("part", ["manager", "consultant", "works_council", "administrator", "outsider"])
def test_nobody_but_the_hr_adviser_sees_or_changes_departments(cast: Cast, as_user: AsUser, part: str) -> None:
    client = as_user(cast.everybody[part])
    refused = 404 if part in ("administrator", "outsider") else 403
    for url in (address(cast), address(cast, EAST)):
        answer = client.get(url)
        assert answer.status_code == refused
        assert "Wijkteam Oost" not in answer.content.decode()
        assert client.post(url, {"action": "rename", "name": "X", "under": ""}).status_code == refused
    with scope(organisation=cast.organisation):
        assert Department.objects.get(pk=cast.departments[EAST].pk).name == "Wijkteam Oost"


@pytest.mark.parametrize("count", [1, 3])
def test_more_departments_cost_no_more_queries(
    count: int, cast: Cast, anna: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with scope(organisation=cast.organisation):
        ensure_departments(cast.organisation, [f"Nieuw {number} / Onder" for number in range(count)])
        Department.objects.filter(name__startswith="Onder").update(archived_on="2026-01-01")
        for department in Department.objects.filter(archived_on=None):
            add_people(department, count)
    with django_assert_num_queries(7):
        anna.get(address(cast))
    with django_assert_num_queries(7):
        anna.get(address(cast, EAST))
