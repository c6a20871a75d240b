"""Chance that is the same in every run: a test that looks at a hundred orders would else fail now and then.

Everything that the product shuffles or draws is drawn from a generator of its own here, with a seed. That is fair: the
test asks whether some place keeps the order, and a place that does keeps it whatever order chance makes of the others.
What chance itself is worth is another question: test_where_chance_comes_from.py looks at that.
"""

import random
import uuid
from collections.abc import Callable
from random import Random

import pytest
from django.db.models import Model

from organisations.models import Department, Person
from scan.models import Delivery, Invitation, Remark, Response, Unit

SHUFFLES = (
    "scan.ballot_box._shuffle",
    "scan.forgetting._shuffle",
    "scan.rounds.shuffle",
    "scan.mailing.deliveries.shuffle",
)
WITH_RANDOM_IDS: tuple[type[Model], ...] = (Department, Person, Unit, Invitation, Response, Remark, Delivery)


def fix_chance(monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Each from a stream of its own, so that one more draw somewhere does not change all others."""
    random.seed(seed)  # borders between the parts of a mail
    for name in SHUFFLES:
        monkeypatch.setattr(name, drawn_from(f"{seed} {name}").shuffle)
    for model in WITH_RANDOM_IDS:
        # What Django asks for the default of the field, looked up once per field.
        monkeypatch.setitem(model._meta.pk.__dict__, "_get_default", _ids(drawn_from(f"{seed} {model.__name__}")))


def drawn_from(name: str) -> Random:
    """A stream that is the same in every run."""
    return Random(name)  # noqa: S311 -- to be repeated


def _ids(stream: Random) -> Callable[[], uuid.UUID]:
    return lambda: uuid.UUID(int=stream.getrandbits(128), version=4)
