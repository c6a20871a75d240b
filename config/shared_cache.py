"""The cache of all web processes together, in Redis; while that is away, each process counts by itself.

Nobody may be kept from answering or logging in because Redis stopped. So limits then hold for each process alone, as
they do without Redis, and Redis is not asked again for a few seconds: a request must not wait for it time and again.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, ClassVar

from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 0.5
LEAVE_ALONE_SECONDS = 5.0


class SharedCache(BaseCache):
    # Django makes one of these for each thread; what one has noticed holds for all.
    _ask_again_at: ClassVar[float] = 0.0

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        without_options = {name: value for name, value in params.items() if name != "OPTIONS"}
        # Tried a second time, for a line that was kept from before Redis was restarted is dead.
        line = {
            "socket_timeout": ANSWER_SECONDS,
            "socket_connect_timeout": ANSWER_SECONDS,
            "retry": Retry(NoBackoff(), 1),
        }
        self._shared = RedisCache(server, without_options | {"OPTIONS": line})
        self._own = LocMemCache("while-redis-is-away", params)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.add(*args, **kwargs)))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(lambda cache: cache.get(*args, **kwargs))

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._ask(lambda cache: cache.set(*args, **kwargs))

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.touch(*args, **kwargs)))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.delete(*args, **kwargs)))

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask(lambda cache: cache.has_key(*args, **kwargs)))

    def incr(self, *args: Any, **kwargs: Any) -> int:
        return int(self._ask(lambda cache: cache.incr(*args, **kwargs)))

    def clear(self) -> None:
        self._ask(lambda cache: cache.clear())

    def close(self, **kwargs: Any) -> None:
        """At the end of every request; the lines to Redis stay."""

    def _ask(self, do: Callable[[BaseCache], Any]) -> Any:
        if time.monotonic() < SharedCache._ask_again_at:
            return do(self._own)
        try:
            return do(self._shared)
        except RedisError as fault:
            SharedCache._ask_again_at = time.monotonic() + LEAVE_ALONE_SECONDS
            # Only the kind of fault: its words can hold an address.
            logger.warning("the shared cache does not answer (%s): this process counts by itself", type(fault).__name__)
            return do(self._own)
