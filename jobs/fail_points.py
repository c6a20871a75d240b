"""Places where a test kills the process; nothing happens unless the environment names one when the process starts.

LEERSCAN_FAIL_POINT: a name; or a name and a number, "before submit is committed:7", to die at the seventh time.
"""

import itertools
import os
import signal

_NAME, _, _TIME = os.environ.get("LEERSCAN_FAIL_POINT", "").partition(":")
_POINT = _NAME or None
_times = itertools.count(1)


def reached(name: str) -> None:
    if name == _POINT and next(_times) == int(_TIME or 1):
        os.kill(os.getpid(), signal.SIGKILL)
