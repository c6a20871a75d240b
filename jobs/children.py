"""For a command that starts others: it alone hears that it is to stop, and asks them once."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from types import FrameType

from django.conf import settings

# The service manager, Ctrl-C, and a terminal that is closed.
STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)

type Child = "subprocess.Popen[bytes]"


def hear_of_stopping() -> None:
    """From now on each of these signals is a KeyboardInterrupt.

    Also Ctrl-C's for who is started by a script in the background, which has told it to ignore that one. But whoever
    was started by nohup goes on when the terminal is closed.
    """
    for number in STOPPING:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _as_interrupt)


def _as_interrupt(number: int, frame: FrameType | None) -> None:
    """Once: a second signal must not break off the stopping."""
    _hear_no_more()
    raise KeyboardInterrupt


def _hear_no_more() -> None:
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)


def start_child(command: Sequence[str]) -> Child:
    """In a group of its own: what the terminal tells a group does not reach it a second time, beside what we ask.

    It ends with this process, also when that is killed. Call it in the main thread.
    """
    bound = [sys.executable, "-m", "jobs.ending_with", str(os.getpid()), *command]
    return subprocess.Popen(bound, cwd=settings.BASE_DIR, process_group=0)  # noqa: S603 -- our own commands


def ask_to_stop(children: Iterable[Child]) -> None:
    """Returns at once. From now on this process hears of stopping no more: it waits for them."""
    _hear_no_more()
    for child in children:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
