"""What was backed up is there again: the same rows and releases, pages, files, links and drafts."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django_scopes import scope

from jobs.models import Job
from jobs.sweep import sweep
from organisations.models import LogEntry
from reports.document import document
from reports.keeping import contents, databases
from reports.management.commands.restore import _stopped
from reports.models import Release
from reports.named_rounds import published_of
from reports.pdf import render_pdf
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.mailing.planning import end, resume
from scan.models import Delivery, Invitation, Mailing
from scan.participants import today_in
from tests.jobs.ages import ago
from tests.reports.keeping.conftest import ANSWERED, DRAFTED, SESSION, Installation
from tests.reports.keeping.places import command, contents_in, restore_in
from tests.rounds import unit_id
from tests.scan.asking import ALL_AGREE, guard_away, participant_of, stored_responses

SAMPLE = 142
"""Answers in the sample file."""


def seen(installation: Installation) -> tuple[str, str, bytes]:
    """A report's page, its document, and the PDF made from it."""
    round_, organisation = installation.closed, installation.cast.organisation
    browser = Client()
    browser.force_login(installation.cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = browser.get(f"/o/{organisation.slug}/r/{round_.slug}/u/{_unit(installation)}/")
    assert page.status_code == 200
    with scope(organisation=organisation):
        published = published_of(round_)
        html = document(published, published.shown[0], "nl")
    masked = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", page.content.decode())
    return masked, html, render_pdf(html)


def _unit(installation: Installation) -> str:
    with scope(organisation=installation.cast.organisation):
        return unit_id(installation.closed, published_of(installation.closed).shown[1].path)


def rows_of_responses(installation: Installation) -> list[Any]:
    with scope(organisation=installation.cast.organisation):
        return [
            sorted(stored_responses(round_), key=lambda response: response.id)
            for round_ in (installation.open, installation.closed)
        ]


def test_everything_is_there_again(installation: Installation, backup_of_it: Path, elsewhere: Path | str) -> None:
    before, responses, hashes = seen(installation), rows_of_responses(installation), contents.release_hashes("default")
    said = restore_in(elsewhere, backup_of_it)
    assert "Equal to it: the contents of 1 releases" in said
    assert len(hashes) == 1
    with databases.in_place_of_ours(elsewhere), scope(organisation=installation.cast.organisation):
        assert contents.release_hashes("default") == hashes
        assert rows_of_responses(installation) == responses
        assert [len(some) for some in responses] == [ANSWERED, SAMPLE]
        assert seen(installation) == before
        began = participant_of(installation.invitations[ANSWERED])
        assert drafts.load(began).answers == DRAFTED
        submit(began, Sheet(ALL_AGREE))
        used = Invitation.objects.filter(round=installation.open, used=True).count()
        assert used == len(stored_responses(installation.open)) == ANSWERED + 1
        assert LogEntry.objects.filter(action="restore_backup").count() == 1


def test_nobody_is_logged_in_by_a_backup(installation: Installation, backup_of_it: Path, elsewhere: Path | str) -> None:
    assert Session.objects.count() == 1
    restore_in(elsewhere, backup_of_it)
    with databases.in_place_of_ours(elsewhere):
        assert Session.objects.count() == 0
    with zipfile.ZipFile(backup_of_it) as archive:
        assert SESSION.encode() not in archive.read("database")


def test_a_job_that_was_running_is_taken_over(
    installation: Installation, elsewhere: Path | str, tmp_path: Path
) -> None:
    Job.objects.all().delete()
    Job.objects.create(kind="daily_tick", key="2026-01-01", state=Job.State.RUNNING, tries=1, heartbeat=ago(300))
    command("backup", tmp_path / "b.zip")
    restore_in(elsewhere, tmp_path / "b.zip")
    with databases.in_place_of_ours(elsewhere):
        assert sweep() == 1
        assert Job.objects.get().state == Job.State.WAITING


def test_mails_that_may_be_out_by_now_wait_for_somebody(
    installation: Installation, elsewhere: Path | str, tmp_path: Path
) -> None:
    """Being sent, and planned for today: both are stopped. One of a later day is not, nor a notice."""
    round_, organisation = installation.open, installation.cast.organisation
    with scope(organisation=organisation):
        today, kinds = today_in(organisation), Mailing.Kind
        running = Mailing.objects.create(round=round_, kind=kinds.SINGLE, state="running", planned_on=today, total=1)
        Delivery.objects.create(mailing=running, invitation=installation.invitations[-1])
        due = Mailing.objects.create(round=round_, kind=kinds.INVITATION, planned_on=today)
        later = Mailing.objects.create(round=round_, kind=kinds.REMINDER, planned_on=round_.closes_on)
        notice = Mailing.objects.create(round=round_, kind=kinds.NOTICE, state="running", planned_on=today, total=1)
    command("backup", tmp_path / "b.zip")
    assert "2 mailings may have gone out since" in restore_in(elsewhere, tmp_path / "b.zip")
    with databases.in_place_of_ours(elsewhere), scope(organisation=organisation):
        states = dict(Mailing.objects.filter(round=round_).values_list("pk", "state"))
        assert states == {running.pk: "stopped", due.pk: "stopped", later.pk: "planned", notice.pk: "running"}
        assert Delivery.objects.filter(mailing=due).count() == 8
        assert LogEntry.objects.filter(action="hold_mailing").count() == 2
        resume(Mailing.objects.get(pk=due.pk))
        end(Mailing.objects.get(pk=running.pk))
        states = dict(Mailing.objects.filter(round=round_).values_list("pk", "state"))
        assert (states[due.pk], states[running.pk]) == ("running", "done")


@pytest.mark.parametrize(
    ("mailings", "said"),
    [
        (1, "1 mailing may have gone out since and was stopped. HR advisers resume or end it on"),
        (2, "2 mailings may have gone out since and were stopped. HR advisers resume or end them on"),
    ],
)
def test_one_mailing_is_not_spoken_of_as_several(mailings: int, said: str) -> None:
    assert _stopped(mailings).startswith(said)


def test_an_older_backup_is_brought_up_to_date(
    installation: Installation, elsewhere: Path | str, tmp_path: Path
) -> None:
    """Made before the newest migration."""
    command("migrate", "reports", "0004", "--verbosity", 0)
    try:
        command("backup", tmp_path / "older.zip")
    finally:
        command("migrate", "--verbosity", 0)
    with databases.in_place_of_ours(elsewhere):
        command("restore", tmp_path / "older.zip")
        assert "reports_sharedreport" in connection.introspection.table_names()
        assert "reports.0005_shared_reports" in contents.applied_migrations("default")


def test_a_changed_release_has_another_hash(installation: Installation, elsewhere: Path | str) -> None:
    """So that the comparisons here can fail."""
    before = contents.release_hashes("default")
    release = Release._base_manager.get()
    release.content["something"] = 1
    Release._base_manager.filter(pk=release.pk).update(content=release.content)
    assert contents.release_hashes("default").keys() == before.keys()
    assert contents.release_hashes("default") != before


def test_a_row_less_is_noticed(installation: Installation) -> None:
    expected = contents_in(connection.settings_dict["NAME"])
    with guard_away(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM scan_response WHERE id = (SELECT id FROM scan_response LIMIT 1)")
    (said,) = contents.differences(expected, contents.contents_of("default"))
    assert said == f"table scan_response: {ANSWERED + SAMPLE} rows expected, {ANSWERED + SAMPLE - 1} found"
