"""The sample rounds, imported, closed and printed by the commands; headcounts are counted from the staff list."""

import csv
import io
import json
import random
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from django.core.management import call_command
from django.db import transaction
from django_scopes import scope

from reports.models import Release, ReleaseUnit
from reports.named_rounds import find_round, published_of
from reports.published import Published
from tests.conftest import SAMPLES

ORGANISATION = "Zorggroep De Voorbeelden"
HEADCOUNTED, GAPS = "2026 with headcounts", "2025 with gaps"
ROUNDS = ("2025", "2026", HEADCOUNTED, GAPS)
HIGH, LOW = "Facilitair / Keuken", "Zorg / Verpleging Noord"
"""In the round with gaps everybody here strongly agrees, or strongly disagrees."""


@dataclass(frozen=True)
class Frozen:
    """A released round, kept outside the database."""

    name: str
    printed: dict[str, Any]
    """`manage.py release --json`."""
    contents: dict[str, dict[str, Any] | None]
    """ReleaseUnit.content by path."""
    published: Published
    release: Release


def sample_text(name: str) -> str:
    text = (SAMPLES / f"responses-{name[:4]}.csv").read_text(encoding="utf-8")
    return with_gaps(text) if name == GAPS else text


def with_gaps(text: str) -> str:
    """The samples are kind: nobody left much open, no unit is at an end of the scale. Here they do, and are."""
    chance = random.Random(20250101)  # noqa: S311 -- the same gaps every time
    reader = csv.DictReader(io.StringIO(text))
    out = io.StringIO()
    writer = csv.DictWriter(out, reader.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    items = [f"q{number:02d}" for number in range(1, 41)]
    for number, row in enumerate(reader):
        if row["unit"] in (HIGH, LOW):
            row.update(dict.fromkeys(items, "5" if row["unit"] == HIGH else "1"))
        if number % 3 == 0:  # 30 answered or more, often fewer than 4 in one discipline
            first = chance.randrange(31)
            row.update({item: chance.choice(["", "x"]) for item in chance.sample(items[first : first + 10], 9)})
        if number % 11 == 0:  # fewer than 30 answered: does not count
            row.update(dict.fromkeys(chance.sample(items, chance.randrange(11, 41)), ""))
        if number % 2 == 0:  # a question that many leave open
            row["q13"] = "x"
        writer.writerow(row)
    return out.getvalue()


def staff_headcounts() -> dict[str, int]:
    with (SAMPLES / "staff-list.csv").open(encoding="cp1252", newline="") as lines:
        return dict(Counter(row["Afdeling"] for row in csv.DictReader(lines, delimiter=";")))


def import_sample(name: str, folder: Path) -> str:
    """Answers how commands name the round."""
    options = []
    if name == HEADCOUNTED:
        file = folder / "headcounts.csv"
        rows = [f"{unit},{count}\n" for unit, count in staff_headcounts().items()]
        file.write_text("unit,invited\n" + "".join(rows), encoding="utf-8")
        options = ["--headcounts", str(file)]
    out = io.StringIO()
    file = folder / f"{name}.csv"
    file.write_text(sample_text(name), encoding="utf-8")
    call_command(
        "import_responses", ORGANISATION, str(file), "--round", f"Leerscan {name}", "--create", *options, stdout=out
    )
    return f"zorggroep-de-voorbeelden/{slug_of(name)}"


def slug_of(name: str) -> str:
    return "-".join(["leerscan", *name.split()])


def freeze(name: str, folder: Path) -> Frozen:
    """Everything in a transaction that is rolled back: only the objects are kept."""
    with transaction.atomic(), patch("scan.cleaning.clean_up"):  # cannot run inside a transaction
        reference = import_sample(name, folder)
        call_command("close_round", reference, stdout=io.StringIO())
        out = io.StringIO()
        call_command("release", reference, "--json", stdout=out)
        round_ = find_round(reference)
        with scope(organisation=round_.organisation):
            published = published_of(round_)
            _ = published.questionnaire, published.advice  # read now, while their rows are there
            rows = ReleaseUnit.objects.filter(release=published.release).select_related("unit")
            contents = {row.unit.path: row.content for row in rows}
        transaction.set_rollback(True)
    return Frozen(name, json.loads(out.getvalue()), contents, published, published.release)
