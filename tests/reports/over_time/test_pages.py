"""The pages about change over time: what is told of which round, to whom; and nothing that is not frozen."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from organisations.department_changes import merge_departments, move_department
from reports.models import Change, Release
from scan.models import Mailing, Round
from scan.participants import today_in
from tests.cast import Cast
from tests.reports.over_time.rounds import EAST, KITCHEN, NIGHT, closed, unit_of

AsUser = Callable[[Any], Client]
Queries = Callable[[int], Any]
SHOWN = {EAST: (8, 3), NIGHT: (9, 3), KITCHEN: (8, 3)}
pytestmark = pytest.mark.usefixtures("no_clean_up")


def unit_address(round_: Round, path: str) -> str:
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/u/{unit_of(round_, path).pk}/over-time/"


def organisation_address(cast: Cast) -> str:
    return f"/o/{cast.organisation.slug}/over-time/"


def text_of(client: Client, address: str, language: str = "en") -> str:
    client.cookies["language"] = language
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def rows_of(client: Client, address: str) -> dict[str, str]:
    """By the title of the round, or the name of the department."""
    client.cookies["language"] = "en"
    body = client.get(address).content.decode().partition("<tbody>")[2].partition("</tbody>")[0]
    rows = [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip() for row in body.split("</tr>")]
    return {title: row for row in rows if row for title in re.findall(r"^(?:Leerscan \d+|[A-Z]\w+(?: [A-Z]\w+)*)", row)}


@pytest.fixture
def rounds(in_scope: Cast) -> list[Round]:
    """Oost: 50, then 95 or higher, then 50 again."""
    return [closed(in_scope, year, SHOWN | {EAST: (30, 5 if year == 2025 else 3)}) for year in (2024, 2025, 2026)]


def test_a_unit_stands_beside_itself_in_every_round_with_what_changed_in_words(
    rounds: list[Round], in_scope: Cast, as_user: AsUser
) -> None:
    anna = as_user(in_scope.anna)
    for round_ in rounds:  # from whichever round one comes
        rows = rows_of(anna, unit_address(round_, EAST))
        assert rows["Leerscan 2024"].endswith("9 March 2024 50 43 to 57 30")
        assert rows["Leerscan 2025"].endswith(
            "95 or higher 88 to 100 30 Demonstrably higher than in “Leerscan 2024”: 45 points more (margin 10)."
        )
        assert "Demonstrably lower than in “Leerscan 2025”: 45 points less" in rows["Leerscan 2026"]
    kitchen = rows_of(anna, unit_address(rounds[2], KITCHEN))
    assert kitchen["Leerscan 2026"].endswith("8 No demonstrable change since “Leerscan 2025”.")
    page = anna.get(unit_address(rounds[2], EAST)).content.decode()
    (alternative,) = re.findall(r'<img [^>]*alt="([^"]+)"', page)
    assert "Leerscan 2024: 50; Leerscan 2025: 95 or higher; Leerscan 2026: 50" in alternative
    assert "Demonstrably lower" in alternative
    assert "other people may have answered" in page


def test_one_theme_is_chosen_and_another_than_there_is_is_not_found(
    rounds: list[Round], in_scope: Cast, as_user: AsUser
) -> None:
    cas = as_user(in_scope.cas)
    for address in (unit_address(rounds[2], EAST), organisation_address(in_scope)):
        assert '<option value="TL" selected>' in cas.get(f"{address}?theme=TL").content.decode()
        assert cas.get(f"{address}?theme=step1").status_code == 404
        assert cas.get(f"{address}?theme=q01").status_code == 404


def test_all_departments_stand_in_one_table_with_what_is_frozen_of_them(
    rounds: list[Round], in_scope: Cast, as_user: AsUser
) -> None:
    cas, address = as_user(in_scope.cas), organisation_address(in_scope)
    rows = rows_of(cas, address)
    assert "50 43 to 57 ≥ 95 88 to 100 50 43 to 57 Demonstrably lower: −45" in rows["Wijkteam Oost"]
    assert rows["Nachtdienst"].endswith("No demonstrable change.")
    Change.objects.all().delete()
    rows = rows_of(cas, address)
    assert "emonstrabl" not in "".join(rows.values())
    assert rows["Wijkteam Oost"].endswith("– – 50 43 to 57 Cannot be compared.")
    assert "emonstrabl" not in rows_of(cas, unit_address(rounds[2], EAST))["Leerscan 2026"]


def test_the_first_round_says_that_there_is_nothing_to_see_yet(in_scope: Cast, as_user: AsUser) -> None:
    anna = as_user(in_scope.anna)
    assert "There are no results yet" in text_of(anna, organisation_address(in_scope))
    only = closed(in_scope, 2025, SHOWN)
    assert "This is the first scan with results" in text_of(anna, unit_address(only, EAST))
    page = text_of(anna, organisation_address(in_scope))
    assert "is the first scan with these questions" in page
    assert "emonstrabl" not in page


def test_a_round_with_other_questions_is_listed_and_not_compared(in_scope: Cast, as_user: AsUser) -> None:
    first = closed(in_scope, 2024, SHOWN)
    other = first.version
    other.pk, other.number = None, 99
    other.save(force_insert=True)
    Release.objects.filter(round=first).update(version=other)
    last = closed(in_scope, 2026, SHOWN)
    rows = rows_of(as_user(in_scope.anna), unit_address(last, EAST))
    assert rows["Leerscan 2024"].endswith("2024 Other questions were asked, so the scores cannot be compared.")
    page = text_of(as_user(in_scope.anna), organisation_address(in_scope))
    assert "“Leerscan 2024” is not beside them: other questions were asked." in page


def test_merged_departments_are_one_figure_in_the_round_before(in_scope: Cast, as_user: AsUser) -> None:
    closed(in_scope, 2024, SHOWN)
    closed(in_scope, 2025, SHOWN | {EAST: (8, 3), NIGHT: (24, 4)})
    east, night = (in_scope.departments[path.casefold()] for path in (EAST, NIGHT))
    merge_departments(in_scope.organisation, night.pk, east.pk)
    last = closed(in_scope, 2026, {EAST: (30, 3), KITCHEN: (8, 3)})
    anna = as_user(in_scope.anna)
    rows = rows_of(anna, unit_address(last, EAST))
    assert f"{NIGHT} and {EAST} 69 " in rows["Leerscan 2025"]
    assert rows["Leerscan 2024"].endswith("so there is nothing to compare.")  # each of them is, by itself
    assert "– 69 " in rows_of(anna, organisation_address(in_scope))["Wijkteam Oost"]
    # Mo leads both; Nel neither.
    assert " 69 " in rows_of(as_user(in_scope.mo), unit_address(last, EAST))["Leerscan 2025"]
    assert as_user(in_scope.nel).get(unit_address(last, EAST)).status_code == 403


# --- hidden


def masked(page: str, *names: str) -> str:
    page = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "ID", page)
    page = re.sub(r'(nonce|value)="[^"]{20,}"', r"\1", page)
    for name in sorted(names, key=len, reverse=True):
        page = page.replace(name, "NAME")
    return page


def test_two_hidden_units_have_the_same_page_whatever_they_were_before(
    in_scope: Cast, as_user: AsUser, django_assert_num_queries: Queries
) -> None:
    """West was hidden before as well, Nacht was shown, and Zuid came from elsewhere."""
    west, south = "Zorg / Wijkteam West", "Zorg / Dagdienst"
    moving = "Facilitair / Dagdienst"
    before = closed(in_scope, 2025, {EAST: (8, 3), NIGHT: (9, 5), west: (3, 3), moving: (9, 2), KITCHEN: (8, 3)})
    organisation = in_scope.organisation
    departments = {one.path: one for one in organisation.departments.all()}
    move_department(organisation, departments[moving].pk, departments["Zorg"].pk)
    last = closed(in_scope, 2026, {EAST: (12, 3), NIGHT: (3, 5), west: (4, 1), south: (2, 3), KITCHEN: (8, 3)})
    anna = as_user(in_scope.anna)
    pages = []
    for path in (NIGHT, west, south):
        address = unit_address(last, path)
        anna.get(address)
        with django_assert_num_queries(9):
            page = anna.get(address)
        pages.append((page.status_code, masked(page.content.decode(), path.split(" / ")[1])))
    assert pages[0] == pages[1] == pages[2]
    assert pages[0][0] == 200
    assert "<table" not in pages[0][1]
    # From the round in which Nacht was shown: its figure, and one text about the later round.
    rows = rows_of(anna, unit_address(before, NIGHT))
    assert "95 or higher" in rows["Leerscan 2025"]
    assert rows["Leerscan 2026"].endswith("2026 Too few questionnaires to show.")


# --- who may read what


def test_a_manager_reads_only_rounds_in_which_the_unit_was_theirs(in_scope: Cast, as_user: AsUser) -> None:
    """Nacht was Zorg's, and is Facilitair's now: Nel reads the newest figures, and no difference with Mo's."""
    first = closed(in_scope, 2025, SHOWN | {NIGHT: (30, 5)})
    organisation, night = in_scope.organisation, in_scope.departments[NIGHT.casefold()]
    move_department(organisation, night.pk, in_scope.departments["facilitair"].pk)
    last = closed(in_scope, 2026, {EAST: (8, 3), "Facilitair / Nachtdienst": (30, 3), KITCHEN: (8, 3)})
    address = unit_address(last, "Facilitair / Nachtdienst")
    rows = rows_of(as_user(in_scope.nel), address)
    assert rows["Leerscan 2025"].endswith("2025 You do not have access to these results, or not yet.")
    assert rows["Leerscan 2026"].endswith("50 43 to 57 30")
    page = as_user(in_scope.nel).get(address).content.decode()
    assert "95" not in re.sub(r"[0-9a-f-]{36}", "", page.partition("<main")[2])
    # Facilitair as a whole was put together of Nacht too, which Nel could not read then.
    assert "have access" in rows_of(as_user(in_scope.nel), unit_address(last, "Facilitair"))["Leerscan 2025"]
    rows = rows_of(as_user(in_scope.mo), unit_address(first, NIGHT))
    assert "95 or higher" in rows["Leerscan 2025"]
    assert rows["Leerscan 2026"].endswith("2026 You do not have access to these results, or not yet.")
    assert "Demonstrably lower" in rows_of(as_user(in_scope.anna), address)["Leerscan 2026"]
    assert as_user(in_scope.mo).get(address).status_code == 403


def test_before_the_day_of_the_managers_the_newest_round_is_not_told_in_the_earlier_one(
    rounds: list[Round], in_scope: Cast, as_user: AsUser
) -> None:
    tomorrow = today_in(in_scope.organisation) + timedelta(days=1)
    Mailing.objects.create(round=rounds[2], kind=Mailing.Kind.MANAGERS, planned_on=tomorrow)
    mo = as_user(in_scope.mo)
    rows = rows_of(mo, unit_address(rounds[1], EAST))
    assert "Demonstrably higher" in rows["Leerscan 2025"]
    assert rows["Leerscan 2026"].endswith("2026 You do not have access to these results, or not yet.")
    assert mo.get(unit_address(rounds[2], EAST)).status_code == 403
    assert "emonstrabl" in rows_of(as_user(in_scope.anna), unit_address(rounds[1], EAST))["Leerscan 2026"]


def test_the_works_council_follows_the_organisation_and_no_department(
    rounds: list[Round], in_scope: Cast, as_user: AsUser
) -> None:
    wil = as_user(in_scope.wil)
    rows = rows_of(wil, unit_address(rounds[2], ""))
    assert "Demonstrably lower than in “Leerscan 2025”" in rows["Leerscan 2026"]
    assert wil.get(unit_address(rounds[2], EAST)).status_code == 403
    for user in (in_scope.wil, in_scope.mo):
        assert as_user(user).get(organisation_address(in_scope)).status_code == 403


# --- queries


def test_more_rounds_and_more_units_cost_no_more_queries(
    in_scope: Cast, as_user: AsUser, django_assert_num_queries: Queries
) -> None:
    answers = {EAST: (8, 3), KITCHEN: (8, 3)}
    closed(in_scope, 2023, answers)
    newest = closed(in_scope, 2024, answers)
    for _round in range(2):
        for user, path, count in ((in_scope.anna, EAST, 15), (in_scope.mo, EAST, 24), (in_scope.wil, "", 16)):
            client = as_user(user)
            client.get(unit_address(newest, path))
            address = unit_address(newest, path)
            with django_assert_num_queries(count):
                client.get(address)
        client = as_user(in_scope.anna)
        client.get(organisation_address(in_scope))
        with django_assert_num_queries(10):
            client.get(organisation_address(in_scope))
        more = {f"Zorg / Team {number}": (6, 4) for number in range(3)}
        closed(in_scope, 2025, answers | more)
        newest = closed(in_scope, 2026, answers | more)
