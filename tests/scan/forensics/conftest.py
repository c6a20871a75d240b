"""Real mails, a clock for the mailings, and jobs that tests do themselves."""

from tests.scan.mailing.conftest import clock, mail_server

__all__ = ["clock", "mail_server"]
