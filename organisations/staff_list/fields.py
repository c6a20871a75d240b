"""What a column of a staff list can hold, and the words by which HR systems are understood (words.toml)."""

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Field(TextChoices):
    NUMBER = "number", _("Staff number")
    FULL_NAME = "full_name", _("Full name in one column")
    GIVEN_NAME = "given_name", _("First name")
    CALLED = "called", _("First name that is used, where filled in")
    INITIALS = "initials", _("Initials")
    INFIX = "infix", _("Name prefix (such as “van der”)")
    FAMILY_NAME = "family_name", _("Last name")
    EMAIL = "email", _("E-mail address")
    DEPARTMENT = "department", _("Department")
    LEVEL_1 = "level_1", _("Department, highest level")
    LEVEL_2 = "level_2", _("Department, level 2")
    LEVEL_3 = "level_3", _("Department, level 3")
    LEVEL_4 = "level_4", _("Department, level 4")
    LEVEL_5 = "level_5", _("Department, level 5")
    LEVEL_6 = "level_6", _("Department, level 6")
    LEVEL_7 = "level_7", _("Department, level 7")
    LEVEL_8 = "level_8", _("Department, level 8")
    LEVEL_9 = "level_9", _("Department, level 9")
    LEVEL_10 = "level_10", _("Department, level 10")
    IS_LEADER = "is_leader", _("Manager (yes or no)")
    LANGUAGE = "language", _("Language")
    STARTS_ON = "starts_on", _("First day of work")
    ENDS_ON = "ends_on", _("Last day of work")
    STATUS = "status", _("In service or not")


LEVELS = tuple(field for field in Field if field.value.startswith("level_"))
PLACES = (*LEVELS, Field.DEPARTMENT)
E_MAIL = re.compile(r"\be mail")
NO_ASCII_WORD = re.compile(r"[^a-z0-9]+")
WORDS = Path(__file__).parent / "words.toml"


@cache
def words() -> dict[str, Any]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@cache
def values(kind: str) -> frozenset[str]:
    """The ways to write one value, folded."""
    return frozenset(fold(text) or text for text in words()["values"][kind])


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """What headings and words that mean the same have in common: small letters without accents, single spaces."""
    if text.isascii():  # the same, several times faster: a list of thousands is mostly this
        return E_MAIL.sub("email", NO_ASCII_WORD.sub(" ", text.lower()).strip())
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    spaced = "".join(char if char.isalnum() else " " for char in plain.casefold())
    return E_MAIL.sub("email", " ".join(spaced.split()))


def heading_key(heading: str) -> str:
    """By this a heading is remembered: not even spaces matter."""
    return fold(heading).replace(" ", "")[:120]


def is_nothing(cell: str) -> bool:
    """Empty, or a word or a dash for that there is nothing."""
    return not cell.startswith("#") and (not any(map(str.isalnum, cell)) or fold(cell) in values("nothing"))


def is_formula_error(cell: str) -> bool:
    return cell.startswith("#") and cell.strip().upper() in words()["values"]["formula_errors"]
