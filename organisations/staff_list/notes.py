"""What we made of a file where it could be read in another way: no fault, but said aloud, with what to do about it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class About(StrEnum):
    OTHER_ADDRESS = "other_address"
    UNREAD_SERVICE = "unread_service"
    UNKNOWN_STATUS = "unknown_status"
    LOCATION = "location"
    TOO_MANY_LEVELS = "too_many_levels"
    PATH = "path"
    SINGLE_NAMES = "single_names"
    WITHOUT_MANAGER = "without_manager"
    OTHER_SHEETS = "other_sheets"
    STRAY_LETTER = "stray_letter"
    NO_VALUE = "no_value"
    GROUPS = "groups"


@dataclass(frozen=True)
class Note:
    about: About
    column: str = ""
    value: str = ""
    """An example from the file."""
    other: str = ""
    """What we made of the example, or what the sentence needs besides."""
    count: int = 0


def note_data(note: Note) -> dict[str, Any]:
    return asdict(note)


def read_note(stored: Mapping[str, Any]) -> Note:
    return Note(About(stored["about"]), stored["column"], stored["value"], stored["other"], stored["count"])


def note_text(note: Note) -> str:
    texts = {
        About.OTHER_ADDRESS: _(
            "Column “%(column)s” is not used: it looks like a private address, or that of somebody else. Choose it"
            " below if that is what you want."
        ),
        About.UNREAD_SERVICE: _(
            "Column “%(column)s” seems to say who has left, but it is not used (for example: “%(value)s”). Check that"
            " nobody who has left is in the list below, or choose the column below."
        ),
        About.UNKNOWN_STATUS: ngettext(
            "Column “%(column)s”: we do not know the word “%(value)s”. %(count)s person with this word counts as in"
            " service. If this person has left, take the row out of the file.",
            "Column “%(column)s”: we do not know the word “%(value)s”. %(count)s people with this word count as in"
            " service. If they have left, take their rows out of the file.",
            note.count,
        ),
        About.LOCATION: _(
            "Column “%(column)s” is not used: the departments do not follow from it (for example: “%(value)s”)."
            " Choose it below if it is a level of your departments."
        ),
        About.TOO_MANY_LEVELS: _(
            "Column “%(column)s” is not used: there are more than %(count)s levels of departments. Choose below which"
            " levels count."
        ),
        About.PATH: _(
            "Column “%(column)s”: we read “%(value)s” as a department within a department: %(other)s. Choose “single"
            " names” below if it is one name."
        ),
        About.SINGLE_NAMES: _(
            "Column “%(column)s”: we read “%(value)s” as the name of one department. Choose the mark below if it is a"
            " department within a department."
        ),
        About.WITHOUT_MANAGER: _("Column “%(column)s”: “%(value)s” becomes “%(other)s”, without the manager's name."),
        About.OTHER_SHEETS: _(
            "This workbook has several sheets. Sheet “%(column)s” was read. Not read, with the number of rows:"
            " %(value)s. Choose another sheet below, or bring the people together on one sheet."
        ),
        About.STRAY_LETTER: _(
            "Row %(count)s holds a letter that was written in another way than the rest. We read “%(value)s”: check"
            " this row."
        ),
        About.GROUPS: _(
            "Column “%(column)s” is empty in %(count)s rows. Does the department stand in the first row of a group"
            " only? Write it in every row of the group."
        ),
        About.NO_VALUE: _(
            "Column “%(column)s” holds formulas whose outcome is not in the file. Open the file in Excel, save it and"
            " upload it again."
        ),
    }
    return texts[note.about] % vars(note)
