"""The demo organisation: the samples' staff list, two closed rounds and an open one, a login for every role."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from organisations.creating import create_organisation
from organisations.departments import by_path
from organisations.models import Department, Membership, Organisation, Person, Role, User
from organisations.named import find_organisation
from organisations.staff_list.loading import load_staff, read_file
from reports.closing import close_here
from reports.remarks import finish, pile_to_review
from scan import remarks
from scan.importing import import_responses
from scan.models import Invitation, Round
from scan.preparing.choosing import choose_open_links
from scan.response_file import Headcount, read_text
from scan.rounds import create_round, launch
from scan.tokens import link_of

NAME = "Zorggroep De Linde"
SAMPLES = settings.BASE_DIR / "samples"
PASSWORD = "leren-van-elkaar"  # noqa: S105 -- the demo prints it
CLOSED_ROUNDS = (
    ("responses-2025.csv", "Leerscan 2025", date(2025, 3, 10)),
    ("responses-2026.csv", "Leerscan 2026", date(2026, 3, 9)),
)
OPEN_ROUND = "Leerscan (loopt nu)"
# Its remarks have been read, and of one of them something was taken out.
READ_ROUND = "Leerscan 2026"
REMARK = ("Intervisie met de wijkteams, elke zes weken.", "Intervisie met [andere teams], elke zes weken.")
# Cleaners have no e-mail address, and the kitchen a poster: all three ways to answer can be seen.
WITH_CODES, WITH_OPEN_LINK = "Facilitair / Schoonmaak", "Facilitair / Keuken"
IN_KITCHEN = 19
# Local part of the address, name, role, department of a manager.
LOGINS = (
    ("hr", "Hanneke de Wit", Role.HR_ADVISOR, ""),
    ("leidinggevende", "Karim Aziz", Role.MANAGER, "Zorg"),
    ("consultant", "Sanne Mulder", Role.CONSULTANT, ""),
    ("or", "Joost Bakker", Role.WORKS_COUNCIL, ""),
)
ADMINISTRATOR = ("beheer", "Ada Visser")


def address(local_part: str) -> str:
    return f"{local_part}@delinde.example"


def build_demo() -> Organisation:
    """Make the demo, or find the one that was made before. A demo that was made half is made whole."""
    organisation = find_organisation(NAME) or _make_organisation()
    with scope(organisation=organisation):
        for file, title, day in CLOSED_ROUNDS:
            _closed_round(organisation, SAMPLES / file, title, day)
        _open_round(organisation)
    return organisation


def _make_organisation() -> Organisation:
    with transaction.atomic():
        organisation = create_organisation(NAME)
        with scope(organisation=organisation):
            load_staff(organisation, SAMPLES / "staff-list.csv")
            departments = by_path(organisation)
            without_address = Person.objects.filter(department=departments[WITH_CODES.casefold()], is_leader=False)
            without_address.update(email="")
            for local_part, name, role, path in LOGINS:
                _make_login(organisation, local_part, name, role, departments.get(path.casefold()) if path else None)
        local_part, name = ADMINISTRATOR
        User.objects.create_user(address(local_part), PASSWORD, name=name, is_administrator=True)
    return organisation


def _make_login(
    organisation: Organisation, local_part: str, name: str, role: Role, department: Department | None
) -> None:
    user = User.objects.create_user(address(local_part), PASSWORD, name=name)
    membership = Membership.objects.create(organisation=organisation, user=user, role=role)
    if department:
        membership.departments.add(department)


def _closed_round(organisation: Organisation, file: Path, title: str, day: date) -> None:
    rounds = Round.objects.select_related("organisation").filter(organisation=organisation, title=title)
    if rounds.filter(is_past_retention=True).exists():
        return  # made before, and its answers were deleted since
    import_responses(organisation, read_text(file), title, _headcounts(organisation), create=True, day=day)
    close_here(rounds.get())
    if title == READ_ROUND:
        _read_remarks(rounds.get())


def _read_remarks(round_: Round) -> None:
    """As the HR adviser does: one is left out, of one something is taken out, the others are kept."""
    if pile_to_review(round_) is None:
        return  # done before
    whole, part = REMARK
    left_out = edited = False
    for remark in remarks.all_of(round_):
        verdict, text = remarks.Verdict.KEEP, ""
        if remark.text == whole and not edited:
            verdict, text, edited = remarks.Verdict.EDIT, part, True
        elif not left_out:
            verdict, left_out = remarks.Verdict.LEAVE_OUT, True
        remarks.decide(round_, remark.pk, verdict, text, remarks.seen([remark]))
    finish(round_, remarks.seen_all(round_), None)


def _headcounts(organisation: Organisation) -> list[Headcount]:
    counts = Counter(entry.path for entry in read_file(organisation, SAMPLES / "staff-list.csv").entries.people)
    return [Headcount(path, count) for path, count in counts.items()]


def _open_round(organisation: Organisation) -> None:
    if Round.objects.filter(organisation=organisation, title=OPEN_ROUND).exists():
        return
    today = timezone.localdate()
    with transaction.atomic():
        round_ = create_round(
            organisation,
            OPEN_ROUND,
            today,
            today + timedelta(days=60),
            contact="Hanneke de Wit (HR), toestel 2210",
            privacy_officer="Iris Peeters, fg@delinde.example",
            remark_reader="Hanneke de Wit (HR)",
            results_on=today + timedelta(days=81),
            results_how="Op intranet en in het teamoverleg.",
        )
        departments = by_path(organisation)
        choose_open_links(round_, {departments[WITH_OPEN_LINK.casefold()].pk: IN_KITCHEN})
        launch(round_)


def scan_link(organisation: Organisation) -> str:
    """A link with which somebody can still answer."""
    with scope(organisation=organisation):
        personal = Invitation.objects.filter(round__title=OPEN_ROUND, used=False, language="nl").exclude(person=None)
        unused = personal.order_by("pk").first()
        if unused is None:
            raise LookupError("everybody in the demo has answered; remove var/demo to begin anew")
        return link_of(unused.pk)
