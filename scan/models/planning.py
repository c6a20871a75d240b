"""What the HR adviser chose for a round: before launch who takes part and how, and afterwards what happens when."""

import uuid
from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from organisations.models import Department, Person
from scan.models.rounds import Round, Unit


class Plan(models.Model):
    """When mails go out and results are handed over. A round that was imported has none."""

    round = models.OneToOneField(Round, models.CASCADE, primary_key=True, related_name="plan")
    # Days (ISO) on which those who have not answered get a reminder; at most three.
    reminders = models.JSONField(default=list)
    # Mails go out on working days from `first_hour` until `last_hour` o'clock.
    first_hour = models.PositiveSmallIntegerField(default=9)
    last_hour = models.PositiveSmallIntegerField(default=16)
    on_any_day = models.BooleanField(default=False)
    # Managers get their reports so many days before staff hear the results.
    managers_days_before = models.PositiveSmallIntegerField(default=7)
    # Mail staff a link to the organisation's results on the day of Round.results_on.
    mails_results = models.BooleanField(default=True)
    # Steps of the checklist that the HR adviser has looked at: "forecast", "preview".
    seen = models.JSONField(default=list)
    # What was done by hand after launch. The works council sees these numbers, for each could be misused (R18).
    added_by_hand = models.PositiveIntegerField(default=0)
    moves_asked = models.PositiveIntegerField(default=0)
    addresses_changed = models.PositiveIntegerField(default=0)
    links_sent_again = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Plan"]] = ScopedManager(organisation="round__organisation")

    def __str__(self) -> str:
        return str(self.round)


class LeftOut(models.Model):
    """Somebody who is not asked this time, such as the long-term sick. Forgotten at launch."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="left_out")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["LeftOut"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "person"], name="left_out_once"),)

    def __str__(self) -> str:
        return str(self.pk)


class LeftOutDepartment(models.Model):
    """A department that is not asked this time, with all below it."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="left_out_departments")
    department = models.ForeignKey(Department, models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["LeftOutDepartment"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "department"], name="left_out_department_once"),)

    def __str__(self) -> str:
        return str(self.department)


class PlannedJoin(models.Model):
    """For this round `department` answers together with its sibling `into`, as one unit."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="planned_joins")
    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    into = models.ForeignKey(Department, models.CASCADE, related_name="+")

    objects: ClassVar[models.Manager["PlannedJoin"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "department"], name="planned_join_once"),)

    def __str__(self) -> str:
        return f"{self.department} + {self.into}"


class PlannedOpenLink(models.Model):
    """The staff of this department answer by one open link; nobody there but its leaders gets a personal one."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="planned_open_links")
    department = models.ForeignKey(Department, models.CASCADE, related_name="+")
    # How many people are expected to answer; never more than there are.
    expected = models.PositiveIntegerField()

    objects: ClassVar[models.Manager["PlannedOpenLink"]] = ScopedManager(organisation="round__organisation")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["round", "department"], name="planned_open_link_once"),)

    def __str__(self) -> str:
        return str(self.department)


class OpenLink(models.Model):
    """The open link of a unit that has_open_link. The limits can be raised, the number `expected` cannot (R18)."""

    unit = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="open_link")
    # The link's token is made from it (scan/links/open_links.py).
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    start_limit = models.PositiveIntegerField()
    submit_limit = models.PositiveIntegerField()
    # As of the daily refresh, and only from 10 expected (R7).
    is_near_limit = models.BooleanField(default=False)

    objects: ClassVar[models.Manager["OpenLink"]] = ScopedManager(organisation="unit__round__organisation")

    def __str__(self) -> str:
        return str(self.unit)
