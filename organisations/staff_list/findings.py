"""What is wrong in a staff list, or was put right in it, with the place in the file."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    BAD_ADDRESS = "bad_address"
    DOUBLE_ADDRESS = "double_address"
    ADDRESS_TAKEN = "address_taken"
    EMPTY_DEPARTMENT = "empty_department"
    BAD_DEPARTMENT = "bad_department"
    DOUBLE_NUMBER = "double_number"
    UNKNOWN_LANGUAGE = "unknown_language"
    UNKNOWN_YES_NO = "unknown_yes_no"
    NO_FAMILY_NAME = "no_family_name"
    BAD_DATE = "bad_date"
    TOO_LONG = "too_long"
    FORMULA_ERROR = "formula_error"
    TWO_DEPARTMENTS = "two_departments"
    NUMBER_OF_OTHER = "number_of_other"
    NO_NUMBERS = "no_numbers"
    NO_COLUMN = "no_column"
    NO_PEOPLE = "no_people"
    ADDRESS_TIDIED = "address_tidied"
    PATH_TIDIED = "path_tidied"
    SLASH_REPLACED = "slash_replaced"
    TWO_ADDRESSES = "two_addresses"


CORRECTIONS = frozenset({Kind.ADDRESS_TIDIED, Kind.PATH_TIDIED, Kind.SLASH_REPLACED, Kind.TWO_ADDRESSES})
# What is put right by saying what a column holds, not in the file.
ABOUT_COLUMNS = frozenset({Kind.NO_COLUMN, Kind.NO_NUMBERS})


@dataclass(frozen=True)
class Finding:
    kind: Kind
    row: int
    """As in the file; 0: about the file as a whole."""
    column: str
    """The heading, or the letter of a column without one."""
    value: str
    other: str = ""
    """What the sentence needs beside the value: the corrected value, another row, a person's name."""

    @property
    def is_fault(self) -> bool:
        return self.kind not in CORRECTIONS
