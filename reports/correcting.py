"""A correction: a new release of a closed round, accepted only when it betrays nobody beside the earlier ones (R8)."""

from django.utils.translation import gettext as _

from measurement.checking import smallest_cell
from measurement.disclosure import RULES_VERSION
from organisations import log
from organisations.commands import InputError
from reports import working_files
from reports.learning.proposing import propose
from reports.members import members, members_name
from reports.models import Release, ReleaseUnit
from reports.over_time.freezing import freeze_changes
from reports.release import Made, TooLateError, freeze, make_release, newest_release
from scan.models import Round


def correct_release(round_: Round) -> Release | None:
    """The new release, or None when it would say the same as the newest one.

    Raises InputError when it may not be; then the earlier one stays.
    """
    newest = _newest(round_)
    made = make_release(round_)
    if _says_the_same(made, newest):
        return None
    for earlier in Release.objects.filter(round=round_).order_by("number"):
        _check_beside(made, earlier)
    try:
        release = freeze(made, after=newest)
    except TooLateError as fault:
        raise InputError(_answers_are_gone(round_)) from fault
    if release.number != newest.number + 1 or release.check_record != made.record:
        raise InputError(_("Somebody else made a correction just now. Look at that one first."))
    log.record(round_.organisation, "correct_release", round_.title)
    # Also of the round after this one: it is now compared with the corrected figures.
    freeze_changes(round_.organisation)
    propose(release)
    return release


def _newest(round_: Round) -> Release:
    newest = newest_release(round_)
    if newest is None:
        raise InputError(_("“%(title)s” has no results yet, so there is nothing to correct.") % {"title": round_.title})
    if round_.is_past_retention:
        raise InputError(_answers_are_gone(round_))
    if newest.rules_version != RULES_VERSION:
        raise InputError(
            _(
                "These results were made under rules %(earlier)s; Leerscan now has rules %(now)s. Results under other "
                "rules can betray people beside the earlier ones, so the earlier ones stay."
            )
            % {"earlier": newest.rules_version, "now": RULES_VERSION}
        )
    return newest


def _check_answers_are_kept(round_: Round) -> None:
    """Also what is kept with them may have gone while this worked."""
    if Round.objects.get(pk=round_.pk).is_past_retention:
        raise InputError(_answers_are_gone(round_))


def _answers_are_gone(round_: Round) -> str:
    return _(
        "The answers of “%(title)s” have been deleted, as was promised. Its results can no longer be corrected."
    ) % {"title": round_.title}


def _says_the_same(made: Made, newest: Release) -> bool:
    rows = ReleaseUnit.objects.filter(release=newest).values_list("unit_id", "content")
    contents = {str(unit_id): content for unit_id, content in rows}
    return contents == made.contents and newest.content == made.content


def _check_beside(made: Made, earlier: Release) -> None:
    kept = working_files.find(made.round, members_name(earlier.number))
    if kept is None:
        _check_answers_are_kept(made.round)
        raise InputError(
            _(
                "Release %(number)s was made by an older version of Leerscan, which did not keep what a correction has "
                "to be checked against. It stays."
            )
            % {"number": earlier.number}
        )
    smallest = smallest_cell(members(kept), members(made.members))
    if smallest is not None and smallest < made.round.k:
        raise InputError(
            _(
                "The corrected results are not accepted: beside release %(number)s they would tell about a group of "
                "fewer than %(k)s people. The earlier results stay."
            )
            % {"number": earlier.number, "k": made.round.k}
        )
