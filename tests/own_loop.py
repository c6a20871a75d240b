"""Run what is asynchronous from a test that is not."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run[Result](work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """In a thread of its own: where a browser test ran before in this process, this one's loop is taken."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(work())).result()
