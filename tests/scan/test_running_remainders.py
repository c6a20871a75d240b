"""R7, and what it does not say: two shares together may not tell about the few people between them."""

from django_scopes import scope

from organisations.models import Person
from scan.models import Unit
from scan.progress import visible_units
from scan.rounds import create_round, launch
from scan.tree import tree_of
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
    people = {"zorg / wijkteam oost": 10, "zorg": 1, "facilitair / keuken": 12}
    assert visible(cast, people) == {"Zorg / Wijkteam Oost", "Facilitair", "Facilitair / Keuken"}


def test_a_parent_with_ten_people_more_is_shown(cast: Cast) -> None:
    people = {"zorg / wijkteam oost": 10, "zorg": 10}
    assert visible(cast, people) == {"", "Zorg", "Zorg / Wijkteam Oost"}


def test_a_leader_is_not_told_apart_by_the_share_of_the_unit_above(cast: Cast) -> None:
    people = {"zorg / wijkteam oost": 11, "facilitair / keuken": 11}
    assert visible(cast, people, leaders=1) == {"Zorg / Wijkteam Oost", "Facilitair / Keuken"}
    with scope(organisation=cast.organisation):
        assert Person.objects.filter(is_leader=True).count() == 2
