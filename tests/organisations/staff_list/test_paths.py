"""Which mark makes a path, and which stands in a name."""

import pytest

from organisations.staff_list.entries import read_entries
from organisations.staff_list.notes import About
from organisations.staff_list.paths import Separator, separator_of
from organisations.staff_list.reading import read_table
from organisations.staff_list.recognising import recognise
from organisations.staff_list.sheet_choice import likeness
from tests.organisations.staff_list.files import NAME, TODAY, csv_file, entries_of


@pytest.mark.parametrize(
    ("cells", "mark", "example"),
    [
        (["Zorg / Dag", "Zorg / Nacht", "Staf"], "/", ""),
        (["Zorg > Dag/Nacht", "Zorg > Keuken"], ">", ""),
        (["Zorg|Dag", "Zorg|Nacht", "Zorg"], "|", ""),
        (["Zorg::Dag", "Zorg::Nacht"], "::", ""),
        (["Zorg → Dag", "Zorg → Nacht"], "→", ""),
        (["Linde\\Zorg\\Dag", "Linde"], "\\", ""),
        (["/Zorg/Dag", "/Zorg/Nacht"], "/", ""),
        (["ICT", "HR / Payroll", "Was", "Zorg"], "/", "HR / Payroll"),
        (["Zorg/Dag", "Zorg/Nacht", "Zorg/Was"], "/", "Zorg/Dag"),
        (["Zorg – Dag", "Zorg – Nacht", "Zorg – Was"], " – ", "Zorg – Dag"),
        (["Zorg : Dag", "Zorg : Nacht", "Zorg"], " : ", "Zorg : Dag"),
        (["Team Noord - Oost", "Team Noord - West", "ICT"], " - ", "Team Noord - Oost"),
        (["ICT", "HR/Payroll", "Zorg"], "", "HR/Payroll"),
        (["4100 - Keuken", "4100 - Was"], "", ""),
        (["NL - Zorg", "NL - ICT", "NL - Was"], "", ""),
        (["Zorg, thuis", "Was"], "", ""),
        ([], "", ""),
    ],
)
def test_a_mark_makes_a_path_only_when_that_is_clear(cells: list[str], mark: str, example: str) -> None:
    assert separator_of(cells) == Separator(mark, example)


def people(*cells: str) -> bytes:
    return csv_file([["Achternaam", "Afdeling"], *([f"Mens{n}", cell] for n, cell in enumerate(cells))])


def test_one_slash_among_names_makes_no_department_within_a_department() -> None:
    entries = entries_of(people("ICT", "HR/Payroll", "Zorg"))
    assert [each.path for each in entries.people] == ["ICT", "HR - Payroll", "Zorg"]
    assert [(each.about, each.value, each.other) for each in entries.notes] == [
        (About.SINGLE_NAMES, "HR/Payroll", "HR - Payroll")
    ]


@pytest.mark.parametrize(("mark", "path"), [("", "Zorg - Dag"), (" - ", "Zorg / Dag")])
def test_the_mark_can_be_chosen(mark: str, path: str) -> None:
    table = read_table(people("Zorg - Dag"), likeness)
    layout = recognise(table, {}, {"0": "family_name", "1": "department", "mark": mark})
    entries = read_entries(layout, NAME, TODAY)
    assert ([each.path for each in entries.people], entries.notes) == ([path], [])
