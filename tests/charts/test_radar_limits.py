"""A radar that cannot be drawn honestly is refused with a reason."""

import math

import pytest

from charts.figure import Profile, radar
from charts.palette import MAX_PROFILES, STYLES

AXES = ("Visie", "Modellen", "Meesterschap", "Teamleren", "Systeemdenken")


def profile(*values: float) -> Profile:
    return Profile("Team", values)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 5])
def test_a_radar_holds_one_to_four_profiles(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} profiles"):
        radar("t", AXES, [profile(1, 2, 3, 4, 5)] * count)


@pytest.mark.parametrize("count", [1, 4])
def test_one_and_four_profiles_are_drawn(count: int) -> None:
    assert len(radar("t", AXES, [profile(1, 2, 3, 4, 5)] * count)["data"]) == count


@pytest.mark.parametrize("axes", [(), ("a",), ("a", "b")])
def test_a_radar_needs_three_axes(axes: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="at least 3"):
        radar("t", axes, [profile(*range(len(axes)))])


@pytest.mark.parametrize("values", [(1, 2, 3, 4), (1, 2, 3, 4, 5, 6), ()])
def test_a_profile_needs_a_value_for_every_axis(values: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=f"Team: {len(values)} values for 5 axes"):
        radar("t", AXES, [profile(*values)])


@pytest.mark.parametrize("value", [-1, 101, -0.1, 100.1, math.inf, math.nan])
def test_a_value_outside_0_to_100_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="Team: a value outside"):
        radar("t", AXES, [profile(1, 2, value, 4, 5)])


def test_the_bounds_themselves_are_drawn() -> None:
    radar("t", AXES, [profile(0, 100, 0, 100, 0)])


def test_one_faulty_profile_among_good_ones_is_found() -> None:
    with pytest.raises(ValueError, match="Slecht"):
        radar("t", AXES, [profile(1, 2, 3, 4, 5), Profile("Slecht", [1, 2, 3, 4, 500])])


def test_profiles_differ_without_colour_too() -> None:
    assert len(STYLES) == MAX_PROFILES
    for feature in ("colour", "dash", "symbol"):
        assert len({getattr(style, feature) for style in STYLES}) == MAX_PROFILES
