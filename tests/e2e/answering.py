"""What browser tests do on the pages of answering. With script all pages are one, and the others are hidden."""

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

Check = Callable[[Page], None]
PARTS = (1, 2, 3, 4, 5, 6)


def in_sight(page: Page) -> Locator:
    """The part, the closing questions, or the check: the only section that is not hidden."""
    return page.locator("[data-section]:not([hidden])")


def questions(page: Page) -> Locator:
    return in_sight(page).locator("[data-question]")


def choose(page: Page, number: int, value: int) -> None:
    """The `value`-th choice of the `number`-th question in sight; 6 is "don't know"."""
    questions(page).nth(number).locator("label").nth(value - 1).click()


def go_on(page: Page) -> None:
    in_sight(page).locator("button[value=on]").click()


def go_back(page: Page) -> None:
    in_sight(page).locator("button[value=back]").click()


def begin(page: Page) -> None:
    page.locator("main a.btn-primary").click()


def answer_all(page: Page, *, check: Check | None = None) -> list[int]:
    """Answers all six parts from the start page; the values given, in the order asked."""
    given = []
    begin(page)
    for part in PARTS:
        expect(in_sight(page).locator(".part-number")).to_contain_text(str(part))
        if check:
            check(page)
        for number in range(questions(page).count()):
            value = (part + number) % 5 + 1
            choose(page, number, value)
            given.append(value)
        go_on(page)
    return given


def to_the_check(page: Page) -> None:
    """From the closing questions."""
    go_on(page)
    expect(page.locator("[data-check]")).to_be_visible()


def send(page: Page) -> None:
    page.locator("form[action$='/send/'] button").click()


def save_state(page: Page) -> Locator:
    return page.locator("[data-save-state]")
