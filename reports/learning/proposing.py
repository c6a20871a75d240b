"""Propose learning pairs for a release: worked out once, when the results are made, and kept with them.

Solving the assignment takes scipy, so a page never does it: closing, a correction and the job `learning_pairs` do.
"""

from django.db import transaction
from django_scopes import scope

from jobs.progress import Progress
from measurement.pairing import Offer
from organisations import log
from reports.learning.labels import log_subject
from reports.learning.offers import offers_of
from reports.models import LearningPair, Release
from reports.published import read_release, release_of
from scan.models import Round

KIND = "learning_pairs"


def work(key: str, progress: Progress) -> str:
    """The job, for results from before there were pairs; its key is the release's id."""
    release = release_of(key)
    with scope(organisation=release.round.organisation):
        propose(release)
    progress.report(1, 1)
    return "proposed"


def propose(release: Release) -> None:
    """Once per release. What managers were invited to by the release before it stays, if it still holds."""
    if LearningPair.objects.filter(release=release).exists():
        return
    offers = offers_of(read_release(release))
    earlier = _released_before(release)
    kept = {offer: pair for pair in earlier for offer in offers if _is(offer, pair)}
    chosen = [*kept, *_assigned(offers, list(kept))]
    with transaction.atomic():
        # Another that worked out the same meanwhile waits here.
        Round.objects.select_for_update().get(pk=release.round_id)
        if LearningPair.objects.filter(release=release).exists():
            return
        LearningPair.objects.bulk_create(
            [_pair(release, offer, kept.get(offer)) for offer in offers if offer in chosen]
        )
        for pair in earlier:
            if pair not in kept.values():
                log.record(release.round.organisation, "withdraw_pair", log_subject(pair))


def _released_before(release: Release) -> list[LearningPair]:
    pairs = LearningPair.objects.filter(release__round=release.round_id, release__number=release.number - 1)
    return list(pairs.exclude(released_on=None).select_related("release__round__organisation", "giver", "taker"))


def _is(offer: Offer, pair: LearningPair) -> bool:
    return (offer.theme, offer.giver, offer.taker) == (pair.dimension, pair.giver_id, pair.taker_id)


def _assigned(offers: list[Offer], kept: list[Offer]) -> list[Offer]:
    if not offers:
        return []
    from measurement.assignment import assign  # noqa: PLC0415 -- slow import: scipy

    return assign(offers, kept)


def _pair(release: Release, offer: Offer, earlier: LearningPair | None) -> LearningPair:
    return LearningPair(
        release=release,
        dimension=offer.theme,
        giver_id=offer.giver,
        taker_id=offer.taker,
        released_on=earlier.released_on if earlier else None,
        released_by_id=earlier.released_by_id if earlier else None,
    )
