"""Places where a test kills the process; nothing happens unless the environment names some when the process starts.

LEERSCAN_FAIL_POINT: a name, or several with "|" between them; a number behind one, "before submit is committed:7", says
at which time it dies there.
"""

import os
import signal


def _read(text: str) -> dict[str, int]:
    """How often each may still be passed, and once more."""
    parts = (point.partition(":") for point in text.split("|") if point)
    return {name: int(times or 1) for name, _colon, times in parts}


_left = _read(os.environ.get("LEERSCAN_FAIL_POINT", ""))


def reached(name: str) -> None:
    if name in _left:
        _left[name] -= 1
        if not _left[name]:
            os.write(2, f"killed at: {name} ({os.getpid()})\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)
