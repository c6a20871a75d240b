"""A dot plot and its drawing say the same: numbers, axis, colours, shapes, names."""

from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from charts.dots import MARKS, Dot, Line, dot_plot
from charts.dots_svg import ROW, WIDTH, draw_dots, x_of
from charts.svg import shorten
from tests.charts import drawing
from tests.charts.drawing import SVG
from tests.charts.test_hostile_names import HOSTILE, MARKUP

KINDS = {"higher": "aantoonbaar hoger", "none": "geen aantoonbaar verschil", "lower": "aantoonbaar lager"}
DOTS = (
    Dot("Zorg / Oost", "Oost", 58, 12, "none"),
    Dot("Zorg / West", "West", 80, 30, "higher"),
    Dot("Huis / Oost", "Oost", 5, 9, "lower"),
)
BESIDE = Line("De Linde: 61", 61)
some_dots = st.lists(
    st.tuples(st.text("abc É<&", max_size=70), st.integers(0, 100), st.integers(0, 60), st.sampled_from(sorted(MARKS))),
    min_size=1,
    max_size=12,
).map(lambda rows: [Dot(f"{number} {row[0]}", *row) for number, row in enumerate(rows)])


def a_plot(dots: Any = DOTS, beside: Line | None = BESIDE) -> dict[str, Any]:
    return dot_plot("Teamleren", dots, KINDS, beside)


def drawn(svg: str) -> list[tuple[str, int, int, float, float, float, str]]:
    """Of each dot: name, value, margin, where its line begins and ends, where it stands, and its colour."""
    found = []
    for group in (one for one in drawing.parsed(svg).iter(f"{SVG}g") if "data-name" in one.attrib):
        path, mark = group[0], group[1]
        begin, end = path.attrib["d"].removeprefix("M").split("H")
        points = drawing.points_of(mark) if "points" in mark.attrib else [(float(mark.attrib["cx"]), 0.0)]
        middle = (min(x for x, _y in points) + max(x for x, _y in points)) / 2
        name, value, margin = (group.attrib[f"data-{what}"] for what in ("name", "value", "margin"))
        found.append(
            (name, int(value), int(margin), float(begin.split()[0]), float(end), middle, path.attrib["stroke"])
        )
    return found


def test_plotlys_own_check_accepts_the_figure() -> None:
    figure = a_plot()
    assert go.Figure(figure).to_plotly_json()["data"] == figure["data"]


@settings(max_examples=50, deadline=None)
@given(some_dots)
def test_any_figure_and_its_drawing_hold_the_same(dots: list[Dot]) -> None:
    figure = a_plot(dots)
    traces = [
        (drawing.shown_by_plotly(name), value, margin, trace["marker"]["color"])
        for trace in figure["data"]
        for name, value, margin in zip(trace["text"], trace["x"], trace["error_x"]["array"], strict=True)
    ]
    seen = drawn(draw_dots(figure))
    assert [(name, value, margin, colour) for name, value, margin, *_places, colour in seen] == traces
    for _name, value, margin, begin, end, middle, _colour in seen:
        assert middle == pytest.approx(x_of(value), abs=0.1)
        assert begin == pytest.approx(x_of(value - margin), abs=0.1)
        assert end == pytest.approx(x_of(value + margin), abs=0.1)
    names = [shorten(dot.name, 52) for dot in dots]
    assert drawing.texts(draw_dots(figure), "ink")[-len(names) :] == names


def test_a_margin_ends_at_the_axis() -> None:
    rows = {(name, value): (begin, end) for name, value, _margin, begin, end, *_rest in drawn(draw_dots(a_plot()))}
    assert rows["West", 80][1] == x_of(100)
    assert rows["Oost", 5][0] == x_of(0)


def test_the_axis_is_0_to_100_and_the_same_in_both() -> None:
    figure = a_plot()
    assert figure["layout"]["xaxis"]["range"] == [0, 100]
    assert drawing.texts(draw_dots(figure), "faint") == [str(tick) for tick in figure["layout"]["xaxis"]["tickvals"]]


def test_each_kind_has_its_own_shape_and_colour_and_only_kinds_that_occur_are_in_the_legend() -> None:
    figure = a_plot(DOTS[:2])
    assert [trace["name"] for trace in figure["data"]] == [KINDS["higher"], KINDS["none"]]
    assert drawing.texts(draw_dots(figure), "ink")[:3] == [KINDS["higher"], KINDS["none"], "De Linde: 61"]
    markers = [trace["marker"] for trace in a_plot()["data"]]
    for what in ("symbol", "color"):
        assert len({marker[what] for marker in markers}) == 3


def test_departments_of_the_same_name_have_a_line_each() -> None:
    layout = a_plot()["layout"]
    assert layout["yaxis"]["ticktext"] == ["Oost", "West", "Oost"]
    assert len(set(layout["yaxis"]["categoryarray"])) == 3


def test_the_line_beside_them_stands_at_its_value() -> None:
    svg = draw_dots(a_plot())
    (path,) = (one for one in drawing.parsed(svg).iter(f"{SVG}path") if one.attrib.get("class") == "beside")
    assert path.attrib["d"].startswith(f"M{x_of(61):.1f} ")
    assert a_plot(beside=None)["layout"]["shapes"] == []


def test_500_departments_are_drawn_below_each_other() -> None:
    svg = draw_dots(a_plot([Dot(str(number), f"Afdeling {number}", 50, 5, "none") for number in range(500)]))
    _x, _y, width, height = map(float, drawing.parsed(svg).attrib["viewBox"].split())
    assert width == WIDTH
    assert 500 * ROW < height < 500 * ROW + 200


@pytest.mark.parametrize(
    "dots",
    [(Dot("a", "A", 101, 5, "none"),), (Dot("a", "A", 5, -1, "none"),), (DOTS[0], DOTS[0])],
)
def test_what_cannot_be_drawn_is_refused(dots: tuple[Dot, ...]) -> None:
    with pytest.raises(ValueError, match=r"no place|same key"):
        a_plot(dots)


@pytest.mark.parametrize("name", [*HOSTILE, *MARKUP])
def test_a_name_is_text_in_both(name: str) -> None:
    figure = dot_plot(name, [Dot(name, name, 50, 5, "none")], {"none": name}, Line(name, 40))
    svg = draw_dots(figure)
    assert drawing.elements(svg) == {"svg", "title", "path", "text", "circle", "g"}
    assert drawn(svg)[0][0] == name
    texts = (figure["data"][0]["name"], figure["data"][0]["text"][0], figure["layout"]["yaxis"]["ticktext"][0])
    assert {drawing.shown_by_plotly(text) for text in texts} == {name}
