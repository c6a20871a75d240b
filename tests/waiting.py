"""Waiting for what happens elsewhere: in another process, in another thread, in a browser."""

import time
from collections.abc import Callable

PATIENCE_SECONDS = 60
LOOK_SECONDS = 0.05


def wait_until[Answer](
    what: str, is_so: Callable[[], Answer], seconds: float = PATIENCE_SECONDS, told: Callable[[], str] = str
) -> Answer:
    """The first answer that counts as yes. When none comes, `told` says what is there instead."""
    deadline = time.monotonic() + seconds
    while not (answer := is_so()):
        assert time.monotonic() < deadline, f"waited {seconds} s in vain until {what}\n{told()}"
        time.sleep(LOOK_SECONDS)
    return answer
