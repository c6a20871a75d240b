"""One connection to the mail server, kept open; tells apart what was refused and who can mend it.

A mail is offered in two steps: the envelope (who to whom), and the content. When the line breaks in the first step,
nothing was sent; when it breaks in the second, nobody knows.
"""

import re
import smtplib
from collections.abc import Callable
from email import policy
from types import TracebackType
from typing import Any, Self

from django.core.mail import EmailMultiAlternatives, mailers

from jobs.fail_points import reached

LOGIN_CODES = frozenset({530, 534, 535, 538})
CLOSING = 421
FINER_CODE = re.compile(r"[45]\.\d{1,3}\.\d{1,3}")
# Lines of plain ASCII: nothing that a server on the way might break.
SEVEN_BITS = policy.SMTP.clone(cte_type="7bit")


class TroubleError(Exception):
    """The server takes nothing at all. `code` is a key of scan/mailing/remedies.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RefusedError(Exception):
    """The server does not take this one mail; `for_good`, or it asks to come back later."""

    def __init__(self, code: str, *, for_good: bool) -> None:
        super().__init__(code)
        self.code, self.for_good = code, for_good


class UncertainError(Exception):
    """The line broke while the server was taking the mail."""


class _LostError(Exception):
    """The line broke before the server took anything."""


class Line:
    """A context manager; the connection is made at the first mail, and again when the server hung up."""

    def __init__(self) -> None:
        self._backend: Any = mailers.default
        # One mailing has one sender.
        self._senders: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._hang_up()

    def check(self, sender: str) -> None:
        """Raises the TroubleError that a mail from this sender would meet, without offering one to anybody."""
        if self._is_smtp():
            address = self._sender(sender)
            self._on_line(lambda: self._try_sender(address))

    def send(self, mail: EmailMultiAlternatives, *, is_secret: bool = False) -> None:
        """Raises RefusedError, TroubleError or UncertainError when the mail was not surely taken.

        Of a secret one, a server that knows how reports to nobody that it could not deliver the mail; and whatever it
        says at the recipient is about the recipient, so that it stops nothing else.
        """
        if not self._is_smtp():
            self._backend.send_messages([mail])
            return
        sender, recipient = self._sender(mail.from_email), self._recipient(mail.to[0])
        content = mail.message().as_bytes(policy=SEVEN_BITS)
        self._on_line(lambda: self._envelope(sender, recipient, is_secret=is_secret))
        reached("before content")
        self._give(content)
        reached("after content")

    def _is_smtp(self) -> bool:
        """Otherwise it is a backend for tests."""
        return hasattr(self._backend, "prep_address")

    def _sender(self, line: str) -> str:
        if line not in self._senders:
            try:
                self._senders[line] = str(self._backend.prep_address(line))
            except ValueError:
                raise TroubleError("sender") from None
        return self._senders[line]

    def _recipient(self, line: str) -> str:
        try:
            return str(self._backend.prep_address(line))
        except ValueError:
            raise RefusedError("address", for_good=True) from None

    def _on_line(self, step: Callable[[], None]) -> None:
        is_new = self._dial()
        try:
            step()
        except _LostError:
            # Servers hang up after so many mails, or so much time: dial once more.
            self._hang_up()
            if is_new:
                raise TroubleError("connection") from None
            self._dial()
            try:
                step()
            except _LostError:
                raise TroubleError("connection") from None

    def _dial(self) -> bool:
        try:
            return bool(self._backend.open())
        except smtplib.SMTPAuthenticationError:
            raise TroubleError("login") from None
        except (smtplib.SMTPNotSupportedError, smtplib.SMTPHeloError):
            raise TroubleError("encryption") from None
        except OSError as fault:  # also what smtplib raises, and a certificate that is not right
            raise TroubleError("encryption" if "ssl" in type(fault).__name__.lower() else "connection") from None

    def _try_sender(self, sender: str) -> None:
        smtp: smtplib.SMTP = self._backend.connection
        try:
            smtp.ehlo_or_helo_if_needed()
            _check_sender(smtp.mail(sender)[0])
            smtp.rset()
        except OSError:
            raise _LostError from None

    def _envelope(self, sender: str, recipient: str, *, is_secret: bool) -> None:
        smtp: smtplib.SMTP = self._backend.connection
        try:
            smtp.ehlo_or_helo_if_needed()
            _check_sender(smtp.mail(sender)[0])
        except OSError:
            raise _LostError from None
        try:
            code, text = smtp.rcpt(recipient, ["NOTIFY=NEVER"] if is_secret and smtp.has_extn("dsn") else [])
        except OSError:
            if not is_secret:
                raise _LostError from None
            self._hang_up()
            raise RefusedError("lost", for_good=True) from None
        if code in (250, 251):
            return
        if not is_secret:
            _check_open(code)
        self._give_up_envelope(code)
        raise RefusedError(_with_finer(code, text), for_good=code >= 500)

    def _give_up_envelope(self, code: int) -> None:
        """The answer stands, also of a server that hangs up with it: offered once more, it would hold up the others."""
        try:
            if code != CLOSING:
                self._backend.connection.rset()
                return
        except OSError:
            pass
        self._hang_up()

    def _give(self, content: bytes) -> None:
        smtp: smtplib.SMTP = self._backend.connection
        try:
            answer: tuple[int, bytes | str] = smtp.data(content)
        except smtplib.SMTPDataError as fault:  # before the content, so that the envelope still lies open
            answer = fault.smtp_code, fault.smtp_error
            self._give_up_envelope(fault.smtp_code)
        except OSError:
            self._hang_up()
            raise UncertainError from None
        code, text = answer
        if code == CLOSING:
            self._hang_up()
        if code != 250:
            raise RefusedError(_with_finer(code, text), for_good=code >= 500)

    def _hang_up(self) -> None:
        try:
            self._backend.close()
        except OSError:
            self._backend.connection = None


def _check_open(code: int) -> None:
    if code == CLOSING:
        raise _LostError
    if code in LOGIN_CODES:
        raise TroubleError("login")


def _check_sender(code: int) -> None:
    _check_open(code)
    if code >= 500:
        raise TroubleError("sender")
    if code >= 400:
        raise TroubleError("busy")


def _with_finer(code: int, text: bytes | str) -> str:
    """With the finer code of RFC 3463 when the server gives one: “550 5.7.1”."""
    words = text.decode(errors="replace") if isinstance(text, bytes) else text
    finer = FINER_CODE.match(words)
    return f"{code} {finer[0]}" if finer else str(code)
