"""R7: what may be seen of the response while a round runs."""

import pytest

from measurement.presentation import running_response, running_total


@pytest.mark.parametrize(
    ("received", "invited", "tenths"),
    [
        (0, 10, 0),
        (9, 100, 0),
        (10, 100, 1),
        (19, 100, 1),
        (89, 100, 8),
        (9, 10, 9),
        (99, 100, 9),
        (100, 100, 9),
        (10, 10, 9),
        (30, 10, 9),
    ],
)
def test_a_units_response_goes_in_steps_of_a_tenth_and_stops_at_nine(received: int, invited: int, tenths: int) -> None:
    assert running_response(received, invited) == tenths


@pytest.mark.parametrize(
    ("received", "invited", "count"),
    [(0, 10, 0), (9, 10, 0), (10, 12, 10), (19, 25, 10), (20, 25, 20), (1234, 2000, 1230)],
)
def test_the_live_count_is_rounded_down_to_tens(received: int, invited: int, count: int) -> None:
    assert running_total(received, invited) == count


@pytest.mark.parametrize(("invited", "count"), [(10, 0), (11, 0), (12, 10), (25, 20), (245, 220)])
def test_the_live_count_never_says_that_everybody_answered(invited: int, count: int) -> None:
    assert running_total(invited, invited) == count


@pytest.mark.parametrize("invited", [0, 1, 9])
def test_under_ten_invited_nothing_is_seen(invited: int) -> None:
    assert running_response(invited, invited) is None
    assert running_total(invited, invited) is None
