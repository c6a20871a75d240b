"""Participants who do not give up: as the page's script, they send again while the server is away or fails."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable

from tests.scan.load.browser import LineCutError
from tests.scan.load.taking_part import Confirmation, TakingPart
from tests.serving.http_messages import Answer

# A server that dies with the first who comes in is there for a moment only, and on a busy machine not often.
PATIENCE_SECONDS = 300
_chance = random.Random("moments of trying again")  # noqa: S311 -- no secret


class Stubborn(TakingPart):
    faults_seen = 0
    """Answers of 500 and more, of all of them together."""

    gate: Callable[[int], bool] = staticmethod(lambda number: True)
    """Whether this participant comes in now."""

    async def until_confirmed(self) -> Confirmation:
        while not self.gate(self.person.number):
            await asyncio.sleep(0.05)
        return await super().until_confirmed()

    async def _again(self, do: Callable[[], Awaitable[Answer]]) -> Answer:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = await do()
            except LineCutError:
                answer = None
            if answer is not None and answer.status < 500:
                return answer
            Stubborn.faults_seen += answer is not None
            await asyncio.sleep(_chance.uniform(0.05, 0.5))
        raise AssertionError(f"participant {self.person.number} gave up after {PATIENCE_SECONDS} s")
