"""The closed rounds of an organisation that have results, in order of time, and which comes before which."""

from collections.abc import Sequence
from dataclasses import dataclass

from organisations.models import Organisation
from reports.models import Release
from scan.models import Round


@dataclass(frozen=True)
class Released:
    round: Round
    release: Release
    """The newest, without its content."""


def released_rounds(organisation: Organisation) -> list[Released]:
    """Oldest first; of rounds that opened on one day the one that was made first. Two queries, in a scope."""
    rounds = Round.objects.filter(organisation=organisation, state=Round.State.CLOSED).select_related("organisation")
    releases = Release.objects.filter(round__in=rounds).defer("content", "check_record").order_by("number")
    newest = {release.round_id: release for release in releases}
    found = [Released(round_, newest[round_.pk]) for round_ in rounds if round_.pk in newest]
    return sorted(found, key=lambda one: (one.round.opens_on, one.round.created_at, one.round.pk))


def before(one: Released, rounds: Sequence[Released]) -> Released | None:
    """The last one before it with the same version of the questionnaire. `rounds`: oldest first, it among them."""
    earlier = rounds[: rounds.index(one)]
    return next((other for other in reversed(earlier) if other.release.version_id == one.release.version_id), None)
