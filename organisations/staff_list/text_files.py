"""Read CSV and other text files with any delimiter that Excel and HR systems write."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator

from organisations.staff_list.encodings import decode
from organisations.staff_list.tables import Table, UnreadableError, collect

DELIMITERS = (";", ",", "\t", "|")
SAMPLE = 60
# How systems keep Excel from taking a text for a number.
KEPT_AS_TEXT = re.compile(r'="([^"]*)"$')


def read_text_file(content: bytes) -> Table:
    text, notes = decode(content)
    delimiter, text = _named_delimiter(text)
    delimiter = delimiter or find_delimiter(text)
    table = collect(_records(text, delimiter))
    table.notes += notes
    return table


def _named_delimiter(text: str) -> tuple[str, str]:
    """Excel's own first line "sep=;", which it does not show as a row."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"').lower()
    if first.startswith("sep=") and len(first) <= 5:
        return first[4:] or "\t", rest
    return "", text


def find_delimiter(text: str) -> str:
    """The one that cuts all rows alike, else the most rows into the same, large number of cells."""
    lines = [line for line in text.splitlines()[: SAMPLE * 2] if line.strip()][:SAMPLE]

    def score(delimiter: str) -> tuple[bool, int]:
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return False, 0
        cut = {width: count for width, count in widths.items() if width > 1}
        return cut == dict(widths) and len(cut) == 1, max((width * count for width, count in cut.items()), default=0)

    return max(DELIMITERS, key=score)


def _records(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            number += 1
            yield number, [_plain(cell) for cell in record]
    except csv.Error as fault:
        raise UnreadableError("bad_quotes", str(number + 1)) from fault


def _plain(cell: str) -> str:
    found = KEPT_AS_TEXT.match(cell) if cell.startswith("=") else None
    return found[1] if found else cell
