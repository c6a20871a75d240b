"""What the rules of PDF/UA cannot see: bookmarks for every heading, texts read out in their order, pictures that say
what they show. Looked up in the tagged structure, and compared with the HTML that the PDF was made from.
"""

import ctypes
import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from tools.pdf_check.html_side import Heads, Page, Picture, first_difference, read, squeezed

TITLE_LEVEL = 1
FEWEST_WORDS = 3
# As templates/reports/privacy_file.css writes it.
PAGE_IN_CONTENTS = re.compile(r"\s*·\s*\d+\s*")
Texts = dict[int, dict[int, str]]
"""By number of the page and of the marked content in it."""


def faults(content: bytes, html: str, without_bookmark: Collection[str] = ()) -> list[str]:
    """A line for each. `without_bookmark`: headings that have none on purpose."""
    pdf, page = PdfReader(io.BytesIO(content)), read(html)
    return [*_bookmarks(pdf, page, without_bookmark), *_order(pdf, content, page), *_pictures(pdf, page)]


def _bookmarks(pdf: PdfReader, page: Page, without: Collection[str]) -> Iterator[str]:
    """One for every heading, in their order; the title of the whole may go without."""
    marks = [" ".join(str(title).split()) for title in _titles(pdf.outline)]
    headings = [heading for heading in page.headings if heading.text not in without]
    below_title = [heading.text for heading in headings if heading.level > TITLE_LEVEL]
    if marks not in ([heading.text for heading in headings], below_title):
        yield f"bookmarks are {marks}; headings are {[heading.text for heading in headings]}"
    if len(pdf.pages) > 1 and not marks:
        yield f"{len(pdf.pages)} pages without a bookmark"


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield entry.title


def _order(pdf: PdfReader, content: bytes, page: Page) -> Iterator[str]:
    """The texts of the structure, read from its beginning to its end, are those of the HTML."""
    spoken = squeezed("".join(_Spoken(pdf, _marked_texts(content)).pieces()))
    for difference in first_difference(spoken, squeezed(page.text)):
        yield f"read out in another order than written: {difference}"


def _pictures(pdf: PdfReader, page: Page) -> Iterator[str]:
    figures = [str(element.get("/Alt", "")) for element in _elements(pdf) if element.get("/S") == "/Figure"]
    written = [picture.text for picture in page.pictures]
    if figures != written:
        yield f"alternative texts are {figures}; in the HTML {written}"
    for picture in page.pictures:
        if not _says_something(picture):
            yield f"no sentence instead of a picture: “{picture.text}”"
    shown: dict[str, set[str]] = defaultdict(set)
    for picture in page.pictures:
        if not picture.in_cell:
            shown[picture.text].add(picture.address)
    for text, addresses in shown.items():
        if len(addresses) > 1:
            yield f"{len(addresses)} different pictures say the same: “{text}”"


def _says_something(picture: Picture) -> bool:
    """It has some words; a chart that stands by itself has a sentence. A code says where it leads, in few words."""
    text = picture.text.strip()
    begins = bool(re.match(r"[“\"(]?[A-ZÀ-Þ0-9]", text))
    ends = picture.in_cell or text.startswith("QR") or text.endswith((".", "?", "…"))
    return begins and ends and len(text.split()) >= FEWEST_WORDS


class _Spoken:
    """What a screen reader says, in its order, without pictures (they are compared by themselves) and without what the
    style adds: bullets, and page numbers in a list of contents. Headings of a table that goes on at the next page
    come once.
    """

    def __init__(self, pdf: PdfReader, texts: Texts) -> None:
        self._pages = {page.indirect_reference.idnum: n for n, page in enumerate(pdf.pages) if page.indirect_reference}
        self._root, self._texts = _root(pdf), texts
        self._heads = Heads()

    def pieces(self) -> Iterator[str]:
        yield from self._of(self._root, page=0)

    def _of(self, node: DictionaryObject, page: int) -> Iterator[str]:
        page = self._page(node, page)
        if node.get("/S") in ("/Lbl", "/Figure"):
            return
        pieces = self._children(node, page)
        if node.get("/S") != "/THead":
            yield from pieces
            return
        yield from self._heads.said("".join(pieces))

    def _children(self, node: DictionaryObject, page: int) -> Iterator[str]:
        for child in _kids(node):
            if isinstance(child, int):
                text = self._texts[page].get(child, "")
                yield "" if PAGE_IN_CONTENTS.fullmatch(text) else text
            elif child.get("/Type") == "/MCR":
                yield self._texts[self._page(child, page)].get(int(child["/MCID"]), "")
            elif child.get("/Type") != "/OBJR":
                yield from self._of(child, page)

    def _page(self, node: DictionaryObject, page: int) -> int:
        return self._pages[node.raw_get("/Pg").idnum] if "/Pg" in node else page


def _root(pdf: PdfReader) -> DictionaryObject:
    catalogue: Any = pdf.trailer["/Root"]
    found: DictionaryObject = catalogue["/StructTreeRoot"]
    return found


def _elements(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """In the order in which they are read."""
    waiting: list[Any] = [_root(pdf)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, DictionaryObject):
            yield node
            waiting.extend(reversed(list(_kids(node))))


def _kids(node: DictionaryObject) -> Iterator[Any]:
    """Elements and numbers of marked content."""
    kids: Any = node.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, ArrayObject) else [kids]:
        found = kid.get_object()
        yield found if isinstance(found, DictionaryObject) else int(found)


def _marked_texts(content: bytes) -> Texts:
    texts: Texts = {}
    for number, page in enumerate(pypdfium2.PdfDocument(content)):
        found: dict[int, str] = defaultdict(str)
        reader = page.get_textpage()
        for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,)):
            mark = pdfium.FPDFPageObj_GetMarkedContentID(item.raw)
            found[mark] += _text_of(item.raw, reader.raw)
        texts[number] = found
    return texts


def _text_of(item: Any, reader: Any) -> str:
    size = pdfium.FPDFTextObj_GetText(item, reader, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDFTextObj_GetText(item, reader, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")
