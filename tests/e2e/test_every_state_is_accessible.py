"""axe (WCAG 2.2 AA) on every state in which a page of answering can be, at both widths, light and dark."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django_scopes import scope
from playwright.sync_api import Page, expect

from scan.links import open_links
from scan.models import Invitation, OpenLink, Round
from scan.participants import find_participant
from scan.tokens import token_of
from tests.cast import Cast
from tests.e2e.answering import Check, choose, go_on, in_sight, questions, save_state, send
from tests.e2e.looks import LOOKS
from tests.rounds import open_round, tokens
from tests.scan.entrances import open_link_of, round_with_every_way, with_codes

Visit = Callable[[str], None]


@pytest.fixture
def running(live_server: Any, cast: Cast) -> Round:
    return open_round(cast)


@pytest.fixture(params=LOOKS, ids=str)
def looked_at(page: Page, request: pytest.FixtureRequest) -> Page:
    width, scheme = request.param
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme)
    return page


def test_the_pages_from_start_to_result(looked_at: Page, running: Round, check_page: Check) -> None:
    page, token = looked_at, tokens(running)[0]
    for path in ("", "1/", "6/", "closing/", "check/", "erase/", "2/?from=check"):
        page.goto(f"/a/{token}/{path}")
        check_page(page)
    page.goto(f"/a/{token}/1/")
    choose(page, 0, 4)
    expect(save_state(page)).to_contain_text("nog niet verstuurd")
    check_page(page)
    choose(page, 1, 6)
    choose(page, 2, 1)
    expect(save_state(page)).to_contain_text("Opgeslagen")
    check_page(page)
    page.route("**/save/", lambda route: route.abort())
    for number in range(3):
        choose(page, number, 2)
    expect(save_state(page)).to_contain_text("Nog niet verstuurd")
    check_page(page)
    page.goto(f"/a/{token}/")
    expect(page.get_by_role("link", name="Ga verder met deel 1")).to_be_visible()
    check_page(page)
    page.goto(f"/a/{token}/closing/")
    for choice in page.locator("input[type=checkbox]").all()[:4]:
        choice.check()
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
    page.locator("input[type=checkbox]:checked").first.uncheck()
    go_on(page)
    page.route("**/send/", lambda route: route.abort())
    send(page)
    expect(page.locator("[data-send-state]")).to_contain_text("geen verbinding")
    check_page(page)
    page.unroute("**/send/")
    page.wait_for_url("**/result/", timeout=20_000)
    expect(page.locator("h1:visible")).to_contain_text("Bedankt")
    check_page(page)  # too few answers for a picture of one's own
    page.goto(f"/a/{token}/")
    expect(page.locator("h1:visible")).to_contain_text("al antwoorden verstuurd")
    check_page(page)


def test_the_own_result_and_what_is_left_of_it(looked_at: Page, running: Round, check_page: Check) -> None:
    page, token = looked_at, tokens(running)[1]
    page.goto(f"/a/{token}/1/")
    for _part in range(6):
        for number in range(questions(page).count()):
            choose(page, number, 3)
        go_on(page)
    go_on(page)
    check_page(page)
    send(page)
    expect(page.locator("figure img")).to_have_count(2)
    page.locator("summary").first.click()
    check_page(page)
    page.context.clear_cookies(name="result")
    page.reload()
    check_page(page)


def test_everything_that_is_refused(looked_at: Page, running: Round, check_page: Check) -> None:
    page, token = looked_at, tokens(running)[2]
    page.goto("/a/onbekend/")
    check_page(page)
    page.goto(f"/a/{token}/1/")
    page.context.clear_cookies()
    page.evaluate("document.querySelector('[data-section]:not([hidden]) form').submit()")
    expect(page.locator("h1:visible")).to_be_visible()
    check_page(page)  # no cookie
    page.goto(f"/a/{token}/1/")
    page.evaluate(
        "() => { const input = document.querySelector('[data-question] input');"
        " input.value = '7'; input.checked = true; input.form.submit(); }"
    )
    expect(page.locator("h1:visible")).to_contain_text("niet lezen")
    check_page(page)
    page.goto(f"/a/{token}/1/")
    with scope(organisation=running.organisation):
        Invitation.objects.filter(pk=find_participant(token).invitation.pk).update(used=True)
    for number in range(3):
        choose(page, number, 4)
    expect(save_state(page)).to_contain_text("al antwoorden verstuurd")
    check_page(page)
    other = tokens(running)[3]
    page.goto(f"/a/{other}/1/")
    with scope(organisation=running.organisation):
        Round.objects.update(state=Round.State.CLOSED)
    for number in range(3):
        choose(page, number, 4)
    expect(save_state(page)).to_contain_text("gesloten")
    check_page(page)


def test_codes_and_open_links(looked_at: Page, live_server: Any, cast: Cast, check_page: Check) -> None:
    page = looked_at
    with scope(organisation=cast.organisation):
        running = round_with_every_way(cast)
        code = token_of(with_codes(running)[0].pk)
        address = f"/a/open/{open_links.token_of(open_link_of(running))}/"
    cache.clear()
    page.goto("/a/")
    check_page(page)
    page.locator("main input[name=code]").fill("0000-0000-0000")
    page.locator("main form button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    check_page(page)
    for path in ("", "1/", "erase/"):
        page.goto(f"/a/{code}/{path}")
        check_page(page)
    page.goto(address)
    check_page(page)
    page.locator("main form button").click()
    page.wait_for_url("**/a/*/")
    check_page(page)
    page.locator("main a.btn-primary").click()
    expect(in_sight(page)).to_have_count(1)
    check_page(page)
    with scope(organisation=cast.organisation):
        OpenLink.objects.update(submit_limit=0, start_limit=1)
    page.goto(page.url.replace("/1/", "/check/"))
    send(page)
    expect(page.locator("h1:visible")).to_have_text("Deze link is vol")
    check_page(page)
    page.goto(address)
    page.locator("main form button").click()
    check_page(page)
