"""Logging in and out, passwords, the second factor."""

from tests.walk.roles import ONLY_NOBODY, ROLES, Expected, World

EXPECTED: Expected = {
    "accounts/login/": {"login": (ONLY_NOBODY, ONLY_NOBODY)},
    "accounts/logout/": {"logout": (dict.fromkeys(ROLES, 200) | {"nobody": 302}, dict.fromkeys(ROLES, 302))},
}


def addresses(world: World) -> dict[str, str]:
    return {"login": "/accounts/login/", "logout": "/accounts/logout/"}
