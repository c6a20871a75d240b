"""Closing a round, also when it is done twice, or killed on the way."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from jobs.models import Job
from jobs.progress import Progress
from organisations.commands import InputError
from organisations.models import LogEntry
from reports import closing
from reports.closing import close_here, seal, stop_accepting
from reports.figures import Figures
from reports.models import Release, ReleaseUnit
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.models import Draft, Invitation, Remark, Round, Unit
from scan.participants import LinkError
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS, Cast
from tests.scan.asking import ALL_AGREE, launched_round, new_round, participant_of, stored_responses

ANSWERED = 8


class KilledError(BaseException):
    """As if the process had ended there."""


@pytest.fixture
def answered(in_scope: Cast, no_clean_up: list[str]) -> Round:
    """10 invited, 8 answered (3 with a remark), one began."""
    round_ = launched_round(in_scope, people=10)
    invitations = list(Invitation.objects.filter(round=round_))
    for number, invitation in enumerate(invitations[:ANSWERED]):
        sheet = Sheet(ALL_AGREE | {"q01": 1 + number % 5}, remark=f"Opmerking {number}" if number < 3 else "")
        submit(participant_of(invitation), sheet)
    last = invitations[-1]
    drafts.save(participant_of(last), Sheet({"q01": 3}))
    return round_


def releases() -> list[tuple[Any, ...]]:
    return sorted(
        (release.pk, release.number, release.inputs_hash, str(release.content), str(release.check_record))
        for release in Release.objects.all()
    )


def units() -> list[tuple[str, str]]:
    return sorted((row.unit.path, str(row.content)) for row in ReleaseUnit.objects.select_related("unit"))


def test_a_closed_round_takes_no_answers(answered: Round) -> None:
    late = Invitation.objects.filter(round=answered, used=False)[0]
    participant = participant_of(late)
    close_here(answered)
    answered.refresh_from_db()
    assert answered.state == Round.State.CLOSED
    assert answered.closed_on is not None
    with pytest.raises(LinkError):
        participant_of(late)
    with pytest.raises(LinkError):
        submit(participant, Sheet(ALL_AGREE))
    assert len(stored_responses(answered)) == ANSWERED


def test_the_day_of_closing_is_that_of_the_organisation(answered: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.closing.today_in", lambda organisation: date(2026, 3, 21))
    close_here(answered)
    answered.refresh_from_db()
    assert answered.closed_on == date(2026, 3, 21)


def test_a_closed_round_is_sealed(answered: Round) -> None:
    before = {response.id for response in stored_responses(answered)}
    close_here(answered)
    answered.refresh_from_db()
    assert answered.is_sealed
    assert before.isdisjoint({response.id for response in stored_responses(answered)})
    assert Remark.objects.filter(round=answered).count() == 3


def test_nobody_can_see_any_more_who_answered(answered: Round) -> None:
    close_here(answered)
    invitations = Invitation.objects.filter(round=answered)
    assert invitations.count() == 10
    assert {(invitation.used, invitation.person_id) for invitation in invitations} == {(False, None)}


def test_what_was_still_being_filled_in_is_gone(answered: Round) -> None:
    close_here(answered)
    assert not Draft.objects.exists()


def test_the_disk_is_cleaned_up_after_sealing(
    answered: Round, no_clean_up: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    monkeypatch.setattr("scan.cleaning.clean_up", lambda: seen.append(Round.objects.get(pk=answered.pk).is_sealed))
    close_here(answered)
    assert seen == [True]


def test_closing_is_written_in_the_log_once(answered: Round) -> None:
    close_here(answered)
    close_here(answered)
    assert LogEntry.objects.filter(action="close_round", subject=answered.title).count() == 1


def test_one_release_with_every_unit(answered: Round) -> None:
    close_here(answered)
    release = Release.objects.get()
    assert (release.round, release.number, release.format, release.rules_version) == (answered, 1, 2, "1")
    assert release.version == answered.version
    assert len(release.inputs_hash) == 64
    assert [path for path, _ in units()] == sorted(
        unit.path for unit in Unit.objects.filter(round=answered, kind=Unit.Kind.DEPARTMENT)
    )
    shown = ReleaseUnit.objects.get(unit__path="Zorg / Wijkteam Oost")
    assert shown.content is not None
    assert (shown.content["n"], shown.content["invited"], shown.content["response"]) == (8, 10, "nearly_everyone")


def test_the_key_of_the_hash_is_kept_with_the_round(answered: Round) -> None:
    close_here(answered)
    answered.refresh_from_db()
    assert answered.hash_key is not None
    assert len(bytes(answered.hash_key)) == 32


def test_closing_again_gives_the_same_release(answered: Round) -> None:
    first = close_here(answered)
    before = (releases(), units(), stored_responses(answered))
    second = close_here(answered)
    assert first.result == second.result
    assert (releases(), units(), stored_responses(answered)) == before


def test_a_round_in_preparation_cannot_be_closed(in_scope: Cast) -> None:
    round_ = new_round(in_scope)
    with pytest.raises(InputError):
        close_here(round_)
    round_.refresh_from_db()
    assert round_.state == Round.State.DRAFT
    assert not Job.objects.exists()


def test_a_round_without_answers_is_closed_with_everything_hidden(in_scope: Cast, no_clean_up: list[str]) -> None:
    round_ = launched_round(in_scope)
    close_here(round_)
    assert {row.is_shown for row in ReleaseUnit.objects.all()} == {False}
    assert Release.objects.get().check_record["blocks"] == []


def test_the_database_refuses_figures_of_a_hidden_unit(answered: Round) -> None:
    close_here(answered)
    hidden = ReleaseUnit.objects.filter(is_shown=False)
    assert hidden
    for change in ({"content": {"n": 3}}, {"is_shown": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            hidden.update(**change)


# --- killed on the way ---


def at_report(number: int) -> Callable[[pytest.MonkeyPatch], None]:
    """Killed right after this step was done."""

    def arrange(monkeypatch: pytest.MonkeyPatch) -> None:
        report = Progress.report

        def killed(self: Progress, done: int, total: int) -> None:
            report(self, done, total)
            if done == number:
                raise KilledError

        monkeypatch.setattr(Progress, "report", killed)

    return arrange


def inside(target: str) -> Callable[[pytest.MonkeyPatch], None]:
    """Killed in the middle of a step, when it calls this."""

    def arrange(monkeypatch: pytest.MonkeyPatch) -> None:
        def killed(*arguments: object, **named: object) -> None:
            raise KilledError

        monkeypatch.setattr(target, killed)

    return arrange


MOMENTS = {
    "before anything": inside("reports.closing.stop_accepting"),
    "while closing the door": inside("reports.closing.log.record"),
    "after closing the door": at_report(1),
    "while rewriting": inside("scan.ballot_box.cast_all"),
    "after sealing": at_report(2),
    "while cleaning up": inside("scan.cleaning.clean_up"),
    "after cleaning up": at_report(3),
    "while reading": inside("scan.ballot_box.read"),
    "while checking": inside("reports.release.record_of"),
    "while freezing": inside("reports.release.ReleaseUnit.objects.bulk_create"),
    "after freezing": at_report(4),
    "while comparing": inside("reports.over_time.freezing.released_rounds"),
    "after comparing": at_report(5),
}


@pytest.mark.parametrize("moment", MOMENTS)
def test_killed_anywhere_and_repeated_gives_one_release(answered: Round, moment: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        MOMENTS[moment](monkeypatch)
        with pytest.raises(KilledError):
            close_step_by_step(answered)
    close_step_by_step(answered)
    answered.refresh_from_db()
    assert (answered.state, answered.is_sealed) == (Round.State.CLOSED, True)
    assert len(stored_responses(answered)) == ANSWERED
    assert Remark.objects.filter(round=answered).count() == 3
    assert Release.objects.count() == 1
    assert len(units()) == Unit.objects.filter(round=answered, kind=Unit.Kind.DEPARTMENT).count()
    assert_it_says_what_a_release_made_at_once_says(answered)


def assert_it_says_what_a_release_made_at_once_says(round_: Round) -> None:
    from reports.release import make_release  # noqa: PLC0415 -- imports scipy

    again = make_release(Round.objects.select_related("organisation", "version").get(pk=round_.pk))
    release = Release.objects.get(round=round_)
    assert (release.content, release.check_record) == (again.content, again.record)
    assert {str(unit.unit_id): unit.content for unit in ReleaseUnit.objects.all()} == again.contents


def close_step_by_step(round_: Round) -> None:
    """What a worker does with the job; a worker that was killed has lost it to the next one (tests/jobs)."""
    job = Job.objects.create(kind=closing.KIND, key=str(round_.pk), state=Job.State.RUNNING, claim=round_.pk)
    try:
        closing.work(str(round_.pk), Progress(job.pk, round_.pk))
    finally:
        Job.objects.filter(pk=job.pk).update(state=Job.State.STOPPED)


def test_sealing_by_itself_twice_changes_nothing(answered: Round) -> None:
    stop_accepting(answered.pk)
    seal(answered.pk)
    before = (stored_responses(answered), Remark.objects.count())
    seal(answered.pk)
    stop_accepting(answered.pk)
    assert (stored_responses(answered), Remark.objects.count()) == before


def test_two_workers_that_freeze_at_once_make_one_release(answered: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second finds the first one's release when its turn comes."""
    from reports import record  # noqa: PLC0415 -- imports scipy
    from reports import release as building  # noqa: PLC0415 -- imports scipy

    stop_accepting(answered.pk)
    seal(answered.pk)
    round_ = Round.objects.select_related("organisation", "version").get(pk=answered.pk)
    record_of = record.record_of

    def first_the_other_worker(figures: Figures, contents: building.Contents) -> dict[str, Any]:
        monkeypatch.setattr(building, "record_of", record_of)
        building.build_release(round_)
        return record_of(figures, contents)

    monkeypatch.setattr(building, "record_of", first_the_other_worker)
    mine = building.build_release(round_)
    assert Release.objects.get() == mine


def test_rounds_of_another_organisation_are_left_alone(answered: Round, cast: Cast) -> None:
    with scope(organisation=cast.other_organisation):
        other = create_round(cast.other_organisation, "Voorjaar", OPENS, CLOSES, state=Round.State.OPEN)
    close_here(answered)
    with scope(organisation=cast.other_organisation):
        other.refresh_from_db()
    assert other.state == Round.State.OPEN
