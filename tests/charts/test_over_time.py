"""Scores over time: plotly's figure and the drawing say the same, in black and white too."""

from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.over_time import (
    BOTTOM,
    CHARACTER,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Line,
    Mark,
    _rows,
    draw_over_time,
    over_time,
)
from tests.charts import drawing

MOMENTS = ("Leerscan 2024", "Leerscan 2025", "Leerscan 2026")
LINE = Line("Wijkteam Oost", [Mark(50, 40, 60, "50"), None, Mark(95, 88, 100, "≥ 95")])


def read_off(y: float) -> float:
    return 100 * (BOTTOM - y) / (BOTTOM - TOP)


def whiskers(svg: str) -> list[tuple[float, float]]:
    """Of each the lowest and the highest value that somebody with a ruler reads."""
    found = [one for one in drawing.parsed(svg).iter() if one.attrib.get("class") == "whisker"]
    pairs = [one.attrib["d"].removeprefix("M").split("M")[0].split(" ")[1].split("V") for one in found]
    return [(read_off(float(bottom)), read_off(float(top))) for top, bottom in pairs]


def drawn(svg: str, kind: str) -> list[dict[str, str]]:
    return [one.attrib for one in drawing.parsed(svg).iter() if one.attrib.get("class") == kind]


def test_plotlys_own_check_accepts_the_figure() -> None:
    for count in (1, 2, 4):
        figure = over_time("Lerend vermogen", MOMENTS, [LINE] * count)
        assert go.Figure(figure).to_plotly_json()["data"] == figure["data"]


def test_the_figure_holds_figures_margins_and_titles() -> None:
    figure = over_time("Lerend vermogen", MOMENTS, [LINE])
    (trace,) = figure["data"]
    assert trace["y"] == [50, None, 95]
    assert (trace["error_y"]["array"], trace["error_y"]["arrayminus"]) == ([10, None, 5], [10, None, 7])
    assert figure["layout"]["xaxis"]["ticktext"] == list(MOMENTS)
    assert figure["layout"]["yaxis"]["range"] == [0, 100]


def test_the_drawing_shows_every_margin_and_writes_the_figure_beside_it() -> None:
    svg = draw_over_time(over_time("Lerend vermogen", MOMENTS, [LINE]))
    assert whiskers(svg) == [pytest.approx((40, 60), abs=0.2), pytest.approx((88, 100), abs=0.2)]
    assert drawing.texts(svg, "ink") == [*MOMENTS, "50", "≥ 95"]
    assert drawing.title(svg) == "Lerend vermogen"


def test_the_line_is_broken_where_there_is_no_figure() -> None:
    broken = draw_over_time(over_time("t", MOMENTS, [LINE]))
    whole = draw_over_time(over_time("t", MOMENTS, [Line("Oost", [LINE.marks[0]] * 3)]))
    assert (len(drawn(broken, "line")), len(drawn(whole, "line"))) == (0, 2)


def test_four_lines_are_told_apart_without_colour() -> None:
    marks = [Mark(50, 40, 60, "50")] * 3
    figure = over_time("t", MOMENTS, [Line(f"Team {number}", marks) for number in range(4)])
    assert len({(trace["line"]["dash"], trace["marker"]["symbol"]) for trace in figure["data"]}) == 4
    assert len({trace["x"][0] for trace in figure["data"]}) == 4  # their margins do not cover each other
    svg = draw_over_time(figure)
    assert drawing.texts(svg, "ink")[-4:] == ["Team 0", "Team 1", "Team 2", "Team 3"]


@pytest.mark.parametrize(
    ("moments", "lines", "fault"),
    [
        (MOMENTS, [], "0 lines"),
        (MOMENTS, [LINE] * 5, "5 lines"),
        ((), [Line("Oost", [])], "0 moments"),
        (MOMENTS * 3, [Line("Oost", [None] * 9)], "9 moments"),
        (MOMENTS[:2], [LINE], "3 figures for 2"),
        (MOMENTS[:1], [Line("Oost", [Mark(101, 90, 101, "")])], "outside 0..100"),
        (MOMENTS[:1], [Line("Oost", [Mark(50, 51, 60, "")])], "its own margin"),
    ],
)
def test_what_cannot_be_drawn_is_refused(moments: Any, lines: list[Line], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        over_time("t", moments, lines)


@st.composite
def marks(draw: st.DrawFn) -> Mark:
    low, value, high = sorted(draw(st.lists(st.integers(0, 100), min_size=3, max_size=3)))
    return Mark(value, low, high, str(value))


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(1, 8),
    title=st.text(max_size=60),
    data=st.data(),
)
def test_any_titles_and_figures_stay_inside_the_picture(count: int, title: str, data: st.DataObject) -> None:
    line = Line(title, data.draw(st.lists(st.one_of(st.none(), marks()), min_size=count, max_size=count)))
    svg = draw_over_time(over_time(title, [title] * count, [line]))
    for x, y in drawing.places(svg):
        assert 0 <= x <= WIDTH
        assert 0 <= y <= HEIGHT
    for one in drawing.parsed(svg).iter():
        if one.attrib.get("text-anchor") == "middle":
            half = CHARACTER * len(one.text or "") / 2
            assert float(one.attrib["x"]) - half >= LEFT - 30
            assert float(one.attrib["x"]) + half <= RIGHT + 10


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("Leerscan 2026", ["Leerscan 2026"]),
        ("Leerscan voorjaar 2026", ["Leerscan", "voorjaar 2026"]),
        ("Scan van de hele organisatie 2026", ["Scan van de", "2026"]),
        ("Leerscan voorjaar 2024 (proef)", ["Leerscan", "2024 (proef)"]),
        ("Organisatiescan2026 lente", ["Organisatiesc…", "lente"]),
        ("Organisatieleerscan2026", ["Organisatiele…"]),
    ],
)
def test_a_long_title_takes_two_rows_and_keeps_its_last_word(text: str, rows: list[str]) -> None:
    assert _rows(text, 14) == rows


def test_a_screen_in_dark_colours_sees_the_same_figures() -> None:
    figure = over_time("t", MOMENTS, [LINE])
    light, both = draw_over_time(figure), draw_over_time(figure, follows_theme=True)
    assert whiskers(light) == whiskers(both)
    assert "prefers-color-scheme: dark" in both
    assert "prefers-color-scheme" not in light
    assert all(f".line-{number} path" in both for number in range(4))


def test_hostile_names_are_text_in_the_drawing_and_in_plotly() -> None:
    name = '<script>alert("&")</script>'
    figure = over_time(name, [name], [Line(name, [Mark(5, 0, 9, "≤ 5")])])
    svg = draw_over_time(figure)
    assert "script" not in drawing.elements(svg)
    assert drawing.title(svg) == name
    assert drawing.shown_by_plotly(figure["data"][0]["name"]) == name
    assert drawing.shown_by_plotly(figure["layout"]["xaxis"]["ticktext"][0]) == name
