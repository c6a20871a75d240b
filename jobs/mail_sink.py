"""A local SMTP server for the demo: it takes every mail and writes it to a folder."""

import itertools
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class FolderHandler:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)
        # After the mails that are there: a restart overwrites none.
        self._numbers = itertools.count(1 + max((int(file.stem) for file in folder.glob("[0-9]*.eml")), default=0))

    # Name and arguments are aiosmtpd's.
    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        body = content if isinstance(content, bytes) else (content or "").encode()
        (self._folder / f"{next(self._numbers):05d}.eml").write_bytes(body)
        return "250 Message accepted for delivery"


def mail_sink(folder: Path, port: int) -> Controller:
    return Controller(FolderHandler(folder), hostname="127.0.0.1", port=port)
