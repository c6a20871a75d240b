"""Of everything the answer that was given last: whatever comes in late, twice, or from another device."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from scan.answering.boxes import OBSTACLES, REMARK, Sheet, merged

KEYS = ("q01", "q02", OBSTACLES, REMARK)


def change(key: str, value: int, moment: int) -> Sheet:
    if key == OBSTACLES:
        return Sheet(obstacles=["time_pressure"] * (value % 2), moments={key: moment})
    if key == REMARK:
        return Sheet(remark=str(value) * (value % 3), moments={key: moment})
    return Sheet({key: value}, moments={key: moment})


changes = st.lists(
    st.builds(change, st.sampled_from(KEYS), st.integers(1, 5), st.integers(0, 10**13)),
    max_size=5,
    unique_by=lambda sheet: next(iter(sheet.moments.values())),
)


def all_of(sheets: list[Sheet]) -> Sheet:
    result = Sheet()
    for sheet in sheets:
        result = merged(result, sheet)
    return result


@given(changes)
def test_the_order_of_arriving_makes_no_difference(sheets: list[Sheet]) -> None:
    results = [all_of(list(order)) for order in permutations(sheets)]
    assert all(result == results[0] for result in results)


@given(changes)
def test_what_arrives_twice_changes_nothing(sheets: list[Sheet]) -> None:
    assert all_of([*sheets, *sheets]) == all_of(sheets)


@given(changes)
def test_the_last_given_wins_and_nothing_is_lost(sheets: list[Sheet]) -> None:
    result = all_of(sheets)
    for key in KEYS:
        about = [sheet for sheet in sheets if key in sheet.moments]
        if about:
            last = max(about, key=lambda sheet: sheet.moments[key])
            assert result.moments[key] == last.moments[key]
            assert result.answers.get(key) == last.answers.get(key)
            if key == REMARK:
                assert result.remark == last.remark
            if key == OBSTACLES:
                assert result.obstacles == last.obstacles


def test_an_obstacle_or_a_remark_can_be_taken_away_again() -> None:
    before = Sheet(obstacles=["time_pressure"], remark="Oefenen.", moments={OBSTACLES: 5, REMARK: 5})
    after = merged(before, Sheet(moments={OBSTACLES: 6, REMARK: 6}))
    assert (after.obstacles, after.remark) == ([], "")


def test_at_the_same_moment_what_arrives_last_counts() -> None:
    assert merged(change("q01", 2, 7), change("q01", 4, 7)).answers == {"q01": 4}


def test_a_draft_of_an_earlier_version_without_moments_gives_way() -> None:
    assert merged(Sheet({"q01": 2}, remark="Oud."), change("q01", 4, 1)) == Sheet(
        {"q01": 4}, remark="Oud.", moments={"q01": 1}
    )
