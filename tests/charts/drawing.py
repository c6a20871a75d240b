"""Read a drawn chart back: what stands in the SVG, as numbers and names."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from charts.svg import HEIGHT, LEGEND_TOP, RADIUS, WIDTH

SVG = "{http://www.w3.org/2000/svg}"
CENTRE = (WIDTH / 2, LEGEND_TOP / 2 + 2)
Point = tuple[float, float]


def parsed(svg: str) -> ET.Element:
    """The drawing as a tree; raises ParseError when it is not well-formed."""
    return ET.fromstring(svg)  # noqa: S314 -- our own drawing


@dataclass(frozen=True)
class Line:
    """One profile as it is drawn."""

    name: str
    values: list[int]
    points: list[Point]
    colour: str
    fill: str
    dashes: str

    def read_off(self) -> list[float]:
        """The values that somebody with a ruler would read: distance from the centre, where the rim is 100."""
        return [100 * math.dist(point, CENTRE) / RADIUS for point in self.points]


def lines(svg: str) -> list[Line]:
    return [
        Line(
            element.attrib["data-name"],
            [int(value) for value in element.attrib["data-values"].split()],
            points_of(element),
            element.attrib["stroke"],
            element.attrib["fill"],
            element.attrib.get("stroke-dasharray", ""),
        )
        for element in parsed(svg).iter(f"{SVG}polygon")
        if "data-name" in element.attrib
    ]


def points_of(element: ET.Element) -> list[Point]:
    pairs = (pair.split(",") for pair in element.attrib["points"].split())
    return [(float(x), float(y)) for x, y in pairs]


def texts(svg: str, kind: str) -> list[str]:
    """The texts of this class, in the order of the drawing."""
    return [element.text or "" for element in parsed(svg).iter(f"{SVG}text") if element.attrib["class"] == kind]


def rings(svg: str) -> list[list[Point]]:
    return [points_of(e) for e in parsed(svg).iter(f"{SVG}polygon") if e.attrib.get("class") == "grid"]


def title(svg: str) -> str:
    return parsed(svg).findtext(f"{SVG}title") or ""


def elements(svg: str) -> set[str]:
    return {element.tag.removeprefix(SVG) for element in parsed(svg).iter()}


def places(svg: str) -> Iterator[Point]:
    """Everywhere that something is drawn, texts by their anchor."""
    for element in parsed(svg).iter():
        attributes = element.attrib
        for x, y in (("x", "y"), ("cx", "cy")):
            if x in attributes:
                yield float(attributes[x]), float(attributes[y])
        if "points" in attributes:
            yield from points_of(element)


def is_inside(point: Point) -> bool:
    return 0 <= point[0] <= WIDTH and 0 <= point[1] <= HEIGHT


def shown_by_plotly(text: str) -> str:
    """What a reader sees of a text in plotly.js: tags are markup, entities are characters."""
    plain = re.sub(r"</?(?:a|b|br|em|i|s|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", "", text, flags=re.IGNORECASE)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#39;", "'"), ("&amp;", "&")):
        plain = plain.replace(entity, character)
    return plain
