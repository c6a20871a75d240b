"""Whether a column holds what its heading says."""

from collections.abc import Callable, Sequence

from organisations.staff_list.cells import has_letter, read_language, read_yes_no
from organisations.staff_list.dates import NO_DATE, Order, read_date
from organisations.staff_list.fields import Field, fold, values
from organisations.staff_list.service import is_about_service


def fits(field: Field, sample: Sequence[str]) -> bool:
    """An empty column fits everything."""
    if field == Field.IS_LEADER and any(cell.strip().isdigit() and cell.strip() not in "01" for cell in sample):
        # Whose staff numbers these are does not matter: they are somebody's.
        return False
    test = TESTS.get(field, has_letter)
    return not sample or share(sample, test) >= 0.5


def share(sample: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, sample)) / len(sample) if sample else 0


def holds_addresses(sample: Sequence[str]) -> bool:
    return share(sample, _is_address) >= 0.8


def holds_paths(sample: Sequence[str]) -> bool:
    return share(sample, lambda cell: any(mark in cell for mark in (" / ", " > ", "\\"))) > 0.5


def _is_address(cell: str) -> bool:
    return "@" in cell


def _is_number(cell: str) -> bool:
    return any(char.isdigit() for char in cell) and "@" not in cell and " " not in cell


def _is_infix(cell: str) -> bool:
    return fold(cell) in values("infixes")


def _is_date(cell: str) -> bool:
    return read_date(cell, Order.DAY_FIRST) is not NO_DATE


TESTS: dict[Field, Callable[[str], bool]] = {
    Field.NUMBER: _is_number,
    Field.EMAIL: lambda cell: _is_address(cell) or fold(cell) in values("no_address"),
    Field.INFIX: _is_infix,
    Field.IS_LEADER: lambda cell: read_yes_no(cell) is not None,
    Field.LANGUAGE: lambda cell: read_language(cell) is not None,
    Field.STARTS_ON: _is_date,
    Field.ENDS_ON: _is_date,
    Field.STATUS: is_about_service,
    Field.FULL_NAME: lambda cell: has_letter(cell) and "@" not in cell,
}
