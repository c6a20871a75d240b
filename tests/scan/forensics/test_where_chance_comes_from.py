"""The test of the order draws from seeds; the product must draw from the system's own generator."""

from secrets import SystemRandom
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import Model
from django.utils.module_loading import import_string

from tests.scan.forensics.chance import SHUFFLES, WITH_RANDOM_IDS


@pytest.mark.parametrize("name", SHUFFLES)
def test_nobody_can_foretell_an_order(name: str) -> None:
    shuffle: Any = import_string(name)
    assert isinstance(shuffle.__self__, SystemRandom)
    assert shuffle.__func__ is SystemRandom.shuffle


@pytest.mark.parametrize("model", WITH_RANDOM_IDS)
def test_ids_hold_no_time_and_no_order(model: type[Model]) -> None:
    assert model._meta.pk is not None
    assert model._meta.pk.default is uuid4
