"""A bad line: what is shown as saved is saved, what is not is kept and sent later, and another device goes on."""

from dataclasses import replace
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Browser, Page, Route, expect

from scan.answering import drafts
from scan.models import Draft, Invitation, Round
from scan.participants import find_participant
from tests.cast import Cast
from tests.e2e.answering import (
    Check,
    answer_all,
    choose,
    go_on,
    in_sight,
    questions,
    save_state,
    send,
    to_the_check,
)
from tests.rounds import open_round, tokens
from tests.scan.asking import StoredResponse, stored_responses
from tests.waiting import wait_until

SAVED = "Opgeslagen"


@pytest.fixture
def running(live_server: Any, cast: Cast) -> Round:
    return open_round(cast)


def saved_answers(round_: Round, token: str) -> dict[str, int]:
    with scope(organisation=round_.organisation):
        return drafts.load(find_participant(token)).answers


def responses(round_: Round) -> list[StoredResponse]:
    with scope(organisation=round_.organisation):
        return stored_responses(round_)


def test_saved_is_said_only_of_what_the_server_confirmed(page: Page, running: Round, check_page: Check) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/1/")
    expect(save_state(page)).to_have_text("")
    choose(page, 0, 4)
    expect(save_state(page)).to_have_text("1 antwoord nog niet verstuurd")
    choose(page, 1, 4)
    expect(save_state(page)).to_have_text("2 antwoorden nog niet verstuurd")
    assert not saved_answers(running, token)
    choose(page, 2, 4)
    expect(save_state(page)).to_contain_text(SAVED)
    assert sorted(saved_answers(running, token).values()) == [4, 4, 4]
    check_page(page)


def test_what_is_tapped_before_the_script_has_come_is_saved_too(page: Page, running: Round) -> None:
    """On a slow line the page is there long before its scripts."""
    token = tokens(running)[0]
    held: list[Route] = []
    page.route("**/answering*.js", lambda route: held.append(route))  # noqa: PLW0108 -- playwright marks it
    page.goto(f"/a/{token}/1/", wait_until="commit")
    choose(page, 0, 4)
    choose(page, 1, 2)
    expect(page.locator("[data-save-bar]")).to_be_hidden()
    assert len(held) == 1
    held[0].continue_()
    expect(save_state(page)).to_have_text("2 antwoorden nog niet verstuurd")
    choose(page, 2, 5)
    expect(save_state(page)).to_contain_text(SAVED)
    assert sorted(saved_answers(running, token).values()) == [2, 4, 5]


def test_what_the_browser_puts_back_does_not_undo_what_another_device_answered(page: Page, running: Round) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/1/")
    for number in range(3):
        choose(page, number, 4)
    expect(save_state(page)).to_contain_text(SAVED)
    with scope(organisation=running.organisation):
        participant = find_participant(token)
        sheet = drafts.load(participant)
        (first, *_others) = sorted(sheet.answers)
        later = {one: moment + 60_000 for one, moment in sheet.moments.items()}
        drafts.save(participant, replace(sheet, answers={**sheet.answers, first: 1}, moments=later))
    page.reload()
    expect(questions(page).nth(0).locator("input:checked")).to_have_value("1")
    page.wait_for_timeout(300)
    assert saved_answers(running, token)[first] == 1


def test_the_end_of_a_part_and_leaving_the_page_save_what_is_left(page: Page, running: Round) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/1/")
    choose(page, 0, 2)
    go_on(page)
    expect(save_state(page)).to_contain_text(SAVED)
    assert list(saved_answers(running, token).values()) == [2]
    choose(page, 0, 3)
    page.goto("about:blank")
    # In a second at most, but for a machine that has other things to do.
    wait_until("the last answer has come", lambda: sorted(saved_answers(running, token).values()) == [2, 3])


def test_fifteen_seconds_after_the_first_it_is_saved(page: Page, running: Round) -> None:
    token = tokens(running)[0]
    page.clock.install()
    page.goto(f"/a/{token}/1/")
    choose(page, 0, 2)
    page.clock.run_for(14_000)
    expect(save_state(page)).to_have_text("1 antwoord nog niet verstuurd")
    page.clock.run_for(1_500)
    expect(save_state(page)).to_contain_text(SAVED)
    assert list(saved_answers(running, token).values()) == [2]


def test_without_a_line_one_goes_on_to_the_end_and_it_is_sent_when_the_line_is_back(
    page: Page, running: Round, check_page: Check
) -> None:
    page.goto(f"/a/{tokens(running)[0]}/1/")
    page.context.set_offline(True)
    given = []
    for part in range(1, 7):
        for number in range(questions(page).count()):
            choose(page, number, (part + number) % 5 + 1)
            given.append((part + number) % 5 + 1)
        go_on(page)
    expect(save_state(page)).to_contain_text("Nog niet verstuurd: 40 antwoorden")
    page.locator("textarea").fill("Geschreven in de tram.")
    to_the_check(page)
    send(page)
    expect(page.locator("[data-send-state]")).to_contain_text("geen verbinding")
    check_page(page)
    assert not responses(running)
    page.context.set_offline(False)
    page.wait_for_url("**/result/")
    (response,) = responses(running)
    assert sorted(response.answers) == sorted(given)
    assert response.remark == "Geschreven in de tram."


def test_a_page_that_is_loaded_again_still_has_what_was_not_sent(
    page: Page, running: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/2/")
    with monkeypatch.context() as patch:
        # At the server, for what is sent while a page is left passes by the browser's own ways to stop it.
        patch.setattr("scan.answering.views.drafts.save", _full_disk)
        choose(page, 0, 5)
        choose(page, 1, 1)
        page.reload()
        expect(questions(page).nth(0).locator("input").nth(4)).to_be_checked()
        expect(save_state(page)).to_contain_text("Nog niet verstuurd: 2 antwoorden")
        assert not saved_answers(running, token)
    page.reload()
    expect(save_state(page)).to_contain_text(SAVED)
    assert sorted(saved_answers(running, token).values()) == [1, 5]
    assert not page.evaluate("Object.keys(localStorage).length")


def _full_disk(*arguments: object) -> None:
    raise OSError("the disk is full")


def test_another_device_goes_on_and_the_newest_answer_counts(page: Page, browser: Browser, running: Round) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/1/")
    for number in range(3):
        choose(page, number, 4)
    expect(save_state(page)).to_contain_text(SAVED)
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    phone = context.new_page()
    phone.goto(f"{page.url.split('/a/')[0]}/a/{token}/")
    expect(phone.get_by_role("link", name="Ga verder met deel 1")).to_be_visible()
    phone.get_by_role("link", name="Ga verder met deel 1").click()
    expect(questions(phone).nth(2).locator("input").nth(3)).to_be_checked()
    choose(phone, 0, 1)
    choose(phone, 3, 2)
    choose(phone, 4, 2)
    expect(save_state(phone)).to_contain_text(SAVED)
    context.close()
    choose(page, 1, 5)
    go_on(page)
    expect(save_state(page)).to_contain_text(SAVED)
    assert sorted(saved_answers(running, token).values()) == [1, 2, 2, 4, 5]


def test_an_older_tap_that_arrives_late_gives_way_on_the_screen_too(
    page: Page, browser: Browser, running: Round
) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/1/")
    page.route("**/save/", lambda route: route.abort())
    choose(page, 0, 5)
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    phone = context.new_page()
    phone.goto(page.url)
    page.wait_for_timeout(50)
    choose(phone, 0, 2)
    go_on(phone)
    expect(save_state(phone)).to_contain_text(SAVED)
    context.close()
    page.unroute("**/save/")
    go_on(page)
    expect(save_state(page)).to_contain_text(SAVED)
    in_sight(page).locator("button[value=back]").click()
    expect(questions(page).nth(0).locator("input").nth(1)).to_be_checked()
    assert list(saved_answers(running, token).values()) == [2]


@pytest.mark.parametrize("hours", [-5, 5])
def test_a_phone_with_a_wrong_clock_neither_wins_nor_loses_by_it(
    page: Page, browser: Browser, running: Round, hours: int
) -> None:
    token = tokens(running)[0]
    context = browser.new_context(locale="nl-NL", reduced_motion="reduce")
    context.add_init_script(f"const real = Date.now; Date.now = () => real() + {hours} * 3600 * 1000;")
    phone = context.new_page()
    page.goto(f"/a/{token}/1/")
    phone.goto(page.url)
    for device, value in ((page, 1), (phone, 2), (page, 3), (phone, 4), (page, 5)):
        choose(device, 0, value)
        go_on(device)
        expect(save_state(device)).to_contain_text(SAVED)
        assert list(saved_answers(running, token).values()) == [value]
        in_sight(device).locator("button[value=back]").click()
        page.wait_for_timeout(800)  # longer than the guess of a clock may be off
    context.close()


def test_a_confirmation_that_gets_lost_still_ends_in_the_own_result(page: Page, running: Round) -> None:
    page.goto(f"/a/{tokens(running)[0]}/")
    answer_all(page)
    to_the_check(page)
    lost: list[int] = []

    def lose(route: Route) -> None:
        if not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/send/", lose)
    send(page)
    page.wait_for_url("**/result/", timeout=20_000)
    expect(page.locator("figure img")).to_have_count(2)
    assert lost == [200]
    assert len(responses(running)) == 1
    assert not page.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length")


def test_a_tab_that_is_loaded_again_after_a_lost_confirmation_shows_that_it_arrived(page: Page, running: Round) -> None:
    page.goto(f"/a/{tokens(running)[0]}/")
    answer_all(page)
    to_the_check(page)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/send/", lose, times=1)
    send(page)
    expect(page.locator("[data-send-state]")).to_contain_text("Nog niet verstuurd")
    page.reload()
    page.wait_for_url("**/result/")
    expect(page.locator("h1:visible")).to_contain_text("binnen")
    expect(page.locator("figure img")).to_have_count(2)
    assert len(responses(running)) == 1


def test_a_double_tap_on_send_counts_once(page: Page, running: Round) -> None:
    page.goto(f"/a/{tokens(running)[0]}/")
    answer_all(page)
    to_the_check(page)
    page.locator("form[action$='/send/'] button").dblclick()
    page.wait_for_url("**/result/")
    assert len(responses(running)) == 1


def test_a_scan_that_closed_meanwhile_is_told(page: Page, running: Round, check_page: Check) -> None:
    page.goto(f"/a/{tokens(running)[0]}/1/")
    with scope(organisation=running.organisation):
        Round.objects.update(state=Round.State.CLOSED)
    for number in range(3):
        choose(page, number, 4)
    expect(save_state(page)).to_contain_text("De scan is gesloten")
    check_page(page)


def test_another_tab_that_sent_is_told(page: Page, running: Round) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/1/")
    with scope(organisation=running.organisation):
        Invitation.objects.filter(pk=find_participant(token).invitation.pk).update(used=True)
    for number in range(3):
        choose(page, number, 4)
    expect(save_state(page)).to_contain_text("al antwoorden verstuurd")


def test_back_of_the_browser_goes_back_a_part_and_forward_again(page: Page, running: Round) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/")
    page.locator("main a.btn-primary").click()
    go_on(page)
    go_on(page)
    expect(in_sight(page).locator(".part-number")).to_have_text("Deel 3 van 6")
    assert page.url.endswith("/3/")
    page.go_back()
    expect(in_sight(page).locator(".part-number")).to_have_text("Deel 2 van 6")
    page.go_back()
    expect(in_sight(page).locator(".part-number")).to_have_text("Deel 1 van 6")
    page.go_forward()
    expect(in_sight(page).locator(".part-number")).to_have_text("Deel 2 van 6")
    page.reload()
    expect(in_sight(page).locator(".part-number")).to_have_text("Deel 2 van 6")
    page.go_back()
    page.go_back()
    expect(page.locator("h1:visible")).to_have_text("Hoe leren we hier?")


def test_erasing_leaves_nothing_here_nor_there(page: Page, running: Round, check_page: Check) -> None:
    token = tokens(running)[0]
    page.goto(f"/a/{token}/1/")
    for number in range(3):
        choose(page, number, 4)
    expect(save_state(page)).to_contain_text(SAVED)
    page.route("**/save/", lambda route: route.abort())
    choose(page, 4, 4)
    page.get_by_role("link", name="Wis wat ik heb ingevuld").click()
    check_page(page)
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.get_by_role("button", name="Alles wissen").click()
    expect(page.get_by_role("status")).to_contain_text("gewist")
    assert not page.evaluate("Object.keys(localStorage).length")
    with scope(organisation=running.organisation):
        assert not Draft.objects.exists()
    page.locator("main a.btn-primary").click()
    expect(page.locator("input:checked")).to_have_count(0)


def test_the_language_changes_midway_without_a_line_for_saving_and_nothing_is_lost(page: Page, running: Round) -> None:
    page.goto(f"/a/{tokens(running)[0]}/1/")
    go_on(page)
    page.route("**/save/", lambda route: route.abort())
    choose(page, 0, 4)
    page.get_by_role("button", name="English").click()
    expect(in_sight(page).locator(".part-number")).to_have_text("Part 2 of 6")
    expect(questions(page).nth(0).locator("input").nth(3)).to_be_checked()
    expect(save_state(page)).to_contain_text("Not yet sent: 1 answer")
