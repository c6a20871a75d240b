"""Pairs are proposed when the results are made, and what was released stays only as long as it holds."""

import pytest

from organisations.models import LogEntry
from reports import comparing
from reports.correcting import correct_release
from reports.learning.offers import offers_of
from reports.learning.proposing import propose
from reports.learning.releasing import release_pairs
from reports.models import LearningPair, Release
from reports.published import Rest, read_release
from scan.models import Round
from tests.cast import Cast
from tests.reports.learning.pairs import different_round, equal_round
from tests.reports.test_corrections import move, people_in
from tests.scan.answer_files import EAST, KITCHEN

WEST = "Zorg / Wijkteam West"


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    return different_round(in_scope.organisation)


def pairs(number: int = 1) -> list[tuple[str, str, str]]:
    found = LearningPair.objects.filter(release__number=number).select_related("giver", "taker")
    return [(pair.dimension, pair.giver.path, pair.taker.path) for pair in found]


def release_all(cast: Cast) -> None:
    release = Release.objects.select_related("round__organisation").get(number=1)
    release_pairs(release, LearningPair.objects.values_list("pk", flat=True), cast.anna)


def test_closing_proposes_and_releases_nothing(round_: Round) -> None:
    found = pairs()
    assert len(found) == 2  # the one gives at most twice, and the other takes at most twice
    assert {(giver, taker) for _theme, giver, taker in found} == {(EAST, KITCHEN)}
    assert not LearningPair.objects.exclude(released_on=None).exists()


def test_once_is_enough(round_: Round) -> None:
    before = pairs()
    propose(Release.objects.get())
    assert pairs() == before


def test_where_nothing_is_demonstrable_nothing_is_proposed(in_scope: Cast) -> None:
    equal_round(in_scope.organisation)
    assert offers_of(read_release(Release.objects.get())) == []
    assert pairs() == []


def test_a_correction_keeps_what_was_released_and_still_holds(round_: Round, in_scope: Cast) -> None:
    release_all(in_scope)
    first = {(pair.dimension, pair.released_on, pair.released_by_id) for pair in LearningPair.objects.all()}
    move(people_in(WEST)[:6], "Zorg / Nachtdienst")
    assert correct_release(round_) is not None
    second = LearningPair.objects.filter(release__number=2)
    assert {(pair.dimension, pair.released_on, pair.released_by_id) for pair in second} == first
    assert not LogEntry.objects.filter(action="withdraw_pair").exists()


def test_a_correction_withdraws_what_no_longer_holds(
    round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It turns out that nothing was demonstrable."""
    release_all(in_scope)
    monkeypatch.setattr(
        comparing, "Rest", lambda difference, margin, _verdict, place: Rest(difference, margin, None, place)
    )
    assert correct_release(round_) is not None
    assert pairs(2) == []
    assert len(pairs(1)) == 2  # kept with the release that it belongs to
    subjects = LogEntry.objects.filter(action="withdraw_pair", user=None).values_list("subject", flat=True)
    assert len(subjects) == 2
    assert all(f"({EAST} → {KITCHEN})" in subject for subject in subjects)


def test_what_was_not_released_is_proposed_anew(round_: Round) -> None:
    move(people_in(WEST)[:6], "Zorg / Nachtdienst")
    assert correct_release(round_) is not None
    assert len(pairs(2)) == 2
    assert not LearningPair.objects.exclude(released_on=None).exists()
