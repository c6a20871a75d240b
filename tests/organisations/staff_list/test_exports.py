"""Exports as other HR systems make them, each read without help. The people are made up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import pytest

from organisations.staff_list.entries import Entry
from tests.organisations.staff_list.files import csv_file, entries_of, workbook


@dataclass(frozen=True)
class Export:
    content: bytes
    people: Sequence[tuple[object, ...]]
    """number, given name, infix, family name, address, path, leader, language"""
    left_out: Sequence[tuple[int, str]] = ()


def a_day(year: int, month: int, day: int) -> datetime:
    return datetime(year, month, day)  # noqa: DTZ001 -- workbooks know no time zone


EXPORTS = {
    "AFAS, tabs, UTF-16, title rows": Export(
        csv_file(
            [
                ["Medewerkers in dienst", "", "", "", "", ""],
                ["Peildatum 22-11-2026"],
                [],
                ["Medewerker", "Naam", "E-mail werk", "Organisatorische eenheid omschrijving", "Functie", "Taal"],
                ["000123", "Jansen, J. van", "J.Jansen@huis.example", "Keuken", "Kok", "Nederlands"],
                ["000124", "Berg, A.B. van den (Anna)", "", "Keuken", "Chef-kok", "Engels"],
                ["Totaal", "2", "", "", "", ""],
            ],
            delimiter="\t",
            encoding="utf-16",
        ),
        [
            ("000123", "J.", "van", "Jansen", "j.jansen@huis.example", "Keuken", None, "nl"),
            ("000124", "Anna", "van den", "Berg", "", "Keuken", None, "en"),
        ],
        [(7, "total")],
    ),
    "AFAS, workbook with dates in and out of service": Export(
        workbook(
            (
                "Blad1",
                [
                    [
                        "Medewerker",
                        "Roepnaam",
                        "Voorvoegsel",
                        "Achternaam",
                        "Datum in dienst",
                        "Datum uit dienst",
                        "Afdeling",
                    ],
                    [10059, "Jörg", "van", "Hoekstra", a_day(2020, 1, 1), None, "Zorg"],
                    [10060.0, "Eva", None, "Smit", a_day(2020, 1, 1), a_day(2026, 10, 31), "Zorg"],
                    [10061, "Ali", None, "Kaya", a_day(2020, 1, 1), a_day(2026, 12, 31), "Zorg"],
                    [10062, "Bo", None, "Vos", a_day(2027, 1, 1), None, "Zorg"],
                ],
            )
        ),
        [
            ("10059", "Jörg", "van", "Hoekstra", None, "Zorg", None, None),
            ("10061", "Ali", "", "Kaya", None, "Zorg", None, None),
        ],
        [(3, "leaver"), (5, "not_started")],
    ),
    "Visma, commas and quotes": Export(
        csv_file(
            [
                ["Werknemernummer", "Volledige naam", "E-mailadres", "Vestiging", "Afdeling", "Team", "Leidinggevende"],
                ["12", "Jan van Jansen", "jan@huis.example", "Utrecht", "Zorg, thuis", "Oost", "Ja"],
                ["13", "Mw. Sofie Smits-de Boer", "sofie@huis.example", "Utrecht", "Zorg, thuis", "", "Nee"],
            ],
            delimiter=",",
        ),
        [
            ("12", "Jan", "van", "Jansen", "jan@huis.example", "Utrecht / Zorg, thuis / Oost", True, None),
            ("13", "Sofie", "", "Smits-de Boer", "sofie@huis.example", "Utrecht / Zorg, thuis", False, None),
        ],
    ),
    "SAP SuccessFactors": Export(
        csv_file(
            [
                [
                    "User Sys ID",
                    "First Name",
                    "Last Name",
                    "Business Email Information Email Address",
                    "Division",
                    "Department",
                    "Employee Status",
                    "Default Locale",
                    "Manager User Sys ID",
                ],
                ["u501", "Maud", "Koster", "maud@huis.example", "Operations", "Kitchen", "Active", "nl_NL", "u900"],
                ["u502", "Emre", "Kaya", "emre@huis.example", "Operations", "Kitchen", "Terminated", "en_GB", "u900"],
                ["u503", "Iris", "El Amrani", "iris@huis.example", "Staff", "HR", "Active", "en_US", "u900"],
            ],
            delimiter=",",
            encoding="utf-8-sig",
        ),
        [
            ("u501", "Maud", "", "Koster", "maud@huis.example", "Operations / Kitchen", None, "nl"),
            ("u503", "Iris", "", "El Amrani", "iris@huis.example", "Staff / HR", None, "en"),
        ],
        [(3, "leaver")],
    ),
    "Workday": Export(
        workbook(
            (
                "Worker report",
                [
                    ["All Workers"],
                    [
                        "Employee ID",
                        "Preferred First Name",
                        "Legal Last Name",
                        "Primary Work Email",
                        "Supervisory Organization",
                        "Is Manager",
                        "Hire Date",
                        "Termination Date",
                        "Worker's Manager",
                    ],
                    [
                        44,
                        "Zoë",
                        "Öztürk",
                        "zoe@huis.example",
                        "Care > Night shift",
                        "Yes",
                        date(2019, 5, 1),
                        None,
                        "Tim",
                    ],
                    [
                        45,
                        "Ken",
                        "Bakker",
                        "ken@huis.example",
                        "Care > Night shift",
                        "No",
                        date(2019, 5, 1),
                        None,
                        "Zoë",
                    ],
                ],
            )
        ),
        [
            ("44", "Zoë", "", "Öztürk", "zoe@huis.example", "Care / Night shift", True, None),
            ("45", "Ken", "", "Bakker", "ken@huis.example", "Care / Night shift", False, None),
        ],
    ),
    "Nmbrs, Windows-1252": Export(
        csv_file(
            [
                [
                    "Werknemer",
                    "Voornaam",
                    "Tussenvoegsel",
                    "Achternaam",
                    "E-mail werk",
                    "E-mail privé",
                    "Afdeling",
                    "BSN",
                ],
                ["7", "Aïcha", "", "Bouazza", "aicha@huis.example", "thuis@prive.example", "Financiën", "111222333"],
            ],
            encoding="cp1252",
        ),
        [("7", "Aïcha", "", "Bouazza", "aicha@huis.example", "Financiën", None, None)],
    ),
    "Personio": Export(
        csv_file(
            [
                ["ID", "First name", "Last name", "Email", "Department", "Team", "Status", "Supervisor", "Hire date"],
                ["881", "Lotte", "Peeters", "lotte@huis.example", "Care", "East", "Active", "Jan Smit", "2021-03-01"],
                ["882", "Mees", "Brouwer", "mees@huis.example", "Care", "", "Inactive", "Jan Smit", "2021-03-01"],
                ["883", "Noor", "Vos", "noor@huis.example", "Care", "West", "Active", "Jan Smit", "2030-03-01"],
            ],
            delimiter=",",
        ),
        [("881", "Lotte", "", "Peeters", "lotte@huis.example", "Care / East", None, None)],
        [(3, "leaver"), (4, "not_started")],
    ),
    "BambooHR, bars": Export(
        csv_file(
            [
                ["Employee #", "Last name, First name", "Work Email", "Location", "Department", "Division"],
                ["31", "Visser, Fleur", "fleur@huis.example", "Zwolle", "HR", "Office"],
            ],
            delimiter="|",
        ),
        [("31", "Fleur", "", "Visser", "fleur@huis.example", "Zwolle / Office / HR", None, None)],
    ),
    "levels with numbers, backslashes elsewhere": Export(
        csv_file(
            [
                [
                    "Pers.nr.",
                    "Voorletters",
                    "Voorv.",
                    "Achternaam",
                    "Niveau 3",
                    "Niveau 1",
                    "Niveau 2",
                    "Einddatum contract",
                ],
                ["1", "J.T.", "v.d.", "Berg", "Team A", "Zorg", "Noord", "31-12-2099"],
                ["2", "K.", "", "Post", "", "Zorg", "Zorg", ""],
            ]
        ),
        [
            ("1", "J.T.", "v.d.", "Berg", None, "Zorg / Noord / Team A", None, None),
            ("2", "K.", "", "Post", None, "Zorg", None, None),
        ],
    ),
    "path with backslashes": Export(
        csv_file(
            [
                ["Personeelsnummer", "Achternaam", "Voornaam", "Afdelingspad"],
                ["1", "Bos", "Anne", "Zorggroep De Linde\\Zorg\\Wijk"],
                ["2", "Kok", "Tim", "Zorggroep De Linde"],
            ]
        ),
        [
            ("1", "Anne", "", "Bos", None, "Zorg / Wijk", None, None),
            ("2", "Tim", "", "Kok", None, "", None, None),
        ],
    ),
    "data on the second sheet": Export(
        workbook(
            ("Toelichting", [["Dit bestand is gemaakt door HR"], ["Vragen? Bel 2210"]]),
            (
                "Medewerkers",
                [
                    ["Overzicht", None, None],
                    [None, None, None],
                    [None, "Naam medewerker", "Team", "Leiding?"],
                    [None, "Sem de Smits", "Keuken", "x"],
                    [None, None, None, None],
                    [None, "Roos Kuipers", "Keuken", None],
                    [None, "Aantal: 2"],
                ],
            ),
        ),
        [
            (None, "Sem", "de", "Smits", None, "Keuken", None, None),
            (None, "Roos", "", "Kuipers", None, "Keuken", None, None),
        ],
        [(7, "total")],
    ),
    "dashes that are clearly a path, unknown address heading": Export(
        csv_file(
            [
                ["Stamnr", "Familienaam", "Roepnaam", "Bereikbaar op", "Organisatie-eenheid"],
                ["1", "Bos", "Anne", "anne@huis.example", "Zorg - Noord"],
                ["2", "Kok", "Tim", "tim@huis.example", "Zorg - Zuid"],
                ["3", "Vos", "Bo", "bo@huis.example", "Zorg - West"],
                ["4", "Mol", "Kim", "kim@huis.example", "Zorg - Oost"],
            ]
        ),
        [
            ("1", "Anne", "", "Bos", "anne@huis.example", "Zorg / Noord", None, None),
            ("2", "Tim", "", "Kok", "tim@huis.example", "Zorg / Zuid", None, None),
            ("3", "Bo", "", "Vos", "bo@huis.example", "Zorg / West", None, None),
            ("4", "Kim", "", "Mol", "kim@huis.example", "Zorg / Oost", None, None),
        ],
    ),
    "names with codes in front are no paths": Export(
        csv_file(
            [
                ["Staff no", "Surname", "Forename", "Cost centre name", "Line manager (Y/N)"],
                ["A-1", "Bos", "Anne", "4100 - Kitchen", "Y"],
                ["A-2", "Kok", "Tim", "4100 - Laundry", "N"],
                ["A-3", "Vos", "Bo", "4100 - Garden", ""],
            ],
            delimiter=",",
        ),
        [
            ("A-1", "Anne", "", "Bos", None, "4100 - Kitchen", True, None),
            ("A-2", "Tim", "", "Kok", None, "4100 - Laundry", False, None),
            ("A-3", "Bo", "", "Vos", None, "4100 - Garden", False, None),
        ],
    ),
    "headings again on each page, a remark at the end": Export(
        csv_file(
            [
                ["Nummer", "Achternaam", "Voornaam", "Afdeling"],
                ["1", "Bos", "Anne", "Zorg"],
                ["Nummer", "Achternaam", "Voornaam", "Afdeling"],
                ["2", "Kok", "Tim", "Zorg"],
                ["Afgedrukt op 22-11-2026 door HR"],
            ]
        ),
        [
            ("1", "Anne", "", "Bos", None, "Zorg", None, None),
            ("2", "Tim", "", "Kok", None, "Zorg", None, None),
        ],
        [(3, "heading"), (5, "note")],
    ),
}


def cells(entry: Entry) -> tuple[object, ...]:
    return (
        entry.number,
        entry.given_name,
        entry.infix,
        entry.family_name,
        entry.email,
        entry.path,
        entry.is_leader,
        entry.language,
    )


@pytest.mark.parametrize("name", EXPORTS)
def test_an_export_is_read_without_help(name: str) -> None:
    export = EXPORTS[name]
    entries = entries_of(export.content)
    assert [cells(entry) for entry in entries.people] == list(export.people)
    assert [(left.row, left.reason) for left in entries.left_out] == list(export.left_out)
    assert not [finding for finding in entries.findings if finding.is_fault]


def test_there_are_at_least_twelve_systems() -> None:
    assert len(EXPORTS) >= 12
