"""A participant whom everything happens to: the line goes, the server dies, the page reloads, the phone changes.

What the screen says is saved is written down. It must be in the response, or what was tapped on that question later.
"""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.serving.answering_server import AnsweringServer
from tests.serving.cutting_proxy import CuttingProxy

SAVED, ARRIVED = "Opgeslagen", ("binnen", "al antwoorden verstuurd")
PATIENCE_SECONDS = 60
# To send: the page tries again after up to 30 s and then waits 15 s for an answer, and a try may be cut again.
SENDING_SECONDS = 180
# After which a person loads a page again that does not come; in ms.
IMPATIENCE = 10_000
VALUES = ("1", "2", "3", "4", "5", "x")
SIZES = (7, 6, 7, 7, 7, 6)


@dataclass
class Taps:
    """In the order of tapping: what may be in the response for each question."""

    since_saved: dict[str, list[str]] = field(default_factory=dict)
    claimed: dict[str, str] = field(default_factory=dict)

    def tap(self, question: str, value: str) -> None:
        self.since_saved.setdefault(question, []).append(value)

    def claim(self, on_screen: dict[str, str]) -> None:
        """The screen says that all of this is saved."""
        for question, value in on_screen.items():
            self.claimed[question] = value
            self.since_saved[question] = []

    def allows(self, question: str, value: str) -> bool:
        later = self.since_saved.get(question, [])
        return value in (*later, self.claimed.get(question, ""))


class Unlucky:
    """Plays one participant; `happened` counts what befell them."""

    def __init__(
        self, browser: Browser, server: AnsweringServer, proxy: CuttingProxy, token: str, seed: object
    ) -> None:
        self.browser, self.server, self.proxy, self.token = browser, server, proxy, token
        self.chance = random.Random(f"unlucky {seed}")  # noqa: S311 -- to be repeated
        self.taps = Taps()
        self.happened: Counter[str] = Counter()
        self.repairs: list[threading.Thread] = []
        self.faults: list[Exception] = []
        self.old_devices: list[BrowserContext] = []
        self.page = self._new_device()
        self.sending_took = 0.0

    def answer_everything_and_send(self) -> None:
        """Ends on a page that says the answers arrived."""
        self._load("1/")
        for part in range(1, 7):
            self._answer_part(part)
            if part < 6:
                self._turn_to(part + 1)
            self._pause(0.6)
            self._look()
        self._send()

    def put_everything_back(self) -> None:
        """Also after a failure: a server that is started later belongs to nobody."""
        self._wait_for_repairs()
        for context in (*self.old_devices, self.page.context):
            context.close()
        assert not self.faults

    def _answer_part(self, part: int) -> None:
        for number in range(SIZES[part - 1]):
            if self.chance.random() < 0.1:
                self._let_something_happen(part)
            if self.chance.random() < 0.95:
                self._tap(number, self.chance.choice(VALUES))
            if self.chance.random() < 0.05:
                self._tap(self.chance.randrange(number + 1), self.chance.choice(VALUES))
            if self.chance.random() < 0.3:
                self._pause(0.2)
                self._look()

    def _pause(self, longest: float) -> None:
        """To read, or to look out of the window."""
        self.page.wait_for_timeout(self.chance.uniform(0, longest) * 1000)

    def _tap(self, number: int, value: str) -> None:
        question = self.page.locator("[data-section]:not([hidden]) [data-question]").nth(number)
        name = question.get_attribute("id") or ""
        choice = question.locator(f"input[value='{value}']")
        if choice.is_checked():
            return
        self.taps.tap(name, value)
        question.locator(f"label:has(input[value='{value}'])").click()

    def _look(self) -> None:
        """At the line that says what is saved, and at the same moment at what is on the screen."""
        text, on_screen = self.page.evaluate(
            """() => [document.querySelector("[data-save-state]").textContent, Object.fromEntries(
                [...document.querySelectorAll("[data-question] input:checked")].map((one) => [one.name, one.value]))]"""
        )
        if text.startswith(SAVED):
            self.taps.claim(on_screen)
            self.happened["saved"] += 1

    # --- What happens

    def _let_something_happen(self, part: int) -> None:
        what: Callable[[int], None] = self.chance.choices(
            (self._lose_the_line, self._kill_the_server, self._load_again, self._change_device, self._go_offline),
            (4, 2, 3, 2, 2),
        )[0]
        self.happened[what.__name__.removeprefix("_")] += 1
        what(part)

    def _lose_the_line(self, part: int) -> None:
        self.proxy.take_away()
        self._later(self.proxy.bring_back, 1.5)

    def _kill_the_server(self, part: int) -> None:
        self._wait_for_repairs()
        self.server.kill()
        self._later(self.server.start, 0.5)

    def _load_again(self, part: int) -> None:
        self._load(f"{part}/")

    def _change_device(self, part: int) -> None:
        """The old one stays in a pocket, with what it did not send yet; or falls into the water."""
        old = self.page.context
        self.page = self._new_device()
        if self.chance.random() < 0.5:
            old.close()
            self.happened["lost device"] += 1
        else:
            self.old_devices.append(old)
        self._load(f"{part}/")

    def _go_offline(self, part: int) -> None:
        """The phone notices by itself, and tells the page."""
        context = self.page.context
        context.set_offline(True)
        for number in range(2):
            self._tap(number, self.chance.choice(VALUES))
        context.set_offline(False)

    # --- What a person does about it

    def _new_device(self) -> Page:
        context = self.browser.new_context(
            base_url=self.proxy.url, locale="nl-NL", reduced_motion="reduce", viewport={"width": 390, "height": 844}
        )
        context.set_default_timeout(PATIENCE_SECONDS * 1000)
        return context.new_page()

    def _load(self, path: str) -> None:
        """Again and again until there is a page of ours, with its scripts."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                answer = self.page.goto(f"/a/{self.token}/{path}", timeout=IMPATIENCE)
                if answer and answer.ok and self._has_scripts():
                    return
                reason = f"{answer and answer.status}, {self._what_is_shown()}"
            except Error as error:
                reason = error.message
            self.happened["page did not come"] += 1
            assert time.monotonic() < deadline, f"the page does not come back: {reason}"
            time.sleep(0.2)

    def _has_scripts(self) -> bool:
        """What says "saved" is shown by them."""
        return bool(self.page.evaluate("document.querySelector('[data-save-bar]')?.hidden === false"))

    def _what_is_shown(self) -> str:
        texts = self.page.locator("h1:visible, [data-save-state]:visible, [data-send-state]:visible")
        return f"{self.page.url[-12:]}: {texts.all_inner_texts()}"

    def _turn_to(self, part: int) -> None:
        """A page whose scripts were lost on the way sends its form instead, and the line may be away."""
        self.page.locator("[data-section]:not([hidden]) button[value=on]").click()
        try:
            self.page.wait_for_url(f"**/{part}/", timeout=IMPATIENCE)
        except Error:
            self._load(f"{part}/")

    def _send(self) -> None:
        """Whatever happens meanwhile: the person goes on until the screen says that it arrived."""
        for _section in range(2):
            self.page.locator("[data-section]:not([hidden]) button[value=on]").click()
        if self.chance.random() < 0.3:
            self._lose_the_line(0)
            self.happened["line lost at sending"] += 1
        elif self.chance.random() < 0.3:
            self._kill_the_server(0)
            self.happened["server killed at sending"] += 1
        self._look()
        self.page.locator("form[action$='/send/'] button").click()
        if self.chance.random() < 0.2:
            time.sleep(self.chance.uniform(0, 0.3))
            self.happened["loaded again at sending"] += 1
            self._come_back()
        self._wait_until_it_arrived()

    def _come_back(self) -> None:
        try:
            self.page.reload(timeout=IMPATIENCE)
        except Error:
            self.happened["page did not come"] += 1

    def _wait_until_it_arrived(self) -> None:
        begun = time.monotonic()
        while True:
            try:
                if any(text in self._heading() for text in ARRIVED):
                    self.sending_took = time.monotonic() - begun
                    return
                if self._may_press_send_again():
                    self.page.locator("form[action$='/send/'] button").click(timeout=1000)
            except Error:
                self._come_back()
            if time.monotonic() > begun + SENDING_SECONDS:
                shown = self._what_is_shown()
                assert any(text in shown for text in ARRIVED), (
                    f"it never says that it arrived: {shown}, {self.happened}"
                )
                return
            time.sleep(0.1)

    def _heading(self) -> str:
        heading = self.page.locator("h1:visible")
        if not heading.count():
            self._come_back()
            return ""
        return heading.first.inner_text(timeout=1000)

    def _may_press_send_again(self) -> bool:
        """After loading again; while the page itself is trying, a person waits."""
        state = self.page.locator("[data-send-state]")
        return state.count() == 1 and not state.is_visible()

    def _later(self, repair: Callable[[], None], longest: float) -> None:
        wait = self.chance.uniform(0, longest)

        def do() -> None:
            time.sleep(wait)
            try:
                repair()
            except Exception as fault:
                self.faults.append(fault)

        thread = threading.Thread(target=do)
        thread.start()
        self.repairs.append(thread)

    def _wait_for_repairs(self) -> None:
        for repair in self.repairs:
            repair.join(PATIENCE_SECONDS)
        self.repairs.clear()
