"""A round, and its tree of units."""

import uuid
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from organisations.models import Department, Organisation
from organisations.names import MAX_NAME, MAX_PATH
from questionnaires.models import QuestionnaireVersion


class Round(models.Model):
    """One measurement. What participants were promised is frozen here at launch."""

    class State(models.TextChoices):
        DRAFT = "draft", _("In preparation")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class Origin(models.TextChoices):
        ASKED = "asked"
        IMPORTED = "imported"

    class Basis(models.TextChoices):
        """The ground on which answers are processed (GDPR article 6)."""

        LEGITIMATE_INTEREST = "legitimate_interest", _("legitimate interest")
        PUBLIC_TASK = "public_task", _("public task")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="rounds")
    title = models.CharField(max_length=MAX_NAME)
    slug = models.SlugField(max_length=60)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ASKED)
    version = models.ForeignKey(QuestionnaireVersion, models.PROTECT, related_name="rounds")
    k = models.PositiveSmallIntegerField(default=5, validators=[MinValueValidator(5), MaxValueValidator(20)])
    opens_on = models.DateField()
    closes_on = models.DateField()
    languages = models.JSONField(default=list)
    # {language: {placeholder: word}}, frozen at launch.
    words = models.JSONField(default=dict)
    # Mail texts by kind and language, frozen at launch (issue B).
    mail_texts = models.JSONField(default=dict)
    contact = models.CharField(max_length=200, blank=True)
    privacy_officer = models.CharField(max_length=200, blank=True)
    # Who reads remarks first; empty: no remarks are asked for.
    remark_reader = models.CharField(max_length=200, blank=True)
    results_on = models.DateField(null=True)
    results_how = models.CharField(max_length=300, blank=True)
    legal_basis = models.CharField(max_length=30, choices=Basis, default=Basis.LEGITIMATE_INTEREST)
    consent_on = models.DateField(null=True)
    retention_days = models.PositiveSmallIntegerField(default=30)
    import_hash = models.CharField(max_length=64, blank=True)
    # The response is refreshed daily (R7). Of the whole organisation rounded down to tens, empty under 10 invited.
    response_as_of = models.DateField(null=True)
    running_total = models.PositiveIntegerField(null=True)
    closed_on = models.DateField(null=True)
    is_sealed = models.BooleanField(default=False)
    # Key of the release's inputs_hash; thrown away at retention.
    hash_key = models.BinaryField(null=True, max_length=32)
    # The days of retention are over: from now on nothing reads or writes answers, of which some may be gone already.
    is_past_retention = models.BooleanField(default=False)
    # Everything is gone, from the files of the database too.
    answers_deleted_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["Round"]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "slug"], name="round_slug_once"),
            models.CheckConstraint(condition=Q(k__gte=5) & Q(k__lte=20), name="round_k_5_to_20"),
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="round_opens_first"),
        )
        # What each sweep looks through: however many rounds there have been, few still have answers.
        indexes = (
            models.Index(
                fields=["state", "closes_on"], condition=Q(answers_deleted_on=None), name="round_with_answers"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How a command names this round."""
        return f"{self.organisation.slug}/{self.slug}"


class Unit(models.Model):
    """A node of the tree as frozen in a round. The root is the organisation and has the empty path."""

    class Kind(models.TextChoices):
        DEPARTMENT = "department"
        # The leaders of the units below the parent answer here together (R3). Never shown by itself.
        LEADERS = "leaders"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.CASCADE, related_name="units")
    parent = models.ForeignKey("self", models.CASCADE, null=True, related_name="children")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.DEPARTMENT)
    name = models.CharField(max_length=MAX_NAME)
    path = models.CharField(max_length=MAX_PATH, blank=True)
    path_key = models.CharField(max_length=MAX_PATH, blank=True)
    departments = models.ManyToManyField(Department, related_name="units")
    # People invited to answer in this unit itself (not those below it); empty: not known.
    invited = models.PositiveIntegerField(null=True)
    # How many of them were added by hand after launch.
    added = models.PositiveIntegerField(default=0)
    has_open_link = models.BooleanField(default=False)
    expected = models.PositiveIntegerField(null=True)
    # Response of the unit with all below it in tenths, as of the round's last daily refresh (R7).
    running_tenths = models.PositiveSmallIntegerField(null=True)

    objects: ClassVar[models.Manager["Unit"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["round", "path_key"], condition=Q(kind="department"), name="unit_path_once"
            ),
            models.UniqueConstraint(fields=["round"], condition=Q(parent=None), name="unit_one_root"),
            models.UniqueConstraint(fields=["parent"], condition=Q(kind="leaders"), name="unit_one_leaders_leaf"),
        )

    def __str__(self) -> str:
        return self.path or self.name
