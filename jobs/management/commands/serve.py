"""One command that runs everything: web server and worker, started together and stopped together."""

import os
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from jobs.mail_sink import mail_sink

STOP_SECONDS = 20


class Command(BaseCommand):
    help = "Run the web server and the worker until Ctrl-C (or a signal) stops both."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: %(default)s)")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: %(default)s)")
        parser.add_argument("--processes", type=int, default=1, help="web processes (default: %(default)s)")
        parser.add_argument("--mail-folder", type=Path, help="also take mail over SMTP and write it to this folder")

    def handle(self, *args: Any, **options: Any) -> None:
        signal.signal(signal.SIGTERM, _as_interrupt)
        sink = _sink(options["mail_folder"])
        processes = [self._web(options), self._worker()]
        try:
            _wait_for_first(processes)
        except KeyboardInterrupt:
            self.stdout.write("Stopping.")
        finally:
            faulty = _stop(processes)
            if sink:
                sink.stop()
        if faulty:
            raise CommandError("The web server or the worker stopped by itself; its message stands above.")

    def _web(self, options: dict[str, Any]) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "1"]
        command += ["--host", options["host"], "--port", str(options["port"])]
        command += ["--workers", str(options["processes"]), "--no-access-log", "--log-level", "warning"]
        return _start([*command, "config.wsgi:application"])

    def _worker(self) -> "subprocess.Popen[bytes]":
        return _start([sys.executable, "manage.py", "work"])


def _start(command: list[str]) -> "subprocess.Popen[bytes]":
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)


def _sink(folder: Path | None) -> Any:
    if folder is None:
        return None
    sink = mail_sink(folder, settings.MAILERS["default"]["OPTIONS"]["port"])
    sink.start()
    return sink


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait_for_first(processes: "list[subprocess.Popen[bytes]]") -> None:
    while all(process.poll() is None for process in processes):
        time.sleep(0.2)


def _stop(processes: "list[subprocess.Popen[bytes]]") -> bool:
    """End them all; answers whether one had ended by itself with a fault."""
    faulty = any(process.poll() not in (None, 0) for process in processes)
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return faulty
