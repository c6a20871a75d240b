"""Passwords that are refused, each with what is wrong with it in plain words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

type AsUser = Callable[[Any], Client]

NEARLY_COMMON = "nearly this one"
WITHOUT_LETTERS = "Digits and signs alone"


def choose(client: Client, password: str) -> Any:
    client.cookies["language"] = "en"
    return client.post("/accounts/password/set/", {"password1": password, "password2": password})


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("short", "too short"),
        ("mo@example.test", "looks like your name"),
        ("iloveyou", NEARLY_COMMON),
        ("wachtwoord1234", NEARLY_COMMON),
        ("Welkom2026!", NEARLY_COMMON),
        ("Zomer2026", NEARLY_COMMON),
        ("!!leerscan!!", NEARLY_COMMON),
        ("  Beheerder 1  ", NEARLY_COMMON),
        ("12345678", NEARLY_COMMON),
        ("“Welkom2026€”", NEARLY_COMMON),
        ("１９０８１９８７", WITHOUT_LETTERS),
        ("19 08 1987", WITHOUT_LETTERS),
        ("??!!??!!", WITHOUT_LETTERS),
    ],
)
def test_a_weak_password_is_refused_in_plain_words(cast: Cast, as_user: AsUser, password: str, words: str) -> None:
    answer = choose(as_user(cast.mo), password)
    assert answer.status_code == 200
    assert words in answer.content.decode()


@pytest.mark.parametrize("password", ["zomer in de polder", "n7$kQ2!vTz", "Q!8274-55-1921", "Welkom bij ons thuis 26"])
def test_a_sentence_and_what_a_program_made_are_taken(cast: Cast, as_user: AsUser, password: str) -> None:
    assert choose(as_user(cast.mo), password).headers["Location"] == "/accounts/"
