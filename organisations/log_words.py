"""What the codes in the log mean, in plain words."""

import re
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organisations.models import Role

WITH_ROLE = ("invite_colleague", "invite_again", "change_role", "withdraw_role")
COUNTS = re.compile(r"(?P<file>.*) \(\+(?P<added>\d+), ~(?P<changed>\d+)(?:, @(?P<addresses>\d+))?\)", re.DOTALL)
# In a subject such as "Mo (mo@example.org): manager [Care; Kitchen] ≤ 2030-01-01 → consultant".
ROLE_CODE = re.compile(rf"(?:(?<=: )|(?<=→ ))(?:{'|'.join(Role.values)})(?=$| \[| ≤ | →)")
LAST_DAY = re.compile(r" ≤ (\d{4}-\d\d-\d\d)(?=$| →)")

ACTIONS = {
    "login": _("Logged in"),
    "correct_release": _("Corrected results"),
    "invite_colleague": _("Gave a role and sent an invitation"),
    "invite_again": _("Invited a colleague again"),
    "change_role": _("Changed a role"),
    "withdraw_role": _("Withdrew a role"),
    "change_settings": _("Changed settings"),
    "change_words": _("Changed the organisation's own words"),
    "import_staff": _("Uploaded a staff list"),
    "add_department": _("Added a department"),
    "rename_department": _("Renamed a department"),
    "move_department": _("Moved a department"),
    "merge_departments": _("Merged departments"),
    "archive_department": _("Archived a department"),
    "add_person": _("Added a person to the staff list"),
    "change_person": _("Changed a person on the staff list"),
    "person_left": _("Marked somebody on the staff list as having left"),
    "person_back": _("Brought somebody back on the staff list"),
    "remove_person": _("Took a person off the staff list"),
    "create_round": _("Made a scan"),
    "change_round": _("Changed a scan in preparation"),
    "delete_round": _("Deleted a scan in preparation"),
    "launch_round": _("Launched a scan"),
    "close_round": _("Closed a scan"),
    "delete_answers": _("Deleted all answers of a scan"),
    "invite_person": _("Invited somebody to a running scan"),
    "correct_address": _("Corrected an address during a scan"),
    "send_again": _("Sent somebody the link again"),
    "move_participant": _("Chose another department for somebody during a scan"),
    "change_last_day": _("Changed the last day of a scan"),
    "ask_closing": _("Closed a scan early"),
    "plan_reminder": _("Planned a reminder"),
    "plan_results": _("Planned the mail about the results to staff"),
    "move_mailing": _("Moved a mailing to another moment"),
    "change_mail_hours": _("Changed the hours for mails of a scan"),
    "stop_mailing": _("Stopped a mailing"),
    "resume_mailing": _("Went on with a mailing"),
    "end_mailing": _("Ended a mailing that was stopped"),
    "cancel_mailing": _("Took a mailing off the plan"),
    "again_mailing": _("Sent a mailing again to refused addresses"),
    "begin_invitation": _("Began to send invitations"),
    "sent_invitation": _("Sent all invitations"),
    "begin_single": _("Began to send an invitation once more"),
    "sent_single": _("Sent an invitation once more"),
    "begin_reminder": _("Began to send reminders"),
    "sent_reminder": _("Sent all reminders"),
    "begin_managers": _("Began to mail managers about their reports"),
    "sent_managers": _("Mailed managers about their reports"),
    "begin_results": _("Began to mail staff about the results"),
    "sent_results": _("Mailed staff about the results"),
    "restore_backup": _("A backup was restored: what happened after it is not known any more"),
    "hold_mailing": _("Stopped a mailing because a backup was restored; look which mails went out before you go on"),
    "download_codes": _("Downloaded a sheet of codes"),
    "raise_limits": _("Raised the limits of an open link"),
    "import_responses": _("Imported filled-in questionnaires from a file"),
    "release_pair": _("Released a learning pair"),
    "withdraw_pair": _("Withdrew a learning pair"),
    "download_card": _("Downloaded a conversation card"),
    "download_board": _("Downloaded the summary for the board"),
    "download_report": _("Downloaded a report"),
    "read_remarks": _("Read remarks of a scan"),
    "finish_remarks": _("Finished reading the remarks of a scan"),
    "share_report": _("Made a link to a report"),
    "withdraw_share": _("Withdrew a link to a report"),
    "download_export": _("Downloaded a file with figures"),
    "download_all_reports": _("Downloaded all reports of a scan"),
    "job_again": _("Had work that failed done once more"),
    "download_privacy_file": _("Downloaded the privacy file of a scan"),
}


def sentence(action: str) -> str:
    """The code itself when it is newer than this table."""
    return str(ACTIONS.get(action, action))


def about(action: str, subject: str) -> str:
    """What was written down, with its codes and counts in words; older entries hold words already."""
    if action in WITH_ROLE:
        said = ROLE_CODE.sub(lambda found: str(Role(found[0]).label), subject)
        return LAST_DAY.sub(_until, said)
    counted = COUNTS.fullmatch(subject) if action == "import_staff" else None
    return f"{counted['file']}: {_counts(counted)}" if counted else subject


def _until(found: re.Match[str]) -> str:
    return " " + _("until %(day)s") % {"day": date_format(date.fromisoformat(found[1]), "j F Y")}


def _counts(counted: re.Match[str]) -> str:
    words = [
        _("%(count)s added") % {"count": counted["added"]},
        _("%(count)s changed") % {"count": counted["changed"]},
    ]
    if addresses := counted["addresses"]:
        text = ngettext("%(count)s e-mail address changed", "%(count)s e-mail addresses changed", int(addresses))
        words.append(text % {"count": addresses})
    return ", ".join(str(word) for word in words)
