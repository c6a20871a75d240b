"""The mail server of the rehearsal: port 587, STARTTLS, a name and a password. Each mail becomes a file."""

import ssl
import sys
import threading
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

USER = b"leerscan"


def main() -> None:
    mails, certificate, password = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].encode()

    def may(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
        return AuthResult(success=data == LoginPassword(USER, password))

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "fullchain.pem", certificate / "privkey.pem")
    server = Controller(
        Mailbox(mails),
        hostname="127.0.0.1",
        port=587,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=may,
    )
    server.start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
