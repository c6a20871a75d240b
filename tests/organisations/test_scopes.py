"""Every query is inside one organisation: without a scope a queryset does nothing, and gives nothing away."""

import inspect
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.db.models import FETCH_ONE, Q, QuerySet
from django_scopes import ScopeError, scope
from django_scopes.manager import DisabledQuerySet

from organisations.models import Department, LogEntry, Membership, Person
from tests.cast import Cast

SCOPED = (Department, Person, LogEntry)
ALLOWED = {
    "using": "only says which database; what it answers is refused in turn",
    "none": "answers an empty queryset: forms need one before they know their organisation",
    "create": "writes one row that names its organisation, and reads nothing",
    "acreate": "create, awaited",
    "as_manager": "makes a manager when a model is defined; it is no query",
}
# What a method needs to be called at all.
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "acontains": (Department(),),
    "aget_or_create": ({"name": "x"},),
    "aupdate_or_create": ({"name": "x"},),
    "abulk_create": ([Department()],),
    "abulk_update": ([Department()], ["name"]),
    "bulk_create": ([Department()],),
    "bulk_update": ([Department()], ["name"]),
    "complex_filter": (Q(name="x"),),
    "contains": (Department(),),
    "dates": ("archived_on", "year"),
    "datetimes": ("archived_on", "year"),
    "difference": (Department.objects.none(),),
    "intersection": (Department.objects.none(),),
    "union": (Department.objects.none(),),
    "fetch_mode": (FETCH_ONE,),
    "raw": ("SELECT 1",),
    "select_related": ("parent",),
    "resolve_expression": (Department.objects.none().query,),
}


def public_methods() -> list[str]:
    return [
        name
        for name, member in inspect.getmembers(QuerySet, callable)
        if not name.startswith("_") and not isinstance(inspect.getattr_static(QuerySet, name), property)
    ]


def call(queryset: QuerySet[Any], name: str) -> object:
    method: Callable[..., Any] = getattr(queryset, name)
    result = method(*ARGUMENTS.get(name, ()))
    if inspect.iscoroutine(result):
        return async_to_sync(_awaited)(result)
    return result


async def _awaited(result: Coroutine[Any, Any, object]) -> object:
    return await result


def without_scope(model: type[Any] = Department) -> QuerySet[Any]:
    queryset: QuerySet[Any] = model.objects.get_queryset()
    return queryset


def test_every_allowed_method_still_exists() -> None:
    assert set(ALLOWED) <= set(public_methods())
    assert len(public_methods()) > 60


@pytest.mark.parametrize("name", sorted(set(public_methods()) - set(ALLOWED)))
def test_a_public_method_is_refused_outside_a_scope(db: None, name: str) -> None:
    with pytest.raises(ScopeError):
        call(without_scope(), name)


@pytest.mark.parametrize("model", SCOPED)
@pytest.mark.parametrize(
    "use", [bool, len, list, iter, lambda queryset: queryset[0]], ids=["bool", "len", "list", "iter", "item"]
)
def test_a_queryset_cannot_be_looked_into_outside_a_scope(
    cast: Cast, model: type[Any], use: Callable[[QuerySet[Any]], object]
) -> None:
    with pytest.raises(ScopeError):
        use(without_scope(model))


@pytest.mark.parametrize(
    "queryset",
    [
        Department.objects.get_queryset,
        lambda: Department.objects.using("default"),
        lambda: Department.objects.exclude(name="x"),
        Department.objects.distinct,
        lambda: Department.objects.defer("name"),
        lambda: Department.objects.select_related("parent"),
    ],
    ids=["get_queryset", "using", "exclude", "distinct", "defer", "select_related"],
)
def test_a_queryset_of_no_scope_cannot_be_part_of_another_query(
    cast: Cast, queryset: Callable[[], QuerySet[Department]]
) -> None:
    """Memberships, users and organisations are asked for outside scopes: a subquery must not open the others."""
    with pytest.raises(ScopeError):
        list(Membership.objects.filter(departments__in=queryset()))


def test_allowed_methods_give_nothing_away(cast: Cast) -> None:
    assert list(Department.objects.none()) == []
    with pytest.raises(ScopeError):
        list(Department.objects.using("default"))
    entry = LogEntry.objects.create(organisation=cast.organisation, action="test")
    assert entry.organisation == cast.organisation


def test_a_scope_shows_the_own_organisation_only(cast: Cast) -> None:
    for organisation in (cast.organisation, cast.other_organisation):
        with scope(organisation=organisation):
            assert {department.organisation_id for department in Department.objects.all()} == {organisation.pk}


def test_every_model_with_an_organisation_is_scoped() -> None:
    """Membership is not: it is what says in which organisations somebody is, before any scope is known."""
    names = {
        model.__name__
        for model in apps.get_models()
        if any(field.name == "organisation" for field in model._meta.fields)
        and not isinstance(model._default_manager.get_queryset(), DisabledQuerySet)
    }
    assert names == {"Membership"}
