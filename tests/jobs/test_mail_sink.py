"""The local mail server of the demo and of a first try: every mail becomes a file, and stays."""

import smtplib
import socket
from pathlib import Path

from jobs.mail_sink import mail_sink


def send(folder: Path, subject: str) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sink = mail_sink(folder, port)
    sink.start()
    with smtplib.SMTP("127.0.0.1", port) as line:
        line.sendmail("hr@example.test", ["mens@example.test"], f"Subject: {subject}\n\nHallo")
    sink.stop()


def test_a_restart_overwrites_no_mail(tmp_path: Path) -> None:
    for subject in ("one", "two"):
        send(tmp_path / "mail", subject)
    files = sorted((tmp_path / "mail").iterdir())
    assert [file.name for file in files] == ["00001.eml", "00002.eml"]
    assert ["one" in file.read_text() for file in files] == [True, False]
