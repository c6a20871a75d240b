"""The page on which a report is shared: who may, what is refused, who withdraws."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from organisations.models import LogEntry, Membership, Role
from reports.models import SharedReport
from reports.sharing import links
from scan.models import Mailing, Round
from scan.participants import today_in
from tests.cast import Cast
from tests.reports.sharing.links import FOREIGN, HIDDEN, NOTE, OWN, shared_page
from tests.rounds import unit_id

Browser = Callable[[Any], Client]


def address(round_: Round, path: str = OWN) -> str:
    return f"/o/{round_.organisation.slug}/r/{round_.slug}/u/{unit_id(round_, path)}/share/"


def filled(**fields: str) -> dict[str, str]:
    return {"key": str(uuid4()), "days": "30", "note": NOTE} | fields


def count() -> int:
    with scopes_disabled():
        return SharedReport.objects.count()


WHO = (
    ("anna", OWN, 200),
    ("anna", "", 200),
    ("cas", FOREIGN, 200),
    ("mo", OWN, 200),
    ("mo", HIDDEN, 200),
    ("mo", FOREIGN, 403),
    ("mo", "", 403),
    ("nel", OWN, 403),
    ("nel", FOREIGN, 200),
    ("wil", "", 403),
    ("wil", OWN, 403),
    ("ada", OWN, 404),
    ("otto", OWN, 404),
)


def test_who_may_share_what(closed: Round, cast: Cast, as_user: Browser) -> None:
    for name, path, status in WHO:
        client, before = as_user(getattr(cast, name)), count()
        assert client.get(address(closed, path)).status_code == status, (name, path)
        assert client.post(address(closed, path), filled()).status_code == status, (name, path)
        assert count() == before + (status == 200)


def test_a_manager_who_reads_the_organisation_as_works_council_shares_no_more_than_before(
    closed: Round, cast: Cast, as_user: Browser
) -> None:
    Membership.objects.create(organisation=cast.organisation, user=cast.mo, role=Role.WORKS_COUNCIL)
    client = as_user(cast.mo)
    assert client.get(f"/o/{cast.organisation.slug}/r/{closed.slug}/u/{unit_id(closed, '')}/").status_code == 200
    assert client.post(address(closed, ""), filled()).status_code == 403
    assert client.get(address(closed)).status_code == 200


def test_a_manager_shares_nothing_before_the_day(closed: Round, cast: Cast, as_user: Browser) -> None:
    with scope(organisation=cast.organisation):
        tomorrow = today_in(cast.organisation) + timedelta(days=1)
        Mailing.objects.create(round=closed, kind=Mailing.Kind.MANAGERS, planned_on=tomorrow)
    assert as_user(cast.mo).post(address(closed), filled()).status_code == 403
    assert count() == 0


def test_the_link_is_shown_once_and_written_down_without_it(closed: Round, cast: Cast, as_user: Browser) -> None:
    client = as_user(cast.mo)
    page = client.post(address(closed), filled()).content.decode()
    found = re.search(r">[^<]*(/s/[a-z2-7]{42}/)</textarea>", page)
    assert found
    assert Client().get(found[1]).status_code == 200
    again = client.get(address(closed)).content.decode()
    assert found[1] not in again
    assert NOTE in again
    with scopes_disabled():
        entry = LogEntry.objects.get(action="share_report")
    assert (entry.user, entry.subject) == (cast.mo, f"{closed.title}: {OWN}")


def test_sent_twice_it_makes_one_link(closed: Round, cast: Cast, as_user: Browser) -> None:
    client, data = as_user(cast.mo), filled()
    client.post(address(closed), data)
    again = client.post(address(closed), data)
    assert again.status_code == 422
    assert not re.search(r"/s/[a-z2-7]{42}/", again.content.decode())
    assert count() == 1


def test_what_is_wrong_is_said_and_nothing_is_made(closed: Round, cast: Cast, as_user: Browser) -> None:
    wrong = ({"days": "365"}, {"days": ""}, {"note": " "}, {"note": "x" * 101}, {"key": "x"}, {"key": ""})
    for fields in wrong:
        assert as_user(cast.mo).post(address(closed), filled(**fields)).status_code == 422
    assert count() == 0


def test_it_speaks_the_language_of_who_looks(closed: Round, cast: Cast, as_user: Browser) -> None:
    for language, words in (("nl", "30 dagen"), ("en", "30 days")):
        cast.mo.language = language
        cast.mo.save()
        assert words in as_user(cast.mo).get(address(closed)).content.decode()


def test_there_is_an_end_to_links(closed: Round, cast: Cast, as_user: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(links, "MOST_LINKS", 2)
    client = as_user(cast.mo)
    assert [client.post(address(closed), filled()).status_code for _time in range(3)] == [200, 200, 422]
    assert client.post(address(closed, HIDDEN), filled()).status_code == 200


def only(path: str) -> str:
    with scopes_disabled():
        return str(SharedReport.objects.get(unit__path=path).pk)


def test_who_made_it_withdraws_it_and_it_is_written_down(closed: Round, cast: Cast, as_user: Browser) -> None:
    link = shared_page(closed, OWN, cast.mo)
    client = as_user(cast.mo)
    assert only(OWN) in client.get(address(closed)).content.decode()
    client.post(address(closed), {"withdraw": only(OWN)})
    assert count() == 0
    assert Client().get(link).status_code == 404
    with scopes_disabled():
        assert LogEntry.objects.get(action="withdraw_share").subject == f"{closed.title}: {OWN}"
    assert client.post(address(closed), {"withdraw": str(uuid4())}).status_code == 302


def test_a_manager_sees_who_else_shared_it_and_leaves_that_alone(closed: Round, cast: Cast, as_user: Browser) -> None:
    shared_page(closed, OWN, cast.anna)
    shared_page(closed, FOREIGN, cast.nel)
    client = as_user(cast.mo)
    page = client.get(address(closed)).content.decode()
    assert page.count(NOTE) == 1
    assert "Keuken" not in page
    for path in (OWN, FOREIGN):
        client.post(address(closed), {"withdraw": only(path)})
    assert count() == 2


def test_the_hr_adviser_sees_and_withdraws_all_of_the_scan(closed: Round, cast: Cast, as_user: Browser) -> None:
    shared_page(closed, OWN, cast.mo)
    shared_page(closed, FOREIGN, cast.nel)
    client = as_user(cast.anna)
    page = client.get(address(closed, "")).content.decode()
    assert only(OWN) in page
    assert only(FOREIGN) in page
    for path in (OWN, FOREIGN):
        client.post(address(closed, ""), {"withdraw": only(path)})
    assert count() == 0


def test_a_consultant_withdraws_own_links_only(closed: Round, cast: Cast, as_user: Browser) -> None:
    shared_page(closed, OWN, cast.mo)
    shared_page(closed, FOREIGN, cast.cas)
    client = as_user(cast.cas)
    for path in (OWN, FOREIGN):
        client.post(address(closed, FOREIGN), {"withdraw": only(path)})
    assert only(OWN)
    assert count() == 1


def test_links_that_have_ended_are_not_listed_and_dead_ones_say_so(closed: Round, cast: Cast, as_user: Browser) -> None:
    shared_page(closed, OWN, cast.mo)
    client = as_user(cast.anna)
    assert "laat niets meer zien" not in client.get(address(closed)).content.decode()
    Membership.objects.filter(user=cast.mo).delete()
    assert "laat niets meer zien" in client.get(address(closed)).content.decode()
    with scopes_disabled():
        SharedReport.objects.update(ends_at=timezone.now())
    assert NOTE not in client.get(address(closed)).content.decode()


def test_the_cost_does_not_grow_with_the_links(closed: Round, cast: Cast, as_user: Browser) -> None:
    client = as_user(cast.anna)
    client.get(address(closed))
    for number in (1, 4):
        while count() < 2 * number:
            shared_page(closed, OWN, cast.mo)
            shared_page(closed, FOREIGN, cast.nel)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address(closed)).content.decode()
        assert page.count('name="withdraw"') == 2 * number
        assert len(queries) == 17


def test_the_page_of_a_report_leads_here_for_who_may(closed: Round, cast: Cast, as_user: Browser) -> None:
    unit = address(closed).removesuffix("share/")
    for name in ("anna", "cas", "mo"):
        assert address(closed) in as_user(getattr(cast, name)).get(unit).content.decode()
    root = address(closed, "").removesuffix("share/")
    assert "/share/" not in as_user(cast.wil).get(root).content.decode()
