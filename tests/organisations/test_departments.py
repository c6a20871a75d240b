"""Departments of a list of paths are made once, with those above them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from organisations.departments import by_path, ensure_departments, root_of
from organisations.models import Department
from tests.cast import PATHS, Cast


def paths() -> dict[str, str | None]:
    """Path -> path of the department above it."""
    return {department.path: department.parent.path if department.parent else None for department in all_departments()}


def all_departments() -> list[Department]:
    return list(Department.objects.select_related("parent").order_by("path_key"))


def test_missing_departments_are_made_with_those_above_them(in_scope: Cast) -> None:
    assert paths() == {
        "": None,
        "Facilitair": "",
        "Facilitair / Keuken": "Facilitair",
        "Zorg": "",
        "Zorg / Nachtdienst": "Zorg",
        "Zorg / Wijkteam Oost": "Zorg",
    }


def test_doing_it_again_makes_nothing(in_scope: Cast) -> None:
    before = {department.pk for department in all_departments()}
    ensure_departments(in_scope.organisation, [*PATHS, *reversed(PATHS), "Zorg", ""])
    assert {department.pk for department in all_departments()} == before


@pytest.mark.parametrize("path", ["zorg / WIJKTEAM oost", "Zorg/Wijkteam Oost", "  Zorg /  Wijkteam  Oost "])
def test_another_spelling_is_the_same_department(in_scope: Cast, path: str) -> None:
    before = len(all_departments())
    found = ensure_departments(in_scope.organisation, [path])
    assert len(all_departments()) == before
    assert found["zorg / wijkteam oost"].path == "Zorg / Wijkteam Oost"


def test_a_composed_and_a_decomposed_name_are_one_department(in_scope: Cast) -> None:
    ensure_departments(in_scope.organisation, ["Caf\u00e9", "Cafe\u0301"])
    assert [department.name for department in all_departments() if department.name.startswith("Caf")] == ["Caf\u00e9"]


def test_the_answer_has_every_department_by_its_key(in_scope: Cast) -> None:
    found = ensure_departments(in_scope.organisation, ["Zorg / Nieuw / Dieper"])
    assert found["zorg / nieuw / dieper"].parent == found["zorg / nieuw"]
    assert found["zorg / nieuw"].parent == found["zorg"]
    assert found["zorg"].parent == found[""] == root_of(in_scope.organisation)
    assert {key: department.pk for key, department in by_path(in_scope.organisation).items()} == {
        key: department.pk for key, department in found.items()
    }


def test_a_path_is_the_path_above_it_and_the_own_name(in_scope: Cast) -> None:
    """Whatever spelling the new path used for the departments that were there already."""
    new = ensure_departments(in_scope.organisation, ["ZORG / wijkteam OOST / Nieuw"])["zorg / wijkteam oost / nieuw"]
    assert new.parent is not None
    assert new.parent.path == "Zorg / Wijkteam Oost"
    assert new.path == "Zorg / Wijkteam Oost / Nieuw"


def test_a_name_may_come_back_elsewhere_in_the_tree(in_scope: Cast) -> None:
    found = ensure_departments(in_scope.organisation, ["Facilitair / Nachtdienst"])
    assert found["facilitair / nachtdienst"].pk != found["zorg / nachtdienst"].pk


def test_two_organisations_have_trees_of_their_own(cast: Cast) -> None:
    with scope(organisation=cast.other_organisation):
        other = ensure_departments(cast.other_organisation, PATHS)
    assert {department.pk for department in other.values()}.isdisjoint(
        department.pk for department in cast.departments.values()
    )
    assert all(department.organisation_id == cast.other_organisation.pk for department in other.values())


def test_an_archived_department_is_none_of_todays(in_scope: Cast) -> None:
    kitchen = in_scope.departments["facilitair / keuken"]
    Department.objects.filter(pk=kitchen.pk).update(archived_on=date(2026, 1, 1))
    assert "facilitair / keuken" not in by_path(in_scope.organisation)
    again = ensure_departments(in_scope.organisation, ["Facilitair / Keuken"])["facilitair / keuken"]
    assert again.pk != kitchen.pk


def test_the_database_refuses_the_same_path_twice(in_scope: Cast) -> None:
    zorg = in_scope.departments["zorg"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.create(
            organisation=in_scope.organisation, parent=zorg.parent, name="ZORG", path="ZORG", path_key="zorg"
        )
