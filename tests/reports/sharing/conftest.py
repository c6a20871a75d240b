"""The samples' round, made once for each test that shares a report of it."""

import pytest

from scan.models import Round
from tests.cast import Cast
from tests.rounds import closed_sample_round


@pytest.fixture
def closed(cast: Cast) -> Round:
    return closed_sample_round(cast.organisation)
