"""A line between browsers and the server, which a test can cut: at random moments, or for good until it is back."""

import asyncio
import random
import threading
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.serving.http_messages import end_of_head, is_head_before_its_body, read_request

# A connection that is to be cut is cut at one of its first requests.
FIRST_REQUESTS = 3
CHUNK = 65_536


class Cut(StrEnum):
    BEFORE = "before the request reached the server"
    IN_REQUEST = "in the middle of the request"
    UNANSWERED = "after the server did it, before the answer"
    IN_ANSWER = "in the middle of the answer"


@dataclass(eq=False)
class _Connection:
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    kind: Cut | None
    at: int
    requests: int = 0
    server: asyncio.StreamWriter | None = None

    def is_due(self, *kinds: Cut) -> bool:
        return self.kind in kinds and self.requests == self.at

    def hang_up(self) -> None:
        for writer in self._ends():
            writer.transport.abort()

    def close(self) -> None:
        """What is on its way still arrives."""
        for writer in self._ends():
            writer.close()

    def _ends(self) -> list[asyncio.StreamWriter]:
        return [self.writer, self.server] if self.server else [self.writer]


class CuttingProxy:
    """`share`: of the connections that is cut, by one of `kinds`, as `seed` decides."""

    def __init__(
        self, server_port: int, share: float = 0.0, seed: object = 0, kinds: tuple[Cut, ...] = tuple(Cut)
    ) -> None:
        self.share, self.kinds = share, kinds
        self.connections = self.most_open = self.refused = self.server_away = self.cut_with_the_line = 0
        self.cuts: Counter[Cut] = Counter()
        self.port = 0
        self._server_port = server_port
        # Two of them: which connections are cut hangs on their order alone, not on how far each has come.
        self._chance = random.Random(f"which {seed}")  # noqa: S311 -- to be repeated
        self._places = random.Random(f"where {seed}")  # noqa: S311
        self._open: set[_Connection] = set()
        self._owed: list[Cut] = []
        self._is_gone = False
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="cutting proxy", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._thread.start()
        self._do(self._listen())

    def stop(self) -> None:
        self._do(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    def take_away(self) -> None:
        """The line is gone: what runs is cut, what comes is refused."""
        self._do(self._take_away())

    def bring_back(self) -> None:
        self._is_gone = False

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    async def _listen(self) -> None:
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]

    async def _end(self) -> None:
        self._listener.close()
        await self._take_away()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*others, return_exceptions=True)

    async def _take_away(self) -> None:
        self._is_gone = True
        self.cut_with_the_line += len(self._open)
        for connection in list(self._open):
            connection.hang_up()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._is_gone:
            self.refused += 1
            writer.transport.abort()
            return
        connection = _Connection(reader, writer, self._draw(), self._chance.randint(1, FIRST_REQUESTS))
        self.connections += 1
        self._open.add(connection)
        self.most_open = max(self.most_open, len(self._open))
        try:
            await self._join(connection)
        finally:
            connection.close()
            self._open.discard(connection)
            if connection.kind and connection.requests < connection.at:
                self._owed.append(connection.kind)  # it ended before its moment came: another one takes its place

    def _draw(self) -> Cut | None:
        if self._chance.random() < self.share:
            return self._chance.choice(self.kinds)
        return self._owed.pop() if self._owed and self.share else None

    async def _join(self, connection: _Connection) -> None:
        try:
            from_server, connection.server = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            self.server_away += 1
            return
        ways = [
            asyncio.create_task(self._requests(connection)),
            asyncio.create_task(self._answers(connection, from_server)),
        ]
        _done, other = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in other:
            way.cancel()
        for fault in await asyncio.gather(*ways, return_exceptions=True):
            if fault and not isinstance(fault, ConnectionError | asyncio.CancelledError):
                raise fault

    async def _requests(self, connection: _Connection) -> None:
        assert connection.server is not None
        while request := await read_request(connection.reader):
            connection.requests += 1
            if connection.is_due(Cut.BEFORE, Cut.IN_REQUEST):
                return self._cut(connection, connection.server, request)
            connection.server.write(request)
            await connection.server.drain()
        return None

    async def _answers(self, connection: _Connection, from_server: asyncio.StreamReader) -> None:
        while chunk := await from_server.read(CHUNK):
            is_too_early = connection.kind == Cut.IN_ANSWER and is_head_before_its_body(chunk)
            if connection.is_due(Cut.UNANSWERED, Cut.IN_ANSWER) and not is_too_early:
                return self._cut(connection, connection.writer, chunk)
            connection.writer.write(chunk)
            await connection.writer.drain()
        return None

    def _cut(self, connection: _Connection, writer: asyncio.StreamWriter, message: bytes) -> None:
        assert connection.kind is not None
        if connection.kind in (Cut.IN_REQUEST, Cut.IN_ANSWER):
            writer.write(message[: self._place(message)])
        self.cuts[connection.kind] += 1
        connection.hang_up()

    def _place(self, message: bytes) -> int:
        """In the body when there is one, for a torn body may look like a whole one.

        And without TLS browsers take a torn head for a whole answer: Chromium would keep an empty script for as long as
        Cache-Control says.
        """
        head = end_of_head(message)
        first = head if 0 < head < len(message) else min(1, len(message) - 1)
        return self._places.randrange(first, len(message))


@contextmanager
def cutting_proxy(
    server_port: int, share: float = 0.0, seed: object = 0, kinds: tuple[Cut, ...] = tuple(Cut)
) -> Iterator[CuttingProxy]:
    proxy = CuttingProxy(server_port, share, seed, kinds)
    proxy.start()
    try:
        yield proxy
    finally:
        proxy.stop()
