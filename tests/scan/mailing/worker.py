"""A worker in a process of its own, that a test can kill: does the job of one mailing.

python -m tests.scan.mailing.worker JOB_ID
"""

import subprocess
import sys
from uuid import UUID

from tests.scan.mailing.mail_server import MailServer
from tests.serving.own_process import environment_of_the_test

POINT = "LEERSCAN_FAIL_POINT"


def start_worker(job_id: UUID, server: MailServer, fail_point: str = "") -> "subprocess.Popen[bytes]":
    """On the test's own database, with its keys and its mail server."""
    environment = environment_of_the_test() | {
        "LEERSCAN_SMTP_PORT": str(server.port or 1),  # 1: of a server that was not started
        "LEERSCAN_MAILS_PER_MINUTE": "10000000",
        "LEERSCAN_REMINDERS_PER_MINUTE": "10000000",
        POINT: fail_point,
    }
    return subprocess.Popen([sys.executable, "-m", "tests.scan.mailing.worker", str(job_id)], env=environment)


def main(job_id: str) -> None:
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from jobs.running import run  # noqa: PLC0415
    from scan import cleaning  # noqa: PLC0415

    # As tests/conftest.py does: tests beside this one may hold a transaction for half a minute.
    cleaning.PATIENCE_SECONDS = 180.0
    run(UUID(job_id))


if __name__ == "__main__":
    main(sys.argv[1])
