"""A reminder waits for the invitation and for earlier reminders, whatever holds those up; the page says so."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from organisations.models import User
from scan.mailing.starting import is_due
from scan.models import Mailing, Round
from tests.cast import Cast
from tests.scan.mailing.conftest import Clock
from tests.scan.mailing.sending_out import asked_round, fresh, mailing_of


@pytest.fixture
def round_(in_scope: Cast, clock: Clock) -> Round:
    """The day of the first reminder."""
    made = asked_round(in_scope)
    clock.set("2026-03-10T10:00")
    return made


def put(round_: Round, kind: str, number: int = 1, **fields: Any) -> None:
    Mailing.objects.filter(round=round_, kind=kind, number=number).update(**fields)


@pytest.mark.parametrize(
    "invitation",
    [
        {"state": "stopped"},
        {"state": "running"},
        {"state": "running", "trouble": "login"},
        {"state": "planned"},
        {"state": "planned", "planned_on": "2026-03-20"},
        {"state": "done", "finished_on": "2026-03-10"},
    ],
)
def test_it_waits_for_an_invitation_that_is_not_done(round_: Round, invitation: dict[str, Any]) -> None:
    put(round_, "invitation", **invitation)
    assert not is_due(fresh(mailing_of(round_, "reminder")))
    put(round_, "invitation", state="done", finished_on="2026-03-09", trouble="")
    assert is_due(fresh(mailing_of(round_, "reminder")))


@pytest.mark.parametrize("first", [{"state": "stopped"}, {"state": "running", "trouble": "login"}, {}])
def test_the_second_waits_for_the_first(round_: Round, clock: Clock, first: dict[str, Any]) -> None:
    put(round_, "invitation", state="done", finished_on="2026-03-03")
    put(round_, "reminder", **first)
    clock.set("2026-03-17T10:00")
    assert not is_due(fresh(mailing_of(round_, "reminder", 2)))
    put(round_, "reminder", state="done", finished_on="2026-03-16")
    assert is_due(fresh(mailing_of(round_, "reminder", 2)))


@pytest.mark.parametrize(
    ("invitation", "words"),
    [
        ({"state": "stopped", "total": 4}, "It waits until “Invitation” is done; see above."),
        ({"state": "running", "trouble": "login"}, "It waits until “Invitation” is done; see above."),
        ({"planned_on": "2026-03-20"}, "“Invitation” is done; that is planned on Friday 20 March 2026."),
        ({"state": "running"}, ""),
        ({"state": "done", "finished_on": "2026-03-03"}, ""),
    ],
)
def test_the_page_says_what_it_waits_for(
    round_: Round, as_user: Callable[[Any], Client], in_scope: Cast, invitation: dict[str, Any], words: str
) -> None:
    User.objects.update(language="en")
    put(round_, "invitation", **invitation)
    text = as_user(in_scope.anna).get(f"/o/{round_.organisation.slug}/r/{round_.slug}/mail/").content.decode()
    assert words in text
    assert ("It waits until" in text) is bool(words)
