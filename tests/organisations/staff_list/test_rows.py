"""Rows that hold no person, and in which row the headings stand."""

import pytest

from tests.organisations.staff_list.files import csv_file, entries_of, layout_of

HEAD = "Department;Nr;First name;Last name"
PEOPLE = ["Care;1;Jan;Vos", "Care;2;Piet;Bos"]


def cells(*lines: str) -> bytes:
    return csv_file([line.split(";") for line in lines])


@pytest.mark.parametrize(
    "line", ["Care Total;2;;", "Care Count;2;;", "Grand Total;2;;", "Grand Count;2;;", ";2;;Totaal", "Totaal;2;;"]
)
def test_totals_are_left_out(line: str) -> None:
    entries = entries_of(cells(HEAD, *PEOPLE, line))
    assert ([each.row for each in entries.people], entries.findings) == ([2, 3], [])
    assert [(each.row, each.reason) for each in entries.left_out] == [(4, "total")]


def test_a_total_in_a_list_without_numbers_is_left_out() -> None:
    entries = entries_of(cells("Naam;Afdeling;E-mail", "Jan Vos;Zorg;a@b.example", "Totaal aantal medewerkers;1;"))
    assert [(each.row, each.reason) for each in entries.left_out] == [(3, "total")]


def test_a_person_whose_name_is_a_word_for_a_total_stays() -> None:
    assert len(entries_of(cells(HEAD, "Care;1;Jan;Som", "Care;2;An;Count")).people) == 2


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("USERID;FIRSTNAME;LASTNAME;DEPARTMENT", "User ID;First Name;Last Name;Department"),
        ("Personeelsnummer;Voornaam;Achternaam;Afdeling", "Employee number;First name;Last name;Department"),
    ],
)
def test_headings_in_a_second_language_are_no_person(first: str, second: str) -> None:
    entries = entries_of(cells(first, second, "1;Jan;Vos;Care"))
    assert [each.row for each in entries.people] == [3]
    assert [(each.row, each.reason) for each in entries.left_out] == [(2, "heading")]


def test_a_row_with_known_words_does_not_take_the_place_of_the_headings() -> None:
    found = entries_of(
        cells(
            "Medewerkersnaam;Org.onderdeel;Functie;Status",
            "Jan Vos;Directie;Manager;Actief",
            "Piet Bos;Zorg;Kok;Actief",
        )
    )
    assert [(each.family_name, each.path) for each in found.people] == [("Vos", "Directie"), ("Bos", "Zorg")]


def test_a_row_with_the_groups_of_the_headings_is_passed_over() -> None:
    assert (
        layout_of(cells("Medewerker;;;Organisatie", "Nr;Voornaam;Achternaam;Afdeling", "1;Jan;Vos;Zorg")).heading_row
        == 2
    )


@pytest.mark.parametrize(
    ("text", "number"), [('="00123"', "00123"), ("'00123", "00123"), ("10.000", "10000"), ("12345,0", "12345")]
)
def test_staff_numbers_as_systems_keep_them_from_excel(text: str, number: str) -> None:
    assert entries_of(f"Nr;Achternaam;Afdeling\n{text};Bos;Zorg\n".encode()).people[0].number == number


def test_names_with_commas_do_not_make_the_comma_the_delimiter() -> None:
    entries = entries_of(b"Naam;Afdeling\nVries, de, J.;Zorg\nBos, K., dr.;Zorg\n")
    assert [each.family_name for each in entries.people] == ["Vries", "Bos"]
