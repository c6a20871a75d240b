import uuid
from typing import ClassVar

from django.db import models


class Row(models.Model):
    """Forty answers. A random id, as a response has: a serial number would hold the order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers = models.BinaryField(max_length=40)

    objects: ClassVar[models.Manager["Row"]] = models.Manager()

    def __str__(self) -> str:
        return str(self.pk)
