"""What a launch makes of what was prepared: invitations, codes and open links, frozen texts, mailings, a log entry."""

from datetime import timedelta
from typing import Any

import pytest

from organisations.commands import InputError
from organisations.models import LogEntry, Organisation, Person
from scan import rounds
from scan.mailing.texts import DEFAULTS
from scan.models import Invitation, LeftOut, Mailing, OpenLink, Plan, Round, Unit
from scan.preparing.choosing import choose, join, leave_out
from scan.preparing.participation import participation_of
from scan.rounds import create_round, launch, launch_when_ready
from tests.cast import Cast, add_people
from tests.scan.drafting import CLOSES, EAST, KITCHEN, NIGHT, OPENS, RESULTS, ready_draft, staff


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    staff(in_scope)
    return ready_draft(in_scope)


def unit_at(round_: Round, path: str) -> Unit:
    return Unit.objects.get(round=round_, path=path, kind=Unit.Kind.DEPARTMENT)


def with_open_link(cast: Cast, draft: Round, expected: int) -> None:
    everybody = {department.pk for department in cast.departments.values()}
    add_people(cast.departments[KITCHEN], 9)
    choose(draft, everybody, {cast.departments[KITCHEN].pk: expected})


def test_who_has_no_address_gets_a_code_and_no_name(draft: Round) -> None:
    launch(draft)
    east = Invitation.objects.filter(round=draft, unit=unit_at(draft, "Zorg / Wijkteam Oost"))
    mailed = [invitation for invitation in east if invitation.person_id]
    coded = [invitation for invitation in east if invitation.code_hash]
    assert (len(mailed), len(coded)) == (3, 2)
    assert not {row.pk for row in mailed} & {row.pk for row in coded}
    assert all(invitation.person and invitation.person.email for invitation in mailed)
    assert not Invitation.objects.filter(person__email="").exists()


def test_leaders_without_an_address_get_a_code_too(draft: Round) -> None:
    launch(draft)
    leaves = Invitation.objects.filter(round=draft, unit__kind=Unit.Kind.LEADERS)
    assert [(row.person is not None, row.code_hash is not None) for row in leaves] == [(False, True)] * 2


def test_codes_are_all_different(draft: Round) -> None:
    launch(draft)
    codes = list(Invitation.objects.exclude(code_hash=None).values_list("code_hash", flat=True))
    assert len(codes) == len({bytes(code) for code in codes if code}) == 4


def test_a_unit_with_an_open_link_gets_one_and_nobody_there_an_invitation(in_scope: Cast, draft: Round) -> None:
    with_open_link(in_scope, draft, 12)
    launch(draft)
    kitchen = unit_at(draft, "Facilitair / Keuken")
    assert (kitchen.has_open_link, kitchen.expected, kitchen.invited) == (True, 12, 12)
    link = OpenLink.objects.get()
    assert (link.unit_id, link.start_limit, link.submit_limit) == (kitchen.pk, 24, 12)
    assert not Invitation.objects.filter(unit=kitchen).exists()
    assert not Invitation.objects.filter(person__department=in_scope.departments[KITCHEN]).exists()


def test_joined_departments_are_one_unit_that_belongs_to_both(in_scope: Cast, draft: Round) -> None:
    east, night = in_scope.departments[EAST], in_scope.departments[NIGHT]
    join(draft, night, east)
    launch(draft)
    together = unit_at(draft, "Zorg / Wijkteam Oost + Nachtdienst")
    assert {department.pk for department in together.departments.all()} == {east.pk, night.pk}
    assert together.invited == 9
    assert Invitation.objects.filter(unit=together).count() == 9
    assert not Unit.objects.filter(round=draft, path="Zorg / Nachtdienst").exists()


def test_the_headcounts_are_those_of_the_forecast(in_scope: Cast, draft: Round) -> None:
    with_open_link(in_scope, draft, 11)
    foreseen = {unit.path: (unit.staff_count, len(unit.leaders)) for unit in participation_of(draft).units}
    launch(draft)
    units = Unit.objects.filter(round=draft).select_related("parent")
    staffed = {unit.path: unit.invited or 0 for unit in units if unit.kind == Unit.Kind.DEPARTMENT}
    leaders = {unit.parent.path: unit.invited or 0 for unit in units if unit.parent and unit.kind == Unit.Kind.LEADERS}
    assert {path: (count, leaders.get(path, 0)) for path, count in staffed.items()} == foreseen


def test_who_was_left_out_is_not_invited_and_then_forgotten(draft: Round) -> None:
    absent = Person.objects.filter(is_leader=False).exclude(email="")[0]
    leave_out(draft, absent)
    launch(draft)
    assert not Invitation.objects.filter(person=absent).exists()
    assert not LeftOut.objects.exists()
    assert not LogEntry.objects.filter(subject__contains=str(absent)).exists()


def test_left_out_elsewhere_stays_left_out_there(in_scope: Cast, draft: Round) -> None:
    other = ready_draft(in_scope, "Najaar")
    leave_out(other, Person.objects.all()[0])
    launch(draft)
    assert LeftOut.objects.get().round_id == other.pk


def test_mail_texts_are_frozen_and_own_ones_go_before_the_standard(draft: Round) -> None:
    own = {"subject": "Doe mee", "body": "Hoi\n\n{link}"}
    draft.mail_texts = {"invitation": {"nl": own}}
    draft.save(update_fields=["mail_texts"])
    launch(draft)
    draft.refresh_from_db()
    assert draft.mail_texts["invitation"] == {"nl": own, "en": DEFAULTS["invitation"]["en"]}
    assert draft.mail_texts["reminder"] == DEFAULTS["reminder"]
    assert set(draft.mail_texts) == set(DEFAULTS)


def test_words_are_frozen(in_scope: Cast, draft: Round) -> None:
    Organisation.objects.filter(pk=in_scope.organisation.pk).update(words={"nl": {"customers": "bewoners"}})
    launch(Round.objects.get(pk=draft.pk))
    Organisation.objects.filter(pk=in_scope.organisation.pk).update(words={"nl": {"customers": "gasten"}})
    draft.refresh_from_db()
    assert draft.words["nl"]["customers"] == "bewoners"


def test_mailings_are_planned(draft: Round) -> None:
    launch(draft)
    planned = [(row.kind, row.number, row.planned_on) for row in Mailing.objects.filter(round=draft)]
    days = [day for kind, _number, day in sorted(planned) if kind == "reminder"]
    assert len(days) == 3
    assert all(OPENS < day <= CLOSES for day in days)
    assert {(kind, day) for kind, _number, day in planned if kind != "reminder"} == {
        ("invitation", OPENS),
        ("managers", RESULTS - timedelta(days=7)),
        ("results", RESULTS),
    }
    assert {row.state for row in Mailing.objects.all()} == {Mailing.State.PLANNED}


def test_a_round_that_was_never_prepared_on_screen_gets_a_plan(in_scope: Cast) -> None:
    staff(in_scope)
    bare = create_round(in_scope.organisation, "Kaal", OPENS, CLOSES)
    launch(bare)
    assert Plan.objects.filter(round=bare).exists()
    assert [row.kind for row in Mailing.objects.filter(round=bare)] == ["invitation"]


def test_the_log_says_who_launched(in_scope: Cast, draft: Round) -> None:
    launch(draft, in_scope.anna)
    entry = LogEntry.objects.get(action="launch_round")
    assert (entry.user, entry.subject) == (in_scope.anna, "Leerscan 2098")


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Unit, Invitation, OpenLink, Mailing, LogEntry))


def test_a_second_launch_is_refused_and_changes_nothing(draft: Round) -> None:
    launch(draft)
    before = counts()
    with pytest.raises(InputError, match="Leerscan 2098"):
        launch(draft)
    assert counts() == before


@pytest.mark.parametrize("place", ["open_links.make", "plan_mailings", "log.record"])
def test_when_something_fails_nothing_is_half_done(
    place: str, in_scope: Cast, draft: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_open_link(in_scope, draft, 11)
    leave_out(draft, Person.objects.all()[0])
    before = counts()

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OSError("disk full")

    module, _dot, name = place.rpartition(".")
    monkeypatch.setattr(getattr(rounds, module) if module else rounds, name, fail)
    with pytest.raises(OSError, match="disk full"):
        launch(draft)
    draft.refresh_from_db()
    assert (draft.state, draft.mail_texts, draft.words) == (Round.State.DRAFT, {}, {})
    assert counts() == before
    assert LeftOut.objects.count() == 1


def test_the_list_is_looked_at_in_the_transaction_that_launches(in_scope: Cast, draft: Round) -> None:
    """Somebody else emptied a field after the page was shown."""
    Round.objects.filter(pk=draft.pk).update(contact="")
    before = counts()
    with pytest.raises(InputError):
        launch_when_ready(draft, in_scope.anna)
    assert counts() == before
    Round.objects.filter(pk=draft.pk).update(contact="Anna, 2210")
    launch_when_ready(draft, in_scope.anna)
    assert Round.objects.get(pk=draft.pk).state == Round.State.OPEN
    with pytest.raises(InputError, match="Leerscan 2098"):
        launch_when_ready(draft, in_scope.anna)
