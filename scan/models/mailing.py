"""Mailings, and while one runs who still has to get it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from organisations.models import Person, User
from scan.models.answering import Invitation
from scan.models.rounds import Round


class Mailing(models.Model):
    """One mail to many people: planned for a day, sent by a job that can be stopped and resumed."""

    class Kind(models.TextChoices):
        INVITATION = "invitation", _("Invitation")
        # To one person, with a corrected address or on request; also who was added after launch.
        SINGLE = "single", _("Invitation, once more")
        REMINDER = "reminder", _("Reminder")
        # To the former address, when a link went to another one.
        NOTICE = "notice", _("Notice of another address")
        # Reports for managers, behind login.
        MANAGERS = "managers", _("Reports for managers")
        # The organisation's results, for staff.
        RESULTS = "results", _("Results for staff")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        RUNNING = "running", _("Being sent")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Sent")

    ENDED = "ended"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="mailings")
    kind = models.CharField(max_length=12, choices=Kind)
    # 1, 2, 3 for reminders; counts on for single ones.
    number = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    planned_on = models.DateField()
    # How many mails there are to send, empty until it has begun. Of a reminder neither this nor `sent` and `refused` is
    # ever written: it would be the exact number of people who have not answered (R7).
    total = models.PositiveIntegerField(null=True)
    sent = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    # The worker died between sending and writing it down: sent or not, nobody knows.
    uncertain = models.PositiveIntegerField(default=0)
    # Why the mail server takes nothing at all, in a code of scan/mailing/remedies.py; empty when it does. Of a mailing
    # that is done: ENDED, when the HR adviser ended it before everybody had had it.
    trouble = models.CharField(max_length=40, blank=True)
    # Not before this moment: the mail server asked to come back later, or there is trouble that may pass by itself.
    waits_until = models.DateTimeField(null=True)
    finished_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Mailing"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "kind", "number"], name="mailing_once"),)
        indexes = (models.Index(fields=["state", "planned_on"], name="mailing_due"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Delivery(models.Model):
    """One mail of a mailing. Of reminders it exists only while the mailing runs: who got one is a secret."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        REFUSED = "refused"
        UNCERTAIN = "uncertain"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    mailing = models.ForeignKey(Mailing, models.CASCADE, related_name="deliveries")
    # One of the three: a participant, somebody on the staff list, a manager. No row is left of what was sent.
    invitation = models.ForeignKey(Invitation, models.CASCADE, null=True, related_name="+")
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    # Of a notice, which is about nobody any more: the former address, with the name and language for it.
    address = models.EmailField(blank=True)
    name = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # The mail server's code when it refused the address, such as 550.
    code = models.CharField(max_length=10, blank=True)
    # How often the mail server asked to come back later.
    tries = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[models.Manager["Delivery"]] = ScopedManager(organisation="mailing__round__organisation")

    class Meta:
        # One mail for one recipient, whatever happens while the rows are made.
        constraints = tuple(
            models.UniqueConstraint(
                fields=["mailing", recipient],
                condition=Q(**{f"{recipient}__isnull": False}),
                name=f"delivery_{recipient}_once",
            )
            for recipient in ("invitation", "person", "user")
        )

    def __str__(self) -> str:
        return str(self.pk)
