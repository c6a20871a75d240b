"""Pages cost the same number of queries with 1 and with 3 of what they list."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.creating import create_organisation
from organisations.models import Role
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS, Cast, member
from tests.rounds import closed_sample_round, open_round

Queries = Callable[[int], Any]


def add_rounds(cast: Cast, count: int) -> None:
    with scope(organisation=cast.organisation):
        for number in range(count):
            create_round(cast.organisation, f"Scan {number}", OPENS, CLOSES)


@pytest.mark.parametrize("count", [1, 3])
def test_home_with_more_rounds(
    count: int, cast: Cast, as_user: Callable[[Any], Client], django_assert_num_queries: Queries
) -> None:
    add_rounds(cast, count)
    client = as_user(cast.anna)
    with django_assert_num_queries(15):  # ten of them for what needs attention
        page = client.get("/")
    assert page.content.decode().count("round-card") == count


@pytest.mark.parametrize("count", [1, 3])
def test_home_with_more_organisations(
    count: int, cast: Cast, as_user: Callable[[Any], Client], django_assert_num_queries: Queries
) -> None:
    others = [create_organisation(f"Huis {number}") for number in range(count)]
    users = [member(f"cas{number}", organisation, Role.CONSULTANT) for number, organisation in enumerate(others)]
    for user in users:
        user.memberships.update(user=cast.cas)
    client = as_user(cast.cas)
    with django_assert_num_queries(4):
        page = client.get("/")
    assert page.content.decode().count("Huis ") == count


@pytest.mark.parametrize("count", [1, 3])
def test_an_organisation_with_more_rounds(
    count: int, cast: Cast, as_user: Callable[[Any], Client], django_assert_num_queries: Queries
) -> None:
    add_rounds(cast, count)
    client = as_user(cast.anna)
    with django_assert_num_queries(6):
        client.get(f"/o/{cast.organisation.slug}/")


@pytest.mark.parametrize("role", ["anna", "mo"])
def test_a_round_with_many_units_costs_a_fixed_number(
    role: str, cast: Cast, as_user: Callable[[Any], Client], django_assert_num_queries: Queries
) -> None:
    """Nine units in the open round, twenty-three in the closed one."""
    open_round(cast)
    closed_sample_round(cast.organisation)
    client = as_user(getattr(cast, role))
    # A manager's: which departments are theirs, which were merged into those, from which day they may read, and whom
    # they are invited to talk with.
    with django_assert_num_queries(10 if role == "anna" else 15):
        client.get(f"/o/{cast.organisation.slug}/r/leerscan-2026/")
    with django_assert_num_queries(15 if role == "anna" else 11):
        client.get(f"/o/{cast.organisation.slug}/r/leerscan-nu/")
