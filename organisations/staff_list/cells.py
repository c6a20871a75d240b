"""What one cell means: a date, yes or no, a language, an address, a staff number, a name."""

import re
from datetime import date, timedelta

from organisations.addresses import plain_address
from organisations.names import clean_name
from organisations.staff_list.fields import fold, values

NO_DATE = date.min
"""Something stands there that is no date."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DUTCH_MONTHS = {"maa": "mar", "mrt": "mar", "mei": "may", "okt": "oct"}
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T].*)?$")
DAY_FIRST = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?$")
DAY_MONTH = re.compile(r"(\d{1,2})[-/. ]+([a-z]{3})[a-z]*\.?[-/. ,]+(\d{4})$")
MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$")
EXCEL_DAY = re.compile(r"[2-8]\d{4}(?:\.0)?$")
EXCEL_START = date(1899, 12, 30)
WHOLE_NUMBER = re.compile(r"(\d+)[.,]0+$")
IN_BRACKETS = re.compile(r".*<([^<>]+@[^<>]+)>\s*$")


def has_letter(cell: str) -> bool:
    return any(char.isalpha() for char in cell)


def read_number(cell: str) -> str:
    """A staff number as text; 10059.0 is 10059."""
    text = clean_name(cell)
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


def read_date(cell: str) -> date | None:
    """None: empty; NO_DATE: no date. Days go before months, unless that cannot be."""
    text = cell.strip().lower()
    if not text:
        return None
    try:
        return _date(text)
    except (ValueError, OverflowError):
        return NO_DATE


def _date(text: str) -> date:
    if found := ISO.match(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := DAY_FIRST.match(text):
        day, month, year = int(found[1]), int(found[2]), int(found[3])
        if month > 12:
            day, month = month, day
        return date(year + 2000 if year < 100 else year, month, day)
    if found := DAY_MONTH.match(text):
        return date(int(found[3]), _month(found[2]), int(found[1]))
    if found := MONTH_DAY.match(text):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    if EXCEL_DAY.match(text):
        return EXCEL_START + timedelta(days=int(float(text)))
    raise ValueError(text)


def _month(word: str) -> int:
    return MONTHS.index(DUTCH_MONTHS.get(word, word)) + 1
