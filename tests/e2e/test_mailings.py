"""The page of mailings in a browser: accessible, no wider than the phone, and usable by who never saw it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from scan.mailing.hours import now_in
from scan.models import Delivery, Invitation, Mailing, Round
from tests.cast import PASSWORD, Cast
from tests.e2e.looks import LOOKS
from tests.e2e.test_reading import log_in
from tests.rounds import open_round

Check = Callable[[Page], None]
ADDRESS = "/o/zorggroep-de-linde/r/leerscan-nu/mail/"


@pytest.fixture
def busy_round(live_server: Any, cast: Cast) -> Round:
    """One mailing that was sent and had its troubles, one in trouble, one that was stopped."""
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    round_ = open_round(cast)
    with scope(organisation=cast.organisation):
        Mailing.objects.filter(round=round_).delete()
        today = now_in(cast.organisation).date()
        make = Mailing.objects.create
        sent = make(
            round=round_, kind="invitation", planned_on=today, state="done", total=6, sent=4, refused=1, uncertain=1
        )
        make(round=round_, kind="single", planned_on=today, state="running", total=1, trouble="sender")
        make(round=round_, kind="reminder", planned_on=today, state="stopped")
        make(round=round_, kind="reminder", number=2, planned_on=today + timedelta(days=2))
        first, second, *_rest = Invitation.objects.filter(round=round_)
        Delivery.objects.create(mailing=sent, invitation=first, state="refused", code="550 5.1.1")
        Delivery.objects.create(mailing=sent, invitation=second, state="uncertain")
    return round_


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
def test_the_page_is_accessible(
    page: Page, busy_round: Round, check_page: Check, complaints: list[str], scheme: Any, width: int
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 844})
    log_in(page)
    page.goto(ADDRESS)
    for summary in page.locator("summary").all():
        summary.click()
    check_page(page)
    assert not complaints, "\n".join(complaints)


def test_a_reminder_is_planned_by_keyboard(page: Page, busy_round: Round, cast: Cast) -> None:
    log_in(page)
    page.goto(ADDRESS)
    day = now_in(cast.organisation).date() + timedelta(days=9)
    field = page.locator("section[aria-labelledby=add-reminder] input[type=date]")
    field.fill(day.isoformat())
    field.press("Enter")
    expect(page.locator("p.note[role=status]")).to_contain_text("Er is een herinnering gepland")
    expect(page.locator("#add-reminder")).to_have_count(0)
