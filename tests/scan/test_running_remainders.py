"""R7, and what it does not say: two shares together may not tell about the few people between them."""

from uuid import UUID

from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisations.models import Person
from scan.models import Round, Unit
from scan.progress import visible_units
from scan.rounds import create_round, launch
from scan.tree import Tree, tree_of
from tests.cast import CLOSES, OPENS, Cast, add_people


def visible(cast: Cast, people: dict[str, int], leaders: int = 0) -> set[str]:
    """Paths of the units whose response may be seen, with this many people in each department."""
    with scope(organisation=cast.organisation):
        for key, count in people.items():
            add_people(cast.departments[key], count, leaders=leaders)
        round_ = create_round(cast.organisation, "Voorjaar", OPENS, CLOSES)
        launch(round_)
        tree = tree_of(round_)
        invited = tree.invited()
        assert invited is not None
        shown = visible_units(tree, invited)
        return {unit.path for unit in Unit.objects.filter(pk__in=shown)}


def test_a_parent_with_one_person_more_than_a_shown_team_is_left_out(cast: Cast) -> None:
    people = {"zorg / wijkteam oost": 10, "zorg": 1, "facilitair / keuken": 25, "facilitair": 10}
    assert visible(cast, people) == {"", "Facilitair", "Facilitair / Keuken"}


def test_a_parent_with_ten_people_more_is_shown(cast: Cast) -> None:
    people = {"zorg / wijkteam oost": 10, "zorg": 10}
    assert visible(cast, people) == {"", "Zorg", "Zorg / Wijkteam Oost"}


def test_the_total_and_the_shares_together_do_not_tell_about_a_few(cast: Cast) -> None:
    """Ten on night shift and five in the kitchen: the total minus the share of the night would be the kitchen's."""
    assert visible(cast, {"zorg / nachtdienst": 10, "facilitair / keuken": 5}) == {""}


def test_the_smallest_gives_way_to_the_total(cast: Cast) -> None:
    people = {"zorg / wijkteam oost": 30, "facilitair / keuken": 12, "": 3}
    assert visible(cast, people) == {"", "Zorg", "Zorg / Wijkteam Oost"}


def test_a_leader_is_not_told_apart_by_the_share_of_the_unit_above(cast: Cast) -> None:
    people = {"zorg / wijkteam oost": 11, "facilitair / keuken": 12}
    assert visible(cast, people, leaders=1) == {"", "Facilitair / Keuken"}
    with scope(organisation=cast.organisation):
        assert Person.objects.filter(is_leader=True).count() == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(counts=st.lists(st.integers(0, 25), min_size=6, max_size=6))
def test_no_difference_of_what_is_shown_is_about_one_to_nine_people(in_scope: Cast, counts: list[int]) -> None:
    """Between each shown unit and the shown ones next below it; the total of everybody included."""
    round_ = Round(organisation=in_scope.organisation)
    paths = ["", "Facilitair", "Facilitair / Keuken", "Zorg", "Zorg / Nachtdienst", "Zorg / Wijkteam Oost"]
    units: dict[str, Unit] = {}
    for path in paths:
        parent = None if not path else units[" / ".join(path.split(" / ")[:-1])]
        units[path] = Unit(round=round_, path=path, path_key=path.casefold(), name=path, parent=parent)
    tree = Tree({unit.pk: unit for unit in units.values()})
    invited = tree.sums({units[path].pk: count for path, count in zip(paths, counts, strict=True)})
    shown = visible_units(tree, invited)
    assert (tree.root.pk in shown) == (invited[tree.root.pk] >= 10)
    for pk in shown:
        below = [unit for unit in tree.departments if unit.pk in shown and _next_shown(tree, unit, shown) == pk]
        assert not 1 <= invited[pk] - sum(invited[unit.pk] for unit in below) < 10


def _next_shown(tree: Tree, unit: Unit, shown: set[UUID]) -> UUID | None:
    return next((above.pk for above in tree.ancestors(unit) if above.pk in shown), None)
