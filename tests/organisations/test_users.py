"""Somebody who logs in: one account for each address, whatever its capitals."""

import pytest
from django.db import IntegrityError, transaction

from organisations.models import Membership, Role, User
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_an_address_is_kept_in_lower_case_without_spaces() -> None:
    assert User.objects.create_user(" Anna@Example.TEST ").email == "anna@example.test"


@pytest.mark.parametrize("email", ["anna@example.test", "ANNA@example.test"])
def test_an_address_has_one_account(email: str) -> None:
    User.objects.create_user("anna@example.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email=email)


def test_without_a_password_nobody_can_log_in_with_one() -> None:
    assert not User.objects.create_user("anna@example.test").has_usable_password()


def test_a_user_has_each_role_in_an_organisation_once(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(organisation=cast.organisation, user=cast.anna, role=Role.HR_ADVISOR)
