"""CSV files with answers, right and wrong, and what importing them does to the database."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from tests.scan.asking import ITEM_IDS, guard_away

ORGANISATION = "Zorggroep De Linde"
TITLE = "Leerscan 2026"
EAST, NIGHT, KITCHEN = "Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "Facilitair / Keuken"
HEADER = ["unit", *ITEM_IDS, "obstacles", "remark"]
OUR_APPS = ("jobs", "organisations", "questionnaires", "scan", "reports")


def row(unit: str = EAST, answers: str = "4", obstacles: str = "", remark: str = "", **cells: str) -> list[str]:
    """One row of a file: all items the same answer, but for those in `cells`."""
    return [unit, *(cells.get(item_id, answers) for item_id in ITEM_IDS), obstacles, remark]


def text_of(
    rows: Sequence[Sequence[str]], delimiter: str = ",", end: str = "\n", header: Sequence[str] = HEADER
) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    writer.writerows([header, *rows])
    return out.getvalue()


class Folder:
    """Writes files and imports them into an organisation of the cast."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.path = path
        self._capsys = capsys

    def answers(self, *rows: Sequence[str], **how: Any) -> Path:
        return self.write(text_of(rows, **how))

    def write(self, content: str | bytes, name: str = "answers.csv") -> Path:
        file = self.path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def run(self, file: Path, *options: str, organisation: str = ORGANISATION, title: str = TITLE) -> str:
        """Import; answers what the command printed."""
        self._capsys.readouterr()
        call_command("import_responses", organisation, str(file), "--round", title, *options)
        return self._capsys.readouterr().out

    def refused(self, file: Path, *options: str, organisation: str = ORGANISATION, title: str = TITLE) -> str:
        """Import what must be refused: exit code 1, and not one row more anywhere. Answers the message."""
        before = all_rows()
        with pytest.raises(CommandError) as fault:
            self.run(file, *options, organisation=organisation, title=title)
        assert fault.value.returncode == 1
        assert all_rows() == before
        message = str(fault.value)
        assert message.strip()
        assert not re.search(r"%\(|Traceback", message)
        return message


def all_rows() -> dict[str, int]:
    """How many rows every table of ours holds, those of relations and the ballot box included."""
    with guard_away():
        return {
            model._meta.db_table: model._base_manager.count()
            for app in OUR_APPS
            for model in apps.get_app_config(app).get_models(include_auto_created=True)
        }


def grown(before: dict[str, int]) -> dict[str, int]:
    """Which tables hold more (or fewer) rows than before."""
    return {table: count - before[table] for table, count in all_rows().items() if count != before[table]}


def has_place(message: str, row: int, column: str | int) -> bool:
    """Whether the message names this row and column, in either language."""
    return bool(re.search(rf"\D{row}\b.*\b{column}\b", "\n" + message))
