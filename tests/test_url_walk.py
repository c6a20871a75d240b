"""Every address x every role x GET and POST, with real objects of two organisations.

A new address makes `test_every_address_is_known` fail until it stands in EXPECTED.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django_scopes import scopes_disabled

from scan.models import Invitation, Round
from tests.cast import Cast
from tests.rounds import closed_sample_round, open_round, tokens, unit_id

ROLES = (
    "hr_advisor",
    "manager",
    "other_manager",
    "consultant",
    "works_council",
    "administrator",
    "outsider",
    "nobody",
)
PUBLIC = dict.fromkeys(ROLES, 200)
LOGIN = 302
MEMBERS = {"hr_advisor", "manager", "other_manager", "consultant", "works_council"}
METHOD = dict.fromkeys(ROLES, 405)


def for_roles(*allowed: str, status: int = 200, members: int = 403) -> dict[str, int]:
    """`status` for these roles, `members` for other members, 404 for strangers, the login page for nobody."""
    expected = {role: members if role in MEMBERS else 404 for role in ROLES}
    return expected | dict.fromkeys(allowed, status) | {"nobody": LOGIN}


# Who is logged in is sent on.
ONLY_NOBODY = dict.fromkeys(ROLES, 302) | {"nobody": 200}
EVERY_MEMBER = for_roles(*MEMBERS)
WHOLE = ("hr_advisor", "consultant", "works_council")
# address pattern -> {example: (GET, POST)}; an example is a name of the fixture `addresses`.
EXPECTED: dict[str, dict[str, tuple[dict[str, int], dict[str, int]]]] = {
    "accounts/login/": {"login": (ONLY_NOBODY, ONLY_NOBODY)},
    "accounts/logout/": {"logout": (dict.fromkeys(ROLES, 200) | {"nobody": 302}, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/": {"start": (PUBLIC, METHOD), "unknown link": (dict.fromkeys(ROLES, 404), METHOD)},
    "a/<str:token>/<part:number>/": {"part": (PUBLIC, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/closing/": {"closing": (PUBLIC, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/check/": {"check": (PUBLIC, METHOD)},
    "a/<str:token>/send/": {"send": (METHOD, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/result/": {"result": (dict.fromkeys(ROLES, 302), METHOD)},
    "a/<str:token>/language/": {"token language": (METHOD, dict.fromkeys(ROLES, 400))},
    "": {"home": (PUBLIC | {"nobody": LOGIN}, METHOD | {"nobody": LOGIN})},
    "healthz": {"healthz": (PUBLIC, METHOD)},
    "language/": {"language": (METHOD, dict.fromkeys(ROLES, 400))},
    "o/<slug:organisation>/": {
        "organisation": (EVERY_MEMBER, METHOD | {"nobody": LOGIN}),
        "other organisation": (for_roles("outsider", members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/": {
        "open round": (EVERY_MEMBER, METHOD | {"nobody": LOGIN}),
        "closed round": (EVERY_MEMBER, METHOD | {"nobody": LOGIN}),
        "round of other organisation": (for_roles("outsider", members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/": {
        "organisation report": (for_roles(*WHOLE), METHOD | {"nobody": LOGIN}),
        "own unit of manager": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "hidden unit of manager": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "unit of other manager": (for_roles("hr_advisor", "consultant", "other_manager"), METHOD | {"nobody": LOGIN}),
        "unit of other organisation": (for_roles(members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/pdf/<language:language>/": {
        "organisation pdf": (for_roles(*WHOLE), for_roles(*WHOLE, status=302)),
        "own unit pdf": (
            for_roles("hr_advisor", "consultant", "manager"),
            for_roles("hr_advisor", "consultant", "manager", status=302),
        ),
        "hidden unit pdf": (
            for_roles("hr_advisor", "consultant", "manager", status=302),
            for_roles("hr_advisor", "consultant", "manager", status=302),
        ),
        "unit pdf of other organisation": (for_roles(members=404), for_roles(members=404)),
    },
}
EXAMPLES = [
    (example, method, role, expected[method == "POST"][role])
    for examples in EXPECTED.values()
    for example, expected in examples.items()
    for method in ("GET", "POST")
    for role in ROLES
]


# Where a redirect of nobody leads on within answering, not to the login page.
PUBLIC_REDIRECTS = {"part", "closing", "send", "result", "logout"}


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)


def test_every_address_is_known() -> None:
    found = list(_patterns(get_resolver()))
    assert sorted(found) == sorted(EXPECTED)
    assert len(found) == 16


@pytest.fixture
def addresses(cast: Cast) -> dict[str, str]:
    closed: Round = closed_sample_round(cast.organisation)
    other = closed_sample_round(cast.other_organisation)
    running = open_round(cast)
    token = tokens(running)[0]
    base = f"/o/{cast.organisation.slug}/"
    other_base = f"/o/{cast.other_organisation.slug}/"
    unit = f"{base}r/leerscan-2026/u/"
    mine, hidden = unit_id(closed, "Zorg / Wijkteam Oost"), unit_id(closed, "Zorg / Nachtdienst")
    foreign = unit_id(other, "Zorg / Wijkteam Oost")
    return {
        "login": "/accounts/login/",
        "logout": "/accounts/logout/",
        "start": f"/a/{token}/",
        "unknown link": "/a/onbekend/",
        "part": f"/a/{token}/3/",
        "closing": f"/a/{token}/closing/",
        "check": f"/a/{token}/check/",
        "send": f"/a/{token}/send/",
        "result": f"/a/{token}/result/",
        "token language": f"/a/{token}/language/",
        "home": "/",
        "healthz": "/healthz",
        "language": "/language/",
        "organisation": base,
        "other organisation": other_base,
        "open round": f"{base}r/{running.slug}/",
        "closed round": f"{base}r/leerscan-2026/",
        "round of other organisation": f"{other_base}r/leerscan-2026/",
        "organisation report": f"{unit}{unit_id(closed, '')}/",
        "own unit of manager": f"{unit}{mine}/",
        "hidden unit of manager": f"{unit}{hidden}/",
        "unit of other manager": f"{unit}{unit_id(closed, 'Facilitair / Keuken')}/",
        "unit of other organisation": f"{unit}{foreign}/",
        "organisation pdf": f"{unit}{unit_id(closed, '')}/pdf/nl/",
        "own unit pdf": f"{unit}{mine}/pdf/en/",
        "hidden unit pdf": f"{unit}{hidden}/pdf/nl/",
        "unit pdf of other organisation": f"{unit}{foreign}/pdf/nl/",
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_role_gets_what_it_may_and_nothing_else(
    role: str, cast: Cast, addresses: dict[str, str], as_user: Callable[[Any], Client]
) -> None:
    """One test per role, because the rounds behind the addresses take a second to make."""
    user = cast.everybody[role]
    wrong = []
    for example, method, _role, expected in (row for row in EXAMPLES if row[2] == role):
        client = as_user(user)
        response = client.get(addresses[example]) if method == "GET" else client.post(addresses[example])
        if response.status_code != expected:
            wrong.append(f"{method} {example}: {response.status_code}, expected {expected}")
        if expected == LOGIN and role == "nobody" and example not in PUBLIC_REDIRECTS:
            assert response.headers["Location"].startswith("/accounts/login/"), example
        _make_link_new()
    assert not wrong, "\n".join(wrong)


def _make_link_new() -> None:
    """Sending answers uses the link up; the walk goes on with an unused one."""
    with scopes_disabled():
        Invitation.objects.update(used=False)


def test_every_expected_status_is_counted() -> None:
    assert len(EXAMPLES) == 27 * 2 * len(ROLES)
