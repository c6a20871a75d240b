"""A process that has no reason to go on without the one that started it: when that is killed, nobody else stops it."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """From now on, also after exec: when the parent ends, however, this process is asked to stop. On Linux only.

    Call it in the main thread.
    """
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:  # it ended just before
        signal.raise_signal(signal.SIGTERM)


def main() -> None:
    """`python -m jobs.ending_with PARENT COMMAND...`: become this command, for as long as the parent is there."""
    parent, *command = sys.argv[1:]
    end_with_parent()
    if os.getppid() == int(parent):
        os.execv(command[0], command)  # noqa: S606 -- our own commands


if __name__ == "__main__":
    main()
