"""Read answers kept elsewhere from a CSV file; every fault says row and column and what would be right."""

import csv
import hashlib
import hmac
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from organisations.commands import InputError, unreadable_file
from organisations.names import MAX_NAME, MAX_PATH, clean_name, join_path, path_key, split_path
from questionnaires.questionnaire import Questionnaire
from scan.answering.packing import MAX_OBSTACLES, MAX_REMARK, obstacle_mask, pack

VALUES = {"": 0, "1": 1, "2": 2, "3": 3, "4": 4, "5": 5, "x": 9, "X": 9}
OPTIONAL = ("obstacles", "remark")
MAX_BYTES = 200_000_000
SHOWN_FAULTS = 20


@dataclass(frozen=True)
class FileResponse:
    row: int
    path: str
    answers: bytes
    obstacles: int
    remark: str


@dataclass
class Faults:
    """Collected, so that a person can mend them all in one go."""

    lines: list[str] = field(default_factory=list)

    def add(self, row: int, column: str, what: str) -> None:
        place = _("row %(row)s, column %(column)s") % {"row": row, "column": column}
        self.lines.append(f"{place}: {what}")

    def raise_if_any(self) -> None:
        if not self.lines:
            return
        shown = self.lines[:SHOWN_FAULTS]
        if more := len(self.lines) - len(shown):
            shown.append(_("and %(count)s more faults.") % {"count": more})
        raise InputError("\n".join([_("Nothing was stored. What is wrong:"), *shown]))


def read_text(path: Path) -> str:
    """The file as text. Raises InputError when it is missing, too large, empty or not UTF-8."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise InputError(_("%(file)s is larger than 200 MB; split it.") % {"file": path})
        raw = path.read_bytes()
    except OSError as fault:
        raise unreadable_file(path, fault) from fault
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise InputError(_encoding_fault(raw, fault)) from fault
    if not text.strip():
        raise InputError(_empty())
    return text


def _empty() -> str:
    return _("row 1, column 1: the file is empty; row 1 must hold the column names.")


def _encoding_fault(raw: bytes, fault: UnicodeDecodeError) -> str:
    before = raw[: fault.start]
    row = before.count(b"\n") + 1
    line = before[before.rfind(b"\n") + 1 :].decode("latin-1")
    delimiter = _delimiter(raw[: raw.find(b"\n")].decode("latin-1"))
    cells = next(csv.reader([line], delimiter=delimiter), [""])
    return _(
        "row %(row)s, column %(column)s: byte %(byte)s is not UTF-8. "
        "Save the file again as “CSV UTF-8” and try once more. Nothing was stored."
    ) % {"row": row, "column": len(cells), "byte": f"0x{raw[fault.start]:02X}"}


def file_hash(text: str) -> str:
    """Tells the same file again; keyed, so that nobody can try out on it what the answers were."""
    return hmac.new(settings.SCAN_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()


def _delimiter(header: str) -> str:
    return max(",;\t", key=header.count)


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """The rows that hold something, with their number in the file."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text.split("\n", 1)[0]), strict=True)
    rows = []
    start = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((start, row))
            start = reader.line_num + 1
    except csv.Error as fault:
        raise InputError(
            _("row %(row)s, column 1: cannot be read (%(reason)s). Check the quotation marks in this row.")
            % {"row": start, "reason": fault}
        ) from fault
    if not rows:
        raise InputError(_empty())
    return rows


def _columns(row: int, header: Sequence[str], wanted: Sequence[str], optional: Sequence[str]) -> dict[str, int]:
    """Where each column stands. Raises InputError on a missing, unknown or double one."""
    names = [name.strip().lower() for name in header]
    faults = Faults()
    for name in wanted:
        if name not in names:
            faults.add(row, name, _("this column is missing."))
    known = {*wanted, *optional}
    unknown = [(number, name) for number, name in enumerate(names, 1) if name not in known]
    if unknown:
        number, name = unknown[0]
        faults.add(
            row,
            f"{number} ({name[:40]})",
            _("unknown column; %(count)s of %(all)s columns are unknown. Known are: %(known)s.")
            % {"count": len(unknown), "all": len(names), "known": _range_of(wanted, optional)},
        )
    for name in sorted(known):
        if names.count(name) > 1:
            faults.add(row, name, _("this column is there more than once."))
    faults.raise_if_any()
    return {name: names.index(name) for name in known if name in names}


def _range_of(wanted: Sequence[str], optional: Sequence[str]) -> str:
    if len(wanted) > 3:
        return f"{wanted[0]}, {wanted[1]} … {wanted[-1]}, {', '.join(optional)}"
    return ", ".join([*wanted, *optional])


def read_responses(text: str, questionnaire: Questionnaire, organisation_name: str) -> list[FileResponse]:
    """All responses of the file, or InputError with every fault. The organisation's own name means its root."""
    rows = _rows(text)
    item_ids = [item.id for item in questionnaire.items]
    columns = _columns(*rows[0], wanted=["unit", *item_ids], optional=OPTIONAL)
    faults = Faults()
    if len(rows) == 1:
        faults.add(rows[0][0] + 1, "unit", _("there are no answers below the column names."))
    width = len(rows[0][1])
    responses = []
    for number, row in rows[1:]:
        if len(row) != width:
            faults.add(
                number,
                str(min(len(row), width) + 1),
                _("%(found)s cells; row 1 has %(wanted)s.") % {"found": len(row), "wanted": width},
            )
            continue
        cells = {name: row[position].strip() for name, position in columns.items()}
        path = _path(number, cells["unit"], organisation_name, faults)
        answers = {item_id: _answer(number, item_id, cells[item_id], faults) for item_id in item_ids}
        mask = _obstacles(number, cells.get("obstacles", ""), questionnaire, faults)
        remark = cells.get("remark", "")
        if len(remark) > MAX_REMARK or "\x00" in remark:
            faults.add(number, "remark", _("longer than %(most)s characters, or not text.") % {"most": MAX_REMARK})
        responses.append(FileResponse(number, path, pack(answers, questionnaire.items), mask, remark))
    faults.raise_if_any()
    return responses


def _path(row: int, cell: str, organisation_name: str, faults: Faults) -> str:
    names = split_path(cell)
    if not names:
        faults.add(
            row,
            "unit",
            _("is empty; write the department, or “%(name)s” for people without a department.")
            % {"name": organisation_name},
        )
    path = join_path(names)
    if any(len(name) > MAX_NAME for name in names) or len(path) > MAX_PATH:
        faults.add(row, "unit", _("a name of more than %(most)s characters.") % {"most": MAX_NAME})
    if "\x00" in path:
        faults.add(row, "unit", _("contains a character that is not text."))
    return "" if path.casefold() == clean_name(organisation_name).casefold() else path


def _answer(row: int, item_id: str, cell: str, faults: Faults) -> int:
    if cell in VALUES:
        return VALUES[cell]
    faults.add(
        row,
        item_id,
        _("“%(value)s” is not an answer; write 1 to 5, x (don't know), or leave it empty.") % {"value": cell[:40]},
    )
    return 0


def _obstacles(row: int, cell: str, questionnaire: Questionnaire, faults: Faults) -> int:
    codes = [code.strip() for code in cell.split(";") if code.strip()]
    try:
        return obstacle_mask(codes, questionnaire.obstacles)
    except ValueError:
        known = ", ".join(choice.code for choice in questionnaire.obstacles)
        faults.add(
            row,
            "obstacles",
            _("“%(value)s”; write at most %(most)s of these, with ; between them: %(known)s.")
            % {"value": cell[:80], "most": MAX_OBSTACLES, "known": known},
        )
        return 0


@dataclass(frozen=True)
class Headcount:
    """People invited in a unit itself, not below it. `row`: where the file says so; 0 when no file does."""

    path: str
    invited: int
    row: int = 0


def read_headcounts(text: str, organisation_name: str) -> list[Headcount]:
    """From a file with the columns unit and invited. Raises InputError."""
    rows = _rows(text)
    columns = _columns(*rows[0], wanted=["unit", "invited"], optional=())
    faults = Faults()
    headcounts = []
    seen: set[str] = set()
    for number, row in rows[1:]:
        cells = [*row, "", ""]
        path = _path(number, cells[columns["unit"]].strip(), organisation_name, faults)
        count = cells[columns["invited"]].strip()
        if not (count.isascii() and count.isdigit() and len(count) < 8):
            faults.add(
                number,
                "invited",
                _("“%(value)s” is not a number of people; write a whole number.") % {"value": count[:40]},
            )
            continue
        if path_key(path) in seen:
            faults.add(number, "unit", _("“%(unit)s” is there twice.") % {"unit": path})
        seen.add(path_key(path))
        headcounts.append(Headcount(path, int(count), number))
    faults.raise_if_any()
    return headcounts


def check_headcounts(responses: Sequence[FileResponse], headcounts: Sequence[Headcount]) -> None:
    """Every unit with answers needs a headcount that is not smaller. Raises InputError."""
    faults = Faults()
    seen: dict[str, int] = {}
    keys = {path_key(headcount.path): headcount.invited for headcount in headcounts}
    for response in responses:
        key = path_key(response.path)
        seen[key] = seen.get(key, 0) + 1
        if key not in keys:
            if seen[key] == 1:
                faults.add(
                    response.row, "unit", _("“%(unit)s” has answers but no headcount.") % {"unit": response.path}
                )
        elif seen[key] == keys[key] + 1:
            faults.add(
                response.row,
                "unit",
                _("“%(unit)s” has more answers than its headcount of %(count)s.")
                % {"unit": response.path, "count": keys[key]},
            )
    faults.raise_if_any()
