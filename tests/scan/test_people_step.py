"""What the checklist says about who takes part: somebody alone with a code, and open links for too many."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from organisations.models import Person
from scan.models import PlannedOpenLink, Round
from scan.preparing.checklist import checklist
from scan.preparing.choosing import choose
from scan.preparing.participation import participation_of
from scan.preparing.people_step import few_codes_warning
from scan.preparing.steps import Step
from tests.cast import Cast, add_people
from tests.scan.drafting import EAST, KITCHEN, NIGHT, address, ready_draft

Browser = Callable[[Any], Client]


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    in_scope.anna.language = "en"
    in_scope.anna.save()
    translation.activate("en")
    add_people(in_scope.departments[EAST], 8, leaders=2)
    add_people(in_scope.departments[NIGHT], 8, leaders=1)
    add_people(in_scope.departments[KITCHEN], 3)
    return ready_draft(in_scope)


def without_address(cast: Cast, name: str, count: int = 1, *, is_leader: bool) -> list[Person]:
    people = Person.objects.filter(department=cast.departments[name], is_leader=is_leader).order_by("number")
    found = list(people)[:count]
    Person.objects.filter(pk__in=[person.pk for person in found]).update(email="")
    return found


def people_step(draft: Round) -> Step:
    steps = checklist(draft, participation_of(draft))
    return next(step for step in steps if step.address.endswith("/people/"))


def test_a_leader_alone_with_a_code_is_named_among_the_leaders(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    (leader,) = without_address(in_scope, EAST, is_leader=True)
    step = people_step(draft)
    assert f"{leader} (the leaders of Zorg)" in step.todo
    assert "form one group with another" not in step.todo
    edit = f"/o/{in_scope.organisation.slug}/people/{leader.pk}/"
    assert [link.address for link in step.links] == [edit]
    for page in ("prepare/", "prepare/launch/"):
        assert f'href="{edit}"' in as_user(in_scope.anna).get(address(draft, page)).content.decode()


def test_somebody_alone_in_a_department_may_also_be_joined(in_scope: Cast, draft: Round) -> None:
    (person,) = without_address(in_scope, EAST, is_leader=False)
    todo = people_step(draft).todo
    assert f"{person} (Zorg / Wijkteam Oost)" in todo
    assert "form one group with another" in todo


def test_somebody_without_a_name_is_named_by_number(in_scope: Cast, draft: Round) -> None:
    (person,) = without_address(in_scope, EAST, is_leader=False)
    Person.objects.filter(pk=person.pk).update(given_name="")
    assert f"{person.number} (Zorg / Wijkteam Oost)" in people_step(draft).todo


def test_few_codes_among_leaders_are_said_to_be_theirs(in_scope: Cast, draft: Round) -> None:
    without_address(in_scope, EAST, 2, is_leader=True)
    warning = few_codes_warning(draft, participation_of(draft))
    assert "these groups: the leaders of Zorg." in warning
    assert people_step(draft).todo == ""


def test_an_open_link_for_more_than_there_are_by_now_stops_the_launch(in_scope: Cast, draft: Round) -> None:
    kitchen = in_scope.departments[KITCHEN]
    add_people(kitchen, 9)
    choose(draft, {department.pk for department in in_scope.departments.values()}, {kitchen.pk: 12})
    assert people_step(draft).todo == ""
    gone = Person.objects.filter(department=kitchen).first()
    assert gone is not None
    gone.delete()
    assert "“Keuken”: at most 11 people" in people_step(draft).todo
    PlannedOpenLink.objects.update(expected=11)
    assert people_step(draft).todo == ""
    Person.objects.filter(department=kitchen).delete()
    PlannedOpenLink.objects.update(expected=5001)
    assert "“Keuken”: at most 5000 people" in people_step(draft).todo
