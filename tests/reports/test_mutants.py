"""Rules that are broken on purpose are noticed, each by the property that names it."""

import os
import subprocess
import sys

import pytest

from tests.conftest import ROOT
from tests.mutants import MUTANTS

# Many, for the first that is caught ends it; one that is missed among 150 was seen once.
CASES, SECONDS = "400", 300
# The others in `make chaos`.
ALWAYS = ("a threshold of 4", "left-overs of 2 are shown", "numbers instead of bands")


def properties_fail(name: str, only: str) -> str:
    """What pytest says of the release's properties with this fault planted; empty when it notices nothing."""
    environment = os.environ | {"MUTANT": name, "RELEASE_CASES": CASES, "RELEASE_PROPERTIES": only}
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-n0", "-p", "tests.mutants", "-p", "no:cacheprovider"),
            *("-p", "no:randomly", "--override-ini=addopts=", "tests/reports/test_release_properties.py"),
        ],
        cwd=ROOT,
        env={key: value for key, value in environment.items() if not key.startswith("PYTEST_")},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout if done.returncode else ""


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in ALWAYS else pytest.mark.chaos) for name in MUTANTS]
)
def test_a_broken_rule_is_noticed(name: str) -> None:
    caught_by = MUTANTS[name].caught_by
    said = properties_fail(name, caught_by)
    assert f"def {caught_by}(" in said, said or "nobody noticed"
