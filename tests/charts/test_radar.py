"""The plotly figure and its drawing say the same: numbers, axes, colours, names."""

import math
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.figure import Profile, radar
from charts.palette import MAX_PROFILES
from charts.svg import DASHES, RADIUS, draw_radar
from tests.charts import drawing

AXES = ("Visie", "Mentale modellen", "Meesterschap", "Teamleren", "Systeemdenken")
TWO = (Profile("Wijkteam Oost", [58, 61, 40, 0, 100]), Profile("Zorggroep De Linde", [50, 50, 55, 95, 5]))

profiles = st.integers(3, 9).flatmap(
    lambda count: st.lists(
        st.builds(
            Profile,
            st.text("abcdefgh ABCÉë&<", min_size=1, max_size=12),
            st.lists(st.integers(0, 100), min_size=count, max_size=count),
        ),
        min_size=1,
        max_size=MAX_PROFILES,
    )
)


def a_figure(count: int = 2) -> dict[str, Any]:
    return radar("Vijf disciplines", AXES, (TWO * 2)[:count])


def test_plotlys_own_check_accepts_the_figure() -> None:
    for count in (1, 2, 3, 4):
        figure = a_figure(count)
        assert go.Figure(figure).to_plotly_json()["data"] == figure["data"]


def test_the_figure_holds_the_numbers_names_and_axes_and_closes_each_line() -> None:
    figure = a_figure()
    assert figure["layout"]["title"]["text"] == "Vijf disciplines"
    for trace, profile in zip(figure["data"], TWO, strict=True):
        assert trace["name"] == profile.name
        assert trace["r"] == [*profile.values, profile.values[0]]
        assert trace["theta"] == [*AXES, AXES[0]]


def test_the_axis_is_0_to_100_whatever_the_values() -> None:
    for values in ([0] * 5, [50] * 5, [100] * 5, [48, 49, 50, 51, 52]):
        axis = radar("t", AXES, [Profile("Team", values)])["layout"]["polar"]["radialaxis"]
        assert axis["range"] == [0, 100]


def test_figure_and_drawing_name_the_same_axes() -> None:
    svg = draw_radar(a_figure(1))
    assert drawing.texts(svg, "ink") == list(AXES)
    assert drawing.title(svg) == "Vijf disciplines"


def test_figure_and_drawing_name_the_same_profiles() -> None:
    for count in (2, 3, 4):
        figure = a_figure(count)
        svg = draw_radar(figure)
        names = [trace["name"] for trace in figure["data"]]
        assert [line.name for line in drawing.lines(svg)] == names
        assert drawing.texts(svg, "ink") == [*AXES, *names]  # labels, then the legend


def test_one_profile_needs_no_legend() -> None:
    figure = a_figure(1)
    assert figure["layout"]["showlegend"] is False
    assert TWO[0].name not in drawing.texts(draw_radar(figure), "ink")
    assert a_figure(2)["layout"]["showlegend"] is True


def test_figure_and_drawing_have_the_same_colours_and_dashes() -> None:
    figure = a_figure(4)
    for trace, line in zip(figure["data"], drawing.lines(draw_radar(figure)), strict=True):
        assert line.colour == trace["line"]["color"] == trace["marker"]["color"]
        assert line.fill == trace["fillcolor"]
        assert line.dashes == DASHES[trace["line"]["dash"]]


def test_the_lines_lie_where_the_numbers_say() -> None:
    for line, profile in zip(drawing.lines(draw_radar(a_figure())), TWO, strict=True):
        assert line.values == list(profile.values)
        assert line.read_off() == pytest.approx(profile.values, abs=0.1)


def test_the_first_axis_points_up_and_the_others_follow_clockwise() -> None:
    figure = radar("t", ("noord", "oost", "zuid", "west"), [Profile("Team", [100] * 4)])
    x, y = drawing.CENTRE
    (line,) = drawing.lines(draw_radar(figure))
    expected = [(x, y - RADIUS), (x + RADIUS, y), (x, y + RADIUS), (x - RADIUS, y)]
    assert [pytest.approx(point, abs=0.1) for point in expected] == line.points
    assert figure["layout"]["polar"]["angularaxis"] == {"rotation": 90, "direction": "clockwise"}


def test_the_rings_lie_at_the_ticks_of_the_figure() -> None:
    figure = a_figure()
    ticks = [value for value in figure["layout"]["polar"]["radialaxis"]["tickvals"] if value]
    radii = [math.dist(ring[0], drawing.CENTRE) * 100 / RADIUS for ring in drawing.rings(draw_radar(figure))]
    assert radii == pytest.approx(ticks, abs=0.1)


def test_everything_is_drawn_inside_the_picture() -> None:
    for count in (1, 2, 3, 4):
        assert all(drawing.is_inside(point) for point in drawing.places(draw_radar(a_figure(count))))


def test_a_drawing_that_follows_the_theme_has_the_same_lines() -> None:
    light, both = draw_radar(a_figure()), draw_radar(a_figure(), follows_theme=True)
    assert drawing.lines(light) == drawing.lines(both)
    assert "prefers-color-scheme: dark" in both
    assert "prefers-color-scheme" not in light


@settings(max_examples=60, deadline=None)
@given(chosen=profiles)
def test_any_figure_and_its_drawing_hold_the_same(chosen: list[Profile]) -> None:
    axes = [f"as {number}" for number in range(len(chosen[0].values))]
    figure = radar("t", axes, chosen)
    for trace, line, profile in zip(figure["data"], drawing.lines(draw_radar(figure)), chosen, strict=True):
        assert line.values == trace["r"][:-1] == list(profile.values)
        assert line.name == profile.name
        assert line.read_off() == pytest.approx(profile.values, abs=0.1)
