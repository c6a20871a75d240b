"""A mail server that takes everything and keeps nothing but counts: `python -m bench.mail_sink` prints its port.

Lean, so that it is not what is measured. It ends when its standard input does. "VRFY mails" and "VRFY recipients"
tell how many it took, and for how many different addresses, since the last "VRFY forget".
"""

import asyncio
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 2**20
END = b"\r\n.\r\n"


@dataclass(frozen=True)
class MailSink:
    port: int

    def ask(self, what: str) -> int:
        with smtplib.SMTP("127.0.0.1", self.port) as smtp:
            return int(smtp.verify(what)[1])


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    command = [sys.executable, "-m", "bench.mail_sink"]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdout is None or process.stdin is None:
            raise RuntimeError("no pipes")
        try:
            yield MailSink(int(process.stdout.readline()))
        finally:
            process.stdin.close()
            process.wait()


class _Server:
    def __init__(self) -> None:
        self._mails = 0
        self._recipients: set[bytes] = set()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 sink\r\n")
        try:
            while (line := await reader.readline()) and not line.upper().startswith(b"QUIT"):
                await self._answer(line, reader, writer)
            writer.write(b"221 bye\r\n")
            writer.close()
        except ConnectionError:
            pass

    async def _answer(self, line: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        word = line[:4].upper()
        if word == b"DATA":
            writer.write(b"354 go on\r\n")
            await reader.readuntil(END)
            self._mails += 1
            writer.write(b"250 taken\r\n")
        elif word == b"VRFY":
            writer.write(b"252 %d\r\n" % self._told(line[5:].strip().lower()))
        else:
            if word == b"RCPT":
                self._recipients.add(line)
            writer.write(b"250 ok\r\n")

    def _told(self, what: bytes) -> int:
        told = self._mails if what == b"mails" else len(self._recipients)
        if what == b"forget":
            self._mails, self._recipients = 0, set()
        return told


async def _serve() -> None:
    server = await asyncio.start_server(_Server().talk, "127.0.0.1", 0, limit=LIMIT)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_serve())
