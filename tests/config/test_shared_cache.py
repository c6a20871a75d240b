"""The cache of all processes in Redis; and when Redis is away, nobody waits and nobody is refused."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from config.shared_cache import SharedCache
from tests.redis import PrivateRedis


@pytest.fixture(autouse=True)
def _redis_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another test noticed is forgotten."""
    monkeypatch.setattr(SharedCache, "_ask_again_at", 0.0)


@pytest.fixture
def redis() -> Iterator[PrivateRedis]:
    server = PrivateRedis()
    server.start()
    yield server
    server.stop()


def cache_at(url: str) -> SharedCache:
    made = SharedCache(url, {"OPTIONS": {"MAX_ENTRIES": 100}})
    made._own.clear()
    return made


def ask_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SharedCache, "_ask_again_at", 0.0)


def test_what_one_process_counts_another_sees(redis: PrivateRedis) -> None:
    one, other = cache_at(redis.url(1)), cache_at(redis.url(1))
    one.set("tries", [1, 2], 60)
    assert other.get("tries") == [1, 2]
    assert one.add("lock", True, 60)
    assert not other.add("lock", True, 60)
    assert other.delete("lock")
    assert one.add("lock", True, 60)
    other.set("number", 4)
    assert one.incr("number") == 5
    assert other.touch("number", 60)
    assert "number" in other
    assert one.get_or_set("made", "here", 60) == "here"
    other.clear()
    assert one.get("tries", "nothing") == "nothing"


def test_when_redis_stops_each_process_counts_by_itself_and_goes_back_when_it_is_there_again(
    redis: PrivateRedis, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = cache_at(redis.url(1)), cache_at(redis.url(1))
    one.set("secret-key-of-somebody", 3, 60)
    redis.kill()
    assert one.get("secret-key-of-somebody") is None
    one.set("secret-key-of-somebody", 4, 60)
    assert one.get("secret-key-of-somebody") == 4
    assert one.add("lock", True, 60)
    assert not one.add("lock", True, 60)
    assert [record.levelname for record in caplog.records] == ["WARNING"]  # once, not at every request
    assert "secret-key-of-somebody" not in caplog.text
    redis.start()
    ask_again(monkeypatch)
    assert one.get("secret-key-of-somebody") is None  # Redis is empty
    one.set("secret-key-of-somebody", 5, 60)
    assert other.get("secret-key-of-somebody") == 5


def test_a_restart_between_two_requests_is_not_even_noticed(
    redis: PrivateRedis, caplog: pytest.LogCaptureFixture
) -> None:
    """The line that was kept is dead; a new one is made at once."""
    cache = cache_at(redis.url(1))
    cache.set("a", 1)
    redis.kill()
    redis.start()
    cache.set("a", 2)
    assert cache.get("a") == 2
    assert caplog.records == []


def test_a_redis_that_is_silent_holds_nobody_up_for_long(caplog: pytest.LogCaptureFixture) -> None:
    """The worst: it takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        lines: list[Any] = []
        threading.Thread(target=lambda: _take(listener, lines), daemon=True).start()
        cache = cache_at(f"redis://127.0.0.1:{port}/1")
        began = time.monotonic()
        for number in range(20):
            cache.set(f"key-{number}", number, 60)
        seconds = time.monotonic() - began
        assert lines, "nobody was asked"
        assert seconds < 3, seconds
        assert cache.get("key-19") == 19
        assert "does not answer" in caplog.text
        for line in lines:
            line.close()


def _take(listener: socket.socket, lines: list[Any]) -> None:
    while True:
        try:
            lines.append(listener.accept()[0])
        except OSError:
            return
