"""A technical administrator by command: an account without any role."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from organisations.models import Membership, User
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("create_administrator", *arguments, stdout=out)
    return out.getvalue()


def test_the_printed_address_lets_the_administrator_come_in_and_see_no_organisation(cast: Cast, client: Client) -> None:
    link = re.search(
        r"http://127\.0\.0\.1:8000(/accounts/password/reset/key/\S+)", run("It@Example.test", "--name", "It")
    )
    assert link
    address = client.get(link[1], follow=True).redirect_chain[-1][0]
    done = client.post(address, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert cast.organisation.name not in done.content.decode()
    user = User.objects.get(email="it@example.test")
    assert (user.name, user.is_administrator) == ("It", True)
    assert not Membership.objects.filter(user=user).exists()
    assert client.get(f"/o/{cast.organisation.slug}/").status_code == 404


@pytest.mark.parametrize("email", ["mo@example.test", "MO@example.test", "geen adres"])
def test_an_address_that_is_in_use_or_none_is_refused(email: str, cast: Cast) -> None:
    before = User.objects.count()
    with pytest.raises(CommandError, match=email.lower()):
        run(email)
    assert User.objects.count() == before
    assert not User.objects.get(email="mo@example.test").is_administrator


def test_whoever_lost_the_link_gets_another_until_there_is_a_password(cast: Cast) -> None:
    run("it@example.test", "--name", "It")
    assert "http://127.0.0.1:8000/accounts/password/reset/key/" in run("it@example.test")
    user = User.objects.get(email="it@example.test")
    user.set_password(PASSWORD)
    user.save()
    with pytest.raises(CommandError, match="is al beheerder van deze installatie"):
        run("it@example.test")
