"""What is asked, from the questionnaire's data."""

import tomllib
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[3] / "questionnaires" / "data" / "leerscan" / "1"


def entries(file: str, table: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((DATA / file).read_text(encoding="utf-8"))[table]
    return found


def scales() -> dict[str, list[str]]:
    """{code of a score: its items}."""
    items = entries("items.toml", "item")
    found: dict[str, list[str]] = {"total": [entry["id"] for entry in items]}
    for entry in items:
        for code in (entry["discipline"], entry["area"], *(f"step{number}" for number in entry["steps"])):
            found.setdefault(code, []).append(entry["id"])
    return found


SCALES = scales()
ITEMS = SCALES["total"]
DISCIPLINES = ("SV", "MM", "PM", "TL", "ST")
AREAS = ("T", "V", "E", "K", "R", "F")
STEPS = tuple(f"step{number}" for number in range(1, 8))
OBSTACLES = [entry["code"] for entry in entries("answering.toml", "obstacle")]
