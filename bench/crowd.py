"""Two hundred participants at once, each of whom thinks two seconds between what they do; one process is them all."""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import quantiles

from bench.client import HEAD_END, Answer, Cookies, Request, length_of, packed
from bench.participants import with_leerscan

SEATS, THINK_SECONDS, SECONDS = 200, 2.0, 30
PATIENCE_SECONDS = 60


@dataclass
class Course:
    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    sent: int = 0
    """Participants to whom the server said that their answers had arrived."""

    def percentiles(self) -> tuple[float, float, float]:
        """p50, p95, p99 in ms."""
        points = quantiles(self.seconds, n=100)
        return points[49] * 1000, points[94] * 1000, points[98] * 1000


def let_answer(port: int, tokens: Iterator[str], parts: list[list[str]], seconds: float = SECONDS) -> Course:
    """Somebody who is done makes room for another. Each seat begins somewhere halfway, as on any working day."""
    course = Course()
    asyncio.run(_all(port, tokens, parts, seconds, course))
    return course


async def _all(port: int, tokens: Iterator[str], parts: list[list[str]], seconds: float, course: Course) -> None:
    chance = random.Random(7)  # noqa: S311 -- the same every time
    seats = [_Seat(port, parts, course, random.Random(number)) for number in range(SEATS)]  # noqa: S311 -- same
    # Before the clock starts, one after the other: everybody has the page.
    for seat in seats:
        await seat.sit_down(next(tokens), skipped=chance.randrange(16))
    course.seconds.clear()
    deadline = time.monotonic() + seconds
    async with asyncio.TaskGroup() as group:
        for seat in seats:
            group.create_task(seat.stay(tokens, deadline))


class _Seat:
    def __init__(self, port: int, parts: list[list[str]], course: Course, chance: random.Random) -> None:
        self._port, self._parts, self._course, self._chance = port, parts, course, chance
        self._cookies = Cookies()
        self._left: list[Request] = []

    async def sit_down(self, token: str, skipped: int = 0) -> None:
        """Sees the first two pages; `skipped`: how much of what follows was done before."""
        self._cookies = Cookies()
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        first, second, *rest = _requests(token, self._parts)
        await self._ask(first)
        await self._ask(second)
        self._left = rest[skipped:]

    async def stay(self, tokens: Iterator[str], deadline: float) -> None:
        await asyncio.sleep(self._chance.uniform(0, THINK_SECONDS))
        while time.monotonic() < deadline:
            if not self._left:
                self._writer.close()
                self._cookies = Cookies()
                self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
                self._left = _requests(next(tokens), self._parts)
            request, *self._left = self._left
            answer = await self._ask(request)
            if request.path.endswith("/send/") and answer.status == 200:
                self._course.sent += 1
            await asyncio.sleep(self._chance.uniform(0.5, 1.5) * THINK_SECONDS)
        self._writer.close()

    async def _ask(self, request: Request) -> Answer:
        began = time.perf_counter()
        async with asyncio.timeout(PATIENCE_SECONDS):
            self._writer.write(packed(request, self._port, self._cookies))
            head = (await self._reader.readuntil(HEAD_END))[: -len(HEAD_END)]
            body = await self._reader.readexactly(length_of(head))
        self._course.seconds.append(time.perf_counter() - began)
        answer = Answer(int(head[9:12]), head, body)
        if answer.status != request.expects:
            self._course.errors.append(f"{request.method} {request.path[-9:]}: {answer.status}")
        self._cookies.keep(answer)
        return answer


def _requests(token: str, parts: list[list[str]]) -> list[Request]:
    return list(with_leerscan(token, parts))
