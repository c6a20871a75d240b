"""Giving, changing and withdrawing roles; an organisation always keeps an HR adviser without a last day."""

import threading
from datetime import date, timedelta

import pytest
from django.db import close_old_connections, connection, transaction
from django.http import Http404
from django.utils import timezone
from django_scopes import scope

from organisations.models import LogEntry, Membership, Organisation, Role, User
from organisations.roles import (
    LastAdviserError,
    RoleExistsError,
    Terms,
    change_role,
    give_role,
    is_last_adviser,
    withdraw_role,
)
from tests.cast import Cast, come_in, make_cast, member

HR = Terms(Role.HR_ADVISOR)


def role_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def logged(organisation: Organisation) -> list[tuple[str, str]]:
    return list(LogEntry.objects.order_by("at").values_list("action", "subject"))


@pytest.mark.parametrize(
    "terms",
    [Terms(Role.WORKS_COUNCIL), Terms(Role.HR_ADVISOR, ends_on=date(2099, 1, 1))],
    ids=["another role", "a last day"],
)
def test_the_last_adviser_keeps_the_role(in_scope: Cast, terms: Terms) -> None:
    anna = role_of(in_scope.anna)
    assert is_last_adviser(in_scope.organisation, anna)
    with pytest.raises(LastAdviserError):
        change_role(in_scope.organisation, anna.pk, terms, in_scope.anna)
    with pytest.raises(LastAdviserError):
        withdraw_role(in_scope.organisation, anna.pk, in_scope.anna)
    anna.refresh_from_db()
    assert (anna.role, anna.ends_on) == (Role.HR_ADVISOR, None)
    assert logged(in_scope.organisation) == []


def test_an_adviser_with_a_last_day_or_a_closed_account_does_not_count(in_scope: Cast) -> None:
    bo = member("bo", in_scope.organisation, Role.HR_ADVISOR)
    come_in(bo, in_scope.organisation)
    Membership.objects.filter(user=bo).update(ends_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(LastAdviserError):
        withdraw_role(in_scope.organisation, role_of(in_scope.anna).pk, bo)
    Membership.objects.filter(user=bo).update(ends_on=None)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    with pytest.raises(LastAdviserError):
        withdraw_role(in_scope.organisation, role_of(in_scope.anna).pk, bo)
    User.objects.filter(pk=bo.pk).update(is_active=True)
    withdraw_role(in_scope.organisation, role_of(in_scope.anna).pk, bo)
    assert not Membership.objects.filter(user=in_scope.anna).exists()


def test_an_adviser_who_never_came_in_does_not_count(in_scope: Cast) -> None:
    bo = member("bo", in_scope.organisation, Role.HR_ADVISOR)
    come_in(bo, in_scope.other_organisation)
    with pytest.raises(LastAdviserError):
        withdraw_role(in_scope.organisation, role_of(in_scope.anna).pk, in_scope.anna)
    come_in(bo, in_scope.organisation)
    withdraw_role(in_scope.organisation, role_of(in_scope.anna).pk, in_scope.anna)


def test_the_log_names_three_departments_and_counts_the_rest(in_scope: Cast) -> None:
    every = tuple(
        in_scope.departments[key] for key in ("zorg", "facilitair", "zorg / nachtdienst", "facilitair / keuken")
    )
    change_role(in_scope.organisation, role_of(in_scope.mo).pk, Terms(Role.MANAGER, every), in_scope.anna)
    assert logged(in_scope.organisation)[0][1].endswith("→ manager [Zorg; Facilitair; Zorg / Nachtdienst; +1]")


def test_an_adviser_elsewhere_does_not_count(in_scope: Cast) -> None:
    Membership.objects.create(organisation=in_scope.other_organisation, user=in_scope.mo, role=Role.HR_ADVISOR)
    assert is_last_adviser(in_scope.organisation, role_of(in_scope.anna))


def test_a_role_that_is_there_is_not_given_twice(in_scope: Cast) -> None:
    with pytest.raises(RoleExistsError), transaction.atomic():
        give_role(in_scope.organisation, in_scope.cas, Terms(Role.CONSULTANT), in_scope.anna)
    give_role(in_scope.organisation, in_scope.cas, Terms(Role.WORKS_COUNCIL), in_scope.anna)
    council = Membership.objects.get(user=in_scope.cas, role=Role.WORKS_COUNCIL)
    with pytest.raises(RoleExistsError):
        change_role(in_scope.organisation, council.pk, Terms(Role.CONSULTANT), in_scope.anna)
    council.refresh_from_db()
    assert council.role == Role.WORKS_COUNCIL


def test_what_is_done_stands_in_the_log_with_name_role_departments_and_last_day(in_scope: Cast) -> None:
    zorg = in_scope.departments["zorg"]
    come_in(in_scope.mo, in_scope.organisation)
    come_in(in_scope.wil, in_scope.other_organisation)
    give_role(in_scope.organisation, in_scope.wil, Terms(Role.MANAGER, (zorg,)), in_scope.anna)
    mo = role_of(in_scope.mo)
    change_role(in_scope.organisation, mo.pk, Terms(Role.CONSULTANT, ends_on=date(2099, 1, 1)), in_scope.anna)
    withdraw_role(in_scope.organisation, role_of(in_scope.nel).pk, in_scope.anna)
    assert logged(in_scope.organisation) == [
        ("login", ""),
        ("invite_colleague", "wil@example.test: manager [Zorg]"),
        ("change_role", "Mo (mo@example.test): manager [Zorg] → consultant ≤ 2099-01-01"),
        ("withdraw_role", "nel@example.test: manager [Facilitair]"),
    ]
    assert list(mo.departments.all()) == []


def test_a_role_of_another_organisation_is_not_found(in_scope: Cast) -> None:
    otto = role_of(in_scope.otto)
    with pytest.raises(Http404):
        change_role(in_scope.organisation, otto.pk, HR, in_scope.anna)
    with pytest.raises(Http404):
        withdraw_role(in_scope.organisation, otto.pk, in_scope.anna)
    assert Membership.objects.filter(pk=otto.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_two_advisers_who_remove_each_other_at_once_do_not_both_succeed() -> None:
    cast = make_cast()
    bo = member("bo", cast.organisation, Role.HR_ADVISOR)
    for user in (cast.anna, bo):
        come_in(user, cast.organisation)
    pairs = [(cast.anna, role_of(bo).pk), (bo, role_of(cast.anna).pk)]
    ready, outcomes = threading.Barrier(2), []

    def remove(by: User, other: object) -> None:
        close_old_connections()
        try:
            with scope(organisation=cast.organisation):
                ready.wait(timeout=20)
                withdraw_role(cast.organisation, other, by)  # type: ignore[arg-type]
            outcomes.append("removed")
        except LastAdviserError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "removed"]
    assert Membership.objects.filter(organisation=cast.organisation, role=Role.HR_ADVISOR).count() == 1
