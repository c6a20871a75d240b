"""Add, rename and move departments by hand: paths follow, names stay one of a kind, and no circle arises."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from organisations.commands import InputError
from organisations.department_changes import add_department, move_department, rename_department
from organisations.departments import ensure_departments, root_of
from organisations.models import Department, LogEntry
from organisations.names import MAX_NAME, MAX_PATH, path_key
from tests.cast import Cast
from tests.organisations.trees import faults_of, paths

EAST, NIGHT, KITCHEN = "zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


def pk(cast: Cast, key: str) -> UUID:
    return cast.departments[key].pk


def path_of(cast: Cast, key: str) -> str:
    return Department.objects.get(pk=pk(cast, key)).path


def log_lines() -> list[tuple[str, str, str]]:
    return [(entry.action, entry.subject, str(entry.user)) for entry in LogEntry.objects.select_related("user")]


def test_a_department_is_added_under_another_one(in_scope: Cast) -> None:
    added = add_department(in_scope.organisation, pk(in_scope, "zorg"), "  Wijkteam   West ", in_scope.anna)
    assert (added.path, added.path_key) == ("Zorg / Wijkteam West", "zorg / wijkteam west")
    assert added.parent_id == pk(in_scope, "zorg")
    assert log_lines() == [("add_department", "Zorg / Wijkteam West", "Anna")]


def test_a_department_is_added_under_the_organisation_itself(in_scope: Cast) -> None:
    assert add_department(in_scope.organisation, root_of(in_scope.organisation).pk, "Bestuur").path == "Bestuur"


def test_renaming_changes_the_paths_of_all_below(in_scope: Cast) -> None:
    rename_department(in_scope.organisation, pk(in_scope, "zorg"), "Verpleging", in_scope.anna)
    assert paths(in_scope.organisation) == [
        "",
        "Facilitair",
        "Facilitair / Keuken",
        "Verpleging",
        "Verpleging / Nachtdienst",
        "Verpleging / Wijkteam Oost",
    ]
    assert faults_of(in_scope.organisation) == []
    assert log_lines() == [("rename_department", "Zorg → Verpleging", "Anna")]


def test_another_spelling_of_the_own_name_is_allowed(in_scope: Cast) -> None:
    rename_department(in_scope.organisation, pk(in_scope, EAST), "WIJKTEAM oost")
    assert path_of(in_scope, EAST) == "Zorg / WIJKTEAM oost"
    assert faults_of(in_scope.organisation) == []


def test_the_same_name_again_is_not_written_in_the_log(in_scope: Cast) -> None:
    rename_department(in_scope.organisation, pk(in_scope, EAST), "Wijkteam Oost", in_scope.anna)
    move_department(in_scope.organisation, pk(in_scope, EAST), pk(in_scope, "zorg"), in_scope.anna)
    assert log_lines() == []


def test_moving_takes_everything_below_along(in_scope: Cast) -> None:
    move_department(in_scope.organisation, pk(in_scope, "zorg"), pk(in_scope, KITCHEN), in_scope.anna)
    assert paths(in_scope.organisation) == [
        "",
        "Facilitair",
        "Facilitair / Keuken",
        "Facilitair / Keuken / Zorg",
        "Facilitair / Keuken / Zorg / Nachtdienst",
        "Facilitair / Keuken / Zorg / Wijkteam Oost",
    ]
    assert faults_of(in_scope.organisation) == []
    assert log_lines() == [("move_department", "Zorg → Facilitair / Keuken / Zorg", "Anna")]


def test_moving_up_to_the_place_of_nobody(in_scope: Cast) -> None:
    move_department(in_scope.organisation, pk(in_scope, EAST), root_of(in_scope.organisation).pk)
    assert path_of(in_scope, EAST) == "Wijkteam Oost"


@pytest.mark.parametrize("name", ["Nachtdienst", "nachtdienst", "  NACHTdienst  "])
def test_a_name_that_a_sibling_has_is_refused_and_the_text_says_which(in_scope: Cast, name: str) -> None:
    with pytest.raises(InputError, match="“Nachtdienst” under “Zorg”"):
        rename_department(in_scope.organisation, pk(in_scope, EAST), name)
    with pytest.raises(InputError, match="“Nachtdienst” under “Zorg”"):
        add_department(in_scope.organisation, pk(in_scope, "zorg"), name)
    assert faults_of(in_scope.organisation) == []
    assert path_of(in_scope, EAST) == "Zorg / Wijkteam Oost"


def test_moving_to_where_the_name_is_taken_is_refused(in_scope: Cast) -> None:
    ensure_departments(in_scope.organisation, ["Facilitair / NACHTDIENST"])
    with pytest.raises(InputError, match="“NACHTDIENST” under “Facilitair”"):
        move_department(in_scope.organisation, pk(in_scope, NIGHT), pk(in_scope, "facilitair"))
    assert path_of(in_scope, NIGHT) == "Zorg / Nachtdienst"


def test_a_name_of_an_archived_department_is_free(in_scope: Cast) -> None:
    Department.objects.filter(pk=pk(in_scope, NIGHT)).update(archived_on="2026-01-01")
    rename_department(in_scope.organisation, pk(in_scope, EAST), "Nachtdienst")
    assert path_of(in_scope, EAST) == "Zorg / Nachtdienst"


@pytest.mark.parametrize("key", ["zorg", EAST])
def test_moving_to_itself_or_below_is_refused(in_scope: Cast, key: str) -> None:
    with pytest.raises(InputError, match=r"Zorg"):
        move_department(in_scope.organisation, pk(in_scope, "zorg"), pk(in_scope, key))
    assert faults_of(in_scope.organisation) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("", "Give the department a name"),
        ("   ", "Give the department a name"),
        ("Oost/West", "holds no “/”"),
        ("/", "holds no “/”"),
        ("x" * (MAX_NAME + 1), "has 121 characters; at most 120"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_the_remedy(in_scope: Cast, name: str, text: str) -> None:
    for change in (rename_department, add_department):
        with pytest.raises(InputError, match=text):
            change(in_scope.organisation, pk(in_scope, EAST), name)
    assert len(paths(in_scope.organisation)) == 6


def test_a_name_of_the_most_characters_is_allowed(in_scope: Cast) -> None:
    rename_department(in_scope.organisation, pk(in_scope, EAST), "x" * MAX_NAME)
    assert path_of(in_scope, EAST) == "Zorg / " + "x" * MAX_NAME


@pytest.mark.parametrize("letter", ["x", "\u0149"])
def test_a_path_that_gets_too_long_is_refused_also_when_only_its_key_does(in_scope: Cast, letter: str) -> None:
    """Folding the case makes two letters of the second one, an n with an apostrophe."""
    parent = pk(in_scope, EAST)
    while len(path_key(Department.objects.get(pk=parent).path + " / " + letter * MAX_NAME)) <= MAX_PATH:
        parent = add_department(in_scope.organisation, parent, letter * MAX_NAME).pk
    with pytest.raises(InputError, match="room for 1000 characters"):
        add_department(in_scope.organisation, parent, letter * MAX_NAME)
    assert faults_of(in_scope.organisation) == []


def test_moving_is_refused_when_something_far_below_gets_too_long(in_scope: Cast) -> None:
    names = ["x" * MAX_NAME] * 7
    ensure_departments(
        in_scope.organisation, ["Diep / " + " / ".join(names), "Breed / " + " / ".join(("y" * MAX_NAME, "zz"))]
    )
    deep = Department.objects.get(path="Diep")
    with pytest.raises(InputError, match="room for 1000 characters"):
        move_department(in_scope.organisation, deep.pk, Department.objects.get(name="zz").pk)
    assert faults_of(in_scope.organisation) == []


def test_the_organisation_itself_stays_where_it_is(in_scope: Cast) -> None:
    root = root_of(in_scope.organisation)
    with pytest.raises(InputError, match="settings"):
        rename_department(in_scope.organisation, root.pk, "Anders")
    with pytest.raises(InputError, match="cannot be moved"):
        move_department(in_scope.organisation, root.pk, pk(in_scope, "zorg"))


def test_what_is_not_of_today_or_not_of_this_organisation_is_no_place_to_go(in_scope: Cast) -> None:
    Department.objects.filter(pk=pk(in_scope, KITCHEN)).update(archived_on="2026-01-01")
    for elsewhere in (pk(in_scope, KITCHEN), uuid4()):
        with pytest.raises(InputError, match="archived or merged meanwhile"):
            move_department(in_scope.organisation, pk(in_scope, EAST), elsewhere)
        with pytest.raises(InputError, match="archived or merged meanwhile"):
            add_department(in_scope.organisation, elsewhere, "Nieuw")
