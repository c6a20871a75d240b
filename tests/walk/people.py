"""Departments and people."""

from tests.walk.roles import Expected, World

EXPECTED: Expected = {}


def addresses(world: World) -> dict[str, str]:
    return {}
