"""Not more mails a minute than the mail server likes."""

import time
from collections.abc import Callable


class Pace:
    def __init__(
        self,
        per_minute: int,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._gap = 60 / per_minute
        self._clock, self._sleep = clock, sleep
        self._next = clock()

    def wait(self) -> None:
        """Until the next mail may go out. A slow server is not made up for by a burst afterwards."""
        now = self._clock()
        if now < self._next:
            self._sleep(self._next - now)
        self._next = max(now, self._next) + self._gap
