"""Organisations side by side: accessible, and no wider than the phone, however long their names are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from organisations.creating import create_organisation
from tests.cast import PASSWORD, Cast
from tests.reports.beside import let_read, show
from tests.reports.sample_rounds import freeze

NAMES = ("Interdisciplinair behandelcentrum voor revalidatie Zuidoost", "Bakkerij", "Gemeente", "School", "Woningen")


def test_it_is_accessible_with_and_without_charts(
    page: Page,
    live_server: Any,
    cast: Cast,
    tmp_path: Path,
    check_page: Callable[[Page], None],
    complaints: list[str],
) -> None:
    sample = freeze("2026", tmp_path)
    made = [create_organisation(name, allows_comparison=True) for name in NAMES]
    for one in made:
        show(one, sample.release, sample.contents[""])
    let_read(cast.cas, *made)
    cast.cas.set_password(PASSWORD)
    cast.cas.save()
    page.goto("/")
    page.locator("input[name=login]").fill("cas@example.test")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.get_by_role("link", name="Organisaties naast elkaar").click()
    page.emulate_media(color_scheme="dark")
    check_page(page)
    for name in NAMES[:4]:
        page.get_by_label(name).check()
    page.get_by_role("button", name="Teken").click()
    expect(page.locator(".radar img")).to_have_count(2)
    check_page(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    check_page(page)
    assert not complaints, "\n".join(complaints)
