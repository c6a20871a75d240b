"""HTTP/1.1 messages, as far as browsers and our server write them."""

import asyncio
from dataclasses import dataclass

END = b"\r\n\r\n"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def get(self, name: str) -> str:
        return next(iter(self.all(name)), "")


def end_of_head(message: bytes) -> int:
    """Where the body begins; 0 when the head is not whole."""
    return message.index(END) + len(END) if END in message else 0


def is_head_before_its_body(message: bytes) -> bool:
    """An answer of which only the head has come so far."""
    if end_of_head(message) != len(message):
        return False
    headers = dict(_headers(message))
    return headers.get("content-length", "0") != "0" or headers.get("transfer-encoding") == "chunked"


async def read_request(reader: asyncio.StreamReader) -> bytes:
    """The whole next request; nothing when the browser hangs up, wherever in it."""
    try:
        head = await reader.readuntil(END)
        return head + await reader.readexactly(int(dict(_headers(head)).get("content-length", "0")))
    except asyncio.IncompleteReadError:
        return b""


async def read_answer(reader: asyncio.StreamReader) -> Answer:
    """Raises asyncio.IncompleteReadError when the line is cut before its end."""
    head = await reader.readuntil(END)
    status, headers = int(head.split(b" ", 2)[1]), tuple(_headers(head))
    known = dict(headers)
    if known.get("transfer-encoding") == "chunked":
        return Answer(status, headers, await _chunks(reader))
    return Answer(status, headers, await reader.readexactly(int(known.get("content-length", "0"))))


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body


def _headers(head: bytes) -> list[tuple[str, str]]:
    lines = head.decode("latin-1").split("\r\n")[1:-2]
    return [(name.lower(), value.strip()) for name, _colon, value in (line.partition(":") for line in lines)]
