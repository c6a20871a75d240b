"""A name in one column, taken apart."""

import pytest

from organisations.staff_list.person_names import split_name

NAMES = {
    "Jansen, J. van": ("J.", "van", "Jansen"),
    "Jan van Jansen": ("Jan", "van", "Jansen"),
    "Jansen, Jan": ("Jan", "", "Jansen"),
    "van Jansen, Jan": ("Jan", "van", "Jansen"),
    "Jansen van, Jan": ("Jan", "van", "Jansen"),
    "Jansen, J.T. (Joris) van der": ("Joris", "van der", "Jansen"),
    "Joris van der Berg": ("Joris", "van der", "Berg"),
    "Anna Maria in 't Veld": ("Anna Maria", "in 't", "Veld"),
    "Mevr. A. de Boer": ("A.", "de", "Boer"),
    "Jan Van Damme": ("Jan", "Van", "Damme"),
    "Sofie Smits-de Boer": ("Sofie", "", "Smits-de Boer"),
    "Smits - de Boer, Sofie": ("Sofie", "", "Smits - de Boer"),
    "Emre Kaya": ("Emre", "", "Kaya"),
    "T. Bakker": ("T.", "", "Bakker"),
    "Bakker, T.": ("T.", "", "Bakker"),
    "D. T. Bakker": ("D. T.", "", "Bakker"),
    "Bakker": ("", "", "Bakker"),
    "De Boer": ("De", "", "Boer"),
    "": ("", "", ""),
    ",": ("", "", ""),
}


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_taken_apart(text: str) -> None:
    assert split_name(text) == NAMES[text]
