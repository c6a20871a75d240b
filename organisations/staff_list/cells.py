"""What one cell means: yes or no, a language, an address, a staff number. Dates have a module of their own."""

import re

from organisations.addresses import plain_address
from organisations.names import clean_name
from organisations.staff_list.fields import fold, values

WHOLE_NUMBER = re.compile(r"(\d+)[.,]0{1,2}$")
THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+$")
IN_BRACKETS = re.compile(r".*<([^<>]+@[^<>]+)>\s*$")


def has_letter(cell: str) -> bool:
    return any(char.isalpha() for char in cell)


def read_number(cell: str) -> str:
    """A staff number as text; 10059.0 and 10.059 are 10059, and Excel's mark for text is none of it."""
    text = clean_name(cell).removeprefix("'")
    if THOUSANDS.match(text):
        return text.replace(".", "")
    found = WHOLE_NUMBER.match(text)
    return found[1] if found else text


def read_yes_no(cell: str) -> bool | None:
    """None: neither."""
    word = fold(cell) or cell.strip()
    if word in values("yes"):
        return True
    return False if word in values("no") else None


def read_language(cell: str) -> str | None:
    word = fold(cell)
    if word in values("dutch"):
        return "nl"
    return "en" if word in values("english") else None


def tidy_address(cell: str) -> str:
    """As we keep addresses, and without what mail programs put around them."""
    text = cell.strip()
    found = IN_BRACKETS.match(text)
    return plain_address((found[1] if found else text).strip().lower().removeprefix("mailto:"))
