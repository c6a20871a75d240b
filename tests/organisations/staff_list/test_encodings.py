"""Old encodings, told apart by where their letters stand."""

import pytest

from organisations.staff_list.encodings import decode
from organisations.staff_list.notes import About, Note

NAMES = ["André;Zoë;François;Müller", "Daniël;Piet", "Loïs", "René;Jürgen;Özdemir", "René;Coöperatie", "Hélène;Noëlle"]


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "utf-8"])
@pytest.mark.parametrize("text", NAMES)
def test_dutch_names(text: str, encoding: str) -> None:
    assert decode(f"Naam\r\n{text}\r\n".encode(encoding)) == (f"Naam\r\n{text}\r\n", [])


@pytest.mark.parametrize(
    "text",
    [
        "Aleš",
        "Miloš;Daniël;Živa",
        "van ‘t Hof",
        "van ’t Hof",
        "René;“De Brug”",
        "René;Zorg…;€ 3.000",
        "René;Team\u00a0A",
        "Œuvre",
        "• Zorg – Nacht",
    ],
)
def test_what_only_windows_has(text: str) -> None:
    assert decode(f"Naam;Afdeling\r\n{text}\r\n".encode("cp1252"))[0] == f"Naam;Afdeling\r\n{text}\r\n"


def test_a_stray_letter_of_windows_does_not_spoil_the_rest() -> None:
    text, notes = decode("Naam\nAndré\nZoë\n".encode() + b"Ren\xe9 Tol\n")
    assert text == "Naam\nAndré\nZoë\nRené Tol\n"
    assert notes == [Note(About.STRAY_LETTER, value="René Tol", count=4)]
