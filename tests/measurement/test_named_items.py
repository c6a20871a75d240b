"""R5: from k people the names of up to three highest and three lowest items, in the order of the questionnaire."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from measurement.presentation import extremes

some_scores = st.dictionaries(
    st.sampled_from([f"q{number:02d}" for number in range(1, 41)]),
    st.integers(0, 8).map(lambda value: Fraction(value * 25, 2)),
    max_size=40,
)


def scores_of(*values: int) -> dict[str, Fraction]:
    return {f"q{number:02d}": Fraction(value) for number, value in enumerate(values, 1)}


def test_three_highest_and_three_lowest_in_the_order_of_the_questionnaire() -> None:
    highest, lowest = extremes(scores_of(70, 10, 90, 50, 80, 30, 20, 60))
    assert highest == ["q01", "q03", "q05"]
    assert lowest == ["q02", "q06", "q07"]


def test_items_that_share_the_last_place_are_all_left_out() -> None:
    highest, lowest = extremes(scores_of(90, 80, 70, 70, 50, 30, 30, 30, 10))
    assert highest == ["q01", "q02"]
    assert lowest == ["q09"]


def test_items_that_are_all_alike_give_no_names() -> None:
    assert extremes(scores_of(*[50] * 40)) == ([], [])


def test_a_tie_for_the_first_place_of_more_than_three_gives_no_names() -> None:
    highest, lowest = extremes(scores_of(90, 90, 90, 90, 20, 10, 30, 40))
    assert highest == []
    assert lowest == ["q05", "q06", "q07"]


def test_a_tie_inside_the_three_is_no_tie_for_the_last_place() -> None:
    assert extremes(scores_of(90, 90, 90, 50, 50, 10, 10, 10)) == (["q01", "q02", "q03"], ["q06", "q07", "q08"])


def test_few_items_are_never_in_both_lists() -> None:
    for count in range(7):
        highest, lowest = extremes(scores_of(*range(0, 10 * count, 10)))
        assert not set(highest) & set(lowest)


@settings(max_examples=150, deadline=None)
@given(scores=some_scores)
def test_named_items_really_are_the_highest_and_lowest(scores: dict[str, Fraction]) -> None:
    order = list(scores)
    for names, sign in zip(extremes(scores), (1, -1), strict=True):
        assert len(names) <= 3
        assert names == sorted(names, key=order.index)
        others = [sign * value for key, value in scores.items() if key not in names]
        rest = sorted(others, reverse=True)
        assert all(sign * scores[name] > rest[3 - len(names)] for name in names if len(rest) > 3 - len(names))
