"""A name in one column, taken apart."""

import pytest

from organisations.staff_list.person_names import split_name
from tests.organisations.staff_list.files import csv_file, entries_of

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
    "Vries, de, J.": ("J.", "de", "Vries"),
    "Hof, van 't, A.": ("A.", "van 't", "Hof"),
    "de Vries J.": ("J.", "de", "Vries"),
    "DE VRIES Jan": ("Jan", "DE", "VRIES"),
    "Jan de Vries Jr.": ("Jan", "de", "Vries Jr."),
    "JP Jansen": ("JP", "", "Jansen"),
    "P. Jansen - Bakker": ("P.", "", "Jansen - Bakker"),
    "John Doe (On Leave)": ("John", "", "Doe"),
    "Jane Smith (12345)": ("Jane", "", "Smith"),
    "10001 - Jan de Vries": ("Jan", "de", "Vries"),
    "00010001 Jan Vries": ("Jan", "", "Vries"),
    "": ("", "", ""),
    ",": ("", "", ""),
}


@pytest.mark.parametrize("text", NAMES)
def test_a_name_is_taken_apart(text: str) -> None:
    assert split_name(text) == NAMES[text]


@pytest.mark.parametrize("heading", ["Achternaam Voornaam", "Last Name First Name"])
def test_the_heading_says_that_the_family_name_stands_first(heading: str) -> None:
    cells = ["Jansen Piet", "Vries Jan de", "Bakker Anna Maria"]
    entries = entries_of(csv_file([[heading, "Afdeling"], *([cell, "Zorg"] for cell in cells)]))
    assert [(each.given_name, each.infix, each.family_name) for each in entries.people] == [
        ("Piet", "", "Jansen"),
        ("Jan", "de", "Vries"),
        ("Anna Maria", "", "Bakker"),
    ]


def test_a_prefix_behind_the_family_name_is_a_prefix() -> None:
    rows = [["Achternaam", "Voorl.", "Afdeling"], ["Vries, de", "J.", "Zorg"]]
    person = entries_of(csv_file(rows)).people[0]
    assert (person.given_name, person.infix, person.family_name) == ("J.", "de", "Vries")


def test_who_has_left_according_to_the_name_is_left_out() -> None:
    entries = entries_of(csv_file([["Worker", "Department"], ["Kim Lee (Terminated)", "Care"], ["Jo Li (7)", "Care"]]))
    assert ([each.name for each in entries.people], [each.reason for each in entries.left_out]) == (
        ["Jo Li"],
        ["leaver"],
    )


def test_a_number_in_front_of_the_name_is_the_staff_number() -> None:
    entries = entries_of(
        csv_file([["Medewerker", "Afdeling"], ["10001 - Jan Bos", "Zorg"], ["10002 - An Vos", "Zorg"]])
    )
    assert [each.number for each in entries.people] == ["10001", "10002"]


@pytest.mark.parametrize("remark", ["0", "1", "N", "x", "On Leave"])
def test_a_code_behind_the_name_says_nothing_about_leaving(remark: str) -> None:
    rows = [["Worker", "Department", "Terminated"], [f"Kim Lee ({remark})", "Care", "No"]]
    assert [each.name for each in entries_of(csv_file(rows)).people] == ["Kim Lee"]
