"""A score with its margin on a line from 0 to 100."""

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.bar import WIDTH, draw_bar
from tests.charts import drawing

points = st.integers(0, 100)


def part(svg: str, kind: str) -> ET.Element:
    (found,) = [element for element in drawing.parsed(svg).iter() if element.attrib.get("class") == kind]
    return found


def read_off(svg: str, x: float) -> float:
    """The points 0..100 at this place, measured along the track."""
    track = part(svg, "track").attrib
    return 100 * (x - float(track["x"])) / float(track["width"])


@pytest.mark.parametrize(("value", "low", "high"), [(58, 50, 66), (0, 0, 4), (100, 92, 100), (5, 0, 100)])
def test_dot_and_margin_lie_where_the_numbers_say(value: int, low: int, high: int) -> None:
    svg = draw_bar(value, low, high)
    margin = part(svg, "margin").attrib
    start = float(margin["x"])
    assert read_off(svg, float(part(svg, "dot").attrib["cx"])) == pytest.approx(value, abs=0.1)
    assert read_off(svg, start) == pytest.approx(low, abs=0.1)
    assert read_off(svg, start + float(margin["width"])) == pytest.approx(high, abs=0.2)


@settings(max_examples=40, deadline=None)
@given(value=points, beside=points)
def test_the_mark_beside_lies_on_the_same_line(value: int, beside: int) -> None:
    svg = draw_bar(value, value, value, beside)
    x = float(part(svg, "beside").attrib["d"].split()[0].removeprefix("M"))
    assert read_off(svg, x) == pytest.approx(beside, abs=0.1)
    assert read_off(svg, float(part(svg, "dot").attrib["cx"])) == pytest.approx(value, abs=0.1)


def test_without_something_beside_there_is_no_mark() -> None:
    assert 'class="beside"' not in draw_bar(58, 50, 66)
    assert 'class="beside"' in draw_bar(58, 50, 66, 0)  # zero is a score too


def test_no_margin_at_all_can_still_be_seen() -> None:
    assert float(part(draw_bar(58, 58, 58), "margin").attrib["width"]) > 0


def test_dot_and_margin_stay_inside_the_picture() -> None:
    for value in (0, 100):
        dot = part(draw_bar(value, 0, 100), "dot").attrib
        assert float(dot["cx"]) - float(dot["r"]) >= 0
        assert float(dot["cx"]) + float(dot["r"]) <= WIDTH


def test_a_bar_that_follows_the_theme_has_the_same_numbers() -> None:
    light, both = draw_bar(58, 50, 66, 40), draw_bar(58, 50, 66, 40, follows_theme=True)
    for kind in ("track", "margin", "beside", "dot"):
        assert part(light, kind).attrib == part(both, kind).attrib
    assert "prefers-color-scheme: dark" in both
    assert "prefers-color-scheme" not in light
