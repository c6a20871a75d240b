"""What is costly and depends on its input only is computed once for the same input: hundreds of tests close the same
round, or publish the same questionnaire. A tenth of the processor's time."""

from collections.abc import Sequence
from functools import cache
from hashlib import sha256

import pytest

from measurement.statistics import Floats, OneFactor, omegas_of_draws
from questionnaires.loading import read_questionnaire


def compute_once(patch: pytest.MonkeyPatch) -> None:
    """From here on. Who asks for the same omegas or the same questionnaire again gets the first answer."""
    known: dict[bytes, Sequence[float | None]] = {}

    def omegas(covariances: Floats, all_together: OneFactor) -> list[float | None]:
        parts = (covariances, all_together.loadings, all_together.uniquenesses)
        key = sha256(b"".join(repr(part.shape).encode() + part.tobytes() for part in parts)).digest()
        if key not in known:
            known[key] = tuple(omegas_of_draws(covariances, all_together))
        return list(known[key])

    patch.setattr("reports.annex.omegas_of_draws", omegas)
    patch.setattr("questionnaires.versions.read_questionnaire", cache(read_questionnaire))
