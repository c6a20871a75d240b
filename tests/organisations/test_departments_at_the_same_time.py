"""Two people change the tree at the same moment: the second waits, and sees what the first has done."""

import threading
from collections.abc import Callable

from django.db import connection, transaction
from django_scopes import scope

from organisations.commands import InputError
from organisations.department_changes import add_department, move_department
from organisations.departments import ensure_departments
from organisations.models import LogEntry
from tests.cast import Cast
from tests.organisations.trees import faults_of, paths


def in_a_thread(work: Callable[[], object], cast: Cast, faults: list[BaseException]) -> threading.Thread:
    def run() -> None:
        try:
            with scope(organisation=cast.organisation):
                work()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_two_moves_at_once_make_no_circle(transactional_db: None, cast: Cast) -> None:
    """Zorg under Facilitair, and Facilitair under Zorg: each by itself is allowed."""
    zorg, facilitair = cast.departments["zorg"].pk, cast.departments["facilitair"].pk
    has_moved, may_commit, second_is_ready = threading.Event(), threading.Event(), threading.Event()
    faults: list[BaseException] = []

    def move_slowly() -> None:
        with transaction.atomic():
            move_department(cast.organisation, zorg, facilitair, cast.anna)
            has_moved.set()
            may_commit.wait(10)

    def move_back() -> None:
        second_is_ready.set()
        move_department(cast.organisation, facilitair, zorg, cast.anna)

    first = in_a_thread(move_slowly, cast, faults)
    assert has_moved.wait(10)
    second = in_a_thread(move_back, cast, faults)
    assert second_is_ready.wait(10)
    second.join(0.3)
    assert second.is_alive()
    may_commit.set()
    first.join()
    second.join()
    assert [type(fault) for fault in faults] == [InputError]
    with scope(organisation=cast.organisation):
        assert faults_of(cast.organisation) == []
        assert "Facilitair / Zorg / Nachtdienst" in paths(cast.organisation)
        assert LogEntry.objects.count() == 1


def test_a_department_that_two_add_at_once_is_there_once(transactional_db: None, cast: Cast) -> None:
    """By hand and by an import."""
    zorg = cast.departments["zorg"].pk
    is_added, may_commit = threading.Event(), threading.Event()
    faults: list[BaseException] = []

    def add_slowly() -> None:
        with transaction.atomic():
            add_department(cast.organisation, zorg, "Nieuw")
            is_added.set()
            may_commit.wait(10)

    first = in_a_thread(add_slowly, cast, faults)
    assert is_added.wait(10)
    second = in_a_thread(lambda: ensure_departments(cast.organisation, ["Zorg / NIEUW"]), cast, faults)
    second.join(0.3)
    may_commit.set()
    first.join()
    second.join()
    assert faults == []
    with scope(organisation=cast.organisation):
        assert faults_of(cast.organisation) == []
        assert paths(cast.organisation).count("Zorg / Nieuw") == 1
