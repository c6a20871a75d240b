"""The margin of one unit (measurement.md 5), and how it is written."""

import pytest

from measurement.statistics import Precision, interval, standard_error_now


@pytest.mark.parametrize(("share", "error"), [(0.75, 4.424), (0.0, 7.348)])
def test_the_worked_example(share: float, error: float) -> None:
    assert standard_error_now(18, 6, share, 0.85) == pytest.approx(error, abs=5e-4)


def test_a_margin_is_the_quantile_times_the_error() -> None:
    assert Precision(18, 0.85, 2.0, is_assumed=False).margin(6, 0.75) == pytest.approx(2 * 4.42437, abs=1e-4)


def test_the_more_people_answered_the_smaller_the_margin() -> None:
    precision = Precision(18, 0.85, 2.0, is_assumed=False)
    by_share = [precision.margin(10, share / 10) for share in range(11)]
    assert by_share == sorted(by_share, reverse=True)
    assert precision.margin(40, 0.5) == pytest.approx(precision.margin(10, 0.5) / 2)


def test_when_everybody_answered_a_perfect_scale_nothing_is_left() -> None:
    assert standard_error_now(18, 6, 1.0, 1.0) == 0.0


@pytest.mark.parametrize(
    ("centre", "margin", "written"),
    [
        (58, 8.2, (50, 66)),
        (58, 0.0, (58, 58)),
        (50, 0.4, (50, 50)),
        (97, 8.0, (89, 100)),
        (3, 8.0, (0, 11)),
        (50, 99.0, (0, 100)),
    ],
)
def test_an_interval_is_written_in_whole_points_inside_0_to_100(
    centre: int, margin: float, written: tuple[int, int]
) -> None:
    assert interval(centre, margin) == written


def test_a_unit_of_nobody_has_no_error() -> None:
    with pytest.raises(ValueError, match="Nobody"):
        standard_error_now(18, 0, 0.5, 0.85)


def test_a_share_that_was_rounded_up_takes_no_root_of_less_than_nothing() -> None:
    assert standard_error_now(18, 6, 1.0 + 1e-12, 1.0) == 0.0
