"""What the file calls a department, and what it is called here: merged, renamed, moved, or truly new."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations import department_changes as changes
from organisations.departments import ensure_departments
from organisations.models import Department, EarlierPath, Membership, Person
from organisations.staff_list.places import Places
from tests.cast import Cast
from tests.organisations.staff_list.files import apply, csv_file, list_of, someone

NIGHT = "zorg / nachtdienst"


def places(**earlier: str) -> Places:
    paths = {"": "", "a": "A", "a / c": "A / C", "d": "D"}
    return Places(paths, {"gone": "D"}, {key.replace("_", " / "): path for key, path in earlier.items()})


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("B", "A"),
        ("b / X", "A / X"),
        ("B / C", "A / C"),
        ("Gone / X", "D / X"),
        ("A", "A"),
        ("New", "New"),
        ("Old name / D", "D"),
        ("A / E", "D"),
        ("B / E / X", "D / X"),
    ],
)
def test_an_earlier_path_is_todays(path: str, here: str) -> None:
    assert places(b="A", a_e="D", **{"old name": ""}).path(path) == here


def test_a_file_that_names_both_means_a_new_department() -> None:
    both = places(b="A").for_file(["B", "A / X"])
    assert (both.path("B"), both.renamed(["B"])) == ("B", {})
    assert places(b="A").for_file(["B / X", "D"]).path("B / X") == "A / X"


def test_what_was_merged_stays_merged_also_when_the_file_names_both() -> None:
    assert places().for_file(["Gone", "D"]).path("Gone") == "D"


def test_what_is_called_otherwise_is_told_once() -> None:
    told = places(b="A").for_file(["B", "B / X", "D"]).renamed(["B", "B / X", "B / Y", "D"])
    assert told == {"B": "A"}


# From the changes on screen to the next import


def rows() -> bytes:
    return list_of(someone(1), someone(2, "Bos", department="Facilitair / Keuken"))


@pytest.fixture
def imported(in_scope: Cast) -> Cast:
    apply(in_scope.organisation, rows())
    return in_scope


def where() -> dict[str, str]:
    return dict(Person.objects.values_list("number", "department__path"))


def test_a_department_that_was_renamed_or_moved_is_known_in_the_next_file(imported: Cast) -> None:
    organisation, departments = imported.organisation, imported.departments
    with scope(organisation=organisation):
        Membership.objects.get(user=imported.mo).departments.set([departments[NIGHT]])
    changes.rename_department(organisation, departments[NIGHT].pk, "Nachtzorg")
    changes.move_department(organisation, departments["facilitair / keuken"].pk, departments["zorg"].pk)
    changes.rename_department(organisation, departments["zorg"].pk, "Care")
    plan = apply(organisation, rows())
    assert (plan.unchanged, plan.new_departments) == (2, [])
    assert plan.renamed == {"Facilitair / Keuken": "Care / Keuken", "Zorg / Nachtdienst": "Care / Nachtzorg"}
    assert where() == {"1": "Care / Nachtzorg", "2": "Care / Keuken"}
    assert Membership.objects.get(user=imported.mo).departments.get().path == "Care / Nachtzorg"


def test_what_lay_below_a_department_that_was_merged_is_known(imported: Cast) -> None:
    organisation, departments = imported.organisation, imported.departments
    changes.merge_departments(organisation, departments["facilitair"].pk, departments["zorg"].pk)
    plan = apply(organisation, rows())
    assert (plan.unchanged, where()["2"]) == (2, "Zorg / Keuken")


def test_a_department_that_was_renamed_and_then_merged_is_known(imported: Cast) -> None:
    organisation, departments = imported.organisation, imported.departments
    changes.rename_department(organisation, departments[NIGHT].pk, "Nachtzorg")
    changes.merge_departments(organisation, departments[NIGHT].pk, departments["facilitair"].pk)
    assert (apply(organisation, rows()).unchanged, where()["1"]) == (2, "Facilitair")


def test_a_new_department_of_an_old_name_wins(imported: Cast) -> None:
    organisation, departments = imported.organisation, imported.departments
    changes.rename_department(organisation, departments[NIGHT].pk, "Nachtzorg")
    added = changes.add_department(organisation, departments["zorg"].pk, "Nachtdienst")
    assert not EarlierPath.objects.exists()
    apply(organisation, rows())
    assert Person.objects.get(number="1").department == added


def test_an_import_that_makes_a_department_of_an_old_name_forgets_what_was_so_called(imported: Cast) -> None:
    changes.rename_department(imported.organisation, imported.departments[NIGHT].pk, "Nachtzorg")
    apply(imported.organisation, list_of(someone(1), someone(3, department="Zorg / Nachtzorg")))
    assert where() == {"1": "Zorg / Nachtdienst", "2": "Facilitair / Keuken", "3": "Zorg / Nachtzorg"}
    assert not EarlierPath.objects.exists()


def test_a_name_that_changed_back_is_no_riddle(imported: Cast) -> None:
    night = imported.departments[NIGHT]
    for name in ("Nachtzorg", "Nachtdienst"):
        changes.rename_department(imported.organisation, night.pk, name)
    assert apply(imported.organisation, rows()).unchanged == 2


def test_the_earlier_name_of_the_organisation_is_no_level(cast: Cast, as_user: Callable[[Any], Client]) -> None:
    content = csv_file(
        [
            ["Nr", "Voornaam", "Achternaam", "Niveau 1", "Niveau 2"],
            ["1", "Jan", "Vos", "Zorggroep De Linde", "Zorg"],
            ["2", "Piet", "Bos", "Zorggroep De Linde", "Facilitair"],
        ]
    )
    with scope(organisation=cast.organisation):
        apply(cast.organisation, content)
    data = {"name": "Stichting De Eik", "language": "nl", "council": "OR", "time_zone": "Europe/Amsterdam"}
    as_user(cast.anna).post(f"/o/{cast.organisation.slug}/settings/", data)
    cast.organisation.refresh_from_db()
    with scope(organisation=cast.organisation):
        plan = apply(cast.organisation, content)
        assert (plan.unchanged, plan.new_departments) == (2, [])
        assert plan.renamed == {"Zorggroep De Linde": ""}
        assert Department.objects.get(parent=None).name == "Stichting De Eik"


def test_other_organisations_remember_for_themselves(imported: Cast) -> None:
    changes.rename_department(imported.organisation, imported.departments[NIGHT].pk, "Nachtzorg")
    with scope(organisation=imported.other_organisation):
        ensure_departments(imported.other_organisation, ["Zorg / Nachtdienst"])
        assert not EarlierPath.objects.exists()
