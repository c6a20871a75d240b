"""Every address x every role x GET and POST, with real objects of two organisations.

The addresses stand in tests/walk/, a list for each group of pages. A new one makes `test_every_address_is_known` fail
until it stands there.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_scopes import scopes_disabled

from scan.models import Invitation
from tests.cast import Cast
from tests.rounds import closed_sample_round, open_round, tokens
from tests.walk import (
    accounts,
    answering,
    colleagues,
    comparing,
    links,
    mailings,
    pack,
    people,
    reading,
    rounds,
    safety,
    staff_list,
    watching,
)
from tests.walk.roles import LOGIN, ROLES, Expected, World

LISTS = (
    accounts,
    answering,
    colleagues,
    comparing,
    links,
    mailings,
    pack,
    people,
    reading,
    rounds,
    staff_list,
    watching,
)
EXPECTED: Expected = {pattern: examples for part in LISTS for pattern, examples in part.EXPECTED.items()}
EXAMPLES = [
    (example, method, role, expected[method == "POST"][role])
    for examples in EXPECTED.values()
    for example, expected in examples.items()
    for method in ("GET", "POST")
    for role in ROLES
]
# Where a redirect of nobody leads on within answering, not to the login page.
PUBLIC_REDIRECTS = {"shared pdf", "part", "closing", "send", "result", "next", "erase", "open link", "logout"}


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def test_every_address_is_known() -> None:
    found = list(_patterns(get_resolver()))
    assert sorted(found) == sorted(EXPECTED)
    assert len(found) == 122


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    running = open_round(cast)
    world = World(
        cast,
        closed_sample_round(cast.organisation),
        closed_sample_round(cast.other_organisation),
        running,
        tokens(running)[0],
    )
    return {example: address for part in LISTS for example, address in part.addresses(world).items()}


@pytest.mark.parametrize("role", ROLES)
def test_every_role_gets_what_it_may_and_nothing_else(
    role: str, cast: Cast, addresses: dict[str, str], as_user: Callable[[Any], Client], settings: Any
) -> None:
    """One test per role, because the rounds behind the addresses take a second to make.

    On https, and every answer is looked at for what could do harm in a browser (tests/walk/safety.py).
    """
    for name, value in safety.https_settings().items():
        setattr(settings, name, value)
    user = cast.everybody[role]
    wrong = []
    for example, method, _role, expected in (row for row in EXAMPLES if row[2] == role):
        client = as_user(user)
        response = safety.ask(client, method, addresses[example])
        if response.status_code != expected:
            wrong.append(f"{method} {example}: {response.status_code}, expected {expected}")
        wrong += [f"{method} {example}: {fault}" for fault in safety.faults(response, example)]
        if expected == LOGIN and role == "nobody" and example not in PUBLIC_REDIRECTS:
            assert response.headers["Location"].startswith("/accounts/login/"), example
        _make_link_new()
    assert not wrong, "\n".join(wrong)


def _make_link_new() -> None:
    """Sending answers uses the link up; the walk goes on with an unused one."""
    with scopes_disabled():
        Invitation.objects.update(used=False)


def test_every_expected_status_is_counted() -> None:
    assert len(EXAMPLES) == 233 * 2 * len(ROLES)
