"""A real SMTP server in the test's own process, which refuses what a test tells it to."""

import email
import email.policy
import socket
from collections import Counter
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

HANG_UP = "hang up"


@dataclass
class Received:
    sender: str
    recipient: str
    mail: EmailMessage

    @property
    def text(self) -> str:
        return self._part("plain")

    @property
    def html(self) -> str:
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.mail.get_body((kind,))
        assert part is not None
        return str(part.get_content()).replace("\r\n", "\n")


@dataclass
class MailServer:
    """`answers`: what it says to these recipients at RCPT, one after the other; the last one for ever.

    The same for `at_sender` (MAIL FROM), `at_data` (DATA itself) and `at_content` (after it), whoever it is for.
    HANG_UP breaks the line; with `hangs_up_when_it_refuses` it does so after an answer at RCPT.
    """

    received: list[Received] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    at_sender: list[str] = field(default_factory=list)
    at_data: list[str] = field(default_factory=list)
    at_content: list[str] = field(default_factory=list)
    hangs_up_when_it_refuses: bool = False
    traffic: list[str] = field(default_factory=list)
    takes_content_before_hanging_up: bool = False
    login: tuple[str, str] | None = None
    knows_notices: bool = False
    notices: list[bool] = field(default_factory=list)
    """Of each recipient whether a report is wanted when the mail cannot be delivered, when it knows of that (DSN)."""
    connections: int = 0
    port: int = 0
    _controller: Any = None

    def start(self) -> None:
        self.port = self.port or free_port()
        login: dict[str, Any] = {"authenticator": self._authenticate, "auth_required": True, "auth_require_tls": False}
        self._controller = _Controller(
            self, hostname="127.0.0.1", port=self.port, ready_timeout=20, **(login if self.login else {})
        )
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()

    @property
    def settings(self) -> dict[str, Any]:
        user, password = self.login or ("", "")
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 10, "username": user, "password": password}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

    @property
    def counts(self) -> Counter[str]:
        return Counter(mail.recipient for mail in self.received)

    def mail_to(self, address: str) -> Received:
        (mail,) = (mail for mail in self.received if mail.recipient == address)
        return mail

    def _authenticate(self, server: Any, session: Any, envelope: Any, mechanism: Any, data: Any) -> AuthResult:
        assert self.login is not None
        return AuthResult(success=data.password == b"right", handled=False)

    # Names and arguments of these are aiosmtpd's.
    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return [responses[0], *(["250-DSN"] if self.knows_notices else []), *responses[1:]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.traffic.append("MAIL")
        if (answer := _next(self.at_sender)) and not answer.startswith("250"):
            return self._say(server, answer)
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.traffic.append("RCPT")
        if (answer := _next(self.answers.get(address, []))) and not answer.startswith("250"):
            if self.hangs_up_when_it_refuses:
                transport: Any = server.transport
                server.loop.call_soon(transport.close)
            return self._say(server, answer)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.traffic.append("DATA")
        answer = _next(self.at_content)
        is_taken = not answer or answer.startswith("250") or self.takes_content_before_hanging_up
        if is_taken:
            content = envelope.content
            assert isinstance(content, bytes)
            assert content.isascii()
            mail = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(mail, EmailMessage)
            assert envelope.mail_from is not None
            self.received.append(Received(envelope.mail_from, envelope.rcpt_tos[0], mail))
        return self._say(server, answer) if answer else "250 Message accepted for delivery"

    def _say(self, server: SMTP, answer: str) -> str:
        if answer == HANG_UP:
            transport: Any = server.transport
            transport.abort()
        return answer


class _Smtp(SMTP):
    """aiosmtpd has no DSN, and takes the content of any mail."""

    async def smtp_DATA(self, arg: str | None) -> None:  # noqa: N802 -- the name is aiosmtpd's
        server: Any = self.event_handler
        if (answer := _next(server.at_data)) and not answer.startswith("354"):
            server.traffic.append("DATA")
            await self.push(answer)
            return
        await super().smtp_DATA(arg)

    async def smtp_RCPT(self, arg: str | None) -> None:  # noqa: N802
        server: Any = self.event_handler
        if arg and server.knows_notices:
            server.notices.append("NOTIFY=NEVER" not in arg)
            arg = arg.replace(" NOTIFY=NEVER", "")
        await super().smtp_RCPT(arg)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return _Smtp(self.handler, **self.SMTP_kwargs)


def _next(answers: list[str]) -> str:
    if not answers:
        return ""
    return answers.pop(0) if len(answers) > 1 else answers[0]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
