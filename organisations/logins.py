"""Logins in an organisation's log.

Somebody with a role at several organisations logs in for one of them, and the others need not know when: they read it
in their log as soon as a page of theirs is opened.
"""

from collections.abc import Collection

from django.http import HttpRequest
from django_scopes import scope

from organisations import log
from organisations.access import organisations_of
from organisations.models import Organisation, User

# In the session: the organisations that nothing has been opened of since logging in.
UNOPENED = "unopened"


def note_login(request: HttpRequest, user: User) -> None:
    organisations = list(organisations_of(user))
    if len(organisations) == 1:
        _record(organisations[0], user)
    else:
        request.session[UNOPENED] = [str(organisation.pk) for organisation in organisations]


def note_opening(request: HttpRequest, organisation: Organisation, user: User) -> None:
    unopened = request.session.get(UNOPENED, [])
    if str(organisation.pk) in unopened:
        request.session[UNOPENED] = [pk for pk in unopened if pk != str(organisation.pk)]
        _record(organisation, user)


def note_openings(request: HttpRequest, organisations: Collection[Organisation], user: User) -> None:
    """A page shows results of all of these."""
    unopened = request.session.get(UNOPENED, [])
    opened = [organisation for organisation in organisations if str(organisation.pk) in unopened]
    if opened:
        request.session[UNOPENED] = sorted(set(unopened) - {str(organisation.pk) for organisation in opened})
        with scope(organisation=opened):
            log.record_at_each(opened, "login", "", user)


def _record(organisation: Organisation, user: User) -> None:
    with scope(organisation=organisation):
        log.record(organisation, "login", "", user)
