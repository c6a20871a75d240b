"""The reference data beside the clone (../shared/reference): it may be read, and stays there."""

import csv
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

REFERENCE = Path(__file__).resolve().parents[2] / ".." / "shared" / "reference"

# In CI it is there, and a test that skips would hide that it is not.
needs_reference = pytest.mark.skipif(
    not REFERENCE.is_dir() and "CI" not in os.environ, reason="the reference data of ../shared/reference is not here"
)

Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def answers_of(rows: list[Row], prefix: str) -> np.typing.NDArray[np.float64]:
    """Persons x the items whose name begins so, in the order of the file; NA is NaN."""
    items = [name for name in rows[0] if name.startswith(prefix)]
    return np.array([[float("nan") if row[item] == "NA" else float(row[item]) for item in items] for row in rows])


def expected() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((REFERENCE / "expected.json").read_text(encoding="utf-8"))
    return content
