"""WHO: users, organisations, departments, people, roles, the log."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from organisations.addresses import plain_address
from organisations.names import MAX_NAME, MAX_PATH

LANGUAGE_CHOICES = [("nl", _("Dutch")), ("en", _("English"))]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=plain_address(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """Somebody who logs in. What a user may do in an organisation is a Membership's matter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(max_length=150, blank=True)
    # Empty: the browser's.
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, blank=True)
    # Installs and keeps running; is no member of any organisation and sees no reports.
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_any_case"),)

    def __str__(self) -> str:
        return self.name or self.email


class Organisation(models.Model):
    """A tenant; every query is inside one."""

    class Council(models.TextChoices):
        """What the body is called that speaks for staff."""

        OR = "OR", _("Works council (OR)")
        MR = "MR", _("Participation council (MR)")
        PVT = "PVT", _("Staff representation (PVT)")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=MAX_NAME)
    slug = models.SlugField(max_length=60, unique=True)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, default="nl")
    time_zone = models.CharField(max_length=60, default="Europe/Amsterdam")
    # The organisation's own words for customer, department, management, manager: {language: {placeholder: word}}.
    words = models.JSONField(default=dict, blank=True)
    council = models.CharField(max_length=3, choices=Council, default=Council.OR)
    sender_name = models.CharField(max_length=120, blank=True)
    sender_address = models.EmailField(blank=True)
    reply_address = models.EmailField(blank=True)
    requires_second_factor = models.BooleanField(default=False)
    # May consultants see this organisation beside others?
    allows_comparison = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A node of the organisation's tree today. The root is the organisation itself and has the empty path."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="departments")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=MAX_NAME)
    path = models.CharField(max_length=MAX_PATH, blank=True)
    path_key = models.CharField(max_length=MAX_PATH, blank=True)
    archived_on = models.DateField(null=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")

    objects: ClassVar[models.Manager["Department"]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "path_key"], condition=Q(archived_on=None), name="department_path_once"
            ),
            models.UniqueConstraint(fields=["organisation"], condition=Q(parent=None), name="department_one_root"),
        )

    def __str__(self) -> str:
        return self.path or self.name


class EarlierPath(models.Model):
    """How a department was called, or where it lay: the HR system may still call it so. Of the root: earlier names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="+")
    department = models.ForeignKey(Department, models.CASCADE, related_name="earlier_paths")
    path_key = models.CharField(max_length=MAX_PATH)

    objects: ClassVar[models.Manager["EarlierPath"]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "path_key"], name="earlier_path_once"),)

    def __str__(self) -> str:
        return self.path_key


class Person(models.Model):
    """Somebody on the staff list."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="people")
    department = models.ForeignKey(Department, models.PROTECT, related_name="people")
    number = models.CharField(max_length=40, blank=True)
    given_name = models.CharField(max_length=80, blank=True)
    infix = models.CharField(max_length=30, blank=True)
    family_name = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGE_CHOICES, default="nl")
    # Answers with the leaders of the parent unit; it is no role (design.md 5).
    is_leader = models.BooleanField(default=False)
    left_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Person"]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["organisation", "number"], condition=~Q(number=""), name="person_number_once"
            ),
            models.UniqueConstraint("organisation", Lower("email"), condition=~Q(email=""), name="person_email_once"),
        )

    def __str__(self) -> str:
        return " ".join(part for part in (self.given_name, self.infix, self.family_name) if part)


class Role(models.TextChoices):
    HR_ADVISOR = "hr_advisor", _("HR adviser")
    MANAGER = "manager", _("Manager")
    CONSULTANT = "consultant", _("Consultant")
    WORKS_COUNCIL = "works_council", _("Works council")


class Membership(models.Model):
    """A user's role in an organisation. A manager's names the departments that it is about, with all below them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role)
    departments = models.ManyToManyField(Department, blank=True, related_name="memberships")
    ends_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "user", "role"], name="membership_once"),)

    def __str__(self) -> str:
        return f"{self.user} ({self.role})"


class LogEntry(models.Model):
    """Who did what, for the HR adviser to read. Never anything about who answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="log")
    # Empty: done by a command on the server, or by the system itself.
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=40)
    subject = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["LogEntry"]] = ScopedManager(organisation="organisation")

    class Meta:
        indexes = (models.Index(fields=["organisation", "-at"], name="log_newest_first"),)

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"


class StaffImport(models.Model):
    """One staff list that was uploaded: what is in it, what was chosen, and what became of it."""

    class State(models.TextChoices):
        READING = "reading", _("is being read")
        READ = "read", _("waits for you")
        UNREADABLE = "unreadable", _("could not be read")
        APPLYING = "applying", _("is being applied")
        APPLIED = "applied", _("applied")
        CANCELLED = "cancelled", _("cancelled")
        EXPIRED = "expired", _("cancelled after seven days")

    OPEN = (State.READING, State.READ, State.UNREADABLE, State.APPLYING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="staff_imports")
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    # Erased when the import is applied or cancelled, and after seven days.
    content = models.BinaryField(null=True)
    # Everything that would happen, as a CSV file to look through; goes when the content goes.
    plan_file = models.BinaryField(null=True)
    # Of a workbook; empty: the one that looks most like a staff list.
    sheet = models.CharField(max_length=100, blank=True)
    # {column number: field} as chosen on screen or shown there; empty: as recognised.
    columns = models.JSONField(default=dict)
    # {staff number or address: path} of people with two contracts.
    departments = models.JSONField(default=dict)
    # Whoever is not in the file has left.
    file_is_complete = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State, default=State.READING)
    # What organisations/staff_list/result.py makes; only the counts are left after applying.
    result = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now)
    applied_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["StaffImport"]] = ScopedManager(organisation="organisation")

    class Meta:
        indexes = (models.Index(fields=["organisation", "-created_at"], name="staff_import_newest_first"),)

    def __str__(self) -> str:
        return self.file_name


class KnownColumn(models.Model):
    """What an organisation's HR adviser said that a heading of their staff list means."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="known_columns")
    heading_key = models.CharField(max_length=130)
    # A Field of organisations/staff_list/fields.py; empty: not used.
    field = models.CharField(max_length=20, blank=True)

    objects: ClassVar[models.Manager["KnownColumn"]] = ScopedManager(organisation="organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["organisation", "heading_key"], name="known_column_once"),)

    def __str__(self) -> str:
        return f"{self.heading_key}: {self.field}"
