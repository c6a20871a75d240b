"""Everybody who got a link answers: each of their connections goes to another web process than the one before."""

import asyncio
import itertools
import re
from collections.abc import Sequence
from uuid import uuid4

from questionnaires.loading import LEERSCAN, load_questionnaire, newest_questionnaire_number
from tests import own_loop
from tests.fleet.desk import HOST
from tests.scan.asking import ITEM_IDS
from tests.scan.load.browser import Browser, Traffic
from tests.scan.load.people import Person, person
from tests.scan.load.taking_part import TakingPart
from tests.scan.mailing.mail_server import Received

LINK = re.compile(r"http://leerscan\.test(/a/[a-z2-7]+/)")
MOST_OPEN = 20


class WanderingBrowser(Browser):
    """TakingPart hangs up between pages; whoever begins at one web process sends at another."""

    def __init__(self, ports: Sequence[int], traffic: Traffic) -> None:
        super().__init__(ports[0], traffic)
        self._ports = itertools.cycle(ports)

    async def _call(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self._port = next(self._ports)
        return await super()._call()

    def _head(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        return super()._head(method, path, headers, body).replace(f"127.0.0.1:{self._port}".encode(), HOST.encode())


def people_of(mails: Sequence[Received]) -> dict[str, Person]:
    """By address, with the link out of the mail."""
    questionnaire = load_questionnaire(LEERSCAN, newest_questionnaire_number())
    obstacles = [choice.code for choice in questionnaire.obstacles]
    return {
        mail.recipient: person(number, _link_in(mail), "", uuid4(), obstacles)
        for number, mail in enumerate(sorted(mails, key=lambda mail: mail.recipient))
    }


def _link_in(mail: Received) -> str:
    found = LINK.search(mail.text)
    assert found is not None, mail.text
    return found.group(1)


def let_answer(people: Sequence[Person], ports: Sequence[int]) -> list[int]:
    """Answers whose answers were confirmed; fails when anybody met a surprise."""
    questionnaire = load_questionnaire(LEERSCAN, newest_questionnaire_number())
    count = len(questionnaire.parts)
    parts = [[item.id for item in questionnaire.items_of_part(number)] for number in range(1, count + 1)]

    async def everybody() -> list[int]:
        places, traffic = asyncio.Semaphore(MOST_OPEN), Traffic()

        async def one(number: int, person: Person) -> int:
            # Half begin at the one, half at the other.
            shifted = [*ports[number % len(ports) :], *ports[: number % len(ports)]]
            async with places:
                browser = WanderingBrowser(shifted, traffic)
                confirmation = await TakingPart(person, browser, parts).until_confirmed()
                browser.hang_up()
                return confirmation.number

        return list(await asyncio.gather(*(one(number, person) for number, person in enumerate(people))))

    return own_loop.run(everybody)


def as_row(department: str, one: Person) -> list[str]:
    """As `manage.py import_responses` reads it."""
    answers = [one.answers.get(item, "") for item in ITEM_IDS]
    return [department, *answers, ";".join(one.obstacles), one.remark]
