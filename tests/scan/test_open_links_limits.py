"""As many may send as the link is for, also at the same moment; and the HR adviser can make room."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django_scopes import scope

from organisations.models import LogEntry
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.links import open_links
from scan.models import Invitation, OpenLink, Round
from scan.participants import find_participant
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import ALL_AGREE, participant_of, stored_responses
from tests.scan.entrances import open_link_of, round_with_every_way, started, with_codes

SHEET = Sheet(ALL_AGREE)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


def start(round_: Round, count: int) -> list[Invitation]:
    return [open_links.start(open_link_of(round_), "nl") for _ in range(count)]


def send_all(round_: Round) -> None:
    """As many as the link is for."""
    for invitation in start(round_, 10):
        submit(participant_of(invitation), SHEET)


def test_who_comes_when_all_have_sent_is_refused_and_keeps_the_draft(running: Round) -> None:
    late = start(running, 1)[0]
    drafts.save(participant_of(late), SHEET)
    send_all(running)
    with pytest.raises(open_links.FullError):
        submit(participant_of(late), SHEET)
    assert len(stored_responses(running)) == 10
    assert drafts.load(participant_of(late)) == SHEET
    assert not Invitation.objects.get(pk=late.pk).used


def test_the_page_says_whom_to_ask_and_the_answers_can_be_sent_afterwards(client: Client, running: Round) -> None:
    late = start(running, 1)[0]
    drafts.save(participant_of(late), SHEET)
    send_all(running)
    base = f"/a/{token_of(late.pk)}/"
    refused = client.post(f"{base}send/", headers=ENGLISH)
    assert refused.status_code == 409
    assert "Anna, 2210" in refused.content.decode()
    assert "result" not in client.cookies
    OpenLink.objects.update(submit_limit=11)
    assert client.post(f"{base}send/")["Location"] == f"{base}result/"
    assert len(stored_responses(running)) == 11


def test_sending_twice_is_still_a_matter_of_having_sent(client: Client, running: Round) -> None:
    send_all(running)
    done = started(running)[0]
    assert client.post(f"/a/{token_of(done.pk)}/send/").status_code == 410


def test_the_limit_is_no_matter_of_who_has_a_code_or_a_mail(running: Round) -> None:
    send_all(running)
    for invitation in Invitation.objects.filter(round=running, used=False).exclude(unit__has_open_link=True):
        submit(participant_of(invitation), SHEET)
    # Somebody without an address who was added to the unit of the open link.
    added = with_codes(running)[0]
    Invitation.objects.filter(pk=added.pk).update(unit=open_link_of(running).unit, used=False)
    submit(find_participant(token_of(added.pk)), SHEET)
    assert len(stored_responses(running)) == 10 + 6 + 11 + 1


def at_the_same_moment(count: int, action: Callable[[int], None]) -> list[str]:
    """What came of `count` simultaneous calls."""
    outcomes: list[str] = []
    barrier = threading.Barrier(count)

    def call(number: int) -> None:
        barrier.wait()
        try:
            action(number)
            outcomes.append("done")
        except open_links.FullError:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_of_those_who_send_at_the_same_moment_no_more_than_the_limit_counts(transactional_db: None, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = round_with_every_way(cast, mailed=1, coded=1, expected=3)
        participants = [participant_of(invitation) for invitation in start(round_, 6)]

    def send(number: int) -> None:
        with scope(organisation=cast.organisation):
            submit(participants[number], SHEET)

    assert at_the_same_moment(6, send) == ["done"] * 3 + ["full"] * 3
    assert len(stored_responses(round_)) == 3
    with scope(organisation=cast.organisation):
        assert Invitation.objects.filter(used=True).count() == 3


def test_of_those_who_start_at_the_same_moment_no_more_than_the_limit_does(transactional_db: None, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = round_with_every_way(cast, mailed=1, coded=1, expected=2)
        link = open_link_of(round_)

    def begin(number: int) -> None:
        with scope(organisation=cast.organisation):
            open_links.start(link, "nl")

    assert at_the_same_moment(7, begin) == ["done"] * 4 + ["full"] * 3
    with scope(organisation=cast.organisation):
        assert len(started(round_)) == 4


def limits_page(round_: Round) -> str:
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/links/limits/{open_link_of(round_).pk}/"


def test_the_hr_adviser_raises_the_limits_and_not_the_expected_number(
    running: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    OpenLink.objects.update(is_near_limit=True)
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    page = client.get(limits_page(running)).content.decode()
    assert "If more than 10 questionnaires come in" in page
    response = client.post(limits_page(running), {"start_limit": "40", "submit_limit": "12", "expected": "12"})
    assert response["Location"].endswith("/links/")
    link = open_link_of(running)
    assert (link.start_limit, link.submit_limit, link.is_near_limit) == (40, 12, False)
    assert (link.unit.expected, link.unit.invited) == (10, 10)
    with scope(organisation=cast.organisation):
        (entry,) = LogEntry.objects.filter(action="raise_limits")
        assert (entry.subject, entry.user) == ("Leerscan nu: Facilitair / Keuken (40 / 12)", cast.anna)


@pytest.mark.parametrize(
    ("start_limit", "submit_limit", "words"),
    [
        ("19", "10", "only go up. Choose 20 or more"),
        ("20", "9", "only go up. Choose 10 or more"),
        ("20", "21", "Fill in at least the number that may send"),
        ("", "10", "required"),
        ("veel", "10", "whole number"),
        ("999999999999", "10", "100000"),
    ],
)
def test_a_limit_never_goes_down(
    running: Round,
    cast: Cast,
    as_user: Callable[[Any], Client],
    start_limit: str,
    submit_limit: str,
    words: str,
) -> None:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    response = client.post(limits_page(running), {"start_limit": start_limit, "submit_limit": submit_limit})
    assert response.status_code == 422
    assert words in response.content.decode()
    link = open_link_of(running)
    assert (link.start_limit, link.submit_limit) == (20, 10)


def test_two_who_raise_at_the_same_moment_leave_the_higher(running: Round, cast: Cast) -> None:
    stale = open_link_of(running)
    open_links.raise_limits(open_link_of(running), 50, 30, cast.anna)
    open_links.raise_limits(stale, 40, 31, cast.anna)
    link = open_link_of(running)
    assert (link.start_limit, link.submit_limit) == (50, 31)


@pytest.mark.parametrize(("role", "status"), [("mo", 403), ("cas", 403), ("wil", 403), ("ada", 404), ("otto", 404)])
def test_nobody_else_raises_limits(
    role: str, status: int, running: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    client = as_user(getattr(cast, role))
    assert client.get(limits_page(running)).status_code == status
    assert client.post(limits_page(running), {"start_limit": "99", "submit_limit": "99"}).status_code == status
    assert open_link_of(running).start_limit == 20
