"""R9: items under 20 people are shown in five bands."""

from fractions import Fraction

import pytest

from measurement.presentation import band


@pytest.mark.parametrize(
    ("score", "number"),
    [
        (Fraction(0), 0),
        (Fraction(1999, 100), 0),
        (Fraction(20), 1),
        (Fraction(3999, 100), 1),
        (Fraction(40), 2),
        (Fraction(50), 2),
        (Fraction(5999, 100), 2),
        (Fraction(60), 3),
        (Fraction(7999, 100), 3),
        (Fraction(80), 4),
        (Fraction(100), 4),
    ],
)
def test_a_score_on_a_border_is_in_the_higher_band(score: Fraction, number: int) -> None:
    assert band(score) == number
