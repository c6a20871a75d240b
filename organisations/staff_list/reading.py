"""Read a staff list from whatever file it comes in. For jobs and commands only: workbooks need a slow import."""

from organisations.staff_list.tables import MAX_BYTES, Table, UnreadableError
from organisations.staff_list.text_files import read_text_file
from organisations.staff_list.workbooks import Score, check_archive, read_workbook

ZIP = b"PK\x03\x04"
# Excel before 2007, and every workbook with a password.
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf", b"MZ", b"SQLite")


def read_table(content: bytes, score: Score, sheet: str = "") -> Table:
    """Raises UnreadableError. `score` tells which sheet of a workbook looks most like a staff list.

    A sheet that was chosen may be empty: then another one can be chosen.
    """
    check_kind(content)
    table = read_workbook(content, sheet, score) if content.startswith(ZIP) else read_text_file(content)
    if not table.rows and not sheet:
        raise UnreadableError("empty")
    return table


def check_kind(content: bytes) -> None:
    """What can be said at a glance, also in the web process. Raises UnreadableError."""
    if len(content) > MAX_BYTES:
        raise UnreadableError("too_large")
    if not content.strip():
        raise UnreadableError("empty")
    if content.startswith(OLD_OFFICE):
        raise UnreadableError("old_office")
    if content.startswith(NO_TEXT):
        raise UnreadableError("not_a_sheet")
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise UnreadableError("web_page")
    if content.startswith(ZIP):
        check_archive(content)
