"""The table role x right, and the one way to fetch an object: stranger 404, member without the right 403."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from organisations.access import (
    RIGHTS,
    Right,
    fetch,
    memberships_of,
    organisation_for,
    organisations_of,
    own_department_ids,
    require,
    rights_in,
)
from organisations.models import Department, Membership, Organisation, Role, User
from tests.cast import Cast

# A row for each part in the cast: see rounds, follow response, read organisation, read own units, read all units,
# manage organisation, manage people, manage rounds, read log, read promise, share reports.
TABLE = """
hr_advisor     yes yes yes no  yes yes yes yes yes yes yes
manager        yes no  no  yes no  no  no  no  no  no  yes
other_manager  yes no  no  yes no  no  no  no  no  no  yes
consultant     yes no  yes no  yes no  no  no  no  yes yes
works_council  yes no  yes no  no  no  no  no  no  yes no
administrator  no  no  no  no  no  no  no  no  no  no  no
outsider       no  no  no  no  no  no  no  no  no  no  no
"""
COLUMNS = (
    Right.SEE_ROUNDS,
    Right.FOLLOW_RESPONSE,
    Right.READ_ORGANISATION,
    Right.READ_OWN_UNITS,
    Right.READ_ALL_UNITS,
    Right.MANAGE_ORGANISATION,
    Right.MANAGE_PEOPLE,
    Right.MANAGE_ROUNDS,
    Right.READ_LOG,
    Right.READ_PROMISE,
    Right.SHARE_REPORTS,
)
ROWS = [(part, words) for part, *words in (line.split() for line in TABLE.strip().splitlines())]


def user_of(cast: Cast, part: str) -> User:
    user = cast.everybody[part]
    assert user is not None
    return user


def test_the_table_is_about_every_role_and_every_right() -> None:
    assert set(RIGHTS) == set(Role)
    assert set(COLUMNS) == set(Right)


@pytest.mark.parametrize(("part", "words"), ROWS, ids=[part for part, _ in ROWS])
def test_everybody_has_the_rights_of_the_table(cast: Cast, part: str, words: Sequence[str]) -> None:
    expected = {right for right, word in zip(COLUMNS, words, strict=True) if word == "yes"}
    assert rights_in(user_of(cast, part), cast.organisation) == expected


@pytest.mark.parametrize(("part", "words"), ROWS, ids=[part for part, _ in ROWS])
def test_who_has_a_right_may_and_who_has_not_gets_403(cast: Cast, part: str, words: Sequence[str]) -> None:
    user = user_of(cast, part)
    for right, word in zip(COLUMNS, words, strict=True):
        if word == "yes":
            assert right in require(user, cast.organisation, right)
        else:
            with pytest.raises(PermissionDenied):
                require(user, cast.organisation, right)


def test_one_of_several_rights_is_enough_and_all_are_answered(cast: Cast) -> None:
    rights = require(cast.mo, cast.organisation, Right.READ_ALL_UNITS, Right.READ_OWN_UNITS)
    assert rights == {Right.SEE_ROUNDS, Right.READ_OWN_UNITS, Right.SHARE_REPORTS}
    with pytest.raises(PermissionDenied):
        require(cast.mo, cast.organisation, Right.READ_ALL_UNITS, Right.READ_ORGANISATION)
    with pytest.raises(PermissionDenied):
        require(cast.anna, cast.organisation)


def test_two_roles_have_the_rights_of_both(cast: Cast) -> None:
    Membership.objects.create(organisation=cast.organisation, user=cast.mo, role=Role.WORKS_COUNCIL)
    of_manager = {Right.READ_OWN_UNITS, Right.SHARE_REPORTS}
    both = {Right.SEE_ROUNDS, *of_manager, Right.READ_ORGANISATION, Right.READ_PROMISE}
    assert rights_in(cast.mo, cast.organisation) == both
    assert list(organisations_of(cast.mo)) == [cast.organisation]
    assert organisation_for(cast.mo, cast.organisation.slug) == cast.organisation


def test_rights_hold_in_the_own_organisation_only(cast: Cast) -> None:
    assert rights_in(cast.anna, cast.other_organisation) == frozenset()
    assert Right.READ_ALL_UNITS in rights_in(cast.otto, cast.other_organisation)


@pytest.mark.parametrize("part", ["hr_advisor", "manager", "consultant", "works_council"])
def test_a_member_finds_the_organisation(cast: Cast, part: str) -> None:
    assert organisation_for(user_of(cast, part), "zorggroep-de-linde") == cast.organisation


@pytest.mark.parametrize("part", ["outsider", "administrator"])
@pytest.mark.parametrize("slug", ["zorggroep-de-linde", "bestaat-niet"])
def test_a_stranger_gets_404_whether_it_exists_or_not(cast: Cast, part: str, slug: str) -> None:
    with pytest.raises(Http404):
        organisation_for(user_of(cast, part), slug)


def test_organisations_come_in_the_order_of_their_names(cast: Cast) -> None:
    Membership.objects.create(organisation=cast.other_organisation, user=cast.cas, role=Role.CONSULTANT)
    assert [organisation.name for organisation in organisations_of(cast.cas)] == [
        "Bakkerij Het Kruim",
        "Zorggroep De Linde",
    ]


@pytest.mark.parametrize(("days", "counts"), [(-1, False), (0, True), (1, True), (None, True)])
def test_a_membership_counts_until_its_last_day(cast: Cast, days: int | None, counts: bool) -> None:
    last = None if days is None else timezone.localdate() + timedelta(days=days)
    Membership.objects.filter(user=cast.mo).update(ends_on=last)
    assert memberships_of(cast.mo).exists() is counts
    assert (rights_in(cast.mo, cast.organisation) != frozenset()) is counts
    assert (own_department_ids(cast.mo, cast.organisation) != set()) is counts
    assert list(organisations_of(cast.mo)) == ([cast.organisation] if counts else [])
    if not counts:
        with pytest.raises(Http404):
            organisation_for(cast.mo, cast.organisation.slug)


def test_a_manager_has_the_departments_that_the_role_names(cast: Cast) -> None:
    assert own_department_ids(cast.mo, cast.organisation) == {cast.departments["zorg"].pk}
    assert own_department_ids(cast.nel, cast.organisation) == {cast.departments["facilitair"].pk}


def test_only_a_manager_has_own_departments(cast: Cast) -> None:
    for user in (cast.anna, cast.cas, cast.wil, cast.ada, cast.otto):
        assert own_department_ids(user, cast.organisation) == set()
    assert own_department_ids(cast.mo, cast.other_organisation) == set()


def test_departments_of_another_role_give_nothing(in_scope: Cast) -> None:
    Membership.objects.get(user=in_scope.cas).departments.add(in_scope.departments["zorg"])
    assert own_department_ids(in_scope.cas, in_scope.organisation) == set()


def test_a_manager_without_departments_has_none(in_scope: Cast) -> None:
    Membership.objects.get(user=in_scope.mo).departments.clear()
    assert own_department_ids(in_scope.mo, in_scope.organisation) == set()


def test_fetching_answers_the_object(in_scope: Cast) -> None:
    zorg = in_scope.departments["zorg"]
    assert fetch(Department.objects.all(), pk=zorg.pk) == zorg


@pytest.mark.parametrize("value", ["", "geen-uuid", "1", "' OR 1=1", 12, None, str(uuid.UUID(int=0))])
def test_fetching_what_is_not_there_or_is_no_id_is_404(in_scope: Cast, value: object) -> None:
    with pytest.raises(Http404):
        fetch(Department.objects.all(), pk=value)


def test_fetching_never_leaves_the_queryset(in_scope: Cast) -> None:
    mine = Organisation.objects.filter(pk=in_scope.organisation.pk)
    with pytest.raises(Http404):
        fetch(mine, slug=in_scope.other_organisation.slug)
