"""Whether somebody is in service, from a column with yes and no, with words, with a reason to leave, or with codes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from organisations.staff_list.cells import has_letter, read_yes_no
from organisations.staff_list.dates import NO_DATE, read_date
from organisations.staff_list.fields import fold, is_nothing, values, words

DATE_IN_TEXT = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


@dataclass(frozen=True)
class Service:
    """How one column says it."""

    yes_is_left: bool
    """The heading asks who has left, such as "Uit dienst" or "Terminated"."""
    is_reason: bool
    """Whatever stands in it is why somebody leaves."""
    codes: dict[str, bool]

    def has_left(self, cell: str, today: date) -> bool | None:
        """None: a word we do not know. An empty cell is in service."""
        if is_nothing(cell) and not (cell.strip() == "-" and self.yes_is_left):
            return False
        word = fold(cell)
        if word in self.codes:
            return not self.codes[word]
        answer = read_yes_no(cell)
        if answer is not None:
            return answer is self.yes_is_left
        if self.is_reason or _begins(word, "out_of_service"):
            return not _is_to_come(cell, today)
        return False if _begins(word, "in_service") else None

    def is_unknown(self, cell: str) -> bool:
        return self.has_left(cell, date.max) is None


def says_left(remark: str) -> bool:
    """Of words behind a name, where yes, no and codes mean nothing."""
    return _begins(fold(remark), "out_of_service")


def service_of(heading: str, cells: Iterable[str]) -> Service:
    found = set(fold(heading).split())
    return Service(
        yes_is_left=bool(found & values("leaving_headings")),
        is_reason=bool(found & values("reason_headings")),
        codes=_codes({word for cell in cells if (word := fold(cell))}),
    )


def is_about_service(cell: str) -> bool:
    """Whether a cell may say it: words, yes or no, a code; no date."""
    has_words = has_letter(cell) or read_yes_no(cell) is not None or len(cell) == 1
    return has_words and read_date(cell) is NO_DATE


def _codes(found: set[str]) -> dict[str, bool]:
    """Letters and digits mean something only together: beside A an I is inactive, beside U it is in service."""
    for table in words()["service_codes"]:
        stay, gone = set(table["stay"]), set(table["gone"])
        if table["stay"][0] in found and found <= stay | gone:
            return dict.fromkeys(stay, True) | dict.fromkeys(gone, False)
    return {}


def _begins(word: str, kind: str) -> bool:
    parts = word.split()
    return any(" ".join(parts[:length]) in values(kind) for length in range(1, len(parts) + 1))


def _is_to_come(cell: str, today: date) -> bool:
    """ "Uit dienst per 1-3-2030": still here."""
    found = DATE_IN_TEXT.search(cell)
    day = read_date(found[0]) if found else None
    return day is not None and day is not NO_DATE and day >= today
