"""Draw every page (390 and 1280 px, light, dark, nl, en) and every PDF page to build/pictures.

It runs the demo in a folder of its own, with the real server and the real browser.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pypdfium2
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "build" / "pictures"
PORT = 8766
ADDRESS = f"http://127.0.0.1:{PORT}"
SIZES = {390: 844, 1280: 900}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("nl", "en")
CHROMIUM = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PDF_UNITS = ("", "Zorg / Wijkteam Oost", "Zorg / Verpleging Noord", "Zorg / Behandeling / Fysiotherapie")
# Sheets of codes, the poster of the open link, and that of the results: each in two languages.
PAPERS = 6
ROUND = "zorggroep-de-linde/leerscan-2026"
OPEN_ROUND = "zorggroep-de-linde/leerscan-loopt-nu"


@contextmanager
def demo() -> Iterator[tuple[str, Path]]:
    """The running demo: a scan link, and its home."""
    home = Path(tempfile.mkdtemp(prefix="leerscan-pictures-"))
    environment = os.environ | {
        "LEERSCAN_HOME": str(home),
        "LEERSCAN_BASE_URL": ADDRESS,
        "LEERSCAN_SMTP_PORT": str(PORT + 25),
        "LANG": "nl",
    }
    command = [sys.executable, "manage.py", "demo", "--port", str(PORT)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield _scan_link(process), home
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(home)


def _scan_link(process: "subprocess.Popen[str]") -> str:
    for line in process.stdout or ():
        if found := re.search(r"http://\S+/a/\S+", line):
            return found.group()
    raise RuntimeError("the demo did not start")


def draw_pages(browser: Browser, link: str) -> None:
    for language in LANGUAGES:
        for width, height in SIZES.items():
            for scheme in SCHEMES:
                context = browser.new_context(
                    viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
                )
                context.add_cookies([{"name": "language", "value": language, "url": ADDRESS}])
                page = context.new_page()
                for name in _visit(page, link):
                    file = TARGET / f"{name}-{language}-{width}-{scheme}.png"
                    page.screenshot(path=file, full_page=True)
                    _report_overflow(page, file.stem)
                context.close()


def _report_overflow(page: Page, name: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        print(f"{name}: {wide} px wider than the window")


def _visit(page: Page, link: str) -> Iterator[str]:
    """Go to each page in turn; yields its name when it stands there."""
    yield from _answering(page, link)
    page.goto(f"{ADDRESS}/accounts/login/")
    yield "login"
    _log_in(page)
    yield "home"
    for name, path in (
        ("organisation", "/o/zorggroep-de-linde/"),
        ("organisations-compared", "/compare-organisations/"),
        ("round-open", "/o/zorggroep-de-linde/r/leerscan-loopt-nu/"),
        ("round-closed", "/o/zorggroep-de-linde/r/leerscan-2026/"),
        ("not-found", "/o/nergens/"),
    ):
        page.goto(ADDRESS + path)
        yield name
    yield from _office(page)
    page.goto(f"{ADDRESS}{ORGANISATION}r/leerscan-2026/comparison/profiles/")
    for box in page.locator("[name=profile]").all()[:4]:
        box.check()
    page.locator("main form button").click()
    yield "comparison-profiles"
    for name, unit in (("report", "Wijkteam Oost"), ("hidden", "Nachtdienst")):
        page.goto(f"{ADDRESS}/o/zorggroep-de-linde/r/leerscan-2026/")
        page.get_by_role("link", name=unit).click()
        yield name
        page.goto(f"{page.url}over-time/")
        yield f"{name}-over-time"
    yield from _sharing(page)
    yield from _installation(page)


def _installation(page: Page) -> Iterator[str]:
    """What the technical administrator sees; last, for it is another account."""
    page.context.clear_cookies(name="sessionid")
    _log_in(page, "beheer@delinde.example")
    page.goto(f"{ADDRESS}/installation/")
    yield "installation"


def _sharing(page: Page) -> Iterator[str]:
    """Of one report: a link, what it opens, and withdrawn again."""
    page.goto(f"{ADDRESS}/o/zorggroep-de-linde/r/leerscan-2026/")
    page.get_by_role("link", name="Wijkteam Oost").click()
    page.locator("a[href$='/share/']").click()
    share = page.url
    yield "share"
    page.fill("input[name=note]", "De raad van toezicht")
    page.locator("main form.office-form button").click()
    yield "share-made"
    page.goto(str(page.locator("#link").input_value()))
    shared = page.url
    yield "shared-report"
    page.goto(f"{shared}pdf/nl/")
    yield "shared-pdf"
    page.goto(share)
    page.locator("button[name=withdraw]").first.click()
    page.goto(shared)
    yield "shared-refused"


def _log_in(page: Page, address: str = "hr@delinde.example") -> None:
    page.goto(f"{ADDRESS}/accounts/login/")
    page.fill("input[name=login]", address)
    page.fill("input[name=password]", "leren-van-elkaar")
    page.click("form[action*=login] button")


ORGANISATION = "/o/zorggroep-de-linde/"
OFFICE = {
    "people": "people/",
    "person-new": "people/new/",
    "departments": "departments/",
    "staff-list": "staff-list/",
    "colleagues": "colleagues/",
    "colleague-new": "colleagues/new/",
    "settings": "settings/",
    "words": "settings/words/",
    "log": "log/",
    "round-new": "rounds/new/",
    "mailings": "r/leerscan-loopt-nu/mail/",
    "links": "r/leerscan-loopt-nu/links/",
    "round-people": "r/leerscan-loopt-nu/people/?search=smit",
    "pack": "r/leerscan-loopt-nu/pack/",
    "preview": "r/leerscan-loopt-nu/preview/",
    "annex": "r/leerscan-2026/annex/",
    "remarks": "r/leerscan-2025/remarks/",
    "remarks-done": "r/leerscan-2026/remarks/",
    "round-files": "r/leerscan-2026/export/",
    "file-to-make": "r/leerscan-2026/export/xlsx/nl/",
    "learning-pairs": "r/leerscan-2026/learning/",
    "over-time": "over-time/",
    "comparison": "r/leerscan-2026/comparison/",
    "comparison-theme": "r/leerscan-2026/comparison/theme/?theme=TL&order=place",
    "comparison-steps": "r/leerscan-2026/comparison/steps/",
    "promise": "r/leerscan-loopt-nu/promise/",
    "last-day": "r/leerscan-loopt-nu/last-day/",
    "close": "r/leerscan-loopt-nu/close/",
    "prepare": "r/{draft}/prepare/",
    "prepare-basics": "r/{draft}/prepare/basics/",
    "prepare-people": "r/{draft}/prepare/people/?q=smit",
    "prepare-promise": "r/{draft}/prepare/promise/",
    "prepare-mails": "r/{draft}/prepare/mails/",
    "prepare-mail-text": "r/{draft}/prepare/mails/invitation/nl/",
    "forecast": "r/{draft}/forecast/",
    "launch": "r/{draft}/prepare/launch/",
}


def _office(page: Page) -> Iterator[str]:
    """The HR adviser's pages, with a scan in preparation that is deleted again."""
    page.goto(f"{ADDRESS}{ORGANISATION}rounds/new/")
    page.locator("main form button").click()
    draft = page.url.split("/r/")[1].split("/")[0]
    for name, path in OFFICE.items():
        page.goto(ADDRESS + ORGANISATION + path.format(draft=draft))
        yield name
    yield from _staff_list(page)
    page.goto(f"{ADDRESS}{ORGANISATION}r/{draft}/prepare/delete/")
    yield "round-delete"
    page.locator("main form button").click()


def _staff_list(page: Page) -> Iterator[str]:
    """A file with faults, as far as the dry run."""
    page.goto(f"{ADDRESS}{ORGANISATION}staff-list/")
    page.locator("input[type=file]").set_input_files(ROOT / "samples" / "staff-list-with-errors.csv")
    page.locator("main form button").first.click()
    page.wait_for_selector("main table", timeout=60_000)
    yield "staff-import"


def _answering(page: Page, link: str) -> Iterator[str]:
    page.goto(f"{ADDRESS}/a/onbekend/")
    yield "link-not-usable"
    page.goto(link)
    yield "start"
    for number in (1, 4):
        page.goto(f"{link}{number}/")
        yield f"part-{number}"
    page.goto(f"{link}closing/")
    yield "closing"
    page.goto(f"{link}check/")
    yield "check"
    page.goto(f"{link}erase/")
    yield "erase"
    page.goto(f"{link}1/")
    for question in page.locator("[data-question]:visible").all()[:4]:
        question.locator("label").nth(2).click()
    page.wait_for_function("document.querySelector('[data-save-state]').textContent.includes('4') === false")
    yield "part-1-begun"
    page.context.set_offline(True)
    page.locator("[data-question]:visible").nth(4).locator("label").first.click()
    page.locator("button[value=on]:visible").click()
    yield "part-2-offline"
    page.context.set_offline(False)
    page.goto(link)
    yield "start-again"


def draw_sent(browser: Browser, link: str) -> None:
    """Send the answers once, and draw what follows."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="nl")
    page = context.new_page()
    for number in range(1, 7):
        page.goto(f"{link}{number}/")
        for position, question in enumerate(page.locator("[data-question]:visible").all()):
            question.locator("label").nth((position + number) % 4 + 1).click()
        page.click("button[value=on]:visible")
    page.click("button[value=on]:visible")
    page.click("form[action*=send] button")
    page.wait_for_url("**/result/")
    page.screenshot(path=TARGET / "result-nl-390-light.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.screenshot(path=TARGET / "result-nl-1280-light.png", full_page=True)
    page.emulate_media(color_scheme="dark")
    page.screenshot(path=TARGET / "result-nl-1280-dark.png", full_page=True)
    page.goto(link)
    page.screenshot(path=TARGET / "already-sent-nl-1280-dark.png", full_page=True)
    context.close()


def draw_papers(browser: Browser) -> None:
    """Code sheets and posters, made by the worker."""
    page = browser.new_page(locale="nl")
    _log_in(page)
    for number in range(PAPERS):
        page.goto(f"{ADDRESS}{ORGANISATION}r/leerscan-loopt-nu/links/")
        make = page.locator("form[action*='/links/'] button").first
        if make.count():
            make.click()
        page.locator("a[download]").nth(number).wait_for(timeout=60_000)
    for link in page.locator("a[download]").all():
        address = str(link.get_attribute("href"))
        name = "paper-" + address.partition("/links/")[2].strip("/").replace("/", "-")[:40]
        content = page.request.get(ADDRESS + address).body()
        for number, pdf_page in enumerate(pypdfium2.PdfDocument(content), 1):
            pdf_page.render(scale=1.3).to_pil().save(TARGET / f"{name}-{number}.png")
    page.close()


def draw_board(browser: Browser) -> None:
    """The summary for the board, made by the worker."""
    page = browser.new_page(locale="nl")
    _log_in(page)
    for language in LANGUAGES:
        page.goto(f"{ADDRESS}{ORGANISATION}r/leerscan-2026/")
        with page.expect_download(timeout=60_000) as download:
            page.locator(f"form[action$='comparison/board/{language}/'] button").click()
        for number, pdf_page in enumerate(pypdfium2.PdfDocument(download.value.path()), 1):
            pdf_page.render(scale=1.3).to_pil().save(TARGET / f"pdf-board-{language}-{number}.png")
    page.close()


def draw_pdfs(home: Path) -> None:
    for language in LANGUAGES:
        for unit in PDF_UNITS:
            name = f"pdf-{unit.split(' / ')[-1].replace(' ', '-') or 'organisation'}-{language}"
            _draw_pdf(home, name, "report", ROUND, "--unit", unit, "--language", language)
        _draw_pdf(home, f"pdf-privacy-file-{language}", "privacy_file", OPEN_ROUND, "--language", language)


def _draw_pdf(home: Path, name: str, *command: str) -> None:
    """The pages of a PDF that a command writes."""
    file = TARGET / f"{name}.pdf"
    environment = os.environ | {"LEERSCAN_HOME": str(home)}
    whole = [sys.executable, "manage.py", *command, "--output", str(file)]
    subprocess.run(whole, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    for number, pdf_page in enumerate(pypdfium2.PdfDocument(file), 1):
        pdf_page.render(scale=1.3).to_pil().save(TARGET / f"{name}-{number}.png")


def main() -> None:
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    with demo() as (link, home), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(CHROMIUM))
        draw_pages(browser, link)
        draw_sent(browser, link)
        draw_papers(browser)
        draw_board(browser)
        browser.close()
        draw_pdfs(home)
    print(f"{len(list(TARGET.glob('*.png')))} pictures in {TARGET.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
