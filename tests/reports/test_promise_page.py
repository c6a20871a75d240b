"""What staff were promised, for the HR adviser, the works council and the consultant."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from scan.answering.preview import preview_token
from scan.models import Plan, Round
from scan.results_link import results_link
from scan.rounds import launch
from tests.cast import Cast
from tests.scan.drafting import OPENS, address, ready_draft, staff

Browser = Callable[[Any], Client]


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    staff(in_scope)
    draft = ready_draft(in_scope, k=7, retention_days=45)
    launch(draft)
    return Round.objects.select_related("organisation").get(pk=draft.pk)


@pytest.mark.parametrize("name", ["anna", "cas", "wil"])
def test_it_names_every_promise(name: str, round_: Round, in_scope: Cast, as_user: Browser) -> None:
    text = as_user(getattr(in_scope, name)).get(address(round_, "promise/")).content.decode()
    for promised in ("Anna, 2210", "Iris", "In de kantine.", "14 april 2098", "45", ">7 "):
        assert promised in text, promised
    assert results_link(round_) in text
    assert f"/a/{preview_token(round_)}/" in text
    assert "Mens " not in text
    assert "@example.test" not in text


@pytest.mark.parametrize(("name", "status"), [("mo", 403), ("nel", 403), ("otto", 404), ("ada", 404)])
def test_nobody_else_sees_it(name: str, status: int, round_: Round, in_scope: Cast, as_user: Browser) -> None:
    response = as_user(getattr(in_scope, name)).get(address(round_, "promise/"))
    assert response.status_code == status
    assert "2210" not in response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("anna", 200), ("cas", 404), ("wil", 404), ("mo", 403)])
def test_before_launch_it_is_the_hr_advisers_own(name: str, status: int, in_scope: Cast, as_user: Browser) -> None:
    draft = ready_draft(in_scope)
    response = as_user(getattr(in_scope, name)).get(address(draft, "promise/"))
    assert response.status_code == status
    assert ("2210" in response.content.decode()) is (status == 200)


def test_what_was_done_by_hand_is_counted_for_the_works_council(
    round_: Round, in_scope: Cast, as_user: Browser
) -> None:
    in_scope.wil.language = "en"
    in_scope.wil.save()
    client = as_user(in_scope.wil)
    Plan.objects.update(added_by_hand=3, moves_asked=4, addresses_changed=5, links_sent_again=6)
    page = client.get(address(round_, "promise/")).content.decode()
    assert "People added: 3. Moves to another department: 4. Addresses changed: 5. Links sent again: 6." in page
    Round.objects.filter(pk=round_.pk).update(state=Round.State.DRAFT)
    assert "People added" not in as_user(in_scope.anna).get(address(round_, "promise/")).content.decode()


def test_consent_has_its_date(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client = as_user(in_scope.wil)
    in_scope.wil.language = "en"
    in_scope.wil.save()
    assert "no consent filled in" in client.get(address(round_, "promise/")).content.decode()
    Round.objects.update(consent_on=OPENS)
    assert "consented on 3 March 2098" in client.get(address(round_, "promise/")).content.decode()


def test_a_closed_round_has_no_example_any_more(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    Round.objects.update(state=Round.State.CLOSED)
    assert "/a/" not in as_user(in_scope.wil).get(address(round_, "promise/")).content.decode()
