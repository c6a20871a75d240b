"""Names come from staff lists: in a chart they are text, never markup."""

import base64

import pytest

from charts.figure import Profile, radar
from charts.svg import data_uri, draw_radar, shorten
from tests.charts import drawing

AXES = ("Visie", "Modellen", "Teamleren")
HOSTILE = [
    "<script>alert(1)</script>",
    "</svg><img src=x onerror=alert(1)>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "Zorg & Welzijn",
    "&lt;b&gt;",
    "]]><!--",
    '{"a": "%{theta}"}',
    "Afdeling “Zuid” – É",
]
MARKUP = [
    "<b>Zorg</b>",
    '<a href="https://example.test">Zorg</a>',
    "Zorg<br>Welzijn",
    "Zorg &amp; Welzijn",
    "x<sup>2</sup>",
]


def drawn(name: str, *, as_axis: bool = False) -> str:
    axes = (name, *AXES[1:]) if as_axis else AXES
    return draw_radar(radar(name, axes, [Profile(name, [1, 2, 3]), Profile("Ander", [4, 5, 6])]))


@pytest.mark.parametrize("name", [*HOSTILE, *MARKUP])
def test_a_name_is_text_in_the_drawing(name: str) -> None:
    svg = drawn(name, as_axis=True)
    assert drawing.elements(svg) == {"svg", "title", "polygon", "path", "text", "circle", "rect"}
    assert drawing.title(svg) == name
    assert [line.name for line in drawing.lines(svg)] == [name, "Ander"]
    assert drawing.texts(svg, "ink") == [name, *AXES[1:], shorten(name), "Ander"]
    assert not any("onload" in element.attrib for element in drawing.parsed(svg).iter())


@pytest.mark.parametrize("character", ["\x00", "\x08", "\x1b", "\x7f", "\ufffe", "\ud800"], ids=ascii)
def test_a_character_that_xml_does_not_know_leaves_a_drawing_that_can_be_read(character: str) -> None:
    svg = drawn(f"Zorg{character}Oost").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    assert drawing.lines(svg)[1].name == "Ander"


@pytest.mark.parametrize("name", [*HOSTILE, *MARKUP])
def test_plotly_shows_the_name_that_the_drawing_shows(name: str) -> None:
    """plotly.js reads tags (also links) and entities in names, labels and titles."""
    figure = radar(name, (name, *AXES[1:]), [Profile(name, [1, 2, 3])])
    trace = figure["data"][0]
    for text in (trace["name"], trace["theta"][0], figure["layout"]["title"]["text"]):
        assert drawing.shown_by_plotly(text) == name


def test_a_long_name_is_shortened_in_the_legend_and_whole_in_the_data() -> None:
    name = "Afdeling Bijzondere Zorg en Welzijn voor Ouderen Noordoost"
    svg = drawn(name)
    assert drawing.lines(svg)[0].name == name
    assert drawing.texts(svg, "ink")[3] == "Afdeling Bijzondere Zorg…"


@pytest.mark.parametrize(
    ("text", "short"),
    [("kort", "kort"), ("a" * 26, "a" * 26), ("a" * 27, "a" * 25 + "…"), ("a" * 24 + " bcd", "a" * 24 + "…")],
)
def test_shortening_says_so(text: str, short: str) -> None:
    assert shorten(text) == short


def test_a_data_uri_holds_the_whole_drawing() -> None:
    svg = drawn("Zorg & Welzijn é")
    kind, _, packed = data_uri(svg).partition(",")
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(packed).decode() == svg
