"""The same answers, as different programs save them."""

import pytest
from django_scopes import scope

from scan.models import Round
from tests.cast import Cast
from tests.conftest import SAMPLES
from tests.scan.answer_files import EAST, NIGHT, Folder, row, text_of
from tests.scan.asking import stored_responses

ROWS = [
    row(EAST, "3", obstacles="time_pressure;fear_of_mistakes", remark='Zeg: "ja; nee", één keer'),
    row(NIGHT, "5", q04="x", q05=""),
    row(EAST, "1", remark="twee\nregels"),
]
PLAIN = text_of(ROWS)
WRITINGS = {
    "semicolons": text_of(ROWS, delimiter=";").encode(),
    "tabs": text_of(ROWS, delimiter="\t").encode(),
    "byte order mark": b"\xef\xbb\xbf" + PLAIN.encode(),
    "Windows line ends": text_of(ROWS, end="\r\n").encode(),
    "as Excel saves it here": b"\xef\xbb\xbf" + text_of(ROWS, delimiter=";", end="\r\n").encode(),
    "old Macintosh line ends": text_of(ROWS, end="\r").encode(),
    "no end of the last line": PLAIN.rstrip("\n").encode(),
    "empty rows at the end": (PLAIN + "\n\n" + "," * 42 + "\n").encode(),
    "everything in quotation marks": "\n".join(
        ",".join('"' + cell.replace('"', '""') + '"' for cell in cells)
        for cells in [PLAIN.split("\n", 1)[0].split(","), *ROWS]
    ).encode(),
}

Content = list[tuple[bytes, int, str]]


def stored(cast: Cast) -> Content:
    with scope(organisation=cast.organisation):
        round_ = Round.objects.get()
    return sorted((row.answers, row.obstacles, row.remark) for row in stored_responses(round_))


@pytest.mark.parametrize("writing", WRITINGS)
def test_every_way_of_writing_gives_the_same_responses(cast: Cast, folder: Folder, writing: str) -> None:
    folder.run(folder.write(WRITINGS[writing]))
    assert stored(cast) == [
        (bytes([1] * 40), 0, "twee\nregels"),
        (bytes([3] * 40), 0b101, 'Zeg: "ja; nee", één keer'),
        (bytes([5, 5, 5, 9, 0, *[5] * 35]), 0, ""),
    ]


@pytest.mark.parametrize("writing", ["semicolons", "Windows line ends"])
def test_the_sample_in_another_writing_gives_the_same_number(folder: Folder, writing: str) -> None:
    text = (SAMPLES / "responses-2026.csv").read_text(encoding="utf-8")
    changed = text.replace("\n", "\r\n") if writing == "Windows line ends" else semicolons(text)
    assert "142 questionnaires in 23 units" in folder.run(folder.write(changed), "--create")


def semicolons(text: str) -> str:
    import csv  # noqa: PLC0415 -- of this one way of writing only
    import io  # noqa: PLC0415

    return text_of(list(csv.reader(io.StringIO(text)))[1:], delimiter=";")
