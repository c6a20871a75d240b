"""A mailing of 10,000 to a mail server on this machine, against smtplib that sends the same mails on one connection.

The pace is set so high that it holds nothing up. The reference writes each mail and sends it, and writes nothing down.
"""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from functools import partial

from django.db.models import Max
from django.test.utils import override_settings
from django_scopes import scope

from bench.databases import NAMES, empty_database
from bench.mail_sink import MailSink, mail_sink
from jobs import running
from organisations.creating import create_organisation
from organisations.departments import ensure_departments
from organisations.models import Person
from scan.mailing.messages import mail_for
from scan.mailing.starting import KIND
from scan.models import Delivery, Invitation, Mailing, Plan, Round
from scan.participants import today_in
from scan.rounds import create_round, launch
from scan.tokens import link_of

MAILS = 10_000
DEPARTMENTS = 20
# At least half the rate.
AT_MOST = 2
NAME, LINK = "@name@", "@link@"


def run(compare: Callable[..., None], mails: int = MAILS, databases: tuple[str, ...] = NAMES) -> None:
    for database in databases:
        with empty_database(database), mail_sink() as sink, override_settings(**_settings(sink)):
            round_ = _open_round(mails)
            with scope(organisation=round_.organisation):
                what = f"{mails} mails, {database}; smtplib on one connection"
                ours, reference = (
                    _counted(sink, mails, partial(_mailing, round_)),
                    _counted(sink, mails, _plain(round_, sink)),
                )
                compare("mail", ours, reference, what, at_most=AT_MOST)


def _settings(sink: MailSink) -> dict[str, object]:
    options = {"host": "127.0.0.1", "port": sink.port, "timeout": 10}
    backend = {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}
    return {"MAILERS": {"default": backend}, "MAILS_PER_MINUTE": 10**9}


def _open_round(people: int) -> Round:
    organisation = create_organisation("Zorggroep De Linde")
    with scope(organisation=organisation):
        paths = [f"Zorg / Team {number:02d}" for number in range(DEPARTMENTS)]
        departments = ensure_departments(organisation, paths)
        places = [departments[path.lower()] for path in paths]
        rows = [
            Person(
                organisation=organisation,
                department=places[number % DEPARTMENTS],
                number=str(number),
                given_name=f"Zoë {number}",
                email=f"mens{number}@example.test",
            )
            for number in range(people)
        ]
        Person.objects.bulk_create(rows, batch_size=500)
        today = today_in(organisation)
        round_ = create_round(organisation, "Leerscan", today, today + timedelta(days=30), contact="Anna, 2210")
        Plan.objects.create(round=round_, on_any_day=True, first_hour=0, last_hour=24)
        launch(round_)
        Mailing.objects.all().delete()
        return Round.objects.select_related("organisation").get(pk=round_.pk)


def _counted(sink: MailSink, mails: int, work: Callable[[], object]) -> Callable[[], None]:
    """Everybody gets one, or nothing was measured."""

    def counted() -> None:
        sink.ask("forget")
        work()
        if (found := (sink.ask("mails"), sink.ask("recipients"))) != (mails, mails):
            raise RuntimeError(f"{found[0]} mails to {found[1]} addresses, instead of {mails}")

    return counted


def _mailing(round_: Round) -> None:
    """The whole job: who gets it is written down, everybody gets it, and it is done."""
    number = 1 + (Mailing.objects.aggregate(last=Max("number"))["last"] or 0)
    mailing = Mailing.objects.create(
        round=round_, kind=Mailing.Kind.INVITATION, number=number, planned_on=today_in(round_.organisation)
    )
    running.run_here(KIND, str(mailing.pk))
    mailing.refresh_from_db()
    if (mailing.state, mailing.sent) != (Mailing.State.DONE, mailing.total):
        raise RuntimeError(f"the mailing is {mailing.state}; {mailing.sent} of {mailing.total} were sent")


def _plain(round_: Round, sink: MailSink) -> Callable[[], None]:
    """Its text and HTML are those of the product's mail, with a place for the name and for the link."""
    invitations = Invitation.objects.filter(round=round_).select_related("person")
    people = [
        (invitation.person.given_name, invitation.address, link_of(invitation.pk))
        for invitation in invitations
        if invitation.person
    ]
    first = invitations[0]
    mail = mail_for(Delivery(mailing=Mailing(round=round_, kind=Mailing.Kind.INVITATION), invitation=first), round_)
    name, _address, link = next(row for row in people if row[2] == link_of(first.pk))
    text, html = (str(part).replace(name, NAME).replace(link, LINK) for part in (mail.body, mail.alternatives[0][0]))
    subject, sender = str(mail.subject), mail.from_email

    def send() -> None:
        with smtplib.SMTP("127.0.0.1", sink.port) as smtp:
            for name, address, link in people:
                message = EmailMessage()
                message["Subject"], message["From"], message["To"] = subject, sender, address
                message["Message-ID"] = make_msgid(domain="localhost")
                message.set_content(text.replace(NAME, name).replace(LINK, link))
                message.add_alternative(html.replace(NAME, name).replace(LINK, link), subtype="html")
                smtp.send_message(message)

    return send
