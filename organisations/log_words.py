"""What the codes in the log mean, in plain words."""

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "login": _("Logged in"),
    "invite_colleague": _("Gave a role and sent an invitation"),
    "invite_again": _("Sent an invitation again"),
    "change_role": _("Changed a role"),
    "withdraw_role": _("Withdrew a role"),
    "change_settings": _("Changed settings"),
    "change_words": _("Changed the organisation's own words"),
    "import_staff": _("Imported a staff list"),
    "add_department": _("Added a department"),
    "rename_department": _("Renamed a department"),
    "move_department": _("Moved a department"),
    "merge_departments": _("Merged departments"),
    "archive_department": _("Archived a department"),
    "add_person": _("Added a person to the staff list"),
    "change_person": _("Changed a person on the staff list"),
    "remove_person": _("Took a person off the staff list"),
    "create_round": _("Made a scan"),
    "change_round": _("Changed a scan in preparation"),
    "delete_round": _("Deleted a scan in preparation"),
    "launch_round": _("Launched a scan"),
    "close_round": _("Closed a scan"),
    "import_responses": _("Imported filled-in questionnaires from a file"),
    "download_report": _("Downloaded a report"),
}


def sentence(action: str) -> str:
    """The code itself when it is newer than this table."""
    return str(ACTIONS.get(action, action))
