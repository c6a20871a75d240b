"""/metrics: closed without its word, and with it nothing that moves when somebody answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope, scopes_disabled
from prometheus_client.parser import text_string_to_metric_families

from jobs.models import Job, StoredFile, Worker
from reports.watching.metrics import written
from scan.models import Delivery, Draft, Invitation, Mailing, Round
from tests.cast import Cast
from tests.jobs.ages import ago
from tests.rounds import closed_sample_round, open_round, tokens

pytestmark = pytest.mark.django_db
WORD = "a-word-for-machines-0123"
Values = dict[tuple[str, ...], float]


def values(text: str) -> Values:
    return {
        (sample.name, *(value for _name, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def read() -> Values:
    return values(written().decode())


def ask(client: Client, authorization: str) -> Any:
    return client.get("/metrics", headers={"authorization": authorization})


def test_the_word_opens_it(client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = WORD
    answer = ask(client, f"Bearer {WORD}")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert ("leerscan_workers",) in values(answer.content.decode())
    assert not client.cookies


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", f"Bearer {WORD}x", f"Basic {WORD}", WORD, "Bearer é"])
def test_without_it_the_page_does_not_exist(given: str, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = WORD
    assert ask(client, given).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", f"Bearer {WORD}"])
def test_where_no_word_is_set_nobody_has_one(given: str, client: Client, settings: Any) -> None:
    settings.METRICS_TOKEN = ""
    assert ask(client, given).status_code == 404


def test_it_says_how_the_work_goes(cast: Cast) -> None:
    open_round(cast)
    Worker.objects.create(name="one", seen_at=ago(60))
    Worker.objects.create(name="gone", seen_at=ago(3600))
    State = Job.State  # noqa: N806 -- a class
    Job.objects.create(kind="close_round", key="a", state=State.FAILED, finished_at=ago(5))
    Job.objects.create(kind="export", key="b", state=State.WAITING, created_at=ago(90))
    tick = Job.objects.create(kind="daily_tick", key="c", state=State.DONE, finished_at=ago(7))
    StoredFile.objects.create(key="k", content_type="x", content=b"12345")
    found = read()
    assert found["leerscan_jobs", "close_round", "failed"] == 1
    assert found["leerscan_jobs", "export", "waiting"] == 1
    assert found["leerscan_jobs", "poster", "running"] == 0
    assert 90 <= found["leerscan_oldest_waiting_job_seconds",] < 120
    assert found["leerscan_workers",] == 1
    assert found["leerscan_worker_last_seen_timestamp_seconds",] == int(
        Worker.objects.get(name="one").seen_at.timestamp()
    )
    assert tick.finished_at
    assert found["leerscan_daily_tick_timestamp_seconds",] == int(tick.finished_at.timestamp())
    assert (found["leerscan_scans", "open"], found["leerscan_scans", "closing"]) == (1, 0)
    assert (found["leerscan_stored_files",], found["leerscan_stored_files_bytes",]) == (1, 5)
    assert found["leerscan_database_size_bytes",] % 100_000_000 == 0 < found["leerscan_database_size_bytes",]
    assert found["leerscan_process_memory_bytes",] % (16 * 1024 * 1024) == 0


def test_a_closed_scan_without_results_is_being_closed(cast: Cast) -> None:
    running = open_round(cast)
    Round._base_manager.filter(pk=running.pk).update(state=Round.State.CLOSED)
    assert read()["leerscan_scans", "closing"] == 1


def test_nothing_moves_when_somebody_answers(cast: Cast, client: Client) -> None:
    """From opening the link to sending, and after it. All that may differ is how long a job has waited."""
    token = tokens(open_round(cast))[0]
    before, seen = read(), set()
    steps: list[Callable[[], Any]] = [
        lambda: client.get(f"/a/{token}/"),
        *(
            lambda part=part: client.post(f"/a/{token}/{part}/", {f"q{number:02d}": "4" for number in range(1, 41)})
            for part in range(1, 7)
        ),
        lambda: client.post(f"/a/{token}/closing/", {"obstacles": "hierarchy", "remark": "Fijn"}),
        lambda: client.post(f"/a/{token}/send/"),
        lambda: client.get(f"/a/{token}/result/"),
    ]
    for step in steps:
        assert step().status_code in (200, 302)
        with scopes_disabled():
            seen.add((Draft.objects.count(), Invitation.objects.filter(used=True).count()))
        assert without_clock(read()) == without_clock(before)
    assert {(1, 0), (0, 1)} <= seen, "a draft, then a used invitation"


def without_clock(found: Values) -> Values:
    return {key: value for key, value in found.items() if not key[0].endswith(("_job_seconds", "_memory_bytes"))}


def test_a_reminder_is_in_no_figure(cast: Cast) -> None:
    """Its rows are those who have not answered."""
    running = open_round(cast)
    with scope(organisation=cast.organisation):
        reminder = Mailing.objects.create(round=running, kind=Mailing.Kind.REMINDER, planned_on=running.opens_on)
        single = Mailing.objects.create(round=running, kind=Mailing.Kind.SINGLE, planned_on=running.opens_on)
        someone = Invitation.objects.filter(round=running).first()
        for state in (Delivery.State.WAITING, Delivery.State.REFUSED):
            Delivery.objects.all().delete()
            before = read()
            Delivery.objects.create(mailing=reminder, invitation=someone, state=state)
            assert without_clock(read()) == without_clock(before)
            Delivery.objects.create(mailing=single, invitation=someone, state=state)
            assert read()["leerscan_mails", state.value] == 1


def test_no_figure_is_about_an_organisation_a_scan_or_a_person(cast: Cast) -> None:
    running = open_round(cast)
    closed = closed_sample_round(cast.other_organisation)
    for round_ in (running, closed):
        Job.objects.create(kind="close_round", key=str(round_.pk), state=Job.State.FAILED, finished_at=ago(5))
    text = written().decode()
    names = (cast.organisation.slug, cast.organisation.name, running.slug, closed.title, str(running.pk), "@")
    assert not [name for name in names if name in text]


@pytest.mark.parametrize("count", [1, 20])
def test_it_takes_nine_queries_however_much_there_is(
    count: int, cast: Cast, django_assert_num_queries: Callable[[int], Any]
) -> None:
    open_round(cast)
    for number in range(count):
        for state in (Job.State.WAITING, Job.State.RUNNING, Job.State.FAILED):
            Job.objects.create(kind="export", key=f"{state} {number}", state=state, finished_at=ago(5))
        Worker.objects.create(name=str(number), seen_at=ago(5))
    with django_assert_num_queries(9):
        written()
