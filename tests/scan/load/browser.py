"""A browser without a screen: one connection at a time, cookies, forms and JSON. It counts what it had to wait for."""

import asyncio
import json
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.serving.http_messages import Answer, read_answer

# A request that takes longer has failed, whatever the reason.
PATIENCE_SECONDS = 120
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class LineCutError(Exception):
    """No answer, or not a whole one: the browser cannot know whether the request arrived."""


@dataclass
class Traffic:
    """Of all browsers together."""

    open: int = 0
    most_open: int = 0
    cuts_noticed: int = 0
    seconds: list[float] = field(default_factory=list)

    def opened(self) -> None:
        self.open += 1
        self.most_open = max(self.most_open, self.open)


class Browser:
    def __init__(self, port: int, traffic: Traffic) -> None:
        self.cookies: dict[str, str] = {}
        self._port, self._traffic = port, traffic
        self._line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, path: str) -> Answer:
        return await self._ask("GET", path, {}, b"")

    async def post_form(self, path: str, page: str, fields: Iterable[tuple[str, str]]) -> Answer:
        """`page`: the HTML that the form stands in."""
        body = urlencode([*_hidden_fields(page, path), *fields])
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return await self._ask("POST", path, headers, body.encode())

    async def post_json(self, path: str, content: object) -> Answer:
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.cookies.get("csrftoken", "")}
        return await self._ask("POST", path, headers, json.dumps(content).encode())

    def hang_up(self) -> None:
        """As when nothing was asked for a while."""
        if self._line is not None:
            self._line[1].close()
            self._line = None
            self._traffic.open -= 1

    async def _ask(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                reader, writer = self._line or await self._call()
                writer.write(self._head(method, path, headers, body) + body)
                answer = await read_answer(reader)
        except (ConnectionError, asyncio.IncompleteReadError) as cut:
            self.hang_up()
            self._traffic.cuts_noticed += 1
            raise LineCutError from cut
        self._traffic.seconds.append(time.perf_counter() - began)
        if answer.get("connection") == "close":
            self.hang_up()
        self._keep_cookies(answer)
        return answer

    async def _call(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        line = await asyncio.open_connection("127.0.0.1", self._port)
        self._line = line
        self._traffic.opened()
        return line

    def _head(self, method: str, path: str, headers: dict[str, str], body: bytes) -> bytes:
        host = f"127.0.0.1:{self._port}"
        lines = {"Host": host, "Accept-Language": "nl", **headers}
        if method == "POST":
            lines |= {"Origin": f"http://{host}", "Content-Length": str(len(body))}
        if self.cookies:
            lines["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        written = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{written}\r\n".encode("latin-1")

    def _keep_cookies(self, answer: Answer) -> None:
        for cookie in answer.all("set-cookie"):
            name, _equals, value = cookie.partition(";")[0].partition("=")
            if value.strip('"') and "max-age=0" not in cookie.lower():
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)


def _hidden_fields(page: str, path: str) -> list[tuple[str, str]]:
    """Of the form that goes to this path; of one that goes to its own page it is the proof against forgery only."""
    form = re.search(rf'<form method="post" action="{re.escape(path)}".*?</form>', page, re.DOTALL)
    if form is not None:
        return HIDDEN.findall(form.group())
    return [field for field in HIDDEN.findall(page) if field[0] == "csrfmiddlewaretoken"][:1]
