"""Invitations, answers on their way, and the ballot box's rows."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django_scopes import ScopedManager

from organisations.models import LANGUAGE_CHOICES, Person
from scan.models.rounds import Round, Unit


class Invitation(models.Model):
    """The right to answer once. It shares no key with the response, and knows no moment finer than a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="invitations")
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="invitations")
    # The unit of the launch, for who was moved since: numbers and pages keep to it (scan/people/changing.py says why).
    asked_in = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    # What was asked last, whether it could still be done or not: that nobody learns.
    move_asked_to = models.ForeignKey(Unit, models.CASCADE, null=True, related_name="+")
    # Empty for open links and code sheets, and for everybody after closing.
    person = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    # Where the link goes: as on the staff list at launch, or corrected here since. Empty without, and after closing.
    address = models.EmailField(blank=True)
    # Whether the link went out, so that somebody may have it.
    was_mailed = models.BooleanField(default=False)
    # No more once a link that was out went to another address: who reads there could learn whether somebody answered.
    gets_reminders = models.BooleanField(default=True)
    # Invited by hand after launch: not counted in the response while the round runs.
    was_added = models.BooleanField(default=False)
    used = models.BooleanField(default=False)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, default="nl")
    # Keyed hash of the short code that leads to the token; empty where there is none.
    code_hash = models.BinaryField(null=True, max_length=32)
    # Made by whoever started by an open link. Its code is for going on later, and on no paper (scan/links/codes.py).
    # Not known any more after closing.
    came_by_open_link = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["Invitation"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round", "person"], condition=Q(person__isnull=False), name="invitation_once"
            ),
            models.UniqueConstraint(
                fields=["code_hash"], condition=Q(code_hash__isnull=False), name="invitation_code_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.pk)


class Draft(models.Model):
    """Answers on their way, encrypted with a key that only the link gives. Gone on submit and at closing."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, primary_key=True, related_name="+")
    box = models.BinaryField()

    objects: ClassVar[models.Manager["Draft"]] = ScopedManager(organisation="invitation__round__organisation")

    def __str__(self) -> str:
        return str(self.pk)


class Response(models.Model):
    """One answered questionnaire: of a unit, of nobody. Only scan/ballot_box.py may touch these rows.

    There is no time, number or address here, and there never may be (measurement.md 9).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # DO_NOTHING: Django would otherwise look for responses when it deletes a round; the database still refuses.
    round = models.ForeignKey(Round, models.DO_NOTHING, related_name="+")
    unit = models.ForeignKey(Unit, models.DO_NOTHING, related_name="+")
    # 40 bytes: 0 unanswered, 1 to 5, 9 don't know.
    answers = models.BinaryField(max_length=40)
    # Bit n: the questionnaire's n-th obstacle.
    obstacles = models.PositiveSmallIntegerField(default=0)
    # Moved to a table of its own on sealing.
    remark = models.TextField(blank=True)

    def __str__(self) -> str:
        return str(self.pk)


class Remark(models.Model):
    """What somebody in the organisation wrote, cut loose from the answers and the unit on sealing (R15)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="+")
    text = models.TextField()
    # Empty: the reviewer has not decided yet.
    is_approved = models.BooleanField(null=True)
    # What may be read instead, when the reviewer took something out; empty: all of it.
    edited = models.TextField(blank=True)

    objects: ClassVar[models.Manager["Remark"]] = ScopedManager(organisation="round__organisation")

    def __str__(self) -> str:
        return str(self.pk)
