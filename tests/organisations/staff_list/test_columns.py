"""Which column is what: work before private, names before codes, levels by number, locations by the data."""

from collections.abc import Sequence

import pytest

from organisations.staff_list.fields import Field
from organisations.staff_list.notes import About
from tests.organisations.staff_list.files import csv_file, entries_of, layout_of


def fields(headings: str, *rows: str) -> dict[str, str]:
    """What each column is; ";" between cells."""
    layout = layout_of(csv_file([headings.split(";"), *(row.split(";") for row in rows)]))
    return {column.heading: column.field for column in layout.columns if column.field}


def paths(headings: str, *rows: str) -> tuple[list[str], list[tuple[str, str]]]:
    """The path of each row, and the notes."""
    table = [["Achternaam", *headings.split(";")], *([f"Mens{n}", *row.split(";")] for n, row in enumerate(rows))]
    entries = entries_of(csv_file(table, "\t"))
    assert not [each for each in entries.findings if each.is_fault]
    return [each.path for each in entries.people], [(each.about, each.column) for each in entries.notes]


@pytest.mark.parametrize(
    ("other", "work"),
    [
        ("E-mail (privé)", "Zakelijk mailadres"),
        ("Email (Home)", "Email - Work"),
        ("E-mail (thuis)", "Mail zakelijk"),
        ("Persoonlijk e-mailadres", "E-mailadres organisatie"),
        ("E-mail leidinggevende", "E-mail"),
        ("Teamleider e-mail", "Zakelijk mailadres"),
        ("E-mail 2", "E-mail 1"),
    ],
)
def test_a_work_address_goes_before_any_other(other: str, work: str) -> None:
    found = fields(f"Achternaam;Afdeling;{other};{work}", "Bos;Zorg;a@gmail.com;a@linde.example")
    assert [heading for heading, field in found.items() if field == Field.EMAIL] == [work]


@pytest.mark.parametrize(
    "heading", ["E-mail privé", "E-mail (privé)", "Home Email", "Leidinggevende mail", "Privémail"]
)
def test_an_address_of_another_life_is_not_used_unasked(heading: str) -> None:
    entries = entries_of(csv_file([["Achternaam", "Afdeling", heading], ["Bos", "Zorg", "a@b.example"]]))
    assert entries.people[0].email is None
    assert [(each.about, each.column) for each in entries.notes] == [(About.OTHER_ADDRESS, heading)]


@pytest.mark.parametrize("other", ["Achternaam (leidinggevende)", "Achternaam (partner)"])
def test_the_name_of_somebody_else_is_not_used(other: str) -> None:
    found = fields(f"{other};Surname;Afdeling", "Baas;Vries;Zorg")
    assert found["Surname"] == Field.FAMILY_NAME
    assert other not in found


@pytest.mark.parametrize(
    ("headings", "row", "path"),
    [
        (";".join(f"OE niveau {n}" for n in range(1, 8)), "A;B;C;D;E;F;G", "A / B / C / D / E / F / G"),
        ("Level 01;Level 02;Level 03", "A;B;C", "A / B / C"),
        (
            "Supervisory Organization - Level 02 from the Top;Supervisory Organization - Level 01 from the Top",
            "B;A",
            "A / B",
        ),
        ("Niveau 0;Niveau 1", "A;B", "A / B"),
        ("Afdeling;Subafdeling", "A;n.v.t.", "A"),
        ("Afdeling;Subafdeling", "A;-", "A"),
    ],
)
def test_levels_by_number(headings: str, row: str, path: str) -> None:
    assert paths(headings, row) == ([path], [])


def test_levels_that_do_not_fit_are_said() -> None:
    headings = ";".join(f"Niveau {n}" for n in range(1, 13))
    found, notes = paths(headings, ";".join("ABCDEFGHIJKL"))
    assert found == ["A / B / C / D / E / F / G / H / I / J"]
    assert notes == [(About.TOO_MANY_LEVELS, "Niveau 11"), (About.TOO_MANY_LEVELS, "Niveau 12")]


@pytest.mark.parametrize(
    ("headings", "rows", "expected"),
    [
        (
            "Afdeling;Locatie",
            ["Zorg;Utrecht", "ICT;Utrecht", "Was;Zeist"],
            ["Utrecht / Zorg", "Utrecht / ICT", "Zeist / Was"],
        ),
        (
            "Cluster;Locatie;Team",
            ["Oost;Linde;Rood", "Oost;Linde;Blauw"],
            ["Oost / Linde / Rood", "Oost / Linde / Blauw"],
        ),
        (
            "Sector;Vestiging;Afdeling",
            ["Oost;Linde;Rood", "Oost;Linde;Blauw", "West;Eik;Rood"],
            ["Oost / Linde / Rood", "Oost / Linde / Blauw", "West / Eik / Rood"],
        ),
        ("Organisatie;Vestiging", ["Linde;Utrecht", "Linde;Zeist"], ["Linde / Utrecht", "Linde / Zeist"]),
    ],
)
def test_a_location_stands_where_the_departments_put_it(
    headings: str, rows: Sequence[str], expected: list[str]
) -> None:
    assert paths(headings, *rows) == (expected, [])


@pytest.mark.parametrize("heading", ["Locatie", "Work location", "Regio"])
def test_a_location_with_the_same_departments_everywhere_is_no_level(heading: str) -> None:
    found, notes = paths(f"Afdeling;{heading}", "Zorg;Utrecht", "Zorg;Zeist", "ICT;Utrecht")
    assert (found, notes) == (["Zorg", "Zorg", "ICT"], [(About.LOCATION, heading)])


@pytest.mark.parametrize(
    "headings",
    [
        "Afd.;Afdelingsomschrijving",
        "Afdeling;Omschrijving",
        "Afdeling;Afdeling naam",
        "Org. eenheid;Org. eenheid omschrijving",
        "Functie;Afdelingsomschrijving",
        "Functie;Org. eenheid",
    ],
)
def test_names_of_departments_go_before_their_codes(headings: str) -> None:
    assert paths(headings, "Z01;Zorg", "Z01;Zorg", "I02;ICT")[0] == ["Zorg", "Zorg", "ICT"]


def test_the_manager_behind_the_name_of_a_department_is_taken_off_and_said() -> None:
    found, notes = paths("Supervisory Organization", "Care (Jane Smith)", "ICT (Bob Ray)")
    assert (found, notes) == (["Care", "ICT"], [(About.WITHOUT_MANAGER, "Supervisory Organization")])


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Manager ja/nee", ["ja", "nee"], [True, False]),
        ("Leidinggevende functie", ["J", "N"], [True, False]),
        ("Leidinggevend", ["Leidinggevend", "Niet leidinggevend"], [True, False]),
        ("Leidinggevende", ["1", "1", "3"], [None] * 3),
    ],
)
def test_who_is_a_manager(heading: str, cells: list[str], expected: list[bool | None]) -> None:
    rows = [[f"Mens{n}", "Zorg", cell] for n, cell in enumerate(cells)]
    entries = entries_of(csv_file([["Achternaam", "Afdeling", heading], *rows]))
    assert [each.is_leader for each in entries.people] == expected


def test_a_name_that_is_used_now_and_then_does_not_take_the_first_name_away() -> None:
    rows = [
        ["Preferred Name", "First Name", "Last Name", "Department"],
        ["", "Anna", "Bos", "Care"],
        ["Cas", "C", "Vos", "Care"],
    ]
    assert [each.given_name for each in entries_of(csv_file(rows)).people] == ["Anna", "Cas"]


def test_many_columns_and_long_remarks_are_no_fault() -> None:
    wide = [
        ["Achternaam", "Afdeling", *(f"Veld {n}" for n in range(200)), "Opmerking"],
        ["Bos", "Zorg", *[""] * 200, "a" * 3000],
    ]
    assert [each.family_name for each in entries_of(csv_file(wide)).people] == ["Bos"]


def test_departments_in_the_first_row_of_a_group_only_are_explained() -> None:
    rows = [["Afdeling", "Achternaam"], ["Zorg", "Bos"], *(["", f"Mens{n}"] for n in range(3)), ["ICT", "Vos"]]
    entries = entries_of(csv_file(rows))
    assert len(entries.findings) == 3
    assert [(each.about, each.column, each.count) for each in entries.notes] == [(About.GROUPS, "Afdeling", 3)]
