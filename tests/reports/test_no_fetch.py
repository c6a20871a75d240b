"""Names and texts come from people: in a PDF or on a slide they are words, and nothing is fetched for them."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django_scopes import scope
from pypdfium2 import PdfDocument
from weasyprint.urls import FatalURLFetchingError

from jobs.pdf import write_pdf
from reports.document import document
from reports.pdf import render_pdf
from reports.published import Published, ShownUnit
from reports.slides.pptx_file import write_slides
from tests.reports.sample_rounds import HEADCOUNTED, Frozen

_watched: list[list[str]] = []


def _note(event: str, arguments: tuple[Any, ...]) -> None:
    """Every socket, and every file by its name."""
    if _watched and (event.startswith(("socket.", "subprocess")) or event == "open"):
        _watched[-1].append(f"{event} {arguments[0] if event == 'open' else arguments[1:]}")


sys.addaudithook(_note)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.svg"
    path.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8")
    return path


@pytest.fixture
def watched() -> Iterator[list[str]]:
    _watched.append([])
    yield _watched[-1]
    _watched.pop()


def is_fetched(seen: list[str], secret: Path) -> list[str]:
    return [line for line in seen if not line.startswith("open ") or str(secret) in line]


def hostile(secret: Path) -> str:
    return (
        f'Zorg <img src="{secret.as_uri()}"><link rel=stylesheet href="http://127.0.0.1:9/a.css"></title>'
        f'<style>@import url("{secret.as_uri()}")</style><svg><image href="//127.0.0.1:9/a"/></svg>'
    )


@pytest.fixture
def published(frozen: Callable[[str], Frozen], secret: Path) -> Published:
    """The organisation and a department have such a name; so has the remark that was let pass."""
    found, name = frozen(HEADCOUNTED).published, hostile(secret)
    first = next(unit for unit in found.shown if unit.path)
    units = tuple(replace(unit, path=name, name=name) if unit is first else unit for unit in found.units)
    found.round.organisation.name = name
    found.round.title = name
    return Published(found.release, units, {unit.id: None for unit in units})


def test_a_report_fetches_nothing(published: Published, secret: Path, watched: list[str]) -> None:
    unit = next(unit for unit in published.shown if "<img" in unit.name)
    assert isinstance(unit, ShownUnit)
    with scope(organisation=published.round.organisation):
        html = document(published, unit, "nl")
        content = render_pdf(html)
        write_slides(published, unit, "nl")
    assert is_fetched(watched, secret) == []
    assert watched, "the watcher sees files"
    text = PdfDocument(content)[0].get_textpage().get_text_bounded()
    assert "<img" in text


@pytest.mark.parametrize(
    "html",
    [
        '<img src="{0}" alt="x">',
        '<img src="http://127.0.0.1:9/a.png" alt="x">',
        '<link rel="stylesheet" href="{0}">',
        '<link rel="attachment" href="{0}">',
        '<style>@import url("{0}");</style>',
        '<style>body {{ background: url("{0}") }}</style>',
        '<style>@font-face {{ font-family: x; src: url("{0}") }} body {{ font-family: x }}</style>',
        '<object data="{0}"></object>',
        '<embed src="ftp://127.0.0.1:9/a">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}"/><use href="{0}#a"/></svg>',
        "<img alt=\"x\" src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{0}'/></svg>\">",
    ],
)
def test_even_markup_that_came_through_fetches_nothing(html: str, secret: Path, watched: list[str]) -> None:
    page = f'<html lang="nl"><title>x</title><body>{html.format(secret.as_uri())}<p>x</p></body></html>'
    with suppress(FatalURLFetchingError):
        write_pdf(page, "body { font-family: sans-serif }")
    assert is_fetched(watched, secret) == []


def test_the_watcher_sees_a_socket_and_a_file(secret: Path, watched: list[str]) -> None:
    import socket  # noqa: PLC0415 -- only here

    secret.read_bytes()
    with socket.socket() as one:
        one.settimeout(1)
        one.connect_ex(("127.0.0.1", 9))
    assert len(is_fetched(watched, secret)) >= 2
