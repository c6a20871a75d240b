"""Which passwords are too easy to guess: those that many people use, also with a year or an exclamation mark behind."""

import re

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# What Dutch and English passwords are made of and Django's list, made of passwords elsewhere, lacks.
_SEASONS = "lente voorjaar zomer herfst najaar winter spring summer autumn"
_MONTHS = (
    "januari februari maart april mei juni juli augustus september oktober november december "
    "january february march may june july august october"
)
_DAYS = (
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "monday tuesday wednesday thursday friday saturday sunday"
)
_HERE = "leerscan beheerder beheer administrator adviseur adviser manager medewerker organisatie afdeling personeel"
_EVERYWHERE = (
    "welkom welcome wachtwoord password geheim geheimpje inloggen vakantie nederland holland feyenoord ajax psv"
)
AROUND_A_WORD = re.compile(r"^[\W\d_]+|[\W\d_]+$")
SHORTEST = 3  # Django's list has single letters too, and "q" does not make a password of sixteen signs weak
WORDS = frozenset(f"{_SEASONS} {_MONTHS} {_DAYS} {_HERE} {_EVERYWHERE}".split())


class GuessablePasswordValidator(CommonPasswordValidator):
    """Its messages stand with the others: PASSWORD_FAULTS in accounts.py, by these codes."""

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        typed = password.strip().casefold()
        word = AROUND_A_WORD.sub("", typed)
        if typed in self.passwords or (len(word) >= SHORTEST and word in self.passwords | WORDS):
            raise ValidationError("This password is too common.", code="password_too_common")
        if not word:
            raise ValidationError("This password has no letters.", code="password_without_letters")
