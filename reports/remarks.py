"""The remarks of a round that may be read: those a reviewer let pass, frozen once beside the release (R15)."""

import secrets

from django.db import transaction

from organisations import log
from organisations.models import User
from reports.handing_out import has_results
from reports.models import PublishedRemarks
from scan import remarks
from scan.models import Round

_shuffle = secrets.SystemRandom().shuffle


def approved_remarks(round_: Round) -> list[str]:
    """For the organisation's report only, in random order; empty when there are none. One query."""
    texts: list[str] | None = PublishedRemarks.objects.filter(round=round_).values_list("texts", flat=True).first()
    return texts or []


def published(round_: Round) -> list[str] | None:
    """None until the reviewer has finished; empty where too few were let pass."""
    return PublishedRemarks.objects.filter(round=round_).values_list("texts", flat=True).first()


def pile_to_review(round_: Round) -> remarks.Pile | None:
    """None where nobody may read remarks, or where there is no report of the organisation that they could stand in."""
    pile = remarks.pile_of(round_)
    return pile if has_results(round_) else None


@transaction.atomic
def finish(round_: Round, shown: str, user: User | None) -> None:
    """Freeze what was let pass, once; all other remarks are deleted. Raises what `remarks.take_out` raises."""
    if pile_to_review(round_) is None:
        raise remarks.GoneError
    texts = remarks.take_out(round_, shown)
    if len(texts) < remarks.fewest(round_):
        texts = []
    _shuffle(texts)
    PublishedRemarks.objects.create(round=round_, texts=texts)
    log.record(round_.organisation, "finish_remarks", round_.title, user)
