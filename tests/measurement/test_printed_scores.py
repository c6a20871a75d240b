"""Many scores at once are written down as one is (section 1, R9)."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from measurement.comparison import printed
from measurement.presentation import bounded
from measurement.scoring import score, whole

answered = st.integers(1, 10**7).flatmap(lambda count: st.tuples(st.integers(count, 5 * count), st.just(count)))


@given(st.lists(answered, min_size=1, max_size=20))
def test_many_scores_are_written_down_as_one_is(pairs: list[tuple[int, int]]) -> None:
    sums, counts = (np.array(column, dtype=np.int64) for column in zip(*pairs, strict=True))
    assert printed(sums, counts).tolist() == [bounded(whole(score(total, count)))[0] for total, count in pairs]


def test_halves_go_up_and_bounds_hold() -> None:
    # 2.5 of 100 points, 62.5, all fives and all ones.
    sums, counts = np.array([11, 35, 50, 10]), np.array([10, 10, 10, 10])
    assert printed(sums, counts).tolist() == [5, 63, 95, 5]
