"""A scan in which everything has happened that leaves something behind: for tests of what goes, and when."""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db.models import F

from jobs.models import Job
from jobs.progress import Progress
from organisations.models import LogEntry, Person
from reports import retention
from reports.closing import close_here
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.links import open_links, paper_jobs, sealed_files
from scan.links.paper_jobs import Paper
from scan.mailing.deliveries import mailings
from scan.models import Delivery, Draft, Invitation, LeftOut, Mailing, OpenLink, Plan, Remark, Round, Unit
from scan.participants import today_in
from scan.people.changing import add_person, correct_address, move_person, send_again
from scan.preparing.choosing import choose_open_links, leave_out
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people
from tests.scan.asking import ITEM_IDS, participant_of, stored_responses
from tests.scan.mailing.mail_server import MailServer
from tests.scan.mailing.sending_out import do_job, mailing_of

EAST, NIGHT, KITCHEN = "zorg / wijkteam oost", "zorg / nachtdienst", "facilitair / keuken"
IN_KITCHEN = 12
WRITTEN = "Opmerking-7f3c"
APPROVED, TURNED_DOWN = f"{WRITTEN}-0", f"{WRITTEN}-1"
PATTERN = (
    1,
    2,
    3,
    4,
    5,
    9,
    5,
    4,
    3,
    2,
    1,
    9,
    1,
    5,
    1,
    5,
    2,
    4,
    2,
    4,
    3,
    3,
    9,
    1,
    4,
    5,
    2,
    2,
    5,
    5,
    1,
    1,
    3,
    4,
    4,
    9,
    2,
    3,
)
"""Of the answers to all questions but the first two; nothing else in the database looks like it."""
FORMER = "vroeger@oud.example"


@dataclass
class FullRound:
    cast: Cast
    title: str
    server: MailServer
    round: Round = field(init=False)
    people: list[Person] = field(init=False)
    """Who got a link of their own."""
    ids: set[UUID] = field(default_factory=set)
    """Of invitations, used and unused ones."""
    keys: list[bytes] = field(default_factory=list)
    """The open link's, and pieces of drafts."""

    def fresh(self) -> Round:
        return Round.objects.select_related("organisation", "version").get(pk=self.round.pk)

    def note(self) -> None:
        """Remember what is there now, so that it can be looked for afterwards."""
        self.ids |= set(Invitation.objects.filter(round=self.round).values_list("pk", flat=True))
        self.keys += [link.key.bytes for link in OpenLink.objects.filter(unit__round=self.round)]
        self.keys += [bytes(draft.box)[200:232] for draft in Draft.objects.filter(invitation__round=self.round)]


def sheet(number: int) -> Sheet:
    answers = dict(zip(ITEM_IDS, (1 + number % 5, 1 + number // 5 % 5, *PATTERN), strict=True))
    return Sheet(answers, remark=f"{WRITTEN}-{number}" if number < 12 else "")


def open_full_round(cast: Cast, server: MailServer, title: str = "Leerscan vol") -> FullRound:
    """People with a mail, a code and an open link; refused, moved, added, corrected; some answered, some began.

    Call it inside a scope.
    """
    full = FullRound(cast, title, server)
    east = add_people(cast.departments[EAST], 16, leaders=1)
    add_people(cast.departments[KITCHEN], IN_KITCHEN)
    coded = add_people(cast.departments[NIGHT], 7)
    Person.objects.filter(pk__in=[person.pk for person in coded]).update(email="")
    full.people = east[:-1]
    full.round = _launched(full, left_out=east[-1])
    _mail(full, refusing=east[1:3])
    _change_people(full, east)
    full.note()
    _answer(full)
    full.note()
    _print_codes(full.round)
    return full


def _launched(full: FullRound, left_out: Person) -> Round:
    organisation = full.cast.organisation
    today = today_in(organisation)
    round_ = create_round(
        organisation,
        full.title,
        today - timedelta(days=3),
        today,
        contact="Anna, 2210",
        remark_reader="Anna",
        results_on=today + timedelta(days=3),
    )
    Plan.objects.create(
        round=round_, on_any_day=True, first_hour=0, last_hour=24, managers_days_before=1, reminders=[today.isoformat()]
    )
    choose_open_links(round_, {full.cast.departments[KITCHEN].pk: IN_KITCHEN})
    leave_out(round_, left_out)
    launch(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def _mail(full: FullRound, refusing: list[Person]) -> None:
    """The invitations, of which two are refused, and one of those becomes uncertain; then a reminder."""
    for person in refusing:
        full.server.answers[person.email] = ["550 5.1.1 unknown"]
    do_job(mailing_of(full.round))
    doubtful = Delivery.objects.filter(invitation__person=refusing[0], mailing__round=full.round)
    assert doubtful.update(state=Delivery.State.UNCERTAIN) == 1
    yesterday = today_in(full.round.organisation) - timedelta(days=1)
    mailings().filter(round=full.round, kind=Mailing.Kind.INVITATION).update(
        finished_on=yesterday, refused=1, uncertain=1
    )
    reminder = mailing_of(full.round, Mailing.Kind.REMINDER)
    do_job(reminder)
    assert mailings().get(pk=reminder.pk).state == Mailing.State.DONE


def _change_people(full: FullRound, east: list[Person]) -> None:
    """The notice to a former address waits, because the server there asks to come back later."""
    night = Unit.objects.get(round=full.round, path="Zorg / Nachtdienst")
    home = Unit.objects.get(round=full.round, path="Zorg / Wijkteam Oost")
    former = f"{full.round.slug}-{FORMER}"
    # As it was on the staff list at launch, which has had another one since.
    Invitation.objects.filter(round=full.round, person=east[3]).update(address=former)
    full.server.answers[former] = ["451 later"]
    full.note()  # the links of before are replaced
    correct_address(full.round, east[3], f"{full.round.slug}-nieuw@example.test")
    send_again(full.round, east[4])
    move_person(full.round, east[5], night, as_leader=False)
    full.people.append(add_people(full.cast.departments[EAST], 1)[0])
    add_person(full.round, full.people[-1], home, as_leader=False)
    for mailing in mailings().filter(round=full.round, kind__in=(Mailing.Kind.SINGLE, Mailing.Kind.NOTICE)):
        do_job(mailing)
    assert Delivery.objects.filter(mailing__round=full.round, address=former).count() == 1


def _answer(full: FullRound) -> None:
    """Ten by mail, six by code, eleven by the open link; three have begun, and one of them has written a remark."""
    invitations = Invitation.objects.filter(round=full.round, unit__path="Zorg / Wijkteam Oost").order_by("pk")
    mailed = list(invitations.exclude(person=None))
    coded = list(Invitation.objects.filter(round=full.round).exclude(code_hash=None).order_by("pk"))
    link = OpenLink.objects.select_related("unit__round__organisation").get(unit__round=full.round)
    opened = [open_links.start(link, "nl") for _number in range(12)]
    for number, invitation in enumerate([*mailed[:10], *coded[:6], *opened[:11]]):
        submit(participant_of(invitation), sheet(number))
    for invitation in (mailed[10], coded[6], opened[11]):
        drafts.save(participant_of(invitation), sheet(0))


def _print_codes(round_: Round) -> None:
    """As the job does it, without drawing."""
    paper = Paper(paper_jobs.CODE_SHEETS, round_, None, "nl")
    job = paper_jobs.request_paper(paper)
    key = paper_jobs.file_key(paper)
    sealed_files.store(key, b"codes")
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, result=str(key))


def close_and_review(full: FullRound) -> None:
    """One remark is approved, one turned down, of the others nothing is decided. And a job was late with its file."""
    full.note()
    close_here(full.round)
    remarks = Remark.objects.filter(round=full.round)
    assert remarks.filter(text=APPROVED).update(is_approved=True) == 1
    assert remarks.filter(text=TURNED_DOWN).update(is_approved=False) == 1
    person = full.people[0]
    LeftOut.objects.create(round=full.round, person=person)  # as a version of before may have left it
    sealed_files.store(sealed_files.Key(full.round.pk, "late".ljust(32, "-")), b"codes" + settings.SCAN_KEY.encode())
    full.ids |= {response.id for response in stored_responses(full.round)}


def let_days_pass(round_: Round, days: int | None = None) -> None:
    """The whole scan was so many days earlier; without `days` exactly as many as its answers are kept."""
    days = round_.retention_days if days is None else days
    found = Round.objects.get(pk=round_.pk)
    for name in ("opens_on", "closes_on", "closed_on", "results_on"):
        if value := getattr(found, name):
            setattr(found, name, value - timedelta(days=days))
    found.save()
    back = timedelta(days=days)
    LogEntry.objects.filter(subject__startswith=found.title).update(at=F("at") - back)
    for mailing in mailings().filter(round=found):
        mailing.planned_on -= back
        mailing.finished_on = mailing.finished_on and mailing.finished_on - back
        mailing.save()


def delete_now(round_: Round) -> None:
    """What a worker does with the job, step by step; one that was killed has lost it to the next (tests/jobs)."""
    # Under a key of its own: other workers may be at it too.
    job = Job.objects.create(kind=retention.KIND, key=str(uuid4()), state=Job.State.RUNNING, claim=round_.pk)
    try:
        assert retention.work(str(round_.pk), Progress(job.pk, round_.pk)) == "deleted"
    finally:
        Job.objects.filter(pk=job.pk).update(state=Job.State.STOPPED)


def asked_for() -> list[str]:
    """Of which rounds somebody asked to delete the answers."""
    jobs = Job.objects.filter(kind=retention.KIND, state__in=Job.UNFINISHED)
    return sorted(jobs.values_list("key", flat=True))


def masked(page: str) -> str:
    """Without what is new at each request, and without the link by which it was opened."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"|/a/(open/)?[a-z2-7]{42}/', "", page)
