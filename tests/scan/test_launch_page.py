"""The page of the launch: what is still missing, what will happen, and the launch itself."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from organisations.models import LogEntry, Person
from scan.models import Invitation, Plan, Round, Unit
from tests.cast import Cast
from tests.scan.drafting import OPENS, address, ready_draft, staff

Browser = Callable[[Any], Client]


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    staff(in_scope)
    in_scope.anna.language = "en"
    in_scope.anna.save()
    return ready_draft(in_scope)


def test_it_says_how_many_are_reached_and_how(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    response = as_user(in_scope.anna).get(address(draft, "prepare/launch/"))
    participation = response.context["participation"]
    assert (participation.total, participation.mail_count, participation.code_count) == (14, 10, 4)
    text = response.content.decode()
    assert "14 people" in text
    assert "Launch this scan" in text
    assert "No consent has been filled in" in text


def test_it_speaks_dutch_too(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    in_scope.anna.language = "nl"
    in_scope.anna.save()
    text = as_user(in_scope.anna).get(address(draft, "prepare/launch/")).content.decode()
    assert "14 mensen" in text
    assert "Launch" not in text


def test_with_consent_it_does_not_warn(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    Round.objects.filter(pk=draft.pk).update(consent_on=OPENS)
    assert "No consent" not in as_user(in_scope.anna).get(address(draft, "prepare/launch/")).content.decode()


def test_launching_leads_to_the_round_and_is_written_down(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    response = as_user(in_scope.anna).post(address(draft, "prepare/launch/"))
    assert response.headers["Location"] == address(draft)
    assert Round.objects.get().state == Round.State.OPEN
    assert LogEntry.objects.get(action="launch_round").user == in_scope.anna
    assert Invitation.objects.count() == 14


def test_twice_is_once(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    client = as_user(in_scope.anna)
    for _time in range(2):
        assert client.post(address(draft, "prepare/launch/")).headers["Location"] == address(draft)
    assert Invitation.objects.count() == 14
    assert LogEntry.objects.filter(action="launch_round").count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"contact": ""}, "who answers questions"),
        ({"privacy_officer": ""}, "the privacy officer"),
        ({"results_on": None}, "when staff will hear the results"),
        ({"results_how": ""}, "how staff will hear the results"),
        ({"opens_on": OPENS - timedelta(days=40_000)}, "first day has passed"),
        ({"k": 15}, "Fewer than 15 people"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_launched(
    wrong: dict[str, Any], said: str, draft: Round, in_scope: Cast, as_user: Browser
) -> None:
    Round.objects.filter(pk=draft.pk).update(**wrong)
    client = as_user(in_scope.anna)
    shown = client.get(address(draft, "prepare/launch/")).content.decode()
    assert said in shown
    assert "Launch now" not in shown
    response = client.post(address(draft, "prepare/launch/"), follow=True)
    assert response.redirect_chain[0][0] == address(draft, "prepare/")
    assert said in response.content.decode()
    assert not Unit.objects.exists()
    assert not Invitation.objects.exists()


def test_a_reminder_outside_the_open_days_stops_it(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    Plan.objects.update(reminders=[OPENS.isoformat()])
    as_user(in_scope.anna).post(address(draft, "prepare/launch/"))
    assert Round.objects.get().state == Round.State.DRAFT


@pytest.mark.parametrize("name", ["mo", "cas", "wil"])
def test_nobody_else_launches(name: str, draft: Round, in_scope: Cast, as_user: Browser) -> None:
    assert as_user(getattr(in_scope, name)).post(address(draft, "prepare/launch/")).status_code == 403
    assert Round.objects.get().state == Round.State.DRAFT


def test_somebody_of_elsewhere_does_not_even_find_it(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    assert as_user(in_scope.otto).post(address(draft, "prepare/launch/")).status_code == 404
    assert Round.objects.get().state == Round.State.DRAFT


def test_one_code_in_a_group_stops_the_launch_because_it_would_tell(
    draft: Round, in_scope: Cast, as_user: Browser
) -> None:
    """Of the two codes of the leaders one gets an address: the other would be alone."""
    leader = Person.objects.filter(is_leader=True).first()
    assert leader is not None
    Person.objects.filter(pk=leader.pk).update(email="leader@example.test")
    client = as_user(in_scope.anna)
    assert "would tell whether this person answered" in client.get(address(draft, "prepare/launch/")).content.decode()
    client.post(address(draft, "prepare/launch/"))
    draft.refresh_from_db()
    assert draft.state == Round.State.DRAFT


def test_few_codes_are_allowed_with_a_warning(draft: Round, in_scope: Cast, as_user: Browser) -> None:
    page = as_user(in_scope.anna).get(address(draft, "prepare/people/"))
    assert "let nobody keep a copy" in page.content.decode()
