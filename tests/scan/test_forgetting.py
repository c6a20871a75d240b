"""After sealing no column, place or order of an invitation tells whose it was or whether it was used."""

from django.db import connection
from django.db.models.expressions import RawSQL
from django_scopes import scope

from organisations.models import Person
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.forgetting import forget_who_answered
from scan.models import Draft, Invitation, Round, Unit
from tests.cast import Cast
from tests.scan.asking import launched_round, participant_of

PEOPLE = 60


def in_place_order(round_: Round) -> list[Invitation]:
    """As the database keeps them."""
    place = "scan_invitation.rowid" if connection.vendor == "sqlite" else "scan_invitation.ctid"
    return list(Invitation.objects.filter(round=round_).order_by(RawSQL(place, ())))  # noqa: S611 -- no input in it


def correlation(first: list[object], second: list[object]) -> float:
    """Spearman's, of two orders of the same things."""
    count = len(first)
    places = {thing: place for place, thing in enumerate(second)}
    squares = sum((place - places[thing]) ** 2 for place, thing in enumerate(first))
    return 1 - 6 * squares / (count * (count**2 - 1))


def test_invitations_do_not_lie_in_the_order_of_the_staff_list(in_scope: Cast) -> None:
    round_ = launched_round(in_scope, people=PEOPLE)
    people: list[object] = [person.pk for person in Person.objects.order_by("number")]
    numbers = {person.pk: int(person.number) for person in Person.objects.all()}
    people.sort(key=lambda pk: numbers[pk])  # type: ignore[index]
    stored: list[object] = [invitation.person_id for invitation in in_place_order(round_)]
    assert abs(correlation(people, stored)) < 0.7


def test_what_was_used_is_forgotten_and_its_order_too(in_scope: Cast) -> None:
    round_ = launched_round(in_scope, people=PEOPLE)
    before = in_place_order(round_)
    sent: list[object] = []
    for invitation in before[: PEOPLE // 2]:
        submit(participant_of(invitation), Sheet({"q01": 3}))
        sent.append(invitation.pk)
    forget_who_answered(round_)
    after = in_place_order(round_)
    assert {invitation.pk for invitation in after} == {invitation.pk for invitation in before}
    assert {(invitation.person_id, invitation.used) for invitation in after} == {(None, False)}
    assert [i.unit_id for i in sorted(after, key=lambda i: i.pk)] == [
        i.unit_id for i in sorted(before, key=lambda i: i.pk)
    ]
    order: list[object] = [invitation.pk for invitation in after if invitation.pk in set(sent)]
    assert abs(correlation(sent, order)) < 0.85
    positions = [place for place, invitation in enumerate(after) if invitation.pk in set(sent)]
    assert 17 < sum(positions) / len(positions) < 42


def test_drafts_and_shares_go_too(in_scope: Cast) -> None:
    round_ = launched_round(in_scope, people=12)
    Unit.objects.filter(round=round_).update(running_tenths=4)
    Draft.objects.create(invitation=in_place_order(round_)[0], box=b"x")
    forget_who_answered(round_)
    assert not Draft.objects.exists()
    with scope(organisation=in_scope.organisation):
        assert set(Unit.objects.filter(round=round_).values_list("running_tenths", flat=True)) == {None}
