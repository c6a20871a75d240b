"""The ways in without a personal address, in a browser: an open link on a shared device, a code on paper."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django_scopes import scope
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobs.models import Job
from jobs.running import run
from scan.links import codes, open_links
from scan.models import OpenLink, Round, Unit
from tests.cast import Cast
from tests.e2e.answering import choose, go_on, questions, save_state, send
from tests.e2e.looks import LOOKS
from tests.scan.asking import stored_responses
from tests.scan.entrances import open_link_of, round_with_every_way, started, with_codes

Check = Callable[[Page], None]


@pytest.fixture
def running(live_server: Any, cast: Cast) -> Iterator[Round]:
    cache.clear()
    with scope(organisation=cast.organisation):
        round_ = round_with_every_way(cast)
    yield round_
    cache.clear()


@pytest.fixture
def as_anna(page: Page, cast: Cast, live_server: Any) -> Page:
    """The browser with the HR adviser logged in."""
    client = Client()
    client.force_login(cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    return page


def open_page(round_: Round) -> str:
    with scope(organisation=round_.organisation):
        return f"/a/open/{open_links.token_of(open_link_of(round_))}/"


def begin(page: Page) -> str:
    """From the page of the open link to the own start page; answers its path."""
    page.locator("main form button").click()
    page.wait_for_url("**/a/*/")
    return page.evaluate("location.pathname")  # type: ignore[no-any-return]


def answer_and_send(page: Page, value: int) -> None:
    page.locator("main a.btn-primary").click()
    for _part in range(6):
        for number in range(questions(page).count()):
            choose(page, number, value)
        go_on(page)
    go_on(page)
    send(page)
    expect(page.locator("figure img")).to_have_count(2)


def two_people(page: Page, running: Round, check_page: Check | None = None) -> None:
    check = check_page or (lambda page: None)
    page.goto(open_page(running))
    check(page)
    first = begin(page)
    check(page)
    answer_and_send(page, 2)
    check(page)
    page.locator("form[action$='/next/'] button").click()
    expect(page).to_have_url(f"{page.url.split('/a/')[0]}{open_page(running)}")
    assert [cookie["name"] for cookie in page.context.cookies() if cookie["name"] != "csrftoken"] == []

    second = begin(page)
    assert second != first
    answer_and_send(page, 5)
    with scope(organisation=running.organisation):
        assert sorted(response.answers[0] for response in stored_responses(running)) == [2, 5]
        assert [invitation.used for invitation in started(running)] == [True, True]


def test_two_people_after_each_other_on_one_phone(
    page: Page, running: Round, check_page: Check, complaints: list[str]
) -> None:
    two_people(page, running, check_page)
    assert not complaints, "\n".join(complaints)


def test_two_people_without_javascript(without_javascript: Page, running: Round) -> None:
    two_people(without_javascript, running)


def test_the_one_before_cannot_be_found_back(page: Page, running: Round) -> None:
    """Not by the back button, not by the address, and not in the browser's storage."""
    page.goto(open_page(running))
    first = begin(page)
    answer_and_send(page, 3)
    page.evaluate("localStorage.setItem('draft', 'mine'); sessionStorage.setItem('draft', 'mine')")
    page.locator("form[action$='/next/'] button").click()
    page.wait_for_url("**/a/open/*/")
    assert page.evaluate("[localStorage.length, sessionStorage.length]") == [0, 0]
    for _step in range(4):
        page.go_back()
        expect(page.locator("figure")).to_have_count(0)
        expect(page.locator("input:checked")).to_have_count(0)
        expect(page.locator("h1")).to_be_visible()
    for path in ("result/", "", "1/", "closing/", "check/"):
        page.goto(first + path)
        expect(page.locator("figure")).to_have_count(0)
        expect(page.locator("input")).to_have_count(page.locator("input[type=hidden]").count())


def test_going_back_after_the_next_one_has_started_shows_neither(page: Page, running: Round) -> None:
    page.goto(open_page(running))
    first = begin(page)
    answer_and_send(page, 3)
    page.locator("form[action$='/next/'] button").click()
    begin(page)
    for _step in range(3):
        page.go_back()
        expect(page.locator("figure")).to_have_count(0)
    page.goto(first)
    expect(page.locator("main form[action$='/next/']")).to_have_count(1)
    expect(page.locator("main a.btn")).to_have_count(0)


def test_a_full_link_keeps_the_answers_until_there_is_room(page: Page, running: Round, check_page: Check) -> None:
    with scope(organisation=running.organisation):
        OpenLink.objects.update(submit_limit=0)
    page.goto(open_page(running))
    begin(page)
    page.locator("main a.btn-primary").click()
    choose(page, 0, 4)
    for _part in range(7):
        go_on(page)
    send(page)
    expect(page.locator("h1:visible")).to_have_text("Deze link is vol")
    expect(page.locator("main")).to_contain_text("Anna, 2210")
    check_page(page)
    with scope(organisation=running.organisation):
        OpenLink.objects.update(submit_limit=1)
    page.locator("form[action$='/send/'] button").click()
    page.wait_for_url("**/result/")
    with scope(organisation=running.organisation):
        assert [sum(response.answers) for response in stored_responses(running)] == [4]
        OpenLink.objects.update(start_limit=1)
    page.goto(open_page(running))
    page.locator("main form button").click()
    expect(page.locator("h1")).to_have_text("Deze link is vol")
    check_page(page)


Device = Callable[..., Page]


@pytest.fixture
def new_device(browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Device]:
    """A browser of its own, with nothing in it."""
    contexts: list[BrowserContext] = []

    def switch_on(**options: Any) -> Page:
        contexts.append(browser.new_context(**browser_context_args | options))
        return contexts[-1].new_page()

    yield switch_on
    for context in contexts:
        context.close()


def begin_and_answer_part_1(page: Page, running: Round, check: Check) -> str:
    """Answers the code that the first page shows."""
    page.goto(open_page(running))
    check(page)
    begin(page)
    check(page)
    code = page.locator("#resume-code p").inner_text()
    page.locator("main a.btn-primary").click()
    check(page)
    for number in range(questions(page).count()):
        choose(page, number, 2)
    go_on(page)
    page.wait_for_url("**/2/")
    return code


def go_on_and_send(page: Page, running: Round, code: str, check: Check) -> None:
    page.goto(open_page(running))
    page.locator("main a[href='/a/']").click()
    check(page)
    page.locator("#code").fill(code.lower().replace("-", " "))
    page.locator("main form button").click()
    page.wait_for_url("**/a/*/")
    # Not in full a second time: they have it.
    expect(page.get_by_text(code)).to_be_hidden()
    check(page)
    page.get_by_role("link", name=re.compile("From the beginning|Bij het begin")).click()
    expect(page.locator("input:checked")).to_have_count(questions(page).count())
    for _part in range(7):
        go_on(page)
    send(page)
    page.wait_for_url("**/result/")


def one_response_of_part_1(running: Round) -> None:
    with scope(organisation=running.organisation):
        (response,) = stored_responses(running)
        (invitation,) = started(running)
    assert set(response.answers) == {0, 2}
    assert invitation.used


@pytest.mark.parametrize(
    ("locale", "width", "scheme"),
    [("nl-NL", 390, "dark"), ("en-GB", 1280, "light")],
)
def test_who_stops_halfway_goes_on_by_the_code_on_another_device(
    new_device: Device, running: Round, check_page: Check, locale: str, width: int, scheme: str
) -> None:
    options = {"locale": locale, "viewport": {"width": width, "height": 844}, "color_scheme": scheme}
    first = new_device(**options)
    code = begin_and_answer_part_1(first, running, check_page)
    expect(save_state(first)).to_contain_text(re.compile("Opgeslagen|Saved"))
    elsewhere = new_device(**options)
    go_on_and_send(elsewhere, running, code, check_page)
    one_response_of_part_1(running)
    # Once sent, the code leads nobody to the answers.
    third = new_device(**options)
    third.goto("/a/")
    third.locator("#code").fill(code)
    third.locator("main form button").click()
    expect(third.locator("form[action$='/next/']")).to_have_count(1)
    expect(third.locator("main a.btn")).to_have_count(0)


def test_who_stops_halfway_goes_on_without_javascript(new_device: Device, running: Round) -> None:
    def unchecked(page: Page) -> None:
        """Axe is a script."""

    code = begin_and_answer_part_1(new_device(java_script_enabled=False), running, unchecked)
    go_on_and_send(new_device(java_script_enabled=False), running, code, unchecked)
    one_response_of_part_1(running)


def test_the_code_can_be_copied(page: Page, running: Round, complaints: list[str]) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(open_page(running))
    begin(page)
    page.get_by_role("button", name="Kopiëren").click()
    expect(page.get_by_role("status")).to_have_text("Gekopieerd")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#resume-code p").inner_text()
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("width", [390, 1280])
def test_the_reminder_of_the_code_is_accessible_closed_and_open(
    page: Page, running: Round, check_page: Check, width: int
) -> None:
    """Among the questions, and where a full link lets somebody wait."""
    page.set_viewport_size({"width": width, "height": 844})
    with scope(organisation=running.organisation):
        OpenLink.objects.update(submit_limit=0)
    page.goto(open_page(running))
    path = begin(page)
    code = page.locator("#resume-code p").inner_text()

    def look() -> None:
        reminder = page.locator("details.resume")
        expect(reminder.get_by_text(code)).to_be_hidden()
        check_page(page)
        reminder.locator("summary").click()
        expect(reminder.get_by_text(code)).to_be_visible()
        check_page(page)

    page.goto(f"{path}1/")
    look()
    page.goto(f"{path}check/")
    send(page)
    expect(page.locator("h1:visible")).to_have_text("Deze link is vol")
    look()


@pytest.mark.parametrize("has_javascript", [True, False])
def test_a_code_on_paper_leads_to_the_questionnaire(
    page: Page, without_javascript: Page, running: Round, check_page: Check, has_javascript: bool
) -> None:
    with scope(organisation=running.organisation):
        code = codes.given_code(with_codes(running)[0])
    phone = page if has_javascript else without_javascript
    phone.goto("/a/")
    if has_javascript:
        check_page(phone)
    phone.get_by_label("Je code").fill("0000 0000 0000")
    phone.locator("main form button").click()
    expect(phone.get_by_role("alert")).to_contain_text("deze code niet")
    if has_javascript:
        check_page(phone)
    phone.get_by_label("Je code").fill(code.lower().replace("-", " "))
    phone.locator("main form button").click()
    expect(phone.locator("h1")).to_have_text("Hoe leren we hier?")
    answer_and_send(phone, 4)
    expect(phone.locator("form[action$='/next/']")).to_have_count(1)


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_pages_of_the_hr_adviser_are_accessible(
    as_anna: Page, running: Round, check_page: Check, scheme: Any, width: int
) -> None:
    page = as_anna
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    with scope(organisation=running.organisation):
        OpenLink.objects.update(is_near_limit=True)
        Round.objects.filter(pk=running.pk).update(response_as_of="2026-11-20")
        unit = open_link_of(running).unit
    links = f"/o/{running.organisation.slug}/r/{running.slug}/links/"
    page.goto(links)
    check_page(page)
    page.goto(f"{links}limits/{unit.pk}/")
    check_page(page)
    page.get_by_label("Hoeveel mensen mogen beginnen").fill("5")
    page.locator("main form button").click()
    check_page(page)


LONG = "Verpleeghuiszorgmedewerkers en Thuisbegeleiding Noordoost-Nacht"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_page_of_links_is_accessible_with_long_names_of_departments(
    as_anna: Page, running: Round, check_page: Check, width: int
) -> None:
    """Nothing has to be scrolled sideways, so nothing is out of reach of the keyboard."""
    as_anna.set_viewport_size({"width": width, "height": 844})
    with scope(organisation=running.organisation):
        Round.objects.filter(pk=running.pk).update(results_on="2099-12-31")
        for unit in Unit.objects.filter(round=running).exclude(path=""):
            name = f"{unit.name} {LONG}"
            path = " / ".join(f"{part} {LONG}" for part in unit.path.split(" / "))
            Unit.objects.filter(pk=unit.pk).update(name=name, path=path, path_key=path.lower())
    as_anna.goto(f"/o/{running.organisation.slug}/r/{running.slug}/links/")
    expect(as_anna.locator("main")).to_contain_text(f"Nachtdienst {LONG}")
    check_page(as_anna)
    scrolling = as_anna.locator("main .scroll-x").evaluate("e => e.scrollWidth > e.clientWidth")
    assert not scrolling


def test_the_hr_adviser_has_sheets_and_a_poster_made(as_anna: Page, running: Round, complaints: list[str]) -> None:
    page = as_anna
    page.goto(f"/o/{running.organisation.slug}/r/{running.slug}/links/")
    buttons = page.get_by_role("button", name="Maak de PDF (Nederlands): Zorg / Nachtdienst")
    buttons.click()
    expect(page.locator("[data-busy]")).to_have_count(1)
    run(Job.objects.get(kind="code_sheets").pk, raise_faults=True)
    link = page.get_by_role("link", name="Download (Nederlands): Zorg / Nachtdienst")
    expect(link).to_be_visible()
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename.endswith("-nl.pdf")
    page.get_by_role("button", name="Maak de PDF (Engels): Facilitair / Keuken").click()
    run(Job.objects.get(kind="poster").pk, raise_faults=True)
    expect(page.get_by_role("link", name="Download (Engels): Facilitair / Keuken")).to_be_visible()
    assert not complaints, "\n".join(complaints)
