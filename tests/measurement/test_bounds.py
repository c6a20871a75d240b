"""R9: scale scores outside 5..95 are written as the bound."""

import pytest

from measurement.presentation import bounded


@pytest.mark.parametrize(
    ("points", "printed"),
    [
        (0, (5, "at_most")),
        (4, (5, "at_most")),
        (5, (5, "exact")),
        (6, (6, "exact")),
        (50, (50, "exact")),
        (94, (94, "exact")),
        (95, (95, "exact")),
        (96, (95, "at_least")),
        (100, (95, "at_least")),
    ],
)
def test_a_score_outside_5_to_95_reads_as_the_bound(points: int, printed: tuple[int, str]) -> None:
    assert bounded(points) == printed


def test_no_printed_score_lies_outside_the_bounds() -> None:
    assert {bounded(points)[0] for points in range(101)} == set(range(5, 96))
