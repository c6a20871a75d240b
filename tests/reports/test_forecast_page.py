"""The page of the forecast, and joining departments right there."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.departments import by_path, ensure_departments
from scan.models import PlannedJoin, Round
from scan.rounds import launch
from tests.cast import Cast, add_people
from tests.scan.drafting import EAST, KITCHEN, NIGHT, address, ready_draft

Browser = Callable[[Any], Client]
Queries = Callable[[int], Any]


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    """Oost gets a report, Nacht does not."""
    in_scope.anna.language = "en"
    in_scope.anna.save()
    add_people(in_scope.departments[EAST], 20)
    add_people(in_scope.departments[NIGHT], 4)
    return ready_draft(in_scope)


def pair(cast: Cast) -> dict[str, Any]:
    return {"department": cast.departments[NIGHT].pk, "into": cast.departments[EAST].pk}


def test_each_department_has_its_report_at_each_share(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    response = as_user(in_scope.anna).get(address(draft, "forecast/"))
    shown = {row.unit.path: [cell.is_shown for cell in cells] for row, cells in response.context["rows"]}
    assert shown["Zorg / Wijkteam Oost"] == [True] * 4
    assert shown["Zorg / Nachtdienst"] == [False] * 4
    totals = dict(response.context["totals"])
    assert totals == {
        share: sum(row[number] for row in shown.values()) for number, share in enumerate((50, 60, 70, 80))
    }
    assert "no report" in response.content.decode()


def test_it_speaks_dutch_too(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    in_scope.anna.language = "nl"
    in_scope.anna.save()
    text = as_user(in_scope.anna).get(address(draft, "forecast/")).content.decode()
    assert "no report" not in text
    assert "Our advice" not in text


def test_what_is_advised_is_done_right_there_and_undone(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    client, page = as_user(in_scope.anna), address(draft, "forecast/")
    advice = client.get(page).context["suggestions"]
    assert [(found.unit.name, found.into.name) for found in advice] == [("Nachtdienst", "Wijkteam Oost")]
    assert client.post(f"{page}join/", pair(in_scope)).headers["Location"] == page
    after = client.get(page).context
    assert after["suggestions"] == []
    assert [unit.name for unit in after["joined"]] == ["Wijkteam Oost + Nachtdienst"]
    assert client.post(f"{page}separate/{in_scope.departments[EAST].pk}/").headers["Location"] == page
    assert not PlannedJoin.objects.exists()


def test_what_cannot_be_joined_is_said(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    sent = {"department": in_scope.departments[NIGHT].pk, "into": in_scope.departments[KITCHEN].pk}
    response = as_user(in_scope.anna).post(address(draft, "forecast/join/"), sent, follow=True)
    assert "side by side" in response.content.decode()
    assert not PlannedJoin.objects.exists()


def test_departments_of_elsewhere_are_not_found(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    with scope(organisation=in_scope.other_organisation):
        theirs = by_path(in_scope.other_organisation)
    client, page = as_user(in_scope.anna), address(draft, "forecast/")
    for sent in (
        {"department": theirs[NIGHT].pk, "into": theirs[EAST].pk},
        pair(in_scope) | {"into": theirs[EAST].pk},
        pair(in_scope) | {"department": "x"},
        {},
    ):
        assert client.post(f"{page}join/", sent).status_code == 404
    assert client.post(f"{page}separate/{theirs[EAST].pk}/").status_code == 404
    assert not PlannedJoin.objects.exists()


@pytest.mark.parametrize(("name", "status"), [("mo", 403), ("cas", 403), ("wil", 403), ("otto", 404)])
def test_nobody_else_sees_or_changes_it(name: str, status: int, draft: Round, in_scope: Cast, as_user: Browser) -> None:
    client, page = as_user(getattr(in_scope, name)), address(draft, "forecast/")
    assert client.get(page).status_code == status
    assert client.post(f"{page}join/", pair(in_scope)).status_code == status
    assert not PlannedJoin.objects.exists()


def test_after_launch_nothing_is_joined_any_more(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    launch(draft)
    client, page = as_user(in_scope.anna), address(draft, "forecast/")
    for response in (client.get(page), client.post(f"{page}join/", pair(in_scope))):
        assert response.headers["Location"] == address(draft)
    assert not PlannedJoin.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_cost_of_the_page_does_not_grow(
    count: int, in_scope: Cast, as_user: Browser, django_assert_num_queries: Queries
) -> None:
    known = ensure_departments(in_scope.organisation, [f"Team {number}" for number in range(count)])
    for number in range(count):
        add_people(known[f"team {number}"], 9)
    draft = ready_draft(in_scope)
    client = as_user(in_scope.anna)
    with django_assert_num_queries(12):
        client.get(address(draft, "forecast/"))


def test_what_remains_without_report_and_without_advice_is_said(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    known = ensure_departments(in_scope.organisation, ["Bestuur en staf"])
    add_people(known["bestuur en staf"], 6)
    client, page = as_user(in_scope.anna), address(draft, "forecast/")
    text = client.get(page).content.decode()
    assert "Bestuur en staf (6): the answers count in the results of Zorggroep De Linde." in text
    assert "<strong>Nachtdienst</strong> (4)" in text
    assert "Nachtdienst (4): the answers" not in text, "for these there is advice"
    assert "Keuken (0)" not in text
