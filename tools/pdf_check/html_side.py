"""What a document says, read from the HTML that its PDF is made from: texts, headings and pictures in their order."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
CELLS = ("td", "th")
UNPRINTED = ("head", "style", "script", "template")


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Picture:
    address: str
    text: str
    """What is said instead of it."""
    in_cell: bool
    """In a table, where the headings of its row and column are said with it."""


@dataclass
class Page:
    """A whole HTML document."""

    text: str = ""
    headings: list[Heading] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def read(html: str) -> Page:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.page.text = "".join(reader.pieces)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.pieces: list[str] = []
        self._unprinted: list[str] = []
        self._heading: list[str] | None = None
        self._heads = Heads()
        self._head: list[str] | None = None
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNPRINTED:
            self._unprinted.append(tag)
        elif tag in HEADINGS:
            self._heading = []
        elif tag == "img":
            found = dict(attrs)
            self.page.pictures.append(Picture(found.get("src") or "", found.get("alt") or "", self._cells > 0))
        elif tag in CELLS:
            self._cells += 1
        elif tag == "thead":
            self._head = []

    def handle_endtag(self, tag: str) -> None:
        if self._unprinted and tag == self._unprinted[-1]:
            self._unprinted.pop()
        elif tag in HEADINGS and self._heading is not None:
            self.page.headings.append(Heading(int(tag[1]), " ".join("".join(self._heading).split())))
            self._heading = None
        elif tag in CELLS:
            self._cells -= 1
        elif tag == "thead" and self._head is not None:
            self.pieces.extend(self._heads.said("".join(self._head)))
            self._head = None

    def handle_data(self, data: str) -> None:
        if self._unprinted:
            return
        (self.pieces if self._head is None else self._head).append(data)
        if self._heading is not None:
            self._heading.append(data)


class Heads:
    """Headings of tables: the same ones at once again are those of a table that goes on."""

    def __init__(self) -> None:
        self._last = ""

    def said(self, head: str) -> Iterator[str]:
        if squeezed(head) != self._last:
            yield head
        self._last = squeezed(head)


def squeezed(text: str) -> str:
    """Without spaces and hyphens: a PDF has its own, at the ends of lines."""
    return "".join(sign for sign in text if sign not in HYPHENS and not sign.isspace())


HYPHENS = "-\u00ad\u2010\u2011\u200b"


def first_difference(one: str, other: str) -> Iterator[str]:
    """Nothing when they are equal; otherwise what stands in each where they part."""
    if one == other:
        return
    place = next((at for at, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), 0)
    place = place or min(len(one), len(other))
    yield f"“{one[max(0, place - 20) : place + 40]}” against “{other[max(0, place - 20) : place + 40]}”"
