from tests.scan.mailing.conftest import mail_server

__all__ = ["mail_server"]
