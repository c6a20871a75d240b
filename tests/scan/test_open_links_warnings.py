"""The warning that a link is nearly full: once a day, from ten expected, and never more than R7 lets anybody see."""

from datetime import timedelta

import pytest
from django.utils import timezone

from scan.answering.boxes import Sheet
from scan.forgetting import forget_who_answered
from scan.models import Invitation, OpenLink, PlannedOpenLink, Round, Unit
from scan.progress import refresh
from scan.rounds import create_round, launch
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.scan.entrances import open_link_of, round_with_every_way

NOTHING = Sheet()


def come_in(round_: Round, started: int, sent: int) -> None:
    """Made directly: this is about counting."""
    unit = open_link_of(round_).unit
    Invitation.objects.bulk_create(
        Invitation(round=round_, unit=unit, used=number < sent, came_by_open_link=True) for number in range(started)
    )


def is_warned(round_: Round) -> bool:
    Round.objects.filter(pk=round_.pk).update(response_as_of=timezone.localdate() - timedelta(days=1))
    refresh(Round.objects.select_related("organisation").get(pk=round_.pk))
    return OpenLink.objects.get(unit__round=round_).is_near_limit


@pytest.mark.parametrize(
    ("started", "sent", "expected"),
    [(0, 0, False), (17, 0, False), (18, 0, True), (8, 8, False), (9, 9, True), (10, 10, True)],
)
def test_near_is_nine_tenths_of_either_limit(in_scope: Cast, started: int, sent: int, expected: bool) -> None:
    running = round_with_every_way(in_scope, expected=10)
    come_in(running, started, sent)
    assert is_warned(running) is expected


def test_under_ten_expected_nobody_is_warned(in_scope: Cast) -> None:
    running = round_with_every_way(in_scope, expected=9)
    come_in(running, 18, 9)
    assert is_warned(running) is False


def test_nothing_changes_until_the_next_day(in_scope: Cast) -> None:
    running = round_with_every_way(in_scope)
    assert is_warned(running) is False
    come_in(running, 10, 10)
    refresh(Round.objects.select_related("organisation").get(pk=running.pk))
    assert OpenLink.objects.get(unit__round=running).is_near_limit is False
    assert is_warned(running) is True


def test_the_warning_says_no_more_than_the_response_does(in_scope: Cast) -> None:
    """Sent: only what the step of "90% or more" says too, and nothing at all of a limit that was raised."""
    running = round_with_every_way(in_scope, expected=15)
    unit = open_link_of(running).unit
    for sent in range(16):
        Invitation.objects.filter(unit=unit).delete()
        come_in(running, sent, sent)
        warned = is_warned(running)
        assert warned == (Unit.objects.get(pk=unit.pk).running_tenths == 9), sent
    OpenLink.objects.update(submit_limit=16)
    for sent in range(17):
        Invitation.objects.filter(unit=unit).delete()
        come_in(running, sent, sent)
        assert is_warned(running) is False


@pytest.mark.parametrize(("beside", "is_told"), [(0, True), (3, False), (9, False), (10, True)])
def test_nobody_finds_a_few_people_by_subtracting_the_link_from_its_unit(
    in_scope: Cast, beside: int, is_told: bool
) -> None:
    """Facilitair answers by an open link; the kitchen below it by mail."""
    if beside:
        add_people(in_scope.departments["facilitair / keuken"], beside)
    add_people(in_scope.departments["facilitair"], 12)
    round_ = create_round(in_scope.organisation, "Voorjaar", OPENS, CLOSES)
    PlannedOpenLink.objects.create(round=round_, department=in_scope.departments["facilitair"], expected=12)
    launch(round_)
    come_in(round_, 12, 12)
    assert is_warned(round_) is is_told


def test_an_invitation_by_mail_or_code_in_that_unit_is_not_counted(in_scope: Cast) -> None:
    running = round_with_every_way(in_scope)
    link = open_link_of(running)
    come_in(running, 8, 8)
    person = Invitation.objects.filter(round=running, person__isnull=False).first()
    assert person is not None
    Invitation.objects.filter(pk=person.pk).update(unit=link.unit, used=True)
    assert is_warned(running) is False


def test_sealing_forgets_that_a_link_was_nearly_full(in_scope: Cast) -> None:
    """It says that most of those who were expected have answered."""
    running = round_with_every_way(in_scope, expected=10)
    come_in(running, 18, 9)
    assert is_warned(running)
    forget_who_answered(running)
    assert not OpenLink.objects.get(unit__round=running).is_near_limit
