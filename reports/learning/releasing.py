"""HR releases learning pairs, so that managers see them, and withdraws them again."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from organisations import log
from organisations.commands import InputError
from organisations.models import User
from reports.learning.labels import log_subject
from reports.models import LearningPair, Release
from scan.models import Round
from scan.participants import today_in


def release_pairs(release: Release, ids: Collection[UUID], user: User) -> int:
    """Answers how many were released now. Raises InputError when these are not the pairs of the newest results."""
    with transaction.atomic():
        pairs = [pair for pair in _locked(release, ids) if pair.released_on is None]
        day = today_in(release.round.organisation)
        LearningPair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(released_on=day, released_by=user)
        _note("release_pair", pairs, user)
    return len(pairs)


def withdraw_pairs(release: Release, ids: Collection[UUID], user: User) -> int:
    """Answers how many were withdrawn now. Raises InputError as above."""
    with transaction.atomic():
        pairs = [pair for pair in _locked(release, ids) if pair.released_on is not None]
        LearningPair.objects.filter(pk__in=[pair.pk for pair in pairs]).update(released_on=None, released_by=None)
        _note("withdraw_pair", pairs, user)
    return len(pairs)


def _locked(release: Release, ids: Collection[UUID]) -> list[LearningPair]:
    """A correction takes the same lock: what managers see belongs to the newest results, or is withdrawn with them."""
    Round.objects.select_for_update().get(pk=release.round_id)
    newest = Release.objects.filter(round=release.round_id).order_by("-number").values_list("pk", flat=True).first()
    found = LearningPair.objects.filter(release=newest, pk__in=ids)
    pairs = list(found.select_related("release__round__organisation", "giver", "taker"))
    if newest != release.pk or len(pairs) != len(set(ids)):
        raise InputError(_("The results have been corrected meanwhile. Look at the pairs again, and choose anew."))
    return pairs


def _note(action: str, pairs: Collection[LearningPair], user: User) -> None:
    for pair in pairs:
        log.record(pair.release.round.organisation, action, log_subject(pair), user)
