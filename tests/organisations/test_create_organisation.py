"""The first organisation by command, with an address at which its HR adviser chooses a password."""

import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from organisations.models import Membership, Organisation, Role, User
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("create_organisation", *arguments, stdout=out)
    return out.getvalue()


def test_the_printed_address_lets_the_adviser_choose_a_password_and_come_in(client: Client) -> None:
    printed = run("De Eik", "--advisor", "Bo@Example.test", "--name", "Bo Bos")
    link = re.search(r"http://127\.0\.0\.1:8000(/accounts/password/reset/key/\S+)", printed)
    assert link
    assert "/accounts/login/code/" in printed
    form = client.get(link[1], follow=True)
    address = form.redirect_chain[-1][0]
    done = client.post(address, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert done.redirect_chain[-1][0] == "/"
    assert "De Eik" in done.content.decode()
    membership = Membership.objects.get()
    assert (membership.user.email, membership.user.name, membership.role) == ("bo@example.test", "Bo Bos", "hr_advisor")
    client.logout()
    assert "werkt niet meer" in client.get(link[1]).content.decode()


def test_a_second_time_says_so_and_doubles_nothing() -> None:
    run("De Eik", "--advisor", "bo@example.test")
    with pytest.raises(CommandError, match=r"De Eik") as caught:
        run(" De  Eik ", "--advisor", "an@example.test")
    assert caught.value.returncode == 1
    assert Organisation.objects.count() == 1
    assert User.objects.count() == 1


def test_whoever_lost_the_first_link_gets_another_until_a_password_is_chosen(client: Client) -> None:
    run("De Eik", "--advisor", "bo@example.test")
    again = run("De Eik", "--advisor", "BO@example.test")
    assert "was er al" in again
    assert Membership.objects.count() == 1
    link = re.search(r"https?://[^/]+(/\S+)", again)
    assert link
    page = client.get(link[1], follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    with pytest.raises(CommandError, match="De Eik"):
        run("De Eik", "--advisor", "bo@example.test")


@pytest.mark.parametrize("is_gone", [True, False])
def test_nobody_else_gets_such_a_link(*, is_gone: bool) -> None:
    """Who cannot log in any more, or is no HR adviser any more."""
    run("De Eik", "--advisor", "bo@example.test")
    if is_gone:
        User.objects.update(is_active=False)
    else:
        Membership._base_manager.update(ends_on=date(2026, 3, 1))
    with pytest.raises(CommandError, match="De Eik"):
        run("De Eik", "--advisor", "bo@example.test")


def test_an_account_that_is_there_is_used_whatever_the_case(cast: Cast) -> None:
    run("De Eik", "--advisor", "MO@example.test", "--name", "Somebody else")
    assert set(cast.mo.memberships.values_list("organisation__name", "role")) == {
        ("Zorggroep De Linde", Role.MANAGER),
        ("De Eik", Role.HR_ADVISOR),
    }
    cast.mo.refresh_from_db()
    assert cast.mo.name == "Mo"


def test_who_has_a_password_is_told_to_log_in_with_it(cast: Cast) -> None:
    cast.mo.set_password(PASSWORD)
    cast.mo.save()
    printed = run("De Eik", "--advisor", "mo@example.test")
    assert "/accounts/login/" in printed
    assert "reset" not in printed


@pytest.mark.parametrize(
    ("name", "email", "message"),
    [
        ("De Eik", "bo", "e-mailadres"),
        ("De Eik", "bo@example.test, an@example.test", "e-mailadres"),
        ("  ", "bo@example.test", "leeg"),
        ("x" * 121, "bo@example.test", "120"),
        ("De Eik", "ada@example.test", "beheert"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(cast: Cast, name: str, email: str, message: str) -> None:
    before = Organisation.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match=message):
        run(name, "--advisor", email)
    assert (Organisation.objects.count(), User.objects.count()) == before
