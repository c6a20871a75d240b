"""The first organisation of an installation, with its first HR adviser."""

from typing import NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.addresses import is_address, plain_address
from organisations.commands import InputError
from organisations.creating import create_organisation
from organisations.links import is_new
from organisations.models import Membership, Organisation, Role, User
from organisations.names import MAX_NAME, clean_name
from organisations.roles import Terms, give_role, user_with


class Started(NamedTuple):
    membership: Membership
    is_new: bool
    """False: it was there, and its HR adviser, who has not come in yet, needs another first link."""


def start_organisation(name: str, email: str, full_name: str = "") -> Started:
    """Raises InputError."""
    name, email = clean_name(name), plain_address(email)
    _check_name(name)
    _check_email(email)
    with transaction.atomic():
        if known := Organisation.objects.filter(name=name).first():
            return Started(_first_adviser_again(known, email), is_new=False)
        user = user_with(email) or User.objects.create_user(email, name=clean_name(full_name)[:150])
        if user.is_administrator:
            raise InputError(
                _("%(email)s manages this installation and can have no role in an organisation. Use another address.")
                % {"email": email}
            )
        organisation = create_organisation(name)
        with scope(organisation=organisation):
            return Started(give_role(organisation, user, Terms(Role.HR_ADVISOR), None), is_new=True)


def _first_adviser_again(organisation: Organisation, email: str) -> Membership:
    with scope(organisation=organisation):
        advisers = Membership.objects.filter(role=Role.HR_ADVISOR, user__email__iexact=email, user__is_active=True)
        advisers = advisers.filter(ends_on=None)
        adviser = advisers.select_related("user", "organisation").first()
    if adviser and is_new(adviser.user):
        return adviser
    raise InputError(
        _("There is an organisation called %(name)s already; nothing changed. Choose another name.")
        % {"name": organisation.name}
    )


def start_administrator(email: str, full_name: str = "") -> User:
    """Whoever has not chosen a password yet may have lost the first link.

    Raises InputError: who looks after the installation has no role in any organisation, and no second account.
    """
    email = plain_address(email)
    _check_email(email, "EMAIL")
    known = user_with(email)
    if known and known.is_administrator:
        if is_new(known):
            return known
        raise InputError(
            _(
                "%(email)s is an administrator already. Another password: choose “Forgotten your password?” where "
                "you log in."
            )
            % {"email": email}
        )
    if known:
        raise InputError(
            _("%(email)s has an account already. Use another address: an administrator has no role in an organisation.")
            % {"email": email}
        )
    return User.objects.create_user(email, name=clean_name(full_name)[:150], is_administrator=True)


def _check_name(name: str) -> None:
    if not name:
        raise InputError(_('The name is empty. Write it between quotes, for example "Zorggroep De Linde".'))
    if len(name) > MAX_NAME:
        raise InputError(
            _("The name has %(length)s characters; at most %(most)s fit.") % {"length": len(name), "most": MAX_NAME}
        )


def _check_email(email: str, argument: str = "--advisor") -> None:
    if not is_address(email):
        raise InputError(
            _("%(argument)s: “%(email)s” is not an e-mail address. Write one such as anna@example.org.")
            % {"argument": argument, "email": email}
        )
