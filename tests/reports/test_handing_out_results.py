"""The organisation's results for staff: one page, from the day on which they hear them, and nothing else."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django_scopes import scope

from reports.closing import close_here
from reports.handing_out import PURPOSE, find_shared, results_link, shared_from
from scan.answering.boxes import Sheet
from scan.answering.preview import preview_token
from scan.answering.submitting import submit
from scan.mailing.planning import move
from scan.models import Invitation, Mailing, Round, Unit
from scan.participants import today_in
from scan.tokens import signed, token_of
from tests.cast import Cast
from tests.rounds import closed_sample_round, open_round, unit_id
from tests.scan.asking import ALL_AGREE, launched_round, participant_of

Browser = Callable[[Any], Client]


def page_of(round_: Round) -> str:
    return urlsplit(results_link(round_)).path


def plan_results(round_: Round, day: date) -> Mailing:
    with scope(organisation=round_.organisation):
        return Mailing.objects.create(round=round_, kind=Mailing.Kind.RESULTS, planned_on=day)


@pytest.fixture
def today(cast: Cast) -> date:
    return today_in(cast.organisation)


@pytest.fixture
def closed(cast: Cast, today: date) -> Round:
    """A closed round with a full release, whose results staff heard today."""
    round_ = closed_sample_round(cast.organisation)
    with scope(organisation=cast.organisation):
        Round.objects.filter(pk=round_.pk).update(results_on=today, results_how="In de kantine.")
        return Round.objects.select_related("organisation").get(pk=round_.pk)


def say_day(round_: Round, day: date | None) -> None:
    with scope(organisation=round_.organisation):
        Round.objects.filter(pk=round_.pk).update(results_on=day)


def test_from_the_day_on_it_shows_the_report_of_the_organisation(closed: Round, client: Client) -> None:
    response = client.get(page_of(closed))
    text = response.content.decode()
    assert response.status_code == 200
    assert '<article class="report">' in text
    assert str(response.context["report"].round_title) in text
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "no-store" in response.headers["Cache-Control"]


def test_it_names_no_other_unit_and_leads_nowhere_behind_login(closed: Round, client: Client) -> None:
    text = client.get(page_of(closed)).content.decode()
    with scope(organisation=closed.organisation):
        names = set(
            Unit.objects.filter(round=closed, kind=Unit.Kind.DEPARTMENT).exclude(path="").values_list("name", flat=True)
        )
    names -= {"HR"}  # the word stands in the report's own advice
    assert len(names) > 5
    assert not {name for name in names if re.search(rf"\b{re.escape(name)}\b", text)}
    addresses = re.findall(r'(?:href|src|action)="([^"]*)"', text)
    assert not [address for address in addresses if address.startswith("/o/") or address in ("/", "/accounts/login/")]
    assert closed.organisation.slug not in "".join(addresses)


def test_before_the_day_it_names_the_day_and_holds_no_figure(closed: Round, today: date, client: Client) -> None:
    tomorrow = today + timedelta(days=1)
    say_day(closed, tomorrow)
    response = client.get(page_of(closed))
    text = response.content.decode()
    assert response.status_code == 200
    assert "report" not in response.context
    main = re.sub(r"<[^>]*>", " ", text[text.index("<main") :])
    assert set(re.findall(r"\d+", main.replace(closed.title, ""))) == {str(tomorrow.day), str(tomorrow.year)}
    assert "In de kantine." in main


def test_it_speaks_both_languages(closed: Round, today: date, client: Client) -> None:
    for day, dutch, english in ((today, "Dank", "Thank"), (date(2098, 3, 1), "1 maart 2098", "1 March 2098")):
        say_day(closed, day)
        for language, words in (("nl", dutch), ("en", english)):
            client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
            assert words in client.get(page_of(closed)).content.decode()


def test_without_a_day_there_is_never_a_result(closed: Round, client: Client) -> None:
    say_day(closed, None)
    response = client.get(page_of(closed))
    assert response.status_code == 200
    assert "report" not in response.context


def test_the_day_follows_the_mailing_that_was_moved(closed: Round, today: date, client: Client) -> None:
    mailing = plan_results(closed, today)
    mailing.round.closes_on = today - timedelta(days=30)
    assert "report" in client.get(page_of(closed)).context
    with scope(organisation=closed.organisation):
        move(mailing, today + timedelta(days=3))
        assert shared_from(closed) == today + timedelta(days=3)
    assert "report" not in client.get(page_of(closed)).context


def test_an_open_round_has_nothing_to_show_whatever_the_day(cast: Cast, today: date, client: Client) -> None:
    round_ = open_round(cast)
    say_day(round_, today)
    response = client.get(page_of(round_))
    assert response.status_code == 200
    assert "report" not in response.context
    assert "6" not in re.sub(r"<[^>]*>|2026|\d+ \w+ \d+", "", response.content.decode().partition("<main")[2])


def test_a_draft_is_not_found(closed: Round, client: Client) -> None:
    with scope(organisation=closed.organisation):
        Round.objects.filter(pk=closed.pk).update(state=Round.State.DRAFT)
    assert find_shared(page_of(closed).split("/")[2]) is None
    assert client.get(page_of(closed)).status_code == 404


def test_no_other_text_is_a_link_to_results(closed: Round, client: Client) -> None:
    with scope(organisation=closed.organisation):
        unit = unit_id(closed, "")
    right = signed(PURPOSE, closed.pk)
    wrong = [
        "onbekend",
        str(closed.pk),
        preview_token(closed),
        token_of(closed.pk),
        signed(PURPOSE, type(closed.pk)(unit)),
        right[:-1] + ("a" if right[-1] != "a" else "b"),
        right + "a",
    ]
    assert [client.get(f"/s/{token}/").status_code for token in wrong] == [404] * len(wrong)
    assert client.get(f"/s/{right}/").status_code == 200


def test_it_is_only_read(closed: Round, client: Client) -> None:
    assert client.post(page_of(closed)).status_code == 405


def test_of_a_hidden_organisation_it_says_so_and_nothing_more(cast: Cast, today: date, client: Client) -> None:
    with scope(organisation=cast.organisation):
        round_ = launched_round(cast, people=12)
        for invitation in list(Invitation.objects.filter(round=round_))[:3]:
            submit(participant_of(invitation), Sheet(ALL_AGREE))
        close_here(round_)
    say_day(round_, today)
    response = client.get(page_of(round_))
    assert "report" not in response.context
    main = response.content.decode().partition("<main")[2]
    assert response.context["text"] in main
    assert "3" not in re.sub(r"<[^>]*>|\d+ \w+ \d+", "", main)
    assert "12" not in re.sub(r"<[^>]*>|\d+ \w+ \d+", "", main)


def test_who_is_logged_in_elsewhere_sees_no_more_and_no_less(closed: Round, cast: Cast, as_user: Browser) -> None:
    anonymous = as_user(None).get(page_of(closed)).content.decode()
    other = as_user(cast.otto).get(page_of(closed)).content.decode()
    assert '<article class="report">' in anonymous
    assert '<article class="report">' in other
    assert "Otto" not in other
