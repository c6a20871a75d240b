"""Whoever has left is never taken for somebody in service in silence."""

from datetime import date

import pytest

from organisations.staff_list.dates import NO_DATE, Order, order_of, read_date
from organisations.staff_list.entries import Entries
from organisations.staff_list.findings import Kind
from organisations.staff_list.notes import About, Note
from tests.organisations.staff_list.files import csv_file, entries_of

BEFORE, AFTER = "19-10-2026", "1-1-2030"


def read(heading: str, *cells: str) -> Entries:
    rows = [[f"P{n}", f"Mens{chr(97 + n)}", "Zorg", cell] for n, cell in enumerate(cells)]
    return entries_of(csv_file([["Personeelsnummer", "Achternaam", "Afdeling", heading], *rows]))


def left(entries: Entries) -> list[int]:
    """Counted from 0."""
    assert {each.reason for each in entries.left_out} <= {"leaver"}
    return [each.row - 2 for each in entries.left_out]


@pytest.mark.parametrize(
    ("heading", "here", "gone"),
    [
        ("Uit dienst", "Nee", "Ja"),
        ("Uit dienst?", "N", "J"),
        ("In dienst", "J", "N"),
        ("Is active", "Yes", "No"),
        ("Medewerker actief", "J", "N"),
        ("Inactief", "N", "J"),
        ("Terminated", "No", "Yes"),
        ("Blocked", "N", "Y"),
        ("Status", "Actief", f"Uit dienst per {BEFORE}"),
        ("Status", f"Uit dienst per {AFTER}", "Uit dienst"),
        ("Status", "Active", "Inactive - Terminated"),
        ("Status", "Actief", "Uitdiensttreding"),
        ("Status", "Actief", "Gewezen medewerker"),
        ("Status", "A", "T"),
        ("Status", "3", "0"),
        ("Status code", "A", "I"),
        ("Dienstverband status", "I", "U"),
        ("Contractstatus", "Actief", "Beëindigd"),
        ("Assignment Status", "Active - Payroll Eligible", "Terminated - Payroll"),
        ("Reden uit dienst", "", "Pensioen"),
    ],
)
def test_a_column_says_who_has_left(heading: str, here: str, gone: str) -> None:
    entries = read(heading, here, gone, here)
    assert (left(entries), entries.findings, entries.notes) == ([1], [], [])


@pytest.mark.parametrize(
    "heading",
    [
        "Uit dienst",
        "Uitdiensttreding",
        "Datum UD",
        "Laatste werkdag",
        "Laatste dag",
        "Contract tot",
        "Einde contract",
        "Uit dienst per",
        "Uit dienst op",
        "Tot en met",
        "Geldig tot",
        "Uitstroomdatum",
        "Ontslagdatum",
        "Datum ontslag",
        "Einde dienstbetrekking",
        "Leave Date",
        "Termination Dt",
        "Separation Date",
        "Exit date",
        "Last Day of Employment",
        "Last day worked",
    ],
)
def test_a_date_says_who_has_left(heading: str) -> None:
    entries = read(heading, "", BEFORE, AFTER)
    assert (left(entries), entries.findings) == ([1], [])


@pytest.mark.parametrize(
    "text", ["00.00.0000", "01-01-0001", "1-1-1900", "31-12-9999", "Onbepaald", "-", "n.v.t.", "0", "00000000"]
)
def test_a_word_for_no_date_is_no_date(text: str) -> None:
    entries = read("Einddatum contract", text, BEFORE, text, text)
    assert (left(entries), entries.findings) == ([1], [])


def test_dates_that_cannot_be_read_are_faults_and_no_reason_to_drop_the_column() -> None:
    entries = read("Datum uit dienst", "week 12", "zomer", BEFORE)
    assert [(each.kind, each.row) for each in entries.findings] == [(Kind.BAD_DATE, 2), (Kind.BAD_DATE, 3)]
    assert left(entries) == [2]


def test_few_dates_far_down_are_found() -> None:
    entries = read("Datum uit dienst", *[""] * 400, BEFORE)
    assert left(entries) == [400]


def test_an_unknown_status_is_said_and_counts_as_in_service() -> None:
    entries = read("Status", "Actief", "Zwevend", "Zwevend")
    assert not left(entries)
    assert entries.notes == [Note(About.UNKNOWN_STATUS, "Status", "Zwevend", count=2)]


def test_a_second_column_about_service_is_not_dropped_in_silence() -> None:
    rows = [["Achternaam", "Afdeling", "Actief", "Uit dienst"], ["Bos", "Zorg", "J", "N"], ["Vos", "Zorg", "J", "J"]]
    entries = entries_of(csv_file(rows))
    assert [(each.about, each.column) for each in entries.notes] == [(About.UNREAD_SERVICE, "Uit dienst")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-19T00:00:00Z", date(2026, 10, 19)),
        ("20261019", date(2026, 10, 19)),
        ("19-oct-26", date(2026, 10, 19)),
        ("ma 03-03-2025", date(2025, 3, 3)),
        ("3 maart 2025", date(2025, 3, 3)),
        ("March 3, 2025", date(2025, 3, 3)),
        ("43831.5", date(2020, 1, 1)),
        ("20261399", NO_DATE),
    ],
)
def test_more_ways_to_write_a_date(text: str, expected: date) -> None:
    assert read_date(text) == expected


@pytest.mark.parametrize(
    ("cells", "others", "order"),
    [
        (["3/4/2026"], [], Order.DAY_FIRST),
        (["3/4/2026", "3/25/2026"], [], Order.MONTH_FIRST),
        (["3/4/2026"], ["3/25/2026"], Order.MONTH_FIRST),
        (["25/3/2026"], ["3/25/2026"], Order.DAY_FIRST),
        (["25/3/2026", "3/25/2026"], [], Order.BOTH),
    ],
)
def test_a_column_proves_whether_days_go_first(cells: list[str], others: list[str], order: Order) -> None:
    assert order_of(cells, others) is order


def test_dates_of_a_column_are_read_in_one_way() -> None:
    rows = [
        ["Last name", "Department", "Hire Date", "Termination Date"],
        ["Baker", "Care", "03/25/2019", ""],
        ["Smith", "Care", "10/12/2026", ""],
        ["Fox", "Care", "10/28/2015", "05/12/2026"],
    ]
    entries = entries_of(csv_file(rows, ","))
    assert ([each.family_name for each in entries.people], left(entries)) == (["Baker", "Smith"], [2])


def test_where_both_ways_are_proven_the_others_are_faults() -> None:
    entries = read("Einddatum", "25/3/2027", "3/25/2027", "3/4/2027", "5/5/2027")
    assert [(each.kind, each.row) for each in entries.findings] == [(Kind.BAD_DATE, 4)]
