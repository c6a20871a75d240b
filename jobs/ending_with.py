"""A process that has no reason to go on without the one that started it: when that is killed, nobody else stops it."""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def end_with(parent: int) -> None:
    """From now on, also after exec: when this parent ends, however, we are asked to stop. On Linux only.

    Call it in the main thread, and before signals get handlers of their own: until then a handler that was inherited
    must not swallow what the kernel sends.
    """
    if sys.platform != "linux":
        return
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM))
    if os.getppid() != parent:  # it ended just before
        os._exit(1)


def main() -> None:
    """`python -m jobs.ending_with PARENT COMMAND...`: become this command, for as long as the parent is there."""
    parent, *command = sys.argv[1:]
    end_with(int(parent))
    os.execv(command[0], command)  # noqa: S606 -- our own commands


if __name__ == "__main__":
    main()
