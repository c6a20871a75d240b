"""Dates as people and systems write them. Whether days go before months is decided for a whole column."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from enum import Enum, auto

from organisations.staff_list.fields import fold, is_nothing, values

NO_DATE = date.min
"""Something stands there that is no date."""
FIRST_YEAR = 1902
"""Before that it is how a system writes "none": 01-01-0001, 1-1-1900."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DUTCH_MONTHS = {"maa": "mar", "mrt": "mar", "mei": "may", "okt": "oct"}
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ t].*)?$")
EIGHT_DIGITS = re.compile(r"((?:19|20|99)\d{2})(\d{2})(\d{2})$")
TWO_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})(?: .*)?$")
DAY_MONTH = re.compile(r"(\d{1,2})[-/. ]+([a-z]{3})[a-z]*\.?[-/. ,]+(\d{4}|\d{2})$")
MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$")
EXCEL_DAY = re.compile(r"[2-8]\d{4}(?:[.,]\d+)?$")
EXCEL_START = date(1899, 12, 30)
WEEKDAY = re.compile(
    r"^(?:ma(?:andag)?|di(?:nsdag)?|wo(?:ensdag)?|do(?:nderdag)?|vr(?:ijdag)?|za(?:terdag)?|zo(?:ndag)?"
    r"|(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?)[.,]? +"
)
NO_DAY = re.compile(r"0+([-/. ]0+)*$")


class Order(Enum):
    """Which of two numbers is the day: 3/4 is 3 April, or March 4."""

    DAY_FIRST = auto()
    MONTH_FIRST = auto()
    BOTH = auto()
    """The column proves both: then 3/4 is no date."""


def order_of(cells: Iterable[str], others: Iterable[str]) -> Order:
    """As the column proves it, else as the other columns with dates do."""
    return _proven(cells) or _proven(others) or Order.DAY_FIRST


def _proven(cells: Iterable[str]) -> Order | None:
    found = [match for cell in cells if (match := TWO_NUMBERS.match(_tidied(cell)))]
    days_first = any(int(match[1]) > 12 for match in found)
    months_first = any(int(match[3]) > 12 for match in found)
    if days_first and months_first:
        return Order.BOTH
    if months_first:
        return Order.MONTH_FIRST
    return Order.DAY_FIRST if days_first else None


def read_date(cell: str, order: Order = Order.DAY_FIRST) -> date | None:
    """None: empty, or a word for it; NO_DATE: no date."""
    text = _tidied(cell)
    if is_nothing(cell) or NO_DAY.match(text) or fold(cell) in values("no_date"):
        return None
    try:
        found = _date(text, order)
    except (ValueError, OverflowError):
        return NO_DATE
    return found if found.year >= FIRST_YEAR else None


def _tidied(cell: str) -> str:
    return WEEKDAY.sub("", cell.strip().lower())


def _date(text: str, order: Order) -> date:
    if found := ISO.match(text) or EIGHT_DIGITS.match(text):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := TWO_NUMBERS.match(text):
        return _of_two_numbers(int(found[1]), int(found[3]), _year(found[4]), order, dotted=found[2] == ".")
    if found := DAY_MONTH.match(text):
        return date(_year(found[3]), _month(found[2]), int(found[1]))
    if found := MONTH_DAY.match(text):
        return date(int(found[3]), _month(found[1]), int(found[2]))
    if EXCEL_DAY.match(text):
        return EXCEL_START + timedelta(days=int(re.split(r"[.,]", text)[0]))
    raise ValueError(text)


def _of_two_numbers(first: int, second: int, year: int, order: Order, *, dotted: bool) -> date:
    if order is Order.BOTH and max(first, second) <= 12 and first != second and not dotted:
        raise ValueError
    month_first = second > 12 or (order is Order.MONTH_FIRST and first <= 12 and not dotted)
    return date(year, first, second) if month_first else date(year, second, first)


def _year(text: str) -> int:
    return int(text) + 2000 if len(text) == 2 else int(text)


def _month(word: str) -> int:
    return MONTHS.index(DUTCH_MONTHS.get(word, word)) + 1
