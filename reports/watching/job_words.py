"""Jobs in plain words: what they do, how they stand, what went wrong and what helps."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from jobs.models import Job
from jobs.running import DIED

KINDS: dict[str, Promise] = {
    "all_pdfs": _("Making all reports of a scan"),
    "apply_staff_list": _("Bringing a staff list up to date"),
    "board_pdf": _("Making a summary for the board"),
    "card_pdf": _("Making a conversation card"),
    "close_round": _("Closing a scan"),
    "code_sheets": _("Making sheets with codes"),
    "daily_tick": _("The work of the day"),
    "delete_answers": _("Deleting the answers of a scan"),
    "export": _("Making a file with figures"),
    "learning_pairs": _("Looking who can learn from whom"),
    "poster": _("Making a poster"),
    "privacy_file": _("Making a privacy file"),
    "read_staff_list": _("Reading a staff list"),
    "report_pdf": _("Making a report"),
    "results_poster": _("Making a poster with results"),
    "send_mailing": _("Sending mails"),
    "shared_pdf": _("Making a report that was shared"),
}
# Of the others a figure could say how many people have answered, or get a reminder. A new kind shows none.
WITH_PROGRESS = frozenset(
    {"all_pdfs", "apply_staff_list", "close_round", "code_sheets", "daily_tick", "read_staff_list"}
)

STATES: dict[str, Promise] = {
    Job.State.WAITING: _("waits"),
    Job.State.RUNNING: _("is being done"),
    Job.State.FAILED: _("failed three times"),
}


@dataclass(frozen=True)
class Explained:
    what: Promise
    then: Promise


_DATABASE = Explained(
    _("The database did not answer, or was busy for too long."),
    _("Look whether the database runs and whether the disk is full. Then try again."),
)
_DISK = Explained(
    _("A file could not be read or written."),
    _("Look whether the disk is full, and whether Leerscan may write in its folder. Then try again."),
)
_GONE = Explained(
    _("What this was about is not there any more."),
    _("Nothing is lost. You do not have to do anything."),
)
FAULTS: dict[str, Explained] = {
    "OperationalError": _DATABASE,
    "InterfaceError": _DATABASE,
    "DatabaseError": _DATABASE,
    "OSError": _DISK,
    "PermissionError": _DISK,
    "FileNotFoundError": _DISK,
    "DoesNotExist": _GONE,
    "MemoryError": Explained(
        _("There was not enough memory."), _("Give the machine more memory, or stop something else. Then try again.")
    ),
    "TroubleError": Explained(
        _("The mail server takes no mail from us."),
        _("Send yourself a test mail, below on this page. When it arrives, try again."),
    ),
    DIED: Explained(
        _("The worker stopped three times while it did this."),
        _("Look in the log of the service manager why: it is often a lack of memory. Then try again."),
    ),
}
_OTHER = Explained(
    _("Something went wrong that Leerscan did not expect."),
    _("Try again. If it fails once more, look in the log of the worker: it says what and where."),
)


def kind_in_words(kind: str) -> str:
    return str(KINDS.get(kind, kind))


def explained(fault: str) -> Explained:
    return FAULTS.get(fault, _OTHER)
