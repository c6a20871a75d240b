"""Read CSV and other text files, in any encoding and with any delimiter that Excel and HR systems write."""

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator

from organisations.staff_list.tables import Table, UnreadableError, collect

DELIMITERS = (";", ",", "\t", "|")
SAMPLE = 60
# Windows first: it wins when nothing tells them apart.
OLD_ENCODINGS = ("cp1252", "mac_roman", "cp850")
SMALL = frozenset("áàâäãåæçéèêëíìîïñóòôöõøúùûü")
CAPITAL = frozenset("ÁÀÂÄÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖØÚÙÛÜ")
RARE = frozenset("ÃÕõÝýÿßÐðÞþ")


def read_text_file(content: bytes) -> Table:
    text = decode(content)
    delimiter, text = _named_delimiter(text)
    delimiter = delimiter or find_delimiter(text)
    return collect(_records(text, delimiter))


def decode(content: bytes) -> str:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if content.startswith(mark):
            return _decode(content, encoding)
    if encoding := _sixteen_bits(content):
        return _decode(content, encoding)
    if b"\0" in content:
        raise UnreadableError("not_a_sheet")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        texts = [content.decode(encoding, errors="replace") for encoding in OLD_ENCODINGS]
        # In the others nearly all letters of names are no letters to Windows.
        return texts[0] if _is_only_letters(texts[0]) else max(texts, key=_likelihood)


def _decode(content: bytes, encoding: str) -> str:
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


def _is_only_letters(text: str) -> bool:
    return {char for char in text if not char.isascii()} <= SMALL | CAPITAL | RARE


def _likelihood(text: str) -> int:
    """How much the letters beyond ASCII look like those of names."""
    counts = Counter(char for char in text if not char.isascii())
    small = sum(count for char, count in counts.items() if char in SMALL)
    capital = sum(count for char, count in counts.items() if char in CAPITAL)
    # "van ’t Veld", and a dash between words.
    return 2 * small + capital + 3 * (counts["’"] + text.count(" – "))


def _named_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;", which it does not show as a row."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"').lower()
    if first.startswith("sep=") and len(first) <= 5:
        return first[4:] or "\t", rest
    return "", text


def find_delimiter(text: str) -> str:
    """The one that cuts the most rows into the same, large number of cells."""
    lines = [line for line in text.splitlines()[: SAMPLE * 2] if line.strip()][:SAMPLE]

    def score(delimiter: str) -> int:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        except csv.Error:
            return 0
        return max((width * count for width, count in widths.items()), default=0)

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            yield number, record
    except csv.Error as fault:
        raise UnreadableError("bad_quotes", str(number + 1)) from fault
