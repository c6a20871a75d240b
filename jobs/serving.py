"""Run the web server and the worker as one: started together, and stopped together."""

import errno
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import Error, connection

from jobs.children import Child, ask_to_stop, hear_of_stopping, start_child
from jobs.database_faults import NO_TABLES
from jobs.half_restored import HalfRestoredError, refuse_half_restored
from jobs.mail_sink import mail_sink
from jobs.standing import has_tables

STOP_SECONDS = 20
# Of a web process that does not stop when asked, for example while it is still starting; the others wait for it.
KILL_SECONDS = 10
READY_SECONDS = 60


class ServingError(Exception):
    """The web server or the worker did not start, or stopped by itself."""


@dataclass(frozen=True)
class Address:
    host: str
    port: int


def serve(address: Address, processes: int, mail_folder: Path | None, when_ready: Callable[[], None]) -> None:
    """Until Ctrl-C, SIGTERM, or the end of its terminal. Raises ServingError.

    `mail_folder`: also take mail over SMTP and write it there.
    """
    _refuse_half_restored()
    _refuse_without_tables()
    _refuse_unusable(address, settings.SMTP_PORT if mail_folder else None)
    hear_of_stopping()
    sink = _start_sink(mail_folder) if mail_folder else None
    running: list[Child] = []
    try:
        running.append(start_child(_web(address, processes)))
        running.append(start_child([sys.executable, "manage.py", "work"]))
        _wait_until_ready(address, running)
        when_ready()
        _wait_for_first(running)
        raise ServingError("The web server or the worker stopped by itself; its message stands above.")
    except KeyboardInterrupt:
        pass
    finally:
        _stop(running)
        if sink:
            sink.stop()


def become_web_server(address: Address, processes: int) -> NoReturn:
    """This process goes on as the web server: one process less, and signals reach it directly."""
    _refuse_half_restored()
    _refuse_unusable(address)
    os.chdir(settings.BASE_DIR)
    command = _web(address, processes)
    os.execv(command[0], command)  # noqa: S606 -- our own command


def _start_sink(folder: Path) -> Controller:
    try:
        sink = mail_sink(folder, settings.SMTP_PORT)
        sink.start()
    except OSError as fault:
        raise ServingError(
            f"No mail can be taken on port {settings.SMTP_PORT} and written to {folder}: {fault.strerror or fault}. "
            "Choose another port (LEERSCAN_SMTP_PORT) or another folder."
        ) from fault
    return sink


def _web(address: Address, processes: int) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--blocking-threads", "1"]
    command += ["--host", address.host, "--port", str(address.port), "--workers", str(processes)]
    # A web process that dies (out of memory, say) is replaced, and the others go on answering meanwhile.
    command += ["--respawn-failed-workers", "--workers-kill-timeout", str(KILL_SECONDS)]
    # No access log: on the answering path it would tie addresses to moments (measurement.md 9).
    return [*command, "--no-access-log", "--log-level", "warning", "config.wsgi:application"]


def _refuse_half_restored() -> None:
    """A database that does not answer is another matter: the server starts, and /readyz says so."""
    try:
        refuse_half_restored()
    except HalfRestoredError as fault:
        raise ServingError(str(fault)) from fault
    except Error:
        pass
    finally:
        connection.close()


def _refuse_without_tables() -> None:
    with suppress(Error):
        if not has_tables():
            raise ServingError(NO_TABLES)


def _refuse_unusable(address: Address, mail_port: int | None = None) -> None:
    """What the web server would only say in words of its own, or not at all."""
    if mail_port == address.port:
        raise ServingError(
            f"Pages and mail cannot both come to port {mail_port}. Choose another one for mail: LEERSCAN_SMTP_PORT."
        )
    try:
        with socket.socket(_family(address)) as place:
            place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # after a stop, the port waits for a minute
            place.bind((address.host, address.port))
    except OSError as fault:
        raise ServingError(_why_not_there(address, fault)) from fault


def _why_not_there(address: Address, fault: OSError) -> str:
    if fault.errno == errno.EADDRINUSE:
        return (
            f"Port {address.port} is in use. Stop what uses it, or choose another one: with --port, and in "
            "LEERSCAN_BASE_URL where it stands there."
        )
    if fault.errno == errno.EADDRNOTAVAIL:
        return f"{address.host} is no address of this machine. Name one that is with --host, or leave it out."
    if fault.errno == errno.EACCES:
        return f"Port {address.port} is for the system's own services. Choose one from 1024 on: with --port."
    return f"The web server cannot be at {address.host}, port {address.port}: {fault.strerror}."


def _family(address: Address) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address.host else socket.AF_INET


def _answers(address: Address) -> bool:
    try:
        socket.create_connection((address.host, address.port), timeout=1).close()
    except OSError:
        return False
    return True


def _wait_until_ready(address: Address, running: Sequence[Child]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _answers(address):
        if time.monotonic() > deadline or any(process.poll() is not None for process in running):
            raise ServingError("The web server did not start; its message stands above.")
        time.sleep(0.1)


def _wait_for_first(running: Sequence[Child]) -> None:
    while all(process.poll() is None for process in running):
        time.sleep(0.2)


def _stop(running: Sequence[Child]) -> None:
    """Ask politely, wait, and only then kill: a worker first finishes its job."""
    ask_to_stop(running)
    deadline = time.monotonic() + STOP_SECONDS
    for process in running:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
