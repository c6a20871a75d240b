"""Which encoding a text file has: UTF-8 or UTF-16, else what Excel wrote on Windows, on a Mac or in MS-DOS."""

import codecs
from functools import cache

from organisations.staff_list.notes import About, Note
from organisations.staff_list.tables import UnreadableError

# Windows first: it wins when nothing tells them apart.
OLD_ENCODINGS = ("cp1252", "mac_roman", "cp850")
OFTEN = frozenset("éëïöüèšž")
SMALL = frozenset("áàâäãåæçêíìîñóòôõøúùûœßÿýðþ") | OFTEN
CAPITAL = frozenset("ÁÀÂÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖØÚÙÛÜŠŽŒÃÕÐÞÝŸ")
LAST_ASCII = 0x7F
FIRST_LETTER = 0xC0
"""Of Windows."""
IMPOSSIBLE = -3


def decode(content: bytes) -> tuple[str, list[Note]]:
    """Raises UnreadableError."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _strictly(content, encoding), []
    if encoding := _sixteen_bits(content):
        return _strictly(content, encoding), []
    if b"\0" in content:
        raise UnreadableError("not_a_sheet")
    try:
        return content.decode("utf-8"), []
    except UnicodeDecodeError as fault:
        text = content.decode("utf-8", errors=STRAY)
        if _is_nearly_utf8(content, text):
            return text, [_stray(content, fault.start)]
    texts = [content.decode(encoding, errors="replace") for encoding in OLD_ENCODINGS]
    # The others have nearly all letters of names below these bytes.
    is_windows = all(byte >= FIRST_LETTER for byte in content if byte > LAST_ASCII)
    return texts[0] if is_windows else max(texts, key=likelihood), []


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        raise UnreadableError("not_a_sheet") from fault
    if "\0" in text:
        raise UnreadableError("not_a_sheet")
    return text


def _sixteen_bits(content: bytes) -> str:
    """UTF-16 without a mark: in a staff list nearly every second byte is zero."""
    start = content[:2000]
    half = len(start) // 2
    if half and start[1::2].count(0) > half * 0.8 and not start[0::2].count(0):
        return "utf-16-le"
    if half and start[0::2].count(0) > half * 0.8 and not start[1::2].count(0):
        return "utf-16-be"
    return ""


# UTF-8 with a few letters that somebody pasted in from Windows


STRAY = "leerscan_stray_letters"


def _as_windows(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1252", errors="replace"), fault.end


codecs.register_error(STRAY, _as_windows)


def _is_nearly_utf8(content: bytes, text: str) -> bool:
    """Whether most letters beyond ASCII are good UTF-8; by chance two bytes of Windows hardly ever are."""
    beyond = sum(not char.isascii() for char in text)
    good = sum(not char.isascii() for char in content.decode("utf-8", errors="ignore"))
    return good > 0 and good * 2 > beyond


def _stray(content: bytes, place: int) -> Note:
    before = content[:place].splitlines() or [b""]
    start = place - len(before[-1])
    line = content[start : start + 200].splitlines()[0].decode("utf-8", errors=STRAY)
    return Note(About.STRAY_LETTER, value=line[:60], count=len(before))


# Which of the old encodings makes the most likely names


def likelihood(text: str) -> int:
    """How much the characters beyond ASCII stand where they do in names and sentences."""
    total = 0
    around = f" {text} "
    for place, char in enumerate(around):
        if not char.isascii():
            total += _worth(around[place - 1], char, around[place + 1])
    return total


@cache
def _worth(before: str, char: str, after: str) -> int:
    if char in SMALL:
        is_odd = after.isupper() or (before.isupper() and before not in "DLO" and after.isupper())
        begins = not before.isalpha() and before not in "'’"
        return IMPOSSIBLE if is_odd else 0 if begins else 3 if char in OFTEN else 2
    if char in CAPITAL:
        return IMPOSSIBLE if before.islower() else 2
    return 2 if _is_in_place(before, char, after) else -1 if char.isalnum() else IMPOSSIBLE


def _is_in_place(before: str, char: str, after: str) -> bool:
    """Of the marks of Windows: quotation marks around words, dashes between them."""
    if char == "’":
        return after.isalpha() or before.isalpha()
    if char in "‘“":
        return not before.isalpha() and not after.isspace()
    if char in "”…":
        return not after.isalpha() and not before.isspace()
    if char == "€":
        return not before.isalpha() and not after.isalpha()
    if char in "–—•\u00a0":
        return before.isspace() == after.isspace() and (char != "\u00a0" or before.isalnum())
    return char in "²°½«»·" and not (before.isalpha() and after.isalpha())
