"""Change the staff list by hand, and look somebody up in it."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from organisations import log
from organisations.addresses import is_address, plain_address
from organisations.commands import InputError
from organisations.days import today_in
from organisations.departments import hold_tree
from organisations.models import Organisation, Person, User
from organisations.names import clean_name

SEARCHED = ("given_name", "infix", "family_name", "number", "email")


def name_of(person: Person) -> str:
    """How a person is called on screen and in the log, also when the staff list holds no name."""
    return str(person) or person.number or person.email


def staff(
    organisation: Organisation,
    *,
    search: str = "",
    departments: Collection[UUID] | None = None,
    has_left: bool = False,
    no_address: bool = False,
) -> QuerySet[Person]:
    """By family name: people of these departments (None: of all) in whom every word is found."""
    people = Person.objects.filter(organisation=organisation, left_on__isnull=not has_left)
    if departments is not None:
        people = people.filter(department__in=departments)
    if no_address:
        people = people.filter(email="")
    people = people.filter(matching(search))
    return people.select_related("department").order_by("family_name", "given_name", "pk")


def matching(search: str, prefix: str = "") -> Q:
    """Every word is found in a person's name, number or address."""
    every = Q()
    for word in clean_name(search).split():
        found = Q()
        for field in SEARCHED:
            found |= Q(**{f"{prefix}{field}__icontains": word})
        every &= found
    return every


@contextmanager
def one_at_a_time(organisation: Organisation) -> Iterator[None]:
    """What is found out about departments, numbers and addresses in here still holds when it is written down."""
    with transaction.atomic():
        hold_tree(organisation)
        yield


def holder(organisation: Organisation, but: Person, **lookup: str) -> Person | None:
    """Who else has this number or address, people who have left included."""
    return Person.objects.filter(organisation=organisation, **lookup).exclude(pk=but.pk).first()


def checked_address(person: Person, text: str) -> str:
    """Raises InputError when somebody else has this address; the text names that person."""
    email = plain_address(text)
    if email and not is_address(email):
        raise InputError(_("This is not an e-mail address. Write one such as anna@example.org."))
    other = holder(person.organisation, person, email__iexact=email) if email else None
    if other and other.left_on:
        raise InputError(
            _("This is the address of %(name)s, who has left. Look under “People who have left”.")
            % {"name": name_of(other)}
        )
    if other:
        raise InputError(
            _("This is the address of %(name)s. Everybody has an address of their own, so that each gets one link.")
            % {"name": name_of(other)}
        )
    return email


def checked_number(person: Person, text: str) -> str:
    """The same for a number."""
    number = clean_name(text)
    other = holder(person.organisation, person, number=number) if number else None
    if other and other.left_on:
        raise InputError(
            _("This is the number of %(name)s, who has left. Look under “People who have left”.")
            % {"name": name_of(other)}
        )
    if other:
        raise InputError(
            _("This is the number of %(name)s. Everybody has a number of their own.") % {"name": name_of(other)}
        )
    return number


def mark_left(person: Person, user: User | None = None) -> None:
    """Stays on the list under those who have left, so that an import knows them again."""
    with one_at_a_time(person.organisation):
        if Person.objects.filter(pk=person.pk, left_on=None).update(left_on=today_in(person.organisation)):
            log.record(person.organisation, "person_left", name_of(person), user)


def mark_back(person: Person, user: User | None = None) -> None:
    """Raises InputError when the department is no longer there."""
    with one_at_a_time(person.organisation):
        current = Person.objects.select_related("department").get(pk=person.pk)
        if current.department.archived_on:
            raise InputError(
                _("“%(path)s” is no longer there. Choose another department for this person first, and save.")
                % {"path": current.department.path}
            )
        if Person.objects.filter(pk=person.pk).exclude(left_on=None).update(left_on=None):
            log.record(person.organisation, "person_back", name_of(person), user)
