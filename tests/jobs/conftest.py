"""Kinds of jobs that only tests know, and a queue that keeps what is enqueued without doing it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.tasks import default_task_backend
from django.tasks.backends.dummy import DummyBackend
from pytest_django import Settings

from jobs import kinds
from jobs.progress import Progress

KIND = "test_kind"


class Work:
    """A kind of job: counts how often it was done, and does `then` each time."""

    def __init__(self) -> None:
        self.keys: list[str] = []
        self.then: Callable[[Progress], object] = lambda progress: None

    def __call__(self, key: str, progress: Progress) -> str:
        self.keys.append(key)
        self.then(progress)
        return f"did {key}"

    def break_down(self, progress: Progress) -> None:
        raise RuntimeError("out of paper")


class Queue:
    @property
    def job_ids(self) -> list[str]:
        """The jobs that were enqueued, in order; the id is all that a task carries."""
        backend: Any = default_task_backend
        results = backend.results
        assert all(result.kwargs == {} for result in results)
        return [result.args[0] for result in results]


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """What jobs of kind "test_kind" do; the kind is forgotten afterwards."""
    monkeypatch.setattr(kinds, "_kinds", dict(kinds._kinds))
    made = Work()
    kinds.register(KIND, made)
    return made


@pytest.fixture
def queue(settings: Settings) -> Queue:
    backend = f"{DummyBackend.__module__}.{DummyBackend.__name__}"
    settings.TASKS = {"default": {"BACKEND": backend, "QUEUES": ["default"]}}
    return Queue()
