"""The page on which departments, open links and people to leave out are chosen."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.departments import ensure_departments
from organisations.models import Person
from scan.models import LeftOut, LeftOutDepartment, PlannedOpenLink, Round
from scan.preparing.choosing import join
from tests.cast import Cast, add_people
from tests.scan.drafting import EAST, KITCHEN, NIGHT, address, ready_draft, staff

Browser = Callable[[Any], Client]
Queries = Callable[[int], Any]


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    staff(in_scope)
    return ready_draft(in_scope)


def everybody(cast: Cast) -> dict[str, str]:
    """What the form sends when nothing was changed."""
    departments = [department for key, department in cast.departments.items() if key]
    return {f"part-{department.pk}": "on" for department in departments}


def test_a_department_without_its_mark_is_left_out(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    sent = everybody(in_scope)
    del sent[f"part-{in_scope.departments[NIGHT].pk}"]
    as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent)
    assert [row.department_id for row in LeftOutDepartment.objects.all()] == [in_scope.departments[NIGHT].pk]


def test_an_open_link_is_kept_with_its_headcount(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    kitchen = in_scope.departments[KITCHEN].pk
    sent = everybody(in_scope) | {f"way-{kitchen}": "open", f"expected-{kitchen}": " 25 "}
    as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent)
    assert [(row.department_id, row.expected) for row in PlannedOpenLink.objects.all()] == [(kitchen, 25)]


@pytest.mark.parametrize("headcount", ["", "0", "-3", "tien", "2.5", "100001", "9" * 5000])
def test_a_headcount_that_is_no_number_is_refused_with_the_department(
    headcount: str, in_scope: Cast, draft: Round, as_user: Browser
) -> None:
    kitchen = in_scope.departments[KITCHEN].pk
    sent = {f"way-{kitchen}": "open", f"expected-{kitchen}": headcount}
    response = as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent)
    assert response.status_code == 422
    assert "“Keuken”" in response.content.decode()
    assert not PlannedOpenLink.objects.exists()
    assert not LeftOutDepartment.objects.exists()


def test_joined_departments_offer_no_open_link(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    east, night = in_scope.departments[EAST], in_scope.departments[NIGHT]
    join(draft, night, east)
    page = as_user(in_scope.anna).get(address(draft, "prepare/people/")).content.decode()
    assert f'name="way-{in_scope.departments[KITCHEN].pk}"' in page
    assert f'name="way-{east.pk}"' not in page
    assert f'name="way-{night.pk}"' not in page


def test_a_large_organisation_can_save_its_choice(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    """Three fields for each department: Django's usual limits are for smaller forms."""
    known = ensure_departments(in_scope.organisation, [f"Zorg / Team {number}" for number in range(400)])
    sent = {f"part-{department.pk}": "on" for department in known.values() if department.parent_id}
    for department in known.values():
        sent |= {f"way-{department.pk}": "personal", f"expected-{department.pk}": "12"}
    response = as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent)
    assert response.status_code == 302
    assert not LeftOutDepartment.objects.exists()


def test_somebody_is_found_by_name_left_out_and_taken_back(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    client = as_user(in_scope.anna)
    person = Person.objects.get(number="3")
    page = client.get(address(draft, "prepare/people/"), {"q": "mens 3"}).content.decode()
    assert address(draft, f"prepare/people/{person.pk}/") in page
    client.post(address(draft, f"prepare/people/{person.pk}/"))
    assert LeftOut.objects.get().person_id == person.pk
    assert str(person) in client.get(address(draft, "prepare/people/")).content.decode()
    client.post(address(draft, f"prepare/people/{person.pk}/"), {"take_back": "yes"})
    assert not LeftOut.objects.exists()


def test_somebody_elsewhere_is_neither_found_nor_left_out(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    with scope(organisation=in_scope.other_organisation):
        theirs = ensure_departments(in_scope.other_organisation, [])[KITCHEN]
        stranger = add_people(theirs, 1)[0]
        Person.objects.filter(pk=stranger.pk).update(given_name="Vreemdeling")
    client = as_user(in_scope.anna)
    page = client.get(address(draft, "prepare/people/"), {"q": "vreemd"}).content.decode()
    assert "Vreemdeling" not in page
    assert client.post(address(draft, f"prepare/people/{stranger.pk}/")).status_code == 404
    assert not LeftOut.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_of_the_page_does_not_grow(
    count: int, in_scope: Cast, as_user: Browser, django_assert_num_queries: Queries
) -> None:
    paths = [f"Zorg / Team {number}" for number in range(count)]
    known = ensure_departments(in_scope.organisation, paths)
    people = [person for path in paths for person in add_people(known[path.casefold()], count + 1)]
    draft = ready_draft(in_scope)
    LeftOut.objects.bulk_create([LeftOut(round=draft, person=person) for person in people[:count]])
    client = as_user(in_scope.anna)
    with django_assert_num_queries(16):
        client.get(address(draft, "prepare/people/"), {"q": "mens"})


def test_without_any_department_the_page_does_not_blame_the_staff_list(
    in_scope: Cast, draft: Round, as_user: Browser
) -> None:
    as_user(in_scope.anna).post(address(draft, "prepare/people/"), {})
    page = as_user(in_scope.anna).get(address(draft, "prepare/people/"), headers={"accept-language": "en"})
    assert "No department with people in it takes part." in page.content.decode()
