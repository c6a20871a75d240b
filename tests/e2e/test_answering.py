"""Forty questions on a phone, with and without JavaScript, in both languages, and a look at what was stored."""

from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from scan.models import Draft, Invitation, Round
from tests.cast import Cast
from tests.e2e.answering import Check, answer_all, choose, go_back, go_on, in_sight, questions, send, to_the_check
from tests.rounds import open_round, tokens
from tests.scan.asking import StoredResponse, stored_responses


@pytest.fixture
def running(live_server: Any, cast: Cast) -> Round:
    return open_round(cast)


def only_response(round_: Round) -> StoredResponse:
    with scope(organisation=round_.organisation):
        (response,) = stored_responses(round_)
    return response


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
    to_the_check(page)
    check_page(page)
    expect(page.locator("[data-check]")).to_contain_text("40")
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
    to_the_check(page)
    stale = page.context.new_page()
    stale.goto(page.url)
    send(page)
    expect(page.locator("figure img")).to_have_count(2)
    send(stale)
    expect(stale.locator("h1:visible")).to_contain_text("al antwoorden verstuurd")
    check_page(stale)
    answer = page.goto(link)
    assert answer is not None
    assert answer.status == 410
    expect(page.locator("h1:visible")).to_contain_text("al antwoorden verstuurd")
    page.locator("main a.btn").click()
    expect(page.locator("figure img")).to_have_count(2)
    only_response(running)


def test_everything_works_without_javascript(without_javascript: Page, running: Round) -> None:
    page = without_javascript
    page.goto(f"/a/{tokens(running)[1]}/")
    given = answer_all(page)
    to_the_check(page)
    send(page)
    expect(page.locator("figure img")).to_have_count(2)
    assert sorted(only_response(running).answers) == sorted(given)


def test_the_language_can_change_midway_and_answers_stay(page: Page, running: Round, check_page: Check) -> None:
    page.goto(f"/a/{tokens(running)[2]}/1/")
    choose(page, 0, 4)
    go_on(page)
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(in_sight(page).locator(".part-number")).to_have_text("Part 2 of 6")
    check_page(page)
    go_back(page)
    expect(questions(page).first.locator("input").nth(3)).to_be_checked()
    expect(questions(page).first).to_contain_text("Strongly disagree")


def test_skipped_questions_are_named_at_the_end_and_may_stay_open(
    page: Page, running: Round, check_page: Check
) -> None:
    page.goto(f"/a/{tokens(running)[3]}/1/")
    choose(page, 2, 6)
    for _part in range(7):
        go_on(page)
    links = page.locator("[data-open-question]:visible")
    expect(links).to_have_count(39)
    expect(page.locator("[data-too-little]")).to_be_visible()
    check_page(page)
    links.nth(2).click()
    expect(questions(page).nth(3).locator("input").first).to_be_focused()
    expect(questions(page).nth(3).locator("[data-still-open]")).to_be_visible()
    expect(questions(page).nth(2).locator("[data-still-open]")).to_be_hidden()
    expect(questions(page).nth(2).locator("input").nth(5)).to_be_checked()
    check_page(page)
    choose(page, 3, 2)
    in_sight(page).get_by_role("button", name="Terug naar nakijken").click()
    expect(links).to_have_count(38)
    send(page)
    expect(page.locator("h1:visible")).to_contain_text("binnen")
    expect(page.locator("figure")).to_have_count(0)
    assert sorted(only_response(running).answers) == [0] * 38 + [2, 9]


def test_without_javascript_a_skipped_question_leads_back_to_checking(without_javascript: Page, running: Round) -> None:
    page = without_javascript
    page.goto(f"/a/{tokens(running)[3]}/check/")
    page.locator("[data-open-question]:visible").nth(8).click()
    expect(questions(page).first.locator("[data-still-open]")).to_be_visible()
    choose(page, 1, 5)
    in_sight(page).get_by_role("button", name="Terug naar nakijken").click()
    expect(page.locator("[data-open-question]:visible")).to_have_count(39)
    send(page)
    assert sorted(only_response(running).answers) == [0] * 39 + [5]


def test_keys_answer_and_a_tap_scrolls_on(page: Page, running: Round) -> None:
    page.goto(f"/a/{tokens(running)[4]}/1/")
    first = questions(page).first
    first.locator("input").first.focus()
    page.keyboard.press("4")
    expect(first.locator("input[value='4']")).to_be_checked()
    page.keyboard.press("0")
    expect(first.locator("input[value='x']")).to_be_checked()
    before = page.evaluate("window.scrollY")
    page.keyboard.press("2")
    assert page.evaluate("window.scrollY") == before
    page.keyboard.press("Enter")
    expect(questions(page).nth(1).locator("input").first).to_be_focused()
    choose(page, 1, 3)
    third = questions(page).nth(2)
    for _wait in range(40):
        page.wait_for_timeout(50)
        if third.evaluate("element => element.getBoundingClientRect().top") < 60:
            break
    assert third.evaluate("element => element.getBoundingClientRect().top") < 60


def test_too_many_obstacles_are_explained(page: Page, running: Round, check_page: Check) -> None:
    page.goto(f"/a/{tokens(running)[0]}/closing/")
    for choice in page.locator("input[type=checkbox]").all()[:4]:
        choice.check()
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("4")
    expect(page.locator("input:checked")).to_have_count(4)
    check_page(page)
    page.locator("input:checked").first.uncheck()
    to_the_check(page)
