"""The whole way on a phone and at a desk, with and without script, in both languages, and by keyboard alone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Browser, Page, expect

from scan.models import Round
from tests.cast import Cast
from tests.e2e.answering import answer_all, in_sight, questions, send, to_the_check
from tests.rounds import open_round, tokens
from tests.scan.asking import stored_responses

WITH_SCRIPT, WITHOUT_SCRIPT = True, False
ARRIVED = {"nl": "Bedankt, je antwoorden zijn binnen", "en": "Thank you, your answers have arrived"}


@pytest.fixture
def running(live_server: Any, cast: Cast) -> Round:
    return open_round(cast)


@pytest.fixture
def respondent(
    request: pytest.FixtureRequest, browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[Page]:
    """A page of this width, language and with or without script."""
    width, language, has_script = request.param
    context = browser.new_context(
        **browser_context_args
        | {"viewport": {"width": width, "height": 844}, "locale": language, "java_script_enabled": has_script}
    )
    context.add_cookies([{"name": "language", "value": language, "url": browser_context_args["base_url"]}])
    yield context.new_page()
    context.close()


# Any two of width, language and script meet in one of these.
ALL = [
    pytest.param((390, "nl", WITH_SCRIPT), id="390-nl-script"),
    pytest.param((390, "en", WITHOUT_SCRIPT), id="390-en-plain"),
    pytest.param((1280, "nl", WITHOUT_SCRIPT), id="1280-nl-plain"),
    pytest.param((1280, "en", WITH_SCRIPT), id="1280-en-script"),
]
BY_KEYBOARD = [
    pytest.param((390, "nl", WITH_SCRIPT), id="script"),
    pytest.param((1280, "en", WITHOUT_SCRIPT), id="plain"),
]


def answers_in(round_: Round) -> list[int]:
    with scope(organisation=round_.organisation):
        (response,) = stored_responses(round_)
    return list(response.answers)


@pytest.mark.parametrize("respondent", ALL, indirect=True)
def test_the_whole_way(respondent: Page, running: Round, request: pytest.FixtureRequest) -> None:
    page, language = respondent, request.node.callspec.params["respondent"][1]
    page.goto(f"/a/{tokens(running)[0]}/")
    given = answer_all(page)
    page.locator("textarea").fill("Meer tijd om te oefenen.")
    to_the_check(page)
    expect(page.locator("html")).to_have_attribute("lang", language)
    send(page)
    expect(page.locator("h1:visible")).to_have_text(ARRIVED[language])
    expect(page.locator("figure img")).to_have_count(2)
    assert sorted(answers_in(running)) == sorted(given)


def tab_to(page: Page, selector: str, key: str = "Tab") -> None:
    """Press Tab until the element in sight that matches has the focus."""
    wanted = page.locator(f"{selector}:visible").first.element_handle()
    for _press in range(60):
        page.keyboard.press(key)
        if page.locator(":focus").count() and page.locator(":focus").element_handle().evaluate(
            "(focused, wanted) => focused === wanted", wanted
        ):
            return
    raise AssertionError(f"{selector} is not reached by {key}")


@pytest.mark.parametrize("respondent", BY_KEYBOARD, indirect=True)
def test_by_keyboard_alone(respondent: Page, running: Round, request: pytest.FixtureRequest) -> None:
    """Without script the arrow keys choose, as in any form: the first choice by Space, the next one by an arrow."""
    page, has_script = respondent, request.node.callspec.params["respondent"][2]
    page.goto(f"/a/{tokens(running)[0]}/")
    tab_to(page, "main a.btn-primary")
    page.keyboard.press("Enter")
    given = 0
    for part in range(1, 7):
        expect(in_sight(page).locator(".part-number")).to_contain_text(str(part))
        for question in range(questions(page).count()):
            name = questions(page).nth(question).get_attribute("id")
            tab_to(page, f"#{name} input")
            page.keyboard.press("4" if has_script else "Space")
            if not has_script:
                page.keyboard.press("ArrowDown")
            given += 1
        tab_to(page, "[data-section]:not([hidden]) button[value=on]")
        page.keyboard.press("Enter")
    tab_to(page, "[name=obstacles]")
    page.keyboard.press("Space")
    tab_to(page, "[data-section]:not([hidden]) button[value=on]")
    page.keyboard.press("Enter")
    expect(page.locator("[data-check]")).to_be_visible()
    tab_to(page, "form[action$='/send/'] button")
    page.keyboard.press("Enter")
    expect(page.locator("figure img")).to_have_count(2)
    assert answers_in(running) == [4 if has_script else 2] * given
    assert given == 40


def test_a_turned_page_is_told_to_a_screen_reader(page: Page, running: Round) -> None:
    """The heading of the new part has the focus, and the title of the window names it."""
    page.goto(f"/a/{tokens(running)[0]}/1/")
    in_sight(page).locator("button[value=on]").click()
    expect(in_sight(page).locator("h1")).to_be_focused()
    expect(page).to_have_title("Deel 2 van 6: Nieuwe dingen op het werk · Leerscan")


@pytest.mark.parametrize("width", [390, 1280])
def test_text_twice_as_large_fits(page: Page, running: Round, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    token = tokens(running)[0]
    for path in ("", "1/", "closing/", "check/", "erase/"):
        page.goto(f"/a/{token}/{path}")
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{path} is {wide} px wider than the window"
        clipped = page.evaluate(
            """() => [...document.querySelectorAll("main *")].filter((one) => {
                const style = getComputedStyle(one);
                return one.offsetParent && (style.overflowX === "hidden" || style.overflowY === "hidden")
                    && !one.classList.contains("visually-hidden") && one.scrollHeight > one.clientHeight + 1;
            }).map((one) => one.outerHTML.slice(0, 80))"""
        )
        assert not clipped


def test_every_choice_is_a_large_target(page: Page, running: Round) -> None:
    """At least 44 px high (design.md 7), and so are the buttons and the links to open questions."""
    token = tokens(running)[0]
    for path in ("1/", "closing/", "check/"):
        page.goto(f"/a/{token}/{path}")
        for target in page.locator(".choice:visible, main .btn:visible, .open-question:visible").all():
            box = target.bounding_box()
            assert box is not None
            assert box["height"] >= 44, target.evaluate("one => one.outerHTML")
            assert box["width"] >= 44
