"""READING: the frozen, checked figures of a closed round; all that anybody ever sees."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django_scopes import ScopedManager

from organisations.models import User
from questionnaires.models import QuestionnaireVersion
from scan.models import Round, Unit


class Release(models.Model):
    """The figures of a round as they were frozen. A correction is a new release with a higher number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="releases")
    number = models.PositiveSmallIntegerField(default=1)
    # How `content` is written; readers accept every older format.
    format = models.PositiveSmallIntegerField()
    rules_version = models.CharField(max_length=10)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="+")
    advice_number = models.PositiveSmallIntegerField()
    # HMAC over the sorted answers, with a key that is thrown away at retention.
    inputs_hash = models.CharField(max_length=64)
    # What the check found, with the list of blocks (where formed, size): see measurement.md 8.
    check_record = models.JSONField()
    content = models.JSONField()
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Release"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "number"], name="release_number_once"),)

    def __str__(self) -> str:
        return f"{self.round} ({self.number})"


class ReleaseUnit(models.Model):
    """One unit in a release. A hidden one has no content at all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    is_shown = models.BooleanField()
    content = models.JSONField(null=True)

    objects: ClassVar[models.Manager["ReleaseUnit"]] = ScopedManager(organisation="release__round__organisation")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["release", "unit"], name="release_unit_once"),
            models.CheckConstraint(
                condition=models.Q(is_shown=True, content__isnull=False)
                | models.Q(is_shown=False, content__isnull=True),
                name="release_hidden_has_no_content",
            ),
        )

    def __str__(self) -> str:
        return str(self.unit_id)


class Change(models.Model):
    """What changed between two closed rounds, frozen once: made from what both releases print, and from nothing else.

    When the earlier round gets a correction, another is made beside this one; nothing is ever rewritten.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, models.CASCADE, related_name="changes")
    earlier = models.ForeignKey(Release, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Change"]] = ScopedManager(organisation="release__round__organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["release", "earlier"], name="change_once"),)

    def __str__(self) -> str:
        return f"{self.earlier} → {self.release}"


class ChangedUnit(models.Model):
    """One unit of the later release, beside what it came from in the earlier one. Of a hidden one only where from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    change = models.ForeignKey(Change, models.CASCADE, related_name="units")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # Ids of units of the earlier round (reports/over_time/lineage.py); none: it was not there, or cannot be compared.
    came_from = models.JSONField(default=list)
    # The unit of the earlier round that this one is still.
    continues = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # What is said of it: reports/over_time/comparison.py.
    content = models.JSONField()

    objects: ClassVar[models.Manager["ChangedUnit"]] = ScopedManager(
        organisation="change__release__round__organisation"
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["change", "unit"], name="changed_unit_once"),)

    def __str__(self) -> str:
        return str(self.unit_id)


class PublishedRemarks(models.Model):
    """The remarks that a reviewer let pass, frozen beside the release in random order (R15). They never change."""

    round = models.OneToOneField(Round, models.PROTECT, primary_key=True, related_name="+")
    # Empty where the reviewer let too few pass.
    texts = models.JSONField()

    objects: ClassVar[models.Manager["PublishedRemarks"]] = ScopedManager(organisation="round__organisation")

    def __str__(self) -> str:
        return str(self.round)


class LearningPair(models.Model):
    """On this theme one unit could learn from another. Managers know of it from the day on which HR releases it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    release = models.ForeignKey(Release, models.CASCADE, related_name="pairs")
    dimension = models.CharField(max_length=2)
    giver = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    taker = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # Empty: proposed, or withdrawn.
    released_on = models.DateField(null=True)
    released_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[models.Manager["LearningPair"]] = ScopedManager(organisation="release__round__organisation")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["release", "dimension", "giver", "taker"], name="learning_pair_once"),
            models.CheckConstraint(condition=~models.Q(giver=models.F("taker")), name="learning_pair_of_two"),
        )

    def __str__(self) -> str:
        return f"{self.giver_id} → {self.taker_id} ({self.dimension})"


class SharedReport(models.Model):
    """A link to the report of one unit in one release. Its row is gone when it is withdrawn, or has ended."""

    # Made with the form, so that sending it twice makes one link.
    id = models.UUIDField(primary_key=True)
    release = models.ForeignKey(Release, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    # Keyed: who reads the database cannot make the link, nor look whether a text is one.
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_on = models.DateField()
    # Until then it works: 00:00 after its last day, in the organisation's time zone.
    ends_at = models.DateTimeField()
    # For whom it is, in the words of who made it.
    note = models.CharField(max_length=100)

    objects: ClassVar[models.Manager["SharedReport"]] = ScopedManager(organisation="release__round__organisation")

    def __str__(self) -> str:
        return str(self.pk)


class LastBackup(models.Model):
    """When `manage.py backup` last made a file; no row or one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    # To the minute: in the files of a database this row lies between others, of which it would tell the moment.
    made_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="last_backup_one_row"),)

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
