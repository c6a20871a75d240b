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
    add_people(in_scope.departments[KITCHEN], 9)
    sent = everybody(in_scope) | {f"way-{kitchen}": "open", f"expected-{kitchen}": " 12 "}
    as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent)
    assert [(row.department_id, row.expected) for row in PlannedOpenLink.objects.all()] == [(kitchen, 12)]


@pytest.mark.parametrize("headcount", ["", "0", "9", "-3", "tien", "2.5", "100001", "9" * 5000])
def test_a_headcount_that_is_no_number_from_ten_is_refused_with_the_department(
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


def test_more_people_than_the_staff_list_knows_are_not_expected(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    """Twelve in the kitchen; on the desk nobody, so that the HR adviser says how many volunteers there are."""
    desk = ensure_departments(in_scope.organisation, ["Balie"])["balie"].pk
    kitchen = in_scope.departments[KITCHEN].pk
    add_people(in_scope.departments[KITCHEN], 9)
    client, page = as_user(in_scope.anna), address(draft, "prepare/people/")
    for department, most in ((kitchen, 12), (desk, 5000)):
        sent = everybody(in_scope) | {f"part-{desk}": "on", f"way-{department}": "open"}
        response = client.post(page, sent | {f"expected-{department}": str(most + 1)})
        assert response.status_code == 422
        assert f"hoogstens {most} mensen" in response.content.decode()
        assert not PlannedOpenLink.objects.exists()
        assert client.post(page, sent | {f"expected-{department}": str(most)}).status_code == 302
        assert PlannedOpenLink.objects.get().expected == most
        PlannedOpenLink.objects.all().delete()


def test_a_fault_leaves_what_was_typed_on_the_page(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    kitchen, night = in_scope.departments[KITCHEN].pk, in_scope.departments[NIGHT].pk
    sent = everybody(in_scope) | {f"way-{kitchen}": "open", f"expected-{kitchen}": "tien"}
    del sent[f"part-{night}"]
    rows = as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent).context["rows"]
    found = {row.id: row for row in rows}
    assert (found[kitchen].has_open_link, found[kitchen].expected) == (True, "tien")
    assert [row.path for row in rows if not row.takes_part] == ["Zorg / Nachtdienst"]


def test_somebody_is_found_by_name_left_out_and_taken_back(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    client, page = as_user(in_scope.anna), address(draft, "prepare/people/")
    person = Person.objects.get(number="3")
    assert f'name="leave_out" value="{person.pk}"' in client.get(page, {"q": "mens 3"}).content.decode()
    client.post(page, {"leave_out": str(person.pk)})
    assert LeftOut.objects.get().person_id == person.pk
    assert f'name="take_back" value="{person.pk}"' in client.get(page).content.decode()
    client.post(page, {"take_back": str(person.pk)})
    assert not LeftOut.objects.exists()


@pytest.mark.parametrize("button", [{"search": "yes"}, {"enter": "yes"}, {"leave_out": ""}])
def test_boxes_keep_their_marks_while_somebody_is_looked_for_and_left_out(
    button: dict[str, str], in_scope: Cast, draft: Round, as_user: Browser
) -> None:
    person = Person.objects.get(number="3")
    sent = everybody(in_scope) | {"q": "mens 3", "searched": ""} | button
    del sent[f"part-{in_scope.departments[NIGHT].pk}"]
    if "leave_out" in button:
        sent["leave_out"] = str(person.pk)
    response = as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent)
    assert response.status_code == 200
    assert [row.path for row in response.context["rows"] if not row.takes_part] == ["Zorg / Nachtdienst"]
    assert person in response.context["found"]
    assert not LeftOutDepartment.objects.exists(), "only “Save” saves the boxes"


def test_enter_in_another_field_than_the_search_saves(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    sent = everybody(in_scope) | {"q": "mens", "searched": "mens", "enter": "yes"}
    del sent[f"part-{in_scope.departments[NIGHT].pk}"]
    assert as_user(in_scope.anna).post(address(draft, "prepare/people/"), sent).status_code == 302
    assert LeftOutDepartment.objects.count() == 1


def test_somebody_elsewhere_is_neither_found_nor_left_out(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    with scope(organisation=in_scope.other_organisation):
        theirs = ensure_departments(in_scope.other_organisation, [])[KITCHEN]
        stranger = add_people(theirs, 1)[0]
        Person.objects.filter(pk=stranger.pk).update(given_name="Vreemdeling")
    client, page = as_user(in_scope.anna), address(draft, "prepare/people/")
    assert "Vreemdeling" not in client.get(page, {"q": "vreemd"}).content.decode()
    for sent in ({"leave_out": str(stranger.pk)}, {"take_back": str(stranger.pk)}, {"leave_out": "x"}):
        assert client.post(page, sent).status_code == 404
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
