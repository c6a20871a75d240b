"""Where there is something to fuzz: every address of the walk, who may go there, and the forms that lead there."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.fuzz.forms import Field, forms_of
from tests.test_url_walk import EXPECTED
from tests.walk.roles import LOGIN

REFUSED = {403, 404, 405}
Fields = list[Field]


@dataclass
class Target:
    example: str
    method: str
    address: str
    role: str
    forms: list[Fields] = field(default_factory=list)


def targets(addresses: dict[str, str], log_in: Callable[[str], Client]) -> list[Target]:
    """Every address with a role that may go there, else with one that is refused."""
    forms = _forms_by_view(addresses, log_in)
    found = []
    for example, method, role in _who_may():
        known = forms.get((view_of(addresses[example]), method), [])
        found.append(Target(example, method, addresses[example], role, known))
    return found


def _who_may() -> Iterator[tuple[str, str, str]]:
    for examples in EXPECTED.values():
        for example, statuses in examples.items():
            for method, by_role in zip(("GET", "POST"), statuses, strict=True):
                if set(by_role.values()) <= {405, LOGIN} and by_role["hr_advisor"] == 405:
                    continue
                may = [role for role, status in by_role.items() if status not in REFUSED and role != "nobody"]
                is_public = by_role["nobody"] != LOGIN or "nobody" not in by_role
                yield example, method, "nobody" if is_public or not may else may[0]


def view_of(address: str) -> str:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return ""


def _forms_by_view(addresses: dict[str, str], log_in: Callable[[str], Client]) -> dict[tuple[str, str], list[Fields]]:
    """The forms of all pages that somebody can open, by where they lead."""
    found: dict[tuple[str, str], list[Fields]] = defaultdict(list)
    seen = set()
    for example, method, role in _who_may():
        if method != "GET":
            continue
        response: Any = log_in(role).get(addresses[example])
        if response.status_code != 200 or not response.headers.get("Content-Type", "").startswith("text/html"):
            continue
        for form in forms_of(response.content.decode(), addresses[example]):
            place = (view_of(form.action), form.method.upper())
            names = (place, *(each.name for each in form.fields))
            if names not in seen:
                seen.add(names)
                found[place].append(form.fields)
    return found
