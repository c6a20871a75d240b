"""The page on which remarks are read: who gets it, what it saves, and that below ten it says nothing."""

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from organisations.models import LogEntry
from reports import remark_views
from reports.attention import attention
from reports.models import PublishedRemarks
from reports.remarks import approved_remarks
from scan.models import Remark, Round
from scan.remarks import seen
from tests.cast import Cast
from tests.reports.full_round import let_days_pass
from tests.reports.remarks import WRITTEN, closed_with_remarks, keep_all, waiting

Browser = Callable[[Any], Client]


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    return closed_with_remarks(in_scope)


def address(round_: Round, end: str = "") -> str:
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/remarks/{end}"


def send(client: Client, round_: Round, remark: Remark, verdict: str, text: str = "", shown: str = "") -> Any:
    data = {"remark": remark.pk, "verdict": verdict, "text": text, "seen": shown or seen([remark]), "page": "1"}
    return client.post(address(round_), data)


def test_nobody_but_the_hr_adviser_gets_it(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    remark = waiting(round_)[0]
    for name, status in (("cas", 403), ("wil", 403), ("mo", 403), ("otto", 404), ("ada", 404)):
        client = as_user(getattr(in_scope, name))
        answers: list[Any] = [client.get(address(round_)), send(client, round_, remark, "keep")]
        answers.append(client.post(address(round_, "finish/")))
        for answer in answers:
            assert answer.status_code == status
            assert WRITTEN not in answer.content.decode()
    assert waiting(round_)[0].is_approved is None


def test_it_shows_every_remark_and_who_was_promised_to_read_them(
    round_: Round, in_scope: Cast, as_user: Browser
) -> None:
    page = as_user(in_scope.anna).get(address(round_)).content.decode()
    assert all(remark.text in page for remark in waiting(round_))
    assert "Anna" in page
    assert "Wijkteam Oost" not in page


def test_each_choice_is_saved_and_leads_to_the_next(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client = as_user(in_scope.anna)
    first, second, third = waiting(round_)[:3]
    assert send(client, round_, first, "keep").headers["Location"].endswith(f"?page=1#remark-{second.pk}")
    assert send(client, round_, second, "leave_out").headers["Location"].endswith(f"#remark-{third.pk}")
    send(client, round_, third, "edit", "[Iemand] luistert nooit")
    states = [(remark.is_approved, remark.edited) for remark in waiting(round_)[:3]]
    assert states == [(True, ""), (False, ""), (True, "[Iemand] luistert nooit")]
    send(client, round_, waiting(round_)[1], "keep")
    assert waiting(round_)[1].is_approved is True


def test_the_last_choice_leads_to_finishing_and_that_freezes(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    keep_all(round_)
    client, last = as_user(in_scope.anna), waiting(round_)[-1]
    assert send(client, round_, last, "keep").headers["Location"].endswith("#finish")
    page = client.get(address(round_)).content.decode()
    shown = re.search(r'finish/">.*?name="seen" value="([^"]+)"', page, re.DOTALL)
    assert shown
    client.post(address(round_, "finish/"), {"seen": shown[1]})
    assert len(approved_remarks(round_)) == 12
    done = client.get(address(round_)).content.decode()
    assert all(text in done for text in approved_remarks(round_))
    assert '<form method="post" action="/o/' not in done
    assert send(client, round_, last, "leave_out").status_code == 302
    assert len(approved_remarks(round_)) == 12


def test_what_was_typed_is_not_lost_when_it_is_refused(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    answer = send(as_user(in_scope.anna), round_, waiting(round_)[0], "edit", "Piet luistert altijd")
    assert answer.status_code == 422
    assert ">Piet luistert altijd</textarea>" in answer.content.decode()


def test_who_comes_second_is_told_and_keeps_what_was_typed(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client, remark = as_user(in_scope.anna), waiting(round_)[0]
    send(client, round_, remark, "leave_out")
    answer = send(client, round_, remark, "edit", "Piet luistert nooit")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert 'id="fault"' in page
    assert ">Piet luistert nooit</textarea>" in page
    assert waiting(round_)[0].is_approved is False


def test_what_the_page_cannot_send_is_refused(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    remark = str(waiting(round_)[0].pk)
    for data in ({}, {"remark": "x", "verdict": "keep"}, {"verdict": "burn"}, {"verdict": "edit", "text": "nul\x00"}):
        assert as_user(in_scope.anna).post(address(round_), {"remark": remark} | data).status_code == 400
    assert waiting(round_)[0].is_approved is None


def masked(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_of_fewer_than_ten_the_page_is_the_same_whatever_their_number(in_scope: Cast, as_user: Browser) -> None:
    """Status, page, number of queries; and a decision about one of them does nothing."""
    round_ = closed_with_remarks(in_scope, 9)
    client = as_user(in_scope.anna)
    client.get(address(round_))
    seen_pages = set()
    for _count in range(10):
        remark = next(iter(waiting(round_)), None)
        if remark:
            assert send(client, round_, remark, "keep").status_code == 302
            assert waiting(round_)[0].is_approved is None
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.get(address(round_))
        seen_pages.add((answer.status_code, masked(answer.content.decode()), len(queries)))
        if remark:
            remark.delete()
    assert not Remark.objects.exists()
    (status, page, _queries), *others = seen_pages
    assert not others
    assert status == 200
    assert WRITTEN not in page
    assert not LogEntry.objects.filter(action="read_remarks").exists()


@pytest.mark.parametrize("count", [12, 30])
def test_the_cost_does_not_grow_with_the_remarks(count: int, in_scope: Cast, as_user: Browser) -> None:
    round_ = closed_with_remarks(in_scope, count, people=count)
    client = as_user(in_scope.anna)
    client.get(address(round_))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address(round_)).content.decode()
    assert len(queries) == 9
    assert page.count(WRITTEN) == 2 * min(count, 20)  # each as text, and in its field


def test_who_read_them_is_written_down_once_a_day(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client = as_user(in_scope.anna)
    client.get(address(round_))
    client.get(address(round_))
    entry = LogEntry.objects.get(action="read_remarks")
    assert (entry.user, entry.subject) == (in_scope.anna, round_.title)


def test_a_failure_writes_no_remark_anywhere(
    round_: Round, in_scope: Cast, as_user: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fall_over(*arguments: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(remark_views, "decide", fall_over)
    client = as_user(in_scope.anna)
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = send(client, round_, waiting(round_)[0], "edit", WRITTEN)
    assert answer.status_code == 500
    assert "disk is full" in caplog.text
    assert WRITTEN not in answer.content.decode() + caplog.text


def told(round_: Round, cast: Cast) -> list[str]:
    with scope(organisation=cast.organisation):
        items = attention([(cast.organisation, [round_])])[cast.organisation.pk]
    return [item.text for item in items if item.address == address(round_)]


def test_home_says_that_they_wait_and_until_when(round_: Round, in_scope: Cast) -> None:
    assert len(told(round_, in_scope)) == 1
    keep_all(round_)
    assert len(told(round_, in_scope)) == 1
    PublishedRemarks.objects.create(round=round_, texts=[])
    Remark.objects.all().delete()
    assert told(round_, in_scope) == []


def test_home_says_nothing_of_fewer_than_ten_and_nothing_when_it_is_too_late(in_scope: Cast) -> None:
    round_ = closed_with_remarks(in_scope, 10)
    assert len(told(round_, in_scope)) == 1
    waiting(round_)[0].delete()
    assert told(round_, in_scope) == []
    Remark.objects.create(round=round_, text="Nog een")
    let_days_pass(round_)
    assert told(Round.objects.select_related("organisation").get(pk=round_.pk), in_scope) == []


def test_what_was_not_finished_in_time_is_said_to_be_gone(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    Round.objects.filter(pk=round_.pk).update(is_past_retention=True)
    page = as_user(in_scope.anna).get(address(round_)).content.decode()
    assert WRITTEN not in page
    assert "verwijderd" in page


def test_an_open_scan_has_no_such_page(in_scope: Cast, as_user: Browser) -> None:
    round_ = closed_with_remarks(in_scope)
    Round.objects.filter(pk=round_.pk).update(state=Round.State.OPEN)
    answer = as_user(in_scope.anna).get(address(round_))
    assert answer.status_code == 302
