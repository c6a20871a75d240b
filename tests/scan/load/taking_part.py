"""What a participant does, with JavaScript and without, on a line that may be cut at any moment."""

import asyncio
import json
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import batched

from tests.scan.load.browser import Browser, LineCutError
from tests.scan.load.people import Person, second_thoughts
from tests.serving.http_messages import Answer

MOST_TRIES = 30
ARRIVED, ALREADY_SENT = "je antwoorden zijn binnen", "Met deze link zijn al antwoorden verstuurd"
OWN_PICTURE = 'class="own-charts"'
_chance = random.Random("moments of trying again")  # noqa: S311 -- no secret


class SurpriseError(Exception):
    """Something that no participant should get to see."""

    def __init__(self, what: str, answer: Answer) -> None:
        super().__init__(f"{what}: {answer.status} {answer.body[:200].decode(errors='replace')}")


@dataclass(frozen=True)
class Confirmation:
    """What a participant saw at the end."""

    number: int
    words: str
    has_own_picture: bool
    was_sent_again: bool
    """The line was cut while sending: the answers may have arrived before."""


class TakingPart:
    def __init__(self, person: Person, browser: Browser, parts: Sequence[Sequence[str]]) -> None:
        self.person, self.browser, self.parts = person, browser, parts
        self.home = ""
        self._tries = 0

    async def until_confirmed(self) -> Confirmation:
        await self._enter()
        if self.person.has_script:
            await self._answer_with_script()
            self._rest()
            shown = await self._send_with_script()
        else:
            check = await self._answer_by_forms()
            self._rest()
            shown = await self._send_by_form(check)
        return Confirmation(self.person.number, *shown, was_sent_again=self._tries > 1)

    async def _enter(self) -> None:
        """By the own link, or by a form that leads to one."""
        if self.person.code or "/open/" in self.person.way_in:
            page = await self._see(self.person.way_in)
            fields = [("code", self.person.code)] if self.person.code else []
            answer = await self._again(lambda: self.browser.post_form(self.person.way_in, page, fields))
            self.home = _expect("entering", answer, 302).get("location")
        else:
            self.home = self.person.way_in
        await self._see(self.home)

    async def _answer_by_forms(self) -> str:
        """Up to the page with the button that sends; who changes their mind goes back a page."""
        page = await self._page("1/")
        for number, items in enumerate(self.parts, 1):
            for turn, answers in enumerate(second_thoughts(self.person, items)):
                if turn:
                    page = await self._put(page, "closing/" if number == len(self.parts) else f"{number + 1}/", "back")
                page = await self._put(page, f"{number}/", "on", *answers.items())
        fields = [("obstacles", code) for code in self.person.obstacles]
        return await self._put(page, "closing/", "on", *fields, ("remark", self.person.remark))

    async def _send_by_form(self, check: str) -> tuple[str, bool]:
        """After a lost answer the person reloads, and the browser sends the form again."""

        async def send() -> Answer:
            self._tries += 1
            return await self.browser.post_form(f"{self.home}send/", check, [])

        answer = await self._again(send)
        if answer.status == 410 and self._tries > 1 and ALREADY_SENT in answer.body.decode():
            return ALREADY_SENT, False
        where = _expect("sending", answer, 302).get("location")
        return self._arrived(await self._see(where))

    async def _answer_with_script(self) -> None:
        """One page holds all questions; saved after every three answers, and at the end of a part."""
        await self._page("1/")
        for items in self.parts:
            self._rest()
            for answers in second_thoughts(self.person, items):
                for three in batched(answers.items(), 3, strict=False):
                    await self._save(dict(three))

    async def _save(self, values: Mapping[str, object]) -> None:
        content = {"changes": _now(values)}
        answer = await self._again(lambda: self.browser.post_json(f"{self.home}save/", content))
        if json.loads(_expect("saving", answer, 200).body)["newer"]:
            raise SurpriseError("answers of another device", answer)

    async def _send_with_script(self) -> tuple[str, bool]:
        """What the closing page asks goes along."""
        changes = _now({"obstacles": self.person.obstacles, "remark": self.person.remark})

        async def send() -> Answer:
            self._tries += 1
            content = {"changes": changes, "again": self._tries > 1, "answers": self.person.answers}
            return await self.browser.post_json(f"{self.home}send/", content)

        _expect("sending", await self._again(send), 200)
        return self._arrived(await self._see(f"{self.home}result/"))

    def _arrived(self, page: str) -> tuple[str, bool]:
        assert ARRIVED in page, page[:500]
        return ARRIVED, OWN_PICTURE in page

    async def _put(self, page: str, path: str, go: str, *fields: tuple[str, str]) -> str:
        """Fill in this page and press a button; answers the next one."""
        self._rest()
        content = [*fields, ("go", go)]
        answer = await self._again(lambda: self.browser.post_form(self.home + path, page, content))
        return await self._see(_expect(f"the form of {path}", answer, 302).get("location"))

    async def _page(self, path: str) -> str:
        return await self._see(self.home + path)

    async def _see(self, path: str) -> str:
        answer = await self._again(lambda: self.browser.get(path))
        return _expect(f"the page {path[-9:]}", answer, 200).body.decode()

    async def _again(self, do: Callable[[], Awaitable[Answer]]) -> Answer:
        """The script tries the same again after a moment, and a person reloads."""
        for _turn in range(MOST_TRIES):
            try:
                return await do()
            except LineCutError:
                await asyncio.sleep(_chance.uniform(0.05, 0.3))
        raise AssertionError(f"participant {self.person.number} gave up after {MOST_TRIES} tries")

    def _rest(self) -> None:
        """Somebody reads and thinks; meanwhile the connection ends."""
        self.browser.hang_up()


def _expect(what: str, answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise SurpriseError(what, answer)
    return answer


def _now(values: Mapping[str, object]) -> dict[str, list[object]]:
    moment = time.time_ns() // 1_000_000
    return {key: [value, moment] for key, value in values.items()}
