"""Which unit came from which: through renames, moves and merges; and when it cannot be said."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from hypothesis import given
from hypothesis import strategies as st

from reports.over_time.lineage import Forest, Lineage, Origin

SPACE = UUID("5c0f0b62-1f0e-4c5e-9a52-0d7d3b1a9e11")


def named(name: str) -> UUID:
    return uuid5(SPACE, name)


def forest(when: str, **units: str) -> Forest:
    """`zorg="huis: D1 D2"`: unit zorg below huis, with the departments D1 and D2 of its own. Parents first."""
    split = {unit: text.partition(":") for unit, text in units.items()}
    return Forest(
        {named(when + unit): named(when + above) if above else None for unit, (above, _colon, _rest) in split.items()},
        {
            named(when + unit): frozenset(named(department) for department in departments.split())
            for unit, (_above, _colon, departments) in split.items()
        },
    )


def came_from(
    then: Mapping[str, str], now: Mapping[str, str], unit: str, merged: Mapping[str, str] | None = None
) -> tuple[list[str], bool] | None:
    """The names of what this unit was, and whether the same parts took part; None: cannot be compared."""
    merged_into = {named(one): named(into) for one, into in (merged or {}).items()}
    found = Lineage(forest("then", **then), forest("now", **now), merged_into).origin(named("now" + unit))
    if found is None:
        return None
    names = {named("then" + name): name for name in then}
    return [names[one] for one in found.units], found.same_parts


HOUSE = {"huis": ":H", "zorg": "huis:Z", "oost": "zorg:O", "nacht": "zorg:N", "fac": "huis:F"}


def test_the_same_tree_is_followed_unit_by_unit_whatever_it_is_called() -> None:
    now = {"huis": ":H", "care": "huis:Z", "oost2": "care:O", "nacht": "care:N", "fac": "huis:F"}
    assert came_from(HOUSE, now, "huis") == (["huis"], True)
    assert came_from(HOUSE, now, "care") == (["zorg"], True)
    assert came_from(HOUSE, now, "oost2") == (["oost"], True)


def test_a_department_that_moved_is_followed_and_those_it_left_and_came_to_are_not_the_same_any_more() -> None:
    now = HOUSE | {"nacht": "fac:N"}
    now = {unit: now[unit] for unit in ("huis", "zorg", "oost", "fac", "nacht")}
    assert came_from(HOUSE, now, "nacht") == (["nacht"], True)
    assert came_from(HOUSE, now, "zorg") is None
    assert came_from(HOUSE, now, "fac") == (["nacht", "fac"], True)
    assert came_from(HOUSE, now, "huis") == (["huis"], True)


def test_departments_that_were_merged_count_together() -> None:
    now = {"huis": ":H", "zorg": "huis:Z", "oost": "zorg:O", "fac": "huis:F"}
    assert came_from(HOUSE, now, "oost", {"N": "O"}) == (["oost", "nacht"], True)
    assert came_from(HOUSE, now, "zorg", {"N": "O"}) == (["zorg"], True)


def test_a_merge_in_several_steps_is_followed_to_its_end() -> None:
    now = {"huis": ":H", "zorg": "huis:Z", "west": "zorg:W", "fac": "huis:F"}
    assert came_from(HOUSE, now, "west", {"N": "O", "O": "W"}) == (["oost", "nacht"], True)


def test_a_merge_after_both_rounds_plays_no_part() -> None:
    assert came_from(HOUSE, HOUSE, "oost", {"N": "O"}) == (["oost"], True)
    assert came_from(HOUSE, HOUSE, "nacht", {"N": "O"}) == (["nacht"], True)


def test_departments_that_answer_together_this_time_count_together() -> None:
    now = {"huis": ":H", "zorg": "huis:Z", "both": "zorg:O N", "fac": "huis:F"}
    assert came_from(HOUSE, now, "both") == (["oost", "nacht"], True)


def test_one_of_departments_that_answered_together_before_cannot_be_told_from_the_other() -> None:
    then = {"huis": ":H", "zorg": "huis:Z", "both": "zorg:O N", "fac": "huis:F"}
    assert came_from(then, HOUSE, "oost") is None
    assert came_from(then, HOUSE, "nacht") is None
    assert came_from(then, HOUSE, "zorg") == (["zorg"], True)
    without = {unit: HOUSE[unit] for unit in ("huis", "zorg", "oost", "fac")}
    assert came_from(then, without, "oost") is None  # also when the other one ended
    assert came_from(then, without, "zorg") == (["zorg"], False)


def test_a_department_that_is_new_was_not_there() -> None:
    now = HOUSE | {"west": "zorg:W"}
    assert came_from(HOUSE, now, "west") == ([], False)
    assert came_from(HOUSE, now, "zorg") == (["zorg"], False)
    assert came_from(HOUSE, now, "oost") == (["oost"], True)


def test_a_department_that_ended_does_not_stand_in_the_way_of_those_above() -> None:
    now = {unit: HOUSE[unit] for unit in ("huis", "zorg", "oost", "fac")}
    assert came_from(HOUSE, now, "zorg") == (["zorg"], False)
    assert came_from(HOUSE, now, "huis") == (["huis"], False)
    assert came_from(HOUSE, now, "fac") == (["fac"], True)


def test_a_new_department_above_is_compared_with_those_below_it() -> None:
    now = {"huis": ":H", "care": "huis:C", "oost": "care:O", "nacht": "care:N", "fac": "huis:F"}
    assert came_from(HOUSE, now, "care") == (["oost", "nacht"], False)


def test_a_new_department_above_a_single_one_comes_from_it_but_does_not_continue_it() -> None:
    now = {"huis": ":H", "zorg": "huis:Z", "oost": "zorg:O", "nacht": "zorg:N", "steun": "huis:S", "fac": "steun:F"}
    assert came_from(HOUSE, now, "steun") == (["fac"], False)
    lineage = Lineage(forest("then", **HOUSE), forest("now", **now), {})
    continued = {name: origin.continues for name in now if (origin := lineage.origin(named("now" + name)))}
    assert continued == {name: None if name == "steun" else named("then" + name) for name in now}


def test_a_department_that_a_team_left_is_not_what_it_was() -> None:
    """A team left Zorg: its answers cannot be taken out of the earlier figures."""
    now = {"huis": ":H", "care": "huis:Z", "oost": "huis:O", "nacht": "care:N", "fac": "huis:F"}
    assert came_from(HOUSE, now, "care") is None
    assert came_from(HOUSE, now, "oost") == (["oost"], True)


def test_units_without_departments_came_from_nowhere() -> None:
    """As in rounds of very old versions."""
    assert came_from({"huis": ":", "zorg": "huis:"}, {"huis": ":", "zorg": "huis:"}, "huis") == ([], False)


@st.composite
def forests(draw: st.DrawFn, when: str) -> Forest:
    """Ten departments, each in one unit or in none, in units that hang together at random."""
    count = draw(st.integers(1, 7))
    units = [named(f"{when}{number}") for number in range(count)]
    parents = {unit: draw(st.sampled_from(units[:number])) if number else None for number, unit in enumerate(units)}
    own: dict[UUID, set[UUID]] = {unit: set() for unit in units}
    for number in range(10):
        place = draw(st.sampled_from([*units, None]))
        if place is not None:
            own[place].add(named(f"D{number}"))
    return Forest(parents, {unit: frozenset(departments) for unit, departments in own.items()})


@given(
    earlier=forests("then"),
    later=forests("now"),
    merges=st.dictionaries(st.integers(0, 8), st.integers(1, 9)),
)
def test_what_is_compared_holds_every_department_that_is_in_both_and_no_other(
    earlier: Forest, later: Forest, merges: dict[int, int]
) -> None:
    merged = {named(f"D{one}"): named(f"D{into}") for one, into in merges.items() if into > one}
    lineage = Lineage(earlier, later, merged)

    def goes_to(department: UUID) -> UUID | None:
        while department not in later.unit_of and department in merged:
            department = merged[department]
        return later.unit_of.get(department)

    for unit in later.parents:
        origin = lineage.origin(unit)
        if origin is None:
            continue
        below = {one for one in later.parents if one == unit or unit in later.above(one)}
        parts = {department for department in earlier.unit_of if goes_to(department) in below}
        held = [earlier.covered[one] for one in origin.units]
        assert sum(map(len, held)) == len(frozenset().union(*held))  # disjoint
        assert {one for one in frozenset().union(*held) if goes_to(one) is not None} == parts
        assert bool(origin.units) == bool(parts)
    origins = [lineage.origin(unit) for unit in later.parents]
    continued = [origin.continues for origin in origins if origin and origin.continues]
    assert len(continued) == len(set(continued))


@given(tree=forests("both"))
def test_in_an_unchanged_tree_every_unit_with_departments_is_what_it_was(tree: Forest) -> None:
    lineage = Lineage(tree, tree, {})
    for unit, departments in tree.own.items():
        if departments:
            assert lineage.origin(unit) == Origin((unit,), same_parts=True, continues=unit)
