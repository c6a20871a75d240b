"""What an HR adviser does at the pages, from an empty installation to reports, over two web processes in turn."""

import csv
import io
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.utils import timezone

from tests.fleet.desk import Desk, Page
from tests.fleet.machines import Fleet
from tests.waiting import wait_until

EMAIL, PASSWORD = "hanneke@delinde.test", "een lange zin voor de scan"
HOME = "/o/zorggroep-de-linde/"
ROUND = f"{HOME}r/leerscan-vloot/"
HEADINGS = ("Personeelsnummer", "Roepnaam", "Achternaam", "E-mail werk", "Afdeling", "Taal")


@dataclass(frozen=True)
class Staff:
    """So many people in each of these departments."""

    departments: tuple[str, ...]
    each: int

    @property
    def department_of(self) -> dict[str, str]:
        """By address."""
        return {
            f"mens-{place}-{number}@delinde.test": department
            for place, department in enumerate(self.departments)
            for number in range(self.each)
        }

    def as_file(self) -> bytes:
        out = io.StringIO()
        writer = csv.writer(out, delimiter=";")
        writer.writerow(HEADINGS)
        for number, (address, department) in enumerate(self.department_of.items(), 1):
            writer.writerow([number, "Mens", f"Nummer {number}", address, department, "nl"])
        return out.getvalue().encode("utf-8-sig")


def found_organisation(fleet: Fleet) -> str:
    """Migrates, and makes the organisation; answers the path at which its adviser chooses a password."""
    printed = fleet.run("-m", "tests.fleet.founding", "Zorggroep De Linde", EMAIL)
    address = re.search(r"http://\S+/accounts/password/reset/key/\S+", printed)
    assert address is not None, printed
    return urlsplit(address.group()).path


def come_in(path: str, first: int, second: int) -> Desk:
    """Chooses a password at one web process, and logs in at the other."""
    _choose_password(Desk(first), path)
    desk = Desk(second)
    assert desk.log_in(EMAIL, PASSWORD).status == 200
    return desk


def _choose_password(desk: Desk, path: str) -> None:
    page = desk.get(path)
    assert desk.submit(page, password1=PASSWORD, password2=PASSWORD).status == 200


def import_staff(desk: Desk, first: int, second: int, staff: Staff) -> None:
    """Uploads at one web process, and says yes at the other; the reading and the storing are jobs."""
    desk = desk.at(first)
    waiting = desk.submit(desk.get(f"{HOME}staff-list/"), file=("personeel.csv", staff.as_file()))
    desk = desk.at(second)
    plan = _until(desk, waiting.path, lambda page: "/apply/" in page.text)
    desk.submit(plan, "/apply/")
    desk = desk.at(first)
    _until(desk, waiting.path, lambda page: "data-busy" not in page.text and "/apply/" not in page.text)


def launch_round(desk: Desk, first: int, second: int) -> None:
    desk = desk.at(first)
    today = timezone.localdate().isoformat()
    desk.submit(desk.get(f"{HOME}rounds/new/"), title="Leerscan vloot", opens_on=today)
    prepare = f"{ROUND}prepare/"
    desk = desk.at(second)
    promise = desk.get(f"{prepare}promise/")
    desk.submit(promise, privacy_officer="Iris, 2210", contact="Anna, 2211", results_how="Op intranet.")
    desk.submit(desk.get(f"{prepare}mails/"), first_hour="0", last_hour="24", on_any_day="on")
    launched = desk.at(first).submit(desk.get(f"{prepare}launch/"))
    assert urlsplit(launched.path).path == ROUND, launched.path


def close_round(desk: Desk) -> float:
    """The seconds that it took to be told that the scan is being closed."""
    page = desk.get(f"{ROUND}close/")
    began = time.monotonic()
    answer = desk.submit(page)
    assert (answer.status, urlsplit(answer.path).path) == (200, ROUND)
    return time.monotonic() - began


def file_made_elsewhere(desk: Desk, first: int, second: int, path: str) -> Page:
    """Asked for at one web process, made by a worker, and handed out by the other web process."""
    desk.at(first).submit(desk.at(first).get(path))
    return _until(desk.at(second), path, lambda page: "text/html" not in page.content_type)


def _until(desk: Desk, path: str, is_there: Callable[[Page], bool]) -> Page:
    def look() -> Page | None:
        page = desk.get(path)
        assert page.status == 200, f"{path}: {page.status}"
        return page if is_there(page) else None

    found = wait_until(f"{path} shows what was asked for", look)
    assert isinstance(found, Page)
    return found
