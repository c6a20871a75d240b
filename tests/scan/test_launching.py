from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from organisations.commands import InputError
from organisations.models import Organisation, Person
from scan.models import Invitation, Round, Unit
from scan.rounds import launch
from scan.tokens import token_of
from tests.cast import Cast, add_people
from tests.scan.asking import launched_round, new_round


def staffed(cast: Cast) -> Round:
    """A draft round: Oost 4 and Nacht 3 people, each with one leader; Zorg and the organisation have a head."""
    add_people(cast.departments["zorg / wijkteam oost"], 4, leaders=1)
    add_people(cast.departments["zorg / nachtdienst"], 3, leaders=1)
    add_people(cast.departments["zorg"], 1, leaders=1)
    add_people(cast.departments[""], 2, leaders=1)
    return new_round(cast)


def own_invited(round_: Round) -> dict[tuple[str, str], int | None]:
    """{(path of the unit or of the leaf's parent, kind): invited}"""
    return {
        (unit.parent.path if unit.kind == Unit.Kind.LEADERS and unit.parent else unit.path, unit.kind): unit.invited
        for unit in Unit.objects.filter(round=round_).select_related("parent")
    }


def test_the_tree_of_departments_becomes_the_tree_of_units(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    launch(round_)
    units = {unit.path: unit for unit in Unit.objects.filter(round=round_, kind=Unit.Kind.DEPARTMENT)}
    assert set(units) == {
        "",
        "Zorg",
        "Zorg / Wijkteam Oost",
        "Zorg / Nachtdienst",
        "Facilitair",
        "Facilitair / Keuken",
    }
    assert units[""].parent is None
    assert units["Zorg"].parent == units[""]
    assert units["Zorg / Wijkteam Oost"].parent == units["Zorg"]
    assert units["Zorg"].name == "Zorg"
    for path, unit in units.items():
        assert [department.path for department in unit.departments.all()] == [path]


def test_leaders_answer_in_the_leaf_of_the_parent_and_the_head_in_that_of_the_root(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    launch(round_)
    leaves = Unit.objects.filter(round=round_, kind=Unit.Kind.LEADERS)
    assert {leaf.parent.path for leaf in leaves if leaf.parent} == {"", "Zorg"}
    for invitation in Invitation.objects.filter(round=round_).select_related("person__department", "unit__parent"):
        assert invitation.person is not None
        department = invitation.person.department
        if not invitation.person.is_leader:
            assert (invitation.unit.kind, invitation.unit.path) == (Unit.Kind.DEPARTMENT, department.path)
            continue
        above = department.parent.path if department.parent else ""
        assert invitation.unit.kind == Unit.Kind.LEADERS
        assert invitation.unit.parent is not None
        assert invitation.unit.parent.path == above


def test_everybody_on_the_list_is_invited_once_and_counted_in_the_own_unit(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    launch(round_)
    assert Invitation.objects.filter(round=round_).count() == 10
    assert own_invited(round_) == {
        ("", "department"): 1,
        ("", "leaders"): 2,
        ("Zorg", "department"): 0,
        ("Zorg", "leaders"): 2,
        ("Zorg / Wijkteam Oost", "department"): 3,
        ("Zorg / Nachtdienst", "department"): 2,
        ("Facilitair", "department"): 0,
        ("Facilitair / Keuken", "department"): 0,
    }


def test_the_launched_round_is_open(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    launch(round_)
    round_.refresh_from_db()
    assert round_.state == Round.State.OPEN


def test_who_has_left_is_not_invited(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    gone = Person.objects.filter(is_leader=False)[0]
    Person.objects.filter(pk=gone.pk).update(left_on=date(2025, 12, 31))
    launch(round_)
    assert Invitation.objects.filter(round=round_).count() == 9
    assert not Invitation.objects.filter(person=gone).exists()


def test_an_archived_department_is_no_unit(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    kitchen = in_scope.departments["facilitair / keuken"]
    kitchen.archived_on = date(2025, 12, 31)
    kitchen.save()
    launch(round_)
    assert not Unit.objects.filter(round=round_, path="Facilitair / Keuken").exists()


def test_a_code_does_not_tell_whose_it_is_by_its_language(in_scope: Cast, as_user: Callable[[Any], Client]) -> None:
    person = add_people(in_scope.departments["zorg / wijkteam oost"], 3)[0]
    Person.objects.update(email="")
    Person.objects.filter(pk=person.pk).update(language="en")
    round_ = launched_round(in_scope)
    coded = Invitation.objects.filter(round=round_).exclude(code_hash=None)
    assert set(coded.values_list("language", flat=True)) == {"nl"}
    for invitation in coded:
        page = as_user(None).get(f"/a/{token_of(invitation.pk)}/", headers={"accept-language": "en"})
        assert '<html lang="en">' in page.content.decode()


def test_an_invitation_speaks_the_language_of_the_person(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    person = Person.objects.all()[0]
    Person.objects.filter(pk=person.pk).update(language="en")
    launch(round_)
    assert Invitation.objects.get(round=round_, person=person).language == "en"
    assert Invitation.objects.filter(round=round_, language="nl").count() == 9


def test_launching_twice_is_refused_and_changes_nothing(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    launch(round_)
    before = (Unit.objects.count(), Invitation.objects.count())
    with pytest.raises(InputError):
        launch(round_)
    assert (Unit.objects.count(), Invitation.objects.count()) == before


def test_a_closed_round_is_not_launched_again(in_scope: Cast) -> None:
    round_ = staffed(in_scope)
    Round.objects.filter(pk=round_.pk).update(state=Round.State.CLOSED)
    with pytest.raises(InputError):
        launch(round_)


def test_without_people_nothing_is_launched(in_scope: Cast) -> None:
    round_ = new_round(in_scope)
    with pytest.raises(InputError):
        launch(round_)
    round_.refresh_from_db()
    assert round_.state == Round.State.DRAFT
    assert not Unit.objects.exists()
    assert not Invitation.objects.exists()


def test_people_of_another_organisation_are_not_invited(in_scope: Cast) -> None:
    launched = launched_round(in_scope, people=3)
    assert Invitation.objects.filter(round=launched).count() == 3
    units = Unit.objects.filter(round=launched)
    assert {department.organisation_id for unit in units for department in unit.departments.all()} == {
        in_scope.organisation.pk
    }


def test_the_words_are_frozen(in_scope: Cast) -> None:
    organisation = in_scope.organisation
    organisation.words = {"nl": {"customers": "bewoners"}}
    organisation.save()
    round_ = staffed(in_scope)
    launch(round_)
    Organisation.objects.filter(pk=organisation.pk).update(words={"nl": {"customers": "gasten"}})
    round_.refresh_from_db()
    assert round_.words["nl"]["customers"] == "bewoners"
    assert round_.words["nl"]["department"] == "afdeling"
    assert round_.words["en"]["customers"] == "customers"


def test_the_tree_is_frozen(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    department = in_scope.departments["zorg / wijkteam oost"]
    department.name, department.path, department.path_key = "Oost", "Zorg / Oost", "zorg / oost"
    department.save()
    unit = Unit.objects.get(round=round_, departments=department)
    assert (unit.name, unit.path) == ("Wijkteam Oost", "Zorg / Wijkteam Oost")
