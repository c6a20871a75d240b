"""Read slides back: every figure that is printed in them, and what the file is made of."""

import io
import re
from collections.abc import Iterator
from typing import Any
from zipfile import ZipFile

from pptx import Presentation
from pptx.slide import Slide

from questionnaires.questionnaire import AREAS, DISCIPLINES

CODES = {"Disciplines": DISCIPLINES, "Areas": AREAS}
FIRST_STEP, OTHER_STEP = re.compile(r"(?:Stap|Step) (\d)\. "), re.compile(r"(\d)\. ")
IN_BRACKETS = re.compile(r"\(([^()]*)\)$")
NUMBER_OF_TEXT = re.compile(r"\d+(?: of hoger| of lager| or higher| or lower)?")


def slides_of(content: bytes) -> list[Slide]:
    return list(Presentation(io.BytesIO(content)).slides)


def parts_of(content: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def title_of(slide: Slide) -> str:
    title = slide.shapes.title
    return title.text_frame.text if title is not None else ""


def tables_of(slide: Slide) -> Iterator[tuple[str, list[list[str]]]]:
    """Name and rows of each table, without its head."""
    for shape in slide.shapes:
        if shape.has_table:
            rows = [[cell.text_frame.text for cell in row.cells] for row in shape.table.rows]
            yield shape.name, rows[1:]


def numbers_in_slides(content: bytes) -> dict[str, Any]:
    """Everything as it is printed. By name of the figure:

    "total": the score of all questions, and "margin" its margin; "n": of how many questionnaires;
    "scores": by theme its score, its margin and, but for the organisation's own slides, the organisation's score;
    "radar": by theme the value of each line; "lines": the names of these lines;
    "steps": by number of the step its score; "items", "bands": by question; "lowest": the questions that it lists;
    "answers": by question how the answers are divided; "agreement": by discipline, in words;
    "obstacles": by obstacle, who ticked it.
    """
    by_name = ("scores", "radar", "steps", "items", "answers", "bands", "agreement", "obstacles")
    found: dict[str, Any] = {**{name: {} for name in by_name}, "lines": [], "lowest": []}
    themes: list[tuple[str, ...]] = []
    tables: dict[str, list[list[str]]] = {}
    for slide in slides_of(content):
        found |= _totals(slide)
        if match := FIRST_STEP.match(title_of(slide)):
            found["steps"][int(match[1])] = _bracketed(_first_text(slide))
        for names, lines in _charts(slide):
            themes.append(names)
            found["lines"] = list(lines)
            found["radar"] |= {name: [values[at] for values in lines.values()] for at, name in enumerate(names)}
        for name, rows in tables_of(slide):
            tables.setdefault(name, []).extend(rows)  # one that goes on over several slides
    for name, rows in tables.items():
        _read_table(found, name, rows)
    codes = dict(zip((name for names in themes for name in names), (*DISCIPLINES, *AREAS), strict=False))
    found["radar"] = {codes[name]: values for name, values in found["radar"].items()}
    return found


def _read_table(found: dict[str, Any], name: str, rows: list[list[str]]) -> None:
    if name in CODES:
        found["scores"] |= {code: tuple(row[2:]) for code, row in zip(CODES[name], rows, strict=True)}
    elif name in ("Items", "Bands"):
        found[name.lower()] |= {row[0].partition("\n")[0]: row[1] for row in rows}
        found["answers"] |= {row[0].partition("\n")[0]: row[0].partition("\n")[2] for row in rows}
    elif name in ("Agreement", "Obstacles"):
        found[name.lower()] |= dict(rows)
    elif name == "Lowest":
        found["lowest"] += [row[0] for row in rows]
    elif name == "Other steps":
        found["steps"] |= {int(OTHER_STEP.match(row[0])[1]): _bracketed(row[1]) for row in rows}  # type: ignore[index]


def _totals(slide: Slide) -> dict[str, str]:
    box = next((shape for shape in slide.shapes if shape.name == "Total"), None)
    if box is None:
        return {}
    basis, total = (paragraph.text for paragraph in box.text_frame.paragraphs)
    printed = total.split(": ", 1)[1]
    return {"n": _number(basis), "total": _number(printed), "margin": _bracketed(printed).rpartition("marg")[2]}


def _number(text: str) -> str:
    match = NUMBER_OF_TEXT.search(text)
    assert match, text
    return match.group()


def _bracketed(text: str) -> str:
    match = IN_BRACKETS.search(text)
    assert match, text
    return match[1]


def _first_text(slide: Slide) -> str:
    """The first line under the title, or under the label that says whose figures these are."""
    body = next(one for one in slide.placeholders if one.placeholder_format.idx == 1)
    return str(body.text_frame.paragraphs[0].text)


def _charts(slide: Slide) -> Iterator[tuple[tuple[str, ...], dict[str, list[int]]]]:
    """Of each chart the names around it, and its lines."""
    for shape in slide.shapes:
        if shape.has_chart:
            plot = shape.chart.plots[0]
            names = tuple(" ".join(str(name).split()) for name in plot.categories)
            yield names, {series.name: [int(value) for value in series.values] for series in plot.series}
