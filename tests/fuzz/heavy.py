"""Staff lists that are all within the limit of an upload, and made to take as much time and memory as they can."""

import io
import sys
import zipfile
from collections.abc import Iterator

from organisations.staff_list.entries import read_entries
from organisations.staff_list.reading import read_table
from organisations.staff_list.recognising import recognise
from organisations.staff_list.sheet_choice import likeness
from organisations.staff_list.tables import UnreadableError
from organisations.staff_list.workbooks import SMALL_ENOUGH
from tests.fuzz.files import BOOK, CSV
from tests.organisations.staff_list.files import NAME, TODAY
from tests.organisations.staff_list.test_hostile_files import many_parts, many_sheets

HEAD = b"Medewerkernummer;Achternaam;E-mail werk;Afdeling\r\n"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"


def book(part: str, content: bytes) -> bytes:
    old, out = zipfile.ZipFile(io.BytesIO(BOOK)), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return out.getvalue()


def heavy(size: int) -> Iterator[tuple[str, bytes]]:
    """About so many bytes each; workbooks as many when they are unpacked."""
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    yield "commas", HEAD + b";" * size
    yield "empty rows", HEAD + b"\r\n" * (size // 2)
    yield "short rows", HEAD + b"1;a;b;c\r\n" * (size // 9)
    yield "one cell", HEAD + b"1;" + b"x" * size + b";b;c\r\n"
    yield "one quoted cell", HEAD + b'1;"' + b"x\n" * (size // 2) + b'";b;c\r\n'
    yield "quotation marks", HEAD + b'"' * size
    yield "100,000 columns", b";".join(b"k%d" % n for n in range(100_000)) + b"\r\n"
    yield "marks on letters", HEAD + "1;e{};b;c\r\n".format("\u0301" * (size // 2)).encode()
    yield (
        "departments",
        HEAD + b"".join(b"%d;a;;%s\r\n" % (n, b" / ".join([b"d%d" % n] * 50)) for n in range(size // 300)),
    )
    yield "the sample again and again", CSV * (size // len(CSV))
    # More than this is refused before it is unpacked.
    small = min(size, SMALL_ENOUGH - 200_000)
    yield "rows of a workbook", book(SHEET, MAIN + b"<row><c><v>1</v></c></row>" * (small // 26) + END)
    yield "cells of a workbook", book(SHEET, MAIN + b"<row>" + b"<c><v>1</v></c>" * (small // 15) + b"</row>" + END)
    yield "far cells", book(SHEET, MAIN + b'<row><c r="XFD1"><v>1</v></c></row>' * (small // 36) + END)
    yield "deep", book(SHEET, MAIN + b"<row>" * (small // 5))
    yield (
        "merged cells",
        book(SHEET, MAIN + END[:12] + b'<mergeCell ref="A1:A9999999"/>' * (small // 30) + b"</worksheet>"),
    )
    yield "formulas", book(SHEET, MAIN + b'<c r="A1"><f>x</f>' * (small // 18))
    yield "shared texts", book("xl/sharedStrings.xml", b"<sst>" + b"<si><t>x</t></si>" * (small // 17) + b"</sst>")
    yield (
        "styles",
        book("xl/styles.xml", b"<styleSheet><cellXfs>" + b"<xf/>" * (small // 5) + b"</cellXfs></styleSheet>"),
    )
    yield "entities in entities", book(SHEET, b"<!DOCTYPE a [<!ENTITY l0 'ha'>" + laughs + b"]>" + MAIN + b"&l9;" + END)
    yield (
        "an entity from outside",
        book(SHEET, b'<!DOCTYPE a [<!ENTITY l SYSTEM "file:///dev/zero">]>' + MAIN + b"&l;" + END),
    )
    yield "zip bomb", book(SHEET, b"<c/>" * 20_000_000)
    yield "sheets", many_sheets(290)
    yield "parts", many_parts(4_900)


def read(content: bytes) -> str:
    """What becomes of it: a word why not, or how many people."""
    try:
        found = read_entries(recognise(read_table(content, likeness), {}, {}), NAME, TODAY)
    except UnreadableError as fault:
        return fault.code
    return f"{len(found.people)} people"


if __name__ == "__main__":
    import resource
    import time

    for name, content in heavy(int(sys.argv[1])):
        begun = time.process_time()
        outcome = read(content)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(f"{name}|{outcome}|{time.process_time() - begun:.1f}|{peak}\n")
        sys.stdout.flush()
