"""Forty questions on a phone, with and without JavaScript, in both languages, and a look at what was stored."""

from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from scan.models import Draft, Invitation, Round
from tests.cast import Cast
from tests.rounds import open_round, tokens
from tests.scan.asking import StoredResponse, stored_responses

Check = Callable[[Page], None]


@pytest.fixture
def running(live_server: Any, cast: Cast) -> Round:
    return open_round(cast)


def choose(page: Page, number: int, value: int) -> None:
    page.locator("fieldset").nth(number).locator("label").nth(value - 1).click()


def answer_all(page: Page, *, check: Check | None = None) -> list[int]:
    """Answers all six parts from the start page; the values given, in the order asked."""
    given = []
    page.locator("main a.btn-primary").click()
    for part in range(1, 7):
        if check:
            check(page)
        for number in range(page.locator("fieldset").count()):
            value = (part + number) % 5 + 1
            choose(page, number, value)
            given.append(value)
        page.locator("button[value=on]").click()
    return given


def only_response(round_: Round) -> StoredResponse:
    with scope(organisation=round_.organisation):
        (response,) = stored_responses(round_)
    return response


def send(page: Page) -> None:
    page.locator("form[action$='/send/'] button").click()


def test_forty_answers_on_a_phone_end_in_one_response_and_an_own_result(
    page: Page, running: Round, complaints: list[str], check_page: Check
) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/")
    check_page(page)
    given = answer_all(page, check=check_page)
    assert len(given) == 40
    check_page(page)
    page.get_by_label("Te weinig tijd").check()
    page.locator("textarea").fill("We beginnen de week met een vraag.")
    page.locator("button[value=on]").click()
    check_page(page)
    expect(page.locator("main")).to_contain_text("40")
    send(page)

    expect(page).to_have_url(f"{page.url.split('/a/')[0]}/a/{token}/result/")
    expect(page.locator("figure img")).to_have_count(2)
    expect(page.locator("ol li")).to_have_count(3)
    check_page(page)
    page.locator("summary").first.click()
    expect(page.locator("details[open] tbody tr")).to_have_count(5)
    check_page(page)
    response = only_response(running)
    questionnaire = running.version.content["item"]
    asked = [item["id"] for area in "TVEKRF" for item in questionnaire if item["area"] == area]
    stored = {item["id"]: value for item, value in zip(questionnaire, response.answers, strict=True)}
    assert [stored[item_id] for item_id in asked] == given
    assert response.obstacles == 1
    assert response.remark == "We beginnen de week met een vraag."
    with scope(organisation=running.organisation):
        assert Invitation.objects.filter(used=True).count() == 1
        assert not Draft.objects.exists()
    assert not complaints, "\n".join(complaints)


def test_a_second_time_with_the_same_link_is_refused_kindly(page: Page, running: Round, check_page: Check) -> None:
    link = f"/a/{tokens(running)[0]}/"
    page.goto(link)
    answer_all(page)
    page.locator("button[value=on]").click()
    stale = page.context.new_page()
    stale.goto(page.url)
    send(page)
    expect(page.locator("figure img")).to_have_count(2)
    send(stale)
    assert stale.locator("h1").count() == 1
    expect(stale.locator("h1")).to_contain_text("al antwoorden verstuurd")
    check_page(stale)
    answer = page.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(page.locator("h1")).to_contain_text("al antwoorden verstuurd")
    page.locator("main a.btn").click()
    expect(page.locator("figure img")).to_have_count(2)
    only_response(running)


def test_everything_works_without_javascript(without_javascript: Page, running: Round) -> None:
    page = without_javascript
    page.goto(f"/a/{tokens(running)[1]}/")
    given = answer_all(page)
    page.locator("button[value=on]").click()
    send(page)
    expect(page.locator("figure img")).to_have_count(2)
    assert sorted(only_response(running).answers) == sorted(given)


def test_the_language_can_change_midway_and_answers_stay(page: Page, running: Round, check_page: Check) -> None:
    page.goto(f"/a/{tokens(running)[2]}/1/")
    choose(page, 0, 4)
    page.locator("button[value=on]").click()
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".part-number")).to_have_text("Part 2 of 6")
    check_page(page)
    page.locator("button[value=back]").click()
    expect(page.locator("fieldset").first.locator("input").nth(3)).to_be_checked()
    expect(page.locator("fieldset").first).to_contain_text("Strongly disagree")


def test_skipped_questions_are_named_at_the_end_and_may_stay_open(page: Page, running: Round) -> None:
    page.goto(f"/a/{tokens(running)[3]}/1/")
    choose(page, 2, 6)
    for _part in range(7):
        page.locator("button[value=on]").click()
    expect(page.locator("main ul a")).to_have_count(6)
    expect(page.locator(".note")).to_be_visible()
    page.locator("main ul a").first.click()
    expect(page.locator("fieldset").nth(2).locator("input").nth(5)).to_be_checked()
    page.goto(f"/a/{tokens(running)[3]}/check/")
    send(page)
    expect(page.locator("figure")).to_have_count(0)
    assert sorted(only_response(running).answers) == [0] * 39 + [9]


def test_keys_answer_and_a_tap_scrolls_on(page: Page, running: Round) -> None:
    page.goto(f"/a/{tokens(running)[4]}/1/")
    first = page.locator("fieldset").first
    first.locator("input").first.focus()
    page.keyboard.press("4")
    expect(first.locator("input[value='4']")).to_be_checked()
    page.keyboard.press("0")
    expect(first.locator("input[value='x']")).to_be_checked()
    before = page.evaluate("window.scrollY")
    page.keyboard.press("2")
    assert page.evaluate("window.scrollY") == before
    choose(page, 1, 3)
    third = page.locator("fieldset").nth(2)
    for _wait in range(40):
        page.wait_for_timeout(50)
        if third.evaluate("element => element.getBoundingClientRect().top") < 60:
            break
    assert third.evaluate("element => element.getBoundingClientRect().top") < 60


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_answering_is_accessible(
    page: Page, running: Round, check_page: Check, scheme: Any, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    token = tokens(running)[5]
    for path in ("", "2/", "closing/", "check/"):
        page.goto(f"/a/{token}/{path}")
        check_page(page)
    page.goto("/a/onbekend/")
    check_page(page)


def test_too_many_obstacles_are_explained(page: Page, running: Round, check_page: Check) -> None:
    page.goto(f"/a/{tokens(running)[0]}/closing/")
    for choice in page.locator("input[type=checkbox]").all()[:4]:
        choice.check()
    page.locator("button[value=on]").click()
    expect(page.get_by_role("alert")).to_contain_text("4")
    expect(page.locator("input:checked")).to_have_count(4)
    check_page(page)
