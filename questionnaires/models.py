"""WHAT is asked: published versions, which never change."""

import uuid

from django.db import models
from django.utils import timezone


class QuestionnaireVersion(models.Model):
    """One published version. `content` is what the data files held when it was first used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    content = models.JSONField()
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["code", "number"], name="questionnaire_version_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.number}"
