"""What a newcomer sees of the staff list, the log and colleagues: every row can be read on a phone."""

from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page

from organisations.log import record
from organisations.models import Person, StaffImport
from organisations.staff_list import importing
from tests.cast import PASSWORD, Cast
from tests.conftest import SAMPLES
from tests.e2e.conftest import DESK, PHONE
from tests.e2e.test_accounts import log_in
from tests.organisations.staff_list.test_importing import upload, work

Check = Callable[[Page], None]


@pytest.fixture
def pages(live_server: Any, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr("jobs.progress.HEARTBEAT_SECONDS", 3600)
    cast.anna.set_password(PASSWORD)
    cast.anna.save()
    base = f"/o/{cast.organisation.slug}/"
    with scope(organisation=cast.organisation):
        Person.objects.create(
            organisation=cast.organisation,
            department=cast.departments["zorg / wijkteam oost"],
            given_name="Wilhelmina",
            family_name="Vermeulen-Achterberg",
            email="wilhelmina.vermeulen-achterberg@zorggroep-de-linde.example",
            is_leader=True,
        )
        record(cast.organisation, "change_role", "Mo (mo@example.test): manager", cast.anna)
        faults = upload(cast, (SAMPLES / "staff-list-with-errors.csv").read_bytes())
        plan = upload(cast, (SAMPLES / "staff-list.xlsx").read_bytes())
        text = upload(cast, b"Een regel tekst.")
        done = upload(cast, (SAMPLES / "staff-list.csv").read_bytes())
        importing.request_apply(done, is_complete=False)
        assert work(done).state == StaffImport.State.APPLIED
    imports = [f"{base}staff-list/{one.pk}/" for one in (faults, plan, text, done)]
    return [
        f"{base}{rest}"
        for rest in ("people/", "people/?no_address=on", "staff-list/", "log/", "colleagues/", "colleagues/new/")
    ] + imports


def test_rows_are_blocks_on_a_phone_and_tables_on_a_desk(
    page: Page, cast: Cast, pages: list[str], complaints: list[str], check_page: Check
) -> None:
    page.goto("/accounts/login/")
    check_page(page)
    log_in(page, cast.anna)
    for size, rows in ((PHONE, "block"), (DESK, "table-row")):
        page.set_viewport_size(size)
        for address in pages:
            page.goto(address)
            check_page(page)
            cut = page.evaluate(
                "[...document.querySelectorAll('.scroll-x')].filter(e => e.scrollWidth > e.clientWidth).length"
            )
            assert not cut, f"{address} must be scrolled sideways at {size['width']} px"
            shown = page.locator(".block-table tbody tr").evaluate_all(
                "rows => [...new Set(rows.map(row => getComputedStyle(row).display))]"
            )
            assert shown in ([], [rows]), address
    assert not complaints, "\n".join(complaints)
