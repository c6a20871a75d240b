"""A copy of the data files in which one thing can be broken."""

import shutil
from pathlib import Path

from questionnaires.loading import DATA, LEERSCAN, DataFaultError, load_advice, read_questionnaire

QUESTIONNAIRE = f"{LEERSCAN}/1"
ADVICE = f"{LEERSCAN}/advice/1"


class Copy:
    def __init__(self, folder: Path) -> None:
        self.data = folder / "data"
        shutil.copytree(DATA, self.data)

    def path(self, file: str) -> Path:
        return self.data / file

    def replace(self, file: str, old: str, new: str) -> None:
        """Put `new` in the place of the first `old`."""
        text = self.path(file).read_text(encoding="utf-8")
        assert old in text, f"{file} holds no {old!r}; break something else in this test"
        self.path(file).write_text(text.replace(old, new, 1), encoding="utf-8")

    def faults(self, file: str) -> tuple[str, ...]:
        """What reading the files of which this is one says; nothing when it finds no fault."""
        try:
            if file.startswith(ADVICE):
                load_advice(LEERSCAN, 1, self.data)
            else:
                read_questionnaire(LEERSCAN, 1, self.data)
        except DataFaultError as fault:
            return fault.faults
        return ()
