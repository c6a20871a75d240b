"""Invitations to talk: the released learning pairs, as the managers of both units see them. No score, no verdict."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.access import Right, own_department_ids
from organisations.models import User
from questionnaires.questionnaire import DIMENSIONS
from reports.learning.labels import labels_of, theme_name
from reports.models import LearningPair, Release
from reports.reading import Listed, RoundView, own_units
from scan.mailing.result_days import managers_days
from scan.models import Round, Unit
from scan.participants import today_in
from scan.tree import Tree, in_order

MANY = 3


@dataclass(frozen=True)
class Talk:
    id: UUID
    round: Round
    text: str


@dataclass(frozen=True)
class TalksOfRound:
    """On Home, where many together become one line."""

    round: Round
    talks: list[Talk]

    @property
    def are_many(self) -> bool:
        return len(self.talks) > MANY


def talks_in(view: RoundView, unit_id: UUID | None = None) -> list[Talk]:
    """Of the units that this user reads, or of one of them. Nothing before the day on which managers may read."""
    if view.published is None or not view.readable:
        return []
    own = view.readable if unit_id is None else view.readable & {unit_id}
    pairs = LearningPair.objects.filter(release=view.published.release).exclude(released_on=None)
    return _talks(pairs.select_related("release__round"), own, labels_of(view.tree.departments))


def talks_by_organisation(user: User, listed: Iterable[Listed]) -> dict[UUID, list[TalksOfRound]]:
    """On Home, for managers: of all these organisations, in a fixed number of queries."""
    managed = [one for one in listed if Right.READ_OWN_UNITS in one.rights]
    if not managed:
        return {}
    with scope(organisation=[one.organisation for one in managed]):
        pairs = _released_in([round_ for one in managed for round_ in one.rounds if round_.state == Round.State.CLOSED])
        if not pairs:
            return {}
        return _by_organisation(user, managed, pairs)


def _released_in(rounds: list[Round]) -> list[LearningPair]:
    """Of the newest release of each."""
    if not rounds:
        return []
    newest = Release.objects.filter(round=OuterRef("release__round")).order_by("-number").values("pk")[:1]
    found = LearningPair.objects.filter(release__round__in=rounds, release=Subquery(newest)).exclude(released_on=None)
    heavy = ("release__content", "release__check_record")
    return list(found.select_related("release__round__organisation").defer(*heavy))


def _by_organisation(user: User, managed: list[Listed], pairs: list[LearningPair]) -> dict[UUID, list[TalksOfRound]]:
    rounds = {pair.release.round_id: pair.release.round for pair in pairs}
    days = managers_days(rounds.values())
    reads_all = {one.organisation.pk for one in managed if Right.READ_ALL_UNITS in one.rights}
    ready = [pair for pair in pairs if _may_read(pair.release.round, days, reads_all)]
    units = in_order(Unit.objects.filter(round__in=rounds))
    own = own_units(own_department_ids(user, *(one.organisation for one in managed)), Tree({u.pk: u for u in units}))
    labels = labels_of(units)
    found: dict[UUID, list[TalksOfRound]] = {}
    for round_ in rounds.values():
        of_round = [pair for pair in ready if pair.release.round_id == round_.pk]
        if talks := _talks(of_round, own, labels):
            found.setdefault(round_.organisation_id, []).append(TalksOfRound(round_, talks))
    return found


def _may_read(round_: Round, days: Mapping[UUID, date | None], reads_all: Set[UUID]) -> bool:
    """A manager waits for the day of the reports, as in reports/reading.py."""
    day = days[round_.pk]
    return round_.organisation_id in reads_all or day is None or day <= today_in(round_.organisation)


def _talks(pairs: Iterable[LearningPair], own: Set[UUID], labels: Mapping[UUID, str]) -> list[Talk]:
    mine = [pair for pair in pairs if pair.giver_id in own or pair.taker_id in own]
    mine.sort(key=lambda pair: (DIMENSIONS.index(pair.dimension), labels[pair.taker_id], labels[pair.giver_id]))
    return [Talk(pair.pk, pair.release.round, _text(pair, own, labels)) for pair in mine]


def _text(pair: LearningPair, own: Set[UUID], labels: Mapping[UUID, str]) -> str:
    """Says what each is asked to do, and no more: the giver hears that somebody wants to talk, not why."""
    about = {
        "giver": labels[pair.giver_id],
        "taker": labels[pair.taker_id],
        "theme": theme_name(pair.release.round, pair.release.version_id, pair.dimension),
    }
    if pair.giver_id in own and pair.taker_id in own:
        return _("%(giver)s and %(taker)s: talk together about “%(theme)s”. %(giver)s begins by telling.") % about
    if pair.giver_id in own:
        return _("%(taker)s wants to talk with %(giver)s about “%(theme)s”.") % about
    return _("%(taker)s can talk with %(giver)s about “%(theme)s”, and hear how it goes there.") % about
