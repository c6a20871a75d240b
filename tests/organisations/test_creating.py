"""An organisation is made with its root department and a slug of its own."""

import pytest
from django.db import IntegrityError, transaction
from django_scopes import scope

from organisations.creating import create_organisation, free_slug
from organisations.departments import root_of
from organisations.models import Department, Organisation

pytestmark = pytest.mark.django_db


def test_an_organisation_has_itself_as_the_top_of_its_tree() -> None:
    organisation = create_organisation("  Zorggroep  De Linde ")
    assert organisation.name == "Zorggroep De Linde"
    assert organisation.slug == "zorggroep-de-linde"
    with scope(organisation=organisation):
        root = Department.objects.get()
    assert (root.name, root.path, root.path_key, root.parent) == ("Zorggroep De Linde", "", "", None)


def test_the_root_is_made_once() -> None:
    organisation = create_organisation("De Linde")
    with scope(organisation=organisation):
        assert root_of(organisation).pk == root_of(organisation).pk
        assert Department.objects.count() == 1


def test_the_database_refuses_a_second_root() -> None:
    organisation = create_organisation("De Linde")
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.create(organisation=organisation, name="Nog een", path="Nog een", path_key="nog een")


def test_slugs_are_unique() -> None:
    slugs = [create_organisation("De Linde").slug for _ in range(3)]
    assert slugs == ["de-linde", "de-linde-2", "de-linde-3"]


def test_the_database_refuses_the_same_slug_twice() -> None:
    create_organisation("De Linde")
    with pytest.raises(IntegrityError), transaction.atomic():
        Organisation.objects.create(name="Anders", slug="de-linde")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Café Ïsolde", "cafe-isolde"), ("日本", "organisation"), ("!!!", "organisation"), ("a" * 49 + " b", "a" * 49)],
)
def test_a_slug_holds_plain_letters(name: str, slug: str) -> None:
    assert free_slug(name) == slug


def test_a_slug_of_a_very_long_name_fits_with_its_number() -> None:
    name = "De Zeer Lange Naam van de Stichting voor Zorg en Welzijn in het Noordoosten"
    first, second = create_organisation(name).slug, create_organisation(name).slug
    assert first != second
    assert max(len(first), len(second)) <= 60


def test_further_fields_are_kept() -> None:
    organisation = create_organisation("De Linde", language="en", council="MR")
    organisation.refresh_from_db()
    assert (organisation.language, organisation.council) == ("en", "MR")
