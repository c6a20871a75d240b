"""What pages say of where a scan stands: not begun, open, closed early, with nothing to show."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from organisations.models import Membership, Role
from reports.closing import close_here
from reports.ending import close_early
from reports.listing import round_cards
from reports.timeline import timeline
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Mailing, Round, Unit
from scan.participants import today_in
from tests.cast import Cast, add_people
from tests.scan.asking import launched_round
from tests.scan.drafting import EAST, address

Browser = Callable[[Any], Client]


def page_of(round_: Round, user: Any, as_user: Browser) -> str:
    return as_user(user).get(address(round_)).content.decode()


def fresh(round_: Round) -> Round:
    return Round.objects.select_related("organisation").get(pk=round_.pk)


def test_a_scan_that_has_not_begun_is_not_called_open(in_scope: Cast, as_user: Browser) -> None:
    first = today_in(in_scope.organisation) + timedelta(days=5)
    round_ = fresh(launched_round(in_scope, opens_on=first, closes_on=first + timedelta(days=9)))
    (card,) = round_cards([round_])
    assert not card.is_open
    assert "Begint op" in card.state
    page = page_of(round_, in_scope.anna, as_user)
    assert "gaat open op" in page
    assert "ingevuld" not in page
    assert "badge-open" not in as_user(in_scope.anna).get("/").content.decode()


def test_on_its_first_day_it_is_open(in_scope: Cast, as_user: Browser) -> None:
    round_ = fresh(launched_round(in_scope, opens_on=today_in(in_scope.organisation)))
    (card,) = round_cards([round_])
    assert (card.is_open, card.state) == (True, "Open")
    assert "is open tot en met" in page_of(round_, in_scope.anna, as_user)


def test_a_scan_that_was_closed_early_says_until_when_it_was_open(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    close_early(round_, in_scope.anna)
    (card,) = round_cards([fresh(round_)])
    assert card.last_day == today_in(in_scope.organisation)


def test_a_scan_that_was_closed_before_it_began_did_not_open(in_scope: Cast) -> None:
    first = today_in(in_scope.organisation) + timedelta(days=5)
    round_ = launched_round(in_scope, opens_on=first, closes_on=first + timedelta(days=9))
    close_early(round_, in_scope.anna)
    texts = [moment.text for moment in timeline(fresh(round_))]
    assert "De scan gaat open." not in texts
    assert "De scan is gesloten voordat hij begon." in texts


@pytest.mark.parametrize("answers", [4, 5])
def test_whether_there_are_reports_is_said_truly(answers: int, in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope)
    unit = Unit.objects.get(round=round_, path="Zorg / Wijkteam Oost")
    ballot_box.cast_all(round_, [Ballot(unit.pk, bytes([4] * 40), 0)] * answers)
    close_here(round_)
    page = page_of(round_, in_scope.anna, as_user)
    assert ("Dit zijn de rapporten die je mag lezen" in page) is (answers == 5)
    assert ("Er zijn geen resultaten om uit te delen" in page) is (answers == 4)
    assert "Er zijn geen resultaten om uit te delen" not in page_of(round_, in_scope.wil, as_user)


def test_the_organisation_itself_has_its_own_words_where_nothing_is_shown(in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope)
    close_here(round_)
    root = Unit.objects.get(round=round_, parent=None)
    page = page_of(round_, in_scope.anna, as_user)
    assert f"/u/{root.pk}/" in page
    own = as_user(in_scope.wil).get(f"{address(round_)}u/{root.pk}/").content.decode()
    assert "We laten geen resultaten van deze scan zien" in own
    assert "deze afdeling" not in own


def test_departments_without_a_manager_are_named_to_the_hr_adviser_only(in_scope: Cast, as_user: Browser) -> None:
    add_people(in_scope.departments[EAST], 1)
    round_ = launched_round(in_scope)
    mo = Membership.objects.get(user=in_scope.mo, role=Role.MANAGER)
    mo.ends_on = date(2026, 1, 1)
    mo.save()
    shown = as_user(in_scope.anna).get(address(round_)).context["without_manager"]
    assert {unit.path for unit in shown} == {"Zorg", "Zorg / Wijkteam Oost", "Zorg / Nachtdienst"}
    for other in (in_scope.wil, in_scope.cas):
        assert as_user(other).get(address(round_)).context["without_manager"] == []
    mo.ends_on = None
    mo.save()
    assert as_user(in_scope.anna).get(address(round_)).context["without_manager"] == []


def test_a_manager_reads_when_the_reports_come_while_the_scan_is_open(in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope, results_on=date(2100, 1, 20))
    assert "vanaf 13 januari 2100" in page_of(round_, in_scope.mo, as_user)
    assert "vanaf 13 januari 2100" not in page_of(round_, in_scope.wil, as_user)


def test_who_reads_before_staff_is_asked_to_keep_it_until_their_day(in_scope: Cast, as_user: Browser) -> None:
    round_ = launched_round(in_scope, results_on=date(2100, 1, 20))
    unit = Unit.objects.get(round=round_, path="Zorg / Wijkteam Oost")
    ballot_box.cast_all(round_, [Ballot(unit.pk, bytes([4] * 40), 0)] * 6)
    close_here(round_)
    for user in (in_scope.anna, in_scope.cas, in_scope.wil):
        assert "Medewerkers horen de resultaten op 20 januari 2100" in page_of(round_, user, as_user)
    Mailing.objects.filter(round=round_).update(planned_on=today_in(in_scope.organisation))
    for user in (in_scope.anna, in_scope.mo):
        assert "Medewerkers horen de resultaten op" not in page_of(round_, user, as_user)
