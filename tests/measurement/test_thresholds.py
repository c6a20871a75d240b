"""k is 5 to 20, and a finer level needs at least its own number (R5)."""

import pytest

from measurement.disclosure import Node, partition, threshold_of


@pytest.mark.parametrize("k", [-1, 0, 1, 4, 21, 100])
def test_a_threshold_outside_5_to_20_is_refused(k: int) -> None:
    with pytest.raises(ValueError, match="it must be 5 to 20"):
        partition([Node("org", None, 100)], k)


@pytest.mark.parametrize("k", [5, 20])
def test_the_bounds_themselves_are_allowed(k: int) -> None:
    assert partition([Node("org", None, 100)], k).is_shown("org")


@pytest.mark.parametrize(
    ("level", "k", "people"),
    [
        ("bands", 5, 8),
        ("bands", 8, 8),
        ("bands", 9, 9),
        ("words", 5, 10),
        ("words", 12, 12),
        ("items", 5, 20),
        ("items", 20, 20),
    ],
)
def test_a_finer_level_needs_its_own_number_or_k_when_that_is_more(level: str, k: int, people: int) -> None:
    assert threshold_of(level, k) == people
