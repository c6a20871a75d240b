"""Processes that are killed again and again: at named fail points, or at a moment that chance picks."""

import os
import random
import re
import signal
import subprocess
import threading
import time
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.faults.worker import start_worker, up
from tests.redis import PrivateRedis
from tests.serving.answering_server import AnsweringServer
from tests.waiting import wait_until

POINT = "LEERSCAN_FAIL_POINT"
LOOK_SECONDS = 0.02
START_SECONDS = 60.0
LIFE_SECONDS = (0.3, 2.5)
# A fail point that is not reached in this time: somebody else does the work, and the process is killed at random.
PATIENCE_SECONDS = 12.0
POINTS_AT_ONCE = 3
KILLED_AT = re.compile(r"^killed at: (.+) \((\d+)\)$", re.MULTILINE)
AT_RANDOM, WHOLE_SERVER = "worker at random", "web server with all processes"
ONE_PROCESS, REDIS = "one web process at random", "Redis, and all that it held"


class Victim(ABC):
    """One process that is started again after each death."""

    kills: Counter[str]
    """By what killed it."""
    surprises: list[str]
    """Deaths that nobody had planned."""

    def __init__(self, seed: str, points: Sequence[tuple[str, int]], share_at_points: float = 0.7) -> None:
        self.kills, self.surprises = Counter(), []
        self._chance = random.Random(seed)  # noqa: S311 -- to be repeated
        self._points, self._share = list(points), share_at_points
        self._point = ""

    @abstractmethod
    def start(self, point: str) -> None: ...

    @abstractmethod
    def died(self) -> bool:
        """By itself: at its fail point."""

    @abstractmethod
    def killed_at(self) -> str:
        """The fail point at which it died; empty when it ended in another way."""

    @abstractmethod
    def kill(self) -> str:
        """As a power cut; answers what was hit."""

    @abstractmethod
    def put_down(self) -> None:
        """Whatever is left of it."""

    def live_and_die(self) -> None:
        """Started with a fail point or without, until it is dead."""
        point, life = self._next_fate()
        self.start(point)
        deadline = time.monotonic() + life
        while not self.died():
            if time.monotonic() > deadline:
                self.kills[self.kill()] += 1
                self.put_down()
                return
            time.sleep(LOOK_SECONDS)
        if point and (name := self.killed_at()):
            self.kills[name] += 1
        else:
            self.surprises.append(f"{type(self).__name__} ended by itself ({point or 'no fail point'})")
        self.put_down()

    def _next_fate(self) -> tuple[str, float]:
        """Some points, at which it dies at the first that it comes to: first those that nobody has died at."""
        if self._points and self._chance.random() < self._share:
            unmet = [one for one in self._points if not self.kills[one[0]]] or self._points
            chosen = self._chance.sample(unmet, min(POINTS_AT_ONCE, len(unmet)))
            return "|".join(f"{name}:{self._chance.randint(1, most)}" for name, most in chosen), PATIENCE_SECONDS
        return "", self._chance.uniform(*LIFE_SECONDS)


class Worker(Victim):
    def __init__(self, log: Path, seed: str, points: Sequence[tuple[str, int]], settings: dict[str, str]) -> None:
        super().__init__(seed, points, share_at_points=0.8)
        self._log, self._settings = log, settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, point: str) -> None:
        """Returns when it is at work: a life is counted from then on, however slow the machine is."""
        self._process = start_worker(self._log, **self._settings, **{POINT: point})
        deadline = time.monotonic() + START_SECONDS
        while up(self._process.pid) not in self._log.read_text(encoding="utf-8", errors="replace"):
            if self._process.poll() is not None or time.monotonic() > deadline:
                return
            time.sleep(LOOK_SECONDS)

    def died(self) -> bool:
        assert self._process is not None
        return self._process.poll() is not None

    def killed_at(self) -> str:
        assert self._process is not None
        told = KILLED_AT.findall(self._log.read_text(encoding="utf-8", errors="replace"))
        mine = [name for name, pid in told if int(pid) == self._process.pid]
        return mine[0] if mine and self._process.returncode == -signal.SIGKILL else ""

    def kill(self) -> str:
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(60)
        return AT_RANDOM

    def put_down(self) -> None:
        assert self._process is not None
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(60)


class Web(Victim):
    """The server of the product with its processes. One that dies is replaced by the server itself."""

    def __init__(self, server: AnsweringServer, seed: str, points: Sequence[tuple[str, int]]) -> None:
        super().__init__(seed, points)
        self._server = server
        self._children: set[int] = set()
        self._before = 0  # so much stood in its log before this life

    def start(self, point: str) -> None:
        self._server.settings[POINT] = point
        self._before = len(self._said())
        self._server.launch()
        # People wait at the door: one process may die at its fail point before the other one is there, and the
        # server gives up when that happens twice within seconds. Both are deaths as planned.
        wait_until("it answers", lambda: self._fell() or self._server.answers(), START_SECONDS, self._said)
        self._children = self._server.children()

    def _fell(self) -> bool:
        return bool(self.killed_at()) or self._server.has_ended()

    def died(self) -> bool:
        return self._fell() or not self._children <= self._server.children()

    def killed_at(self) -> str:
        told = KILLED_AT.search(self._said()[self._before :])
        return told[1] if told else ""

    def _said(self) -> str:
        log = self._server.log
        return log.read_text(encoding="utf-8", errors="replace") if log.exists() else ""

    def kill(self) -> str:
        if self._chance.random() < 0.5:
            self._server.kill()
            return WHOLE_SERVER
        with suppress(ProcessLookupError):  # it reached its fail point this very moment
            os.kill(self._chance.choice(sorted(self._children)), signal.SIGKILL)
        time.sleep(self._chance.uniform(0, 2))  # the others, and the one that takes its place, answer meanwhile
        return ONE_PROCESS

    def put_down(self) -> None:
        if self._server.is_running:
            self._server.kill()


class Redis(Victim):
    """The queue and the cache of a fleet, empty after each death."""

    def __init__(self, server: PrivateRedis, seed: str) -> None:
        super().__init__(seed, [])
        self._server = server
        self._is_up = False

    def _next_fate(self) -> tuple[str, float]:
        """It starts at once; the others need time in between, to do something."""
        return "", self._chance.uniform(4, 10)

    def start(self, point: str) -> None:
        self._server.start()
        self._is_up = True

    def died(self) -> bool:
        return False

    def killed_at(self) -> str:
        return ""

    def kill(self) -> str:
        return REDIS

    def put_down(self) -> None:
        if self._is_up:
            self._server.kill()
            self._is_up = False
            time.sleep(self._chance.uniform(0, 1))


class Killer:
    """All victims, each in a thread of its own, until enough have died."""

    def __init__(self, victims: Sequence[Victim], count: int) -> None:
        self.victims, self.count = victims, count
        self.faults: list[str] = []
        self._threads = [threading.Thread(target=self._run, args=(victim,), daemon=True) for victim in victims]

    @property
    def kills(self) -> Counter[str]:
        return sum((victim.kills for victim in self.victims), Counter())

    @property
    def surprises(self) -> list[str]:
        return [*self.faults, *(surprise for victim in self.victims for surprise in victim.surprises)]

    def is_enough(self) -> bool:
        return self.kills.total() >= self.count or bool(self.surprises)

    def _run(self, victim: Victim) -> None:
        try:
            while not self.is_enough():
                victim.live_and_die()
            victim.start("")  # and now it may live
        except Exception as fault:
            self.faults.append(repr(fault))

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wait(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
            assert not thread.is_alive(), f"not enough kills in {seconds} s: {dict(self.kills)}"


@contextmanager
def killing(victims: Sequence[Victim], count: int) -> Iterator[Killer]:
    killer = Killer(victims, count)
    killer.start()
    try:
        yield killer
    finally:
        killer.count = 0
        killer.wait(120)
        for victim in victims:
            victim.put_down()
