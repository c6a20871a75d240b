"""Files that somebody damaged, or made to do harm."""

import io
import zipfile

from hypothesis import strategies as st

from tests.conftest import SAMPLES
from tests.fuzz.texts import DATES, NUMBERS, TEXTS

CSV, BOOK = (
    (SAMPLES / "staff-list.csv").read_text(encoding="cp1252").encode(),
    (SAMPLES / "staff-list.xlsx").read_bytes(),
)
RESPONSES = (SAMPLES / "responses-2026.csv").read_bytes()
PIECES = (
    b"\x00", b'"', b'""', b";", b",", b"\t", b"\r", b"\n", b"\r\n\r\n", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff",
    b"\xed\xa0\x80", b"\x80", b"=1+1", b"@SUM(1)", b"sep=;\n", b"sep=\n", b"31-12-9999", b"0001-01-01",
    b"10000-01-01", b"99999999999", b"-1", b"1e400", b" / ", b"/", b"x" * 5_000, b";" * 500, b"\n" * 300, b"<html>",
    b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xe2\x80\xae", b"&l8;", b"]]>", b"</c>", b'<c r="ZZZZ1">', b'r="A0"',
    b't="s"', b't="d"', b"<v>99999999999</v>", b"<v>NaN</v>", b"<v>-693595</v>", b"<v>2958466</v>",
    b'<mergeCell ref="A1:A9999999"/>', b'<mergeCell ref="ZZZ9:ZZZ1"/>', b'<!DOCTYPE a SYSTEM "file:///etc/passwd">',
)  # fmt: skip
TARGETS = ("../../[Content_Types].xml", "file:///etc/passwd", "http://127.0.0.1:9/x", "worksheets/sheet99.xml", "")

NAMES = ("../../evil.xml", "/etc/passwd", "a" * 1_000, "xl\\workbook.xml")


@st.composite
def damaged(draw: st.DrawFn, content: bytes, most: int = 5) -> bytes:
    """A few bytes turned over, put in, taken out; now and then cut off or in another encoding."""
    for _ in range(draw(st.integers(0, most))):
        place = draw(st.integers(0, max(0, len(content) - 1)))
        # The headings decide most.
        place = place % 200 if draw(st.booleans()) else place
        what = draw(st.sampled_from(("turn", "put in", "put in", "put in", "take out", "cut", "twice", "text")))
        before, after = content[:place], content[place:]
        if what == "turn":
            content = before + bytes([(after or b"\0")[0] ^ draw(st.integers(1, 255))]) + after[1:]
        elif what == "put in":
            content = before + draw(st.sampled_from(PIECES)) + after
        elif what == "text":
            text = draw(st.sampled_from(TEXTS + NUMBERS + DATES))
            content = before + text.encode("utf-8", "surrogatepass") + after
        elif what == "take out":
            content = before + after[draw(st.integers(1, 300)) :]
        elif what == "twice":
            content = before + after[:500] + after
        elif draw(st.integers(0, 3)) == 0:
            content = before
    return content


@st.composite
def text_files(draw: st.DrawFn, content: bytes) -> bytes:
    encoding = draw(
        st.sampled_from(("utf-8", "utf-8", "utf-8", "cp1252", "utf-16", "utf-16-le", "utf-32", "utf-7", "cp500"))
    )
    rows = content.decode().splitlines(keepends=True)
    some = "".join(rows[: draw(st.sampled_from((3, 10, 40)))])
    return draw(damaged(some.encode(encoding, "replace")))


@st.composite
def workbooks(draw: st.DrawFn, content: bytes = BOOK) -> bytes:
    """A part of it damaged, missing, twice, under another name; or all of it as bytes."""
    if draw(st.integers(0, 3)) == 0:
        return draw(damaged(content))
    old, out = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    parts = draw(_other_parts({name: old.read(name) for name in old.namelist()}))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return out.getvalue()


@st.composite
def _other_parts(draw: st.DrawFn, parts: dict[str, bytes]) -> dict[str, bytes]:
    chosen, other = draw(st.sampled_from(sorted(parts))), draw(st.sampled_from(sorted(parts)))
    match draw(st.sampled_from((*["damage"] * 4, "leave out", "swap", "twice", "lead away", "name"))):
        case "damage":
            return parts | {chosen: draw(damaged(parts[chosen]))}
        case "leave out":
            return {name: part for name, part in parts.items() if name != chosen}
        case "swap":
            return parts | {chosen: parts[other]}
        case "twice":
            return parts | {f"{chosen}/": b""}
        case "name":
            return parts | {draw(st.sampled_from((*NAMES, chosen.upper()))): parts.pop(chosen)}
    target = b'Target="' + draw(st.sampled_from(TARGETS)).encode()
    return {name: part.replace(b'Target="', target) for name, part in parts.items()}
