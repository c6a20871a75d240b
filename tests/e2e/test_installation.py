"""The administrator's page in a browser: at both widths, light and dark, in both languages, and without script."""

from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from jobs.models import Job, Worker
from tests.cast import Cast
from tests.e2e.answering import Check
from tests.jobs.ages import ago
from tests.rounds import open_round


def log_in(context: BrowserContext, server: Any, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ada, backend="allauth.account.auth_backends.AuthenticationBackend")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": server.url}])


@pytest.fixture
def jobs(live_server: Any, cast: Cast) -> None:
    key = str(open_round(cast).pk)
    Worker.objects.create(name="machine 7", seen_at=ago(30))
    for kind, state, values in (
        ("close_round", "failed", {"tries": 3, "fault": "KeyError", "finished_at": ago(60)}),
        ("all_pdfs", "running", {"tries": 1, "done": 1, "total": 4, "heartbeat": ago(1)}),
        ("poster", "waiting", {"tries": 2, "fault": "OSError"}),
    ):
        Job.objects.create(kind=kind, key=key, state=state, created_at=ago(90), **values)


def test_it_reads_well_at_every_size_and_in_both_languages(
    page: Page, live_server: Any, cast: Cast, jobs: None, check_page: Check, complaints: list[str]
) -> None:
    log_in(page.context, live_server, cast)
    page.goto("/")
    expect(page).to_have_url(f"{live_server.url}/installation/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Deze installatie")
    check_page(page)
    page.emulate_media(color_scheme="dark")
    check_page(page)
    page.set_viewport_size({"width": 1280, "height": 844})
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("This installation")
    check_page(page)
    page.emulate_media(color_scheme="light")
    check_page(page)
    assert complaints == []


def test_what_changes_is_shown_by_itself(page: Page, live_server: Any, cast: Cast, jobs: None) -> None:
    log_in(page.context, live_server, cast)
    page.clock.install()
    page.goto("/installation/")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "25")
    Job.objects.filter(kind="all_pdfs").delete()
    page.clock.run_for(10_500)
    expect(page.get_by_role("progressbar")).to_have_count(0)


def test_trying_again_needs_no_script(browser: Browser, live_server: Any, cast: Cast, jobs: None) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url, locale="nl-NL")
    log_in(context, live_server, cast)
    page = context.new_page()
    page.goto("/installation/")
    page.get_by_role("button", name="Probeer opnieuw").click()
    expect(page.get_by_text("“Scan sluiten” wordt opnieuw geprobeerd.")).to_be_visible()
    assert Job.objects.get(kind="close_round").state == Job.State.WAITING
    context.close()
