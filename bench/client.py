"""A lean client: what it sends is ready beforehand, and of an answer it reads no more than it needs."""

import re
import socket
import time
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field

COOKIE = re.compile(rb"\r\nset-cookie: ([^=\r\n]+)=([^;\r\n]*)", re.IGNORECASE)
LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)
HEAD_END = b"\r\n\r\n"
PATIENCE_SECONDS = 60
# What a link of ours may lead to: a page, or the way to one.
LINKED = (200, 302)


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    body: bytes = b""
    content_type: str = ""
    expects: int = 200
    """0: a page, or the way to one."""


@dataclass(frozen=True)
class Answer:
    status: int
    head: bytes
    body: bytes


# What somebody does: yields requests, gets answers.
Walk = Generator[Request, Answer]


@dataclass
class Cookies:
    values: dict[str, str] = field(default_factory=dict)

    def keep(self, answer: Answer) -> None:
        for name, value in COOKIE.findall(answer.head):
            self.values[name.decode()] = value.decode()

    @property
    def line(self) -> str:
        return "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.values.items()) + "\r\n"


def packed(request: Request, port: int, cookies: Cookies) -> bytes:
    """As a browser sends it; the csrf value goes along in the header, as our script does it, and in no field."""
    head = f"{request.method} {request.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: nl\r\n"
    head += "Accept-Encoding: gzip\r\n"
    if cookies.values:
        head += cookies.line
    if request.method == "POST":
        head += f"Origin: http://127.0.0.1:{port}\r\nContent-Type: {request.content_type}\r\n"
        head += f"X-CSRFToken: {cookies.values.get('csrftoken', '')}\r\nContent-Length: {len(request.body)}\r\n"
    return head.encode("latin-1") + b"\r\n" + request.body


def length_of(head: bytes) -> int:
    found = LENGTH.search(head)
    return int(found.group(1)) if found else 0


class Line:
    """One connection, kept."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.seconds: list[float] = []
        self.errors: list[str] = []
        self._socket = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def send(self, content: bytes) -> Answer:
        self._socket.sendall(content)
        came = b""
        while (end := came.find(HEAD_END)) < 0:
            came += self._receive()
        head, body = came[:end], came[end + 4 :]
        missing = length_of(head) - len(body)
        while missing > 0:
            more = self._receive()
            body += more
            missing -= len(more)
        return Answer(int(head[9:12]), head, body)

    def _receive(self) -> bytes:
        if not (more := self._socket.recv(262_144)):
            raise ConnectionError("the server hung up")
        return more

    def walk(self, walk: Walk, cookies: Cookies | None = None) -> None:
        """To its end, one request after the other; notes how long each took, and what went wrong."""
        cookies = cookies or Cookies()
        request = next(walk)
        while True:
            began = time.perf_counter()
            answer = self.send(packed(request, self.port, cookies))
            self.seconds.append(time.perf_counter() - began)
            if answer.status not in ((request.expects,) if request.expects else LINKED):
                self.errors.append(f"{request.method} {request.path[-9:]}: {answer.status}")
                return
            cookies.keep(answer)
            try:
                request = walk.send(answer)
            except StopIteration:
                return

    def close(self) -> None:
        self._socket.close()


def burst(line: Line, contents: Iterable[bytes], expects: int = 200) -> tuple[float, float]:
    """These requests one after the other: how long they took, and how much of that this client computed."""
    ready = list(contents)
    busy, began = time.process_time(), time.perf_counter()
    for content in ready:
        if (answer := line.send(content)).status != expects:
            line.errors.append(f"{content[:40]!r}: {answer.status}")
    return time.perf_counter() - began, time.process_time() - busy
