"""Comparing departments in a browser: a real table by keyboard, charts under the strict policy, usable on a phone."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django_scopes import scope
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD, Cast
from tests.reports.compare.organisations import SLUG, five_departments, freeze

Check = Callable[[Page], None]
BASE = f"/o/zorggroep-de-linde/r/{SLUG}/comparison/"


@pytest.fixture
def logged_in(page: Page, live_server: Any, cast: Cast) -> Page:
    with scope(organisation=cast.organisation):
        freeze(cast, five_departments())
    cast.cas.set_password(PASSWORD)
    cast.cas.save()
    page.goto("/")
    page.locator("input[name=login]").fill("cas@example.test")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    expect(page.locator("h1")).to_contain_text("Cas")
    return page


def test_the_heat_map_is_a_table_that_can_be_read_by_keyboard_and_by_ear(
    logged_in: Page, complaints: list[str], check_page: Check
) -> None:
    page = logged_in
    page.goto(BASE)
    check_page(page)  # 390 px wide, and nothing wider than that
    table = page.get_by_role("table", name="Verschil met de rest van de organisatie")
    expect(table.get_by_role("columnheader")).to_have_count(1 + 2 + 11)
    expect(table.get_by_role("rowheader")).to_have_count(7)
    row = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Laag"))
    expect(row.get_by_role("cell")).to_have_count(11)
    lower = row.get_by_role("cell", name="aantoonbaar lager")
    expect(lower.first).to_contain_text("▼ −")
    expect(row.locator("td.is-lower")).to_have_count(lower.count())
    hidden = table.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Nacht"))
    expect(hidden.get_by_role("cell")).to_have_text("Te weinig ingevulde vragenlijsten om te laten zien.")

    region = page.get_by_role("region", name="Verschil met de rest van de organisatie")
    region.focus()
    page.keyboard.press("ArrowRight")
    expect(region).not_to_have_js_property("scrollLeft", 0)
    page.keyboard.press("Tab")
    name = page.get_by_role("rowheader", name="Huis").get_by_role("link")
    expect(name).to_be_focused()
    left = "document.querySelector('.heat-map tbody th').getBoundingClientRect().left"
    assert page.evaluate(left) >= 0, "the names do not stay where they are"
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Huis")

    page.goto(BASE)
    page.get_by_label("Welk deel van de organisatie?").select_option(label="Zorg")
    page.get_by_role("button", name="Tonen").click()
    expect(page.get_by_role("rowheader")).to_have_count(4)
    assert not complaints, "\n".join(complaints)


def test_charts_become_interactive_under_the_strict_policy_and_can_be_saved(
    logged_in: Page, complaints: list[str], check_page: Check
) -> None:
    page = logged_in
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{BASE}theme/?theme=K")
    figure = json.loads(page.locator("#dots-figure").text_content() or "")
    page.get_by_role("button", name="Interactieve grafiek").click()
    chart = page.locator("[data-chart=dots]")
    expect(chart.locator(".scatterlayer .trace")).to_have_count(len(figure["data"]))
    expect(chart.locator(".scatterlayer .point")).to_have_count(5)
    expect(chart.locator(".ytick text")).to_have_text(figure["layout"]["yaxis"]["ticktext"])
    for trace, entry in zip(figure["data"], chart.locator(".legendtext").all(), strict=True):
        expect(entry).to_have_text(trace["name"])
    # Hover.
    point = chart.locator(".scatterlayer .point").first.bounding_box()
    assert point is not None
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2)
    first = figure["data"][0]
    expected = f"{first['text'][0]}: {first['x'][0]} ± {first['error_x']['array'][0]}"
    expect(chart.locator(".hoverlayer .hovertext")).to_contain_text(expected)
    # Toggle: a click on the legend takes one kind away.
    chart.locator(".legendtoggle").first.click()
    expect(chart.locator(".scatterlayer .trace")).to_have_count(len(figure["data"]) - 1)
    with page.expect_download() as saved:
        chart.locator(".modebar-btn").first.click()
    assert saved.value.suggested_filename == "Kennis delen als kracht.png"
    assert saved.value.path().read_bytes().startswith(b"\x89PNG")
    expect(page.locator(".notifier-note")).to_have_count(0)  # they fade away
    check_page(page)

    page.goto(f"{BASE}profiles/")
    for name in ("Laag", "Keuken", "Zorg", "Zorggroep De Linde"):
        page.get_by_role("checkbox", name=name, exact=True).check()
    page.get_by_role("button", name="Naast elkaar zetten").click()
    check_page(page)
    page.get_by_role("button", name="Interactieve grafiek").first.click()
    expect(page.locator("[data-chart=disciplines] .scatterlayer .trace")).to_have_count(4)
    page.get_by_role("checkbox", name="Dag").check()
    page.get_by_role("button", name="Naast elkaar zetten").click()
    expect(page.get_by_role("alert")).to_contain_text("Je koos 5 afdelingen.")
    page.set_viewport_size({"width": 390, "height": 844})
    check_page(page)
    assert not complaints, "\n".join(complaints)
