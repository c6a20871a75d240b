"""One mailbox is one address, however its domain is written, wherever an address comes in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django_scopes import scope

from organisations.addresses import AddressField, is_address, plain_address
from organisations.commands import InputError
from organisations.models import Membership, Person, User
from organisations.people import checked_address
from organisations.starting import start_organisation
from tests.cast import Cast, add_people

AsUser = Callable[[Any], Client]


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (" A@Example.test ", "a@example.test"),
        ("a@\uff45xample.test", "a@example.test"),
        ("a@exa\u00admple.test", "a@example.test"),
        ("a@example\u3002test", "a@example.test"),
        ("a@caf\u00e9.test", "a@xn--caf-dma.test"),
        ("a@cafe\u0301.test", "a@xn--caf-dma.test"),
        ("a@XN--CAF-DMA.test", "a@xn--caf-dma.test"),
        ("a@[127.0.0.1]", "a@[127.0.0.1]"),
        ("a", "a"),
        ("a@", "a@"),
        ("a@..test", "a@..test"),
        ("", ""),
    ],
)
def test_an_address_has_one_way_of_writing(written: str, plain: str) -> None:
    assert plain_address(written) == plain
    assert plain_address(plain) == plain


def test_what_is_checked_is_what_is_kept() -> None:
    """The sign for "account of" passes as a letter, and becomes a/c."""
    written = "a@ex\u2100mple.test"
    assert is_address(written)
    assert not is_address(plain_address(written))
    with pytest.raises(ValidationError):
        AddressField().clean(written)


def test_nobody_gets_the_mailbox_of_a_colleague_by_hand(cast: Cast, as_user: AsUser) -> None:
    with scope(organisation=cast.organisation):
        one, other = add_people(cast.departments["zorg"], 2)
        twin = one.email.replace("example", "\uff45xample")
        with pytest.raises(InputError, match=str(one)):
            checked_address(other, twin)
        with pytest.raises(InputError, match="geen e-mailadres"):
            checked_address(other, "a@ex\u2100mple.test")
    data = {"action": "save", "given_name": "q", "language": "nl", "department": str(other.department_id)}
    page = f"/o/{cast.organisation.slug}/people/{other.pk}/"
    assert as_user(cast.anna).post(page, data | {"email": twin}).status_code == 422
    assert as_user(cast.anna).post(page, data | {"email": "Q@\uff45xample.test"}).status_code == 302
    with scope(organisation=cast.organisation):
        assert Person.objects.get(pk=other.pk).email == "q@example.test"


def test_nobody_gets_a_second_account(cast: Cast, as_user: AsUser) -> None:
    before = User.objects.count()
    data = {"email": "otto@\uff45xample.test", "role": "works_council"}
    assert as_user(cast.anna).post(f"/o/{cast.organisation.slug}/colleagues/new/", data).status_code == 302
    assert Membership.objects.filter(user=cast.otto).count() == 2
    assert start_organisation("De Eik", "Otto@\uff45xample.test").membership.user == cast.otto
    assert User.objects.count() == before


def test_the_addresses_of_an_organisation_are_kept_plain(cast: Cast, as_user: AsUser) -> None:
    data = {
        "name": cast.organisation.name,
        "language": "nl",
        "council": "OR",
        "time_zone": "Europe/Amsterdam",
        "reply_address": "HR@\uff45ik.test",
    }
    assert as_user(cast.anna).post(f"/o/{cast.organisation.slug}/settings/", data).status_code == 302
    cast.organisation.refresh_from_db()
    assert cast.organisation.reply_address == "hr@eik.test"
