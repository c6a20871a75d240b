"""Every table of the database, with what it may hold about the people of a scan, and until when.

A new table fails the first test until somebody has thought about it. After a full round, with everything that leaves
something behind, the others look at each table.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.db.models import QuerySet

from jobs.models import Job, StoredFile
from organisations.models import LogEntry, Person
from reports.models import PublishedRemarks, Release, ReleaseUnit
from scan.mailing.starting import KIND as SEND
from scan.mailing.starting import start_due
from scan.models import Delivery, Draft, Invitation, LeftOut, Mailing, OpenLink, Plan, Remark, Response, Round, Unit
from scan.retention import NAMING
from tests.cast import Cast
from tests.reports.full_round import (
    FORMER,
    FullRound,
    close_and_review,
    delete_now,
    let_days_pass,
    open_full_round,
)
from tests.scan.asking import guard_away
from tests.scan.mailing.conftest import _jobs_are_only_asked_for, mail_server  # noqa: F401 -- fixtures
from tests.scan.mailing.mail_server import MailServer

AT_CLOSING, AT_RETENTION = "gone at closing", "gone at retention"
NOTHING, STAYS = "holds nothing of a round", "stays"

TABLES = {
    # table: (until when, what it may hold)
    "scan_draft": (AT_CLOSING, "answers that were still being filled in, encrypted, beside an invitation"),
    "scan_response": (AT_RETENTION, "the answers, of a unit"),
    "scan_remark": (AT_RETENTION, "remarks; gone already when the reviewer has finished"),
    "scan_invitation": (AT_RETENTION, "who may answer; until closing with name, address and whether it was used"),
    "scan_leftout": (AT_RETENTION, "who is not asked; gone at launch already"),
    "scan_delivery": (AT_RETENTION, "who was refused, and former addresses; of handing out a week after its end"),
    "scan_mailing": (AT_RETENTION, "how many mails went out; the days of handing out results stay"),
    "scan_openlink": (AT_RETENTION, "the key of an open link"),
    "jobs_storedfile": (AT_RETENTION, "sheets of codes and posters, encrypted; reports stay, made from the release"),
    "reports_lastbackup": (NOTHING, "the minute in which a backup was last made"),
    "jobs_worker": (NOTHING, "machines and processes that do jobs, and the minute in which each was last seen"),
    "jobs_job": (AT_RETENTION, "that a mail went out or codes were printed; that the scan was closed stays"),
    "organisations_logentry": (
        AT_RETENTION,
        "the name of whom the HR adviser invited, moved or reached anew; the rest stays",
    ),
    "scan_round": (AT_RETENTION, "key of the release's hash, hash of an imported file; what staff were promised stays"),
    "scan_unit": (STAYS, "headcounts of the launch; the running response is gone at closing"),
    "scan_unit_departments": (STAYS, "departments of units, for access"),
    "scan_plan": (STAYS, "days of mails, and how many people were added, moved or reached anew, without names"),
    "scan_leftoutdepartment": (STAYS, "departments that were not asked"),
    "scan_plannedjoin": (STAYS, "departments that answered together"),
    "scan_plannedopenlink": (STAYS, "departments with an open link, and how many people were expected"),
    "reports_release": (STAYS, "the release: figures of groups"),
    "reports_releaseunit": (STAYS, "the release: figures of groups"),
    "reports_change": (STAYS, "which two releases are laid side by side"),
    "reports_changedunit": (STAYS, "differences between the figures of two releases"),
    "reports_sharedreport": (STAYS, "links to reports until they end, and who made them for whom"),
    "reports_publishedremarks": (STAYS, "remarks that a reviewer let pass, without unit and in random order"),
    "reports_learningpair": (STAYS, "which departments could learn from each other: of groups, kept with the release"),
    "organisations_person": (STAYS, "the staff list; not whether somebody was asked"),
    "organisations_staffimport": (STAYS, "a staff list for seven days; not whether somebody was asked"),
    "organisations_knowncolumn": (NOTHING, "headings of staff lists"),
    "organisations_department": (NOTHING, "the tree of today"),
    "organisations_earlierpath": (NOTHING, "how departments were called"),
    "organisations_organisation": (NOTHING, "settings"),
    "organisations_membership": (NOTHING, "roles of colleagues who log in"),
    "organisations_membership_departments": (NOTHING, "departments of managers"),
    "organisations_user": (NOTHING, "accounts of colleagues who log in"),
    "account_emailaddress": (NOTHING, "accounts"),
    "account_emailconfirmation": (NOTHING, "accounts"),
    "mfa_authenticator": (NOTHING, "second steps of accounts"),
    "socialaccount_socialaccount": (NOTHING, "accounts at the organisation's own login server"),
    "socialaccount_socialapp": (NOTHING, "login servers"),
    "socialaccount_socialtoken": (NOTHING, "login servers"),
    "auth_group": (NOTHING, "not used"),
    "auth_group_permissions": (NOTHING, "not used"),
    "auth_permission": (NOTHING, "names of models"),
    "django_content_type": (NOTHING, "names of models"),
    "django_migrations": (NOTHING, "names of migrations"),
    "django_session": (NOTHING, "logins of colleagues; who answers has no session"),
    "django_tasks_database_dbtaskresult": (NOTHING, "random ids of jobs, for a week"),
    "questionnaires_questionnaireversion": (NOTHING, "the questions"),
}

COUNTED: dict[str, Callable[[Round], QuerySet[Any]]] = {
    "scan_draft": lambda round_: Draft.objects.filter(invitation__round=round_),
    "scan_response": lambda round_: Response.objects.filter(round=round_),
    "scan_remark": lambda round_: Remark.objects.filter(round=round_),
    "scan_invitation": lambda round_: Invitation.objects.filter(round=round_),
    "scan_leftout": lambda round_: LeftOut.objects.filter(round=round_),
    "scan_delivery": lambda round_: Delivery.objects.filter(mailing__round=round_),
    "scan_mailing": lambda round_: Mailing.objects.filter(round=round_).exclude(kind__in=("managers", "results")),
    "scan_openlink": lambda round_: OpenLink.objects.filter(unit__round=round_),
    "jobs_storedfile": lambda round_: StoredFile.objects.filter(key__startswith=round_.pk.hex),
    "jobs_job": lambda round_: Job.objects.exclude(kind__in=("close_round", "delete_answers")),
    "organisations_logentry": lambda round_: LogEntry.objects.filter(action__in=NAMING).exclude(subject=round_.title),
    "scan_round": lambda round_: Round.objects.filter(pk=round_.pk).exclude(hash_key=None, import_hash=""),
}
"""What of a round has to go."""


@pytest.fixture
def full(in_scope: Cast, no_clean_up: list[str], mail_server: MailServer) -> FullRound:  # noqa: F811 -- the fixture
    return open_full_round(in_scope, mail_server)


def tables() -> set[str]:
    return set(connection.introspection.table_names())


@pytest.mark.django_db
def test_of_every_table_somebody_has_thought() -> None:
    with connection.cursor() as cursor:
        assert set(connection.introspection.table_names(cursor)) == set(TABLES)
    assert {name for name, (until, _what) in TABLES.items() if until.startswith("gone")} == set(COUNTED)
    for until, what in TABLES.values():
        assert until in (AT_CLOSING, AT_RETENTION, NOTHING, STAYS)
        assert what


def left(round_: Round) -> dict[str, int]:
    with guard_away():
        counts = {table: rows(round_).count() for table, rows in COUNTED.items()}
    return {table: count for table, count in counts.items() if count}


def test_what_has_to_go_is_there_until_its_moment_and_then_gone(full: FullRound) -> None:
    there = set(left(full.round))
    # Left-outs were forgotten at launch; remarks of their own, and the release's hash, come with closing.
    assert there == set(COUNTED) - {"scan_leftout", "scan_remark", "scan_round"}
    close_and_review(full)
    assert set(left(full.round)) == set(COUNTED) - {name for name, (until, _) in TABLES.items() if until == AT_CLOSING}
    let_days_pass(full.round)
    delete_now(full.round)
    assert left(full.round) == {}


def test_what_stays_is_the_release_and_what_staff_were_promised(full: FullRound) -> None:
    close_and_review(full)
    PublishedRemarks.objects.create(round=full.round, texts=["Vaker samen kijken."])
    let_days_pass(full.round)
    stays = [table for table, (until, _what) in TABLES.items() if until == STAYS]
    before = rows_of(stays)
    delete_now(full.round)
    assert rows_of(stays) == before
    assert ReleaseUnit.objects.filter(is_shown=True).exists()
    assert Release.objects.count() == Plan.objects.count() == 1
    assert Unit.objects.filter(round=full.round, has_open_link=True).count() == 1
    assert PublishedRemarks.objects.count() == 1
    assert not Remark.objects.exists()
    assert set(Mailing.objects.values_list("kind", flat=True)) == {"managers", "results"}


def test_afterwards_who_was_asked_stands_on_the_staff_list_only(full: FullRound) -> None:
    """Looked for in every column of every table: names, addresses, and the ids of persons and of invitations."""
    close_and_review(full)
    let_days_pass(full.round)
    needles = needles_of(full)
    assert {table for table in tables() if found_in(table, needles)} > {"scan_invitation", "organisations_logentry"}
    delete_now(full.round)
    assert {table for table in tables() if found_in(table, needles)} == {"organisations_person"}


def needles_of(full: FullRound) -> set[str]:
    people = Person.objects.filter(pk__in=[person.pk for person in full.people])
    ids = {text for pk in [*full.ids, *(person.pk for person in people)] for text in (pk.hex, str(pk))}
    return ids | {person.email for person in people} | {f": {person}" for person in people} | {FORMER}


def found_in(table: str, needles: set[str]) -> list[str]:
    text = "\n".join(rows_of([table]))
    return [needle for needle in needles if needle in text]


def rows_of(names: list[str]) -> list[str]:
    """Every row of these tables as text."""
    found = []
    with guard_away(), connection.cursor() as cursor:
        for name in names:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 -- a table
            found += sorted(f"{name} {[_text(value) for value in row]}" for row in cursor.fetchall())
    return found


def _text(value: object) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


def test_the_sweep_does_nothing_more_for_mailings_that_are_gone(full: FullRound) -> None:
    close_and_review(full)
    let_days_pass(full.round)
    delete_now(full.round)
    start_due()
    handing_out = {str(pk) for pk in Mailing.objects.values_list("pk", flat=True)}
    assert {job.key for job in Job.objects.filter(kind=SEND)} <= handing_out
