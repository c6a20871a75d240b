"""measurement.md 9. A new column on scan_response must fail here: think again before you change this list."""

from django.apps import apps
from django.db import connection, models

from scan.models import Invitation, Response, Round, Unit
from tests.cast import Cast
from tests.scan.asking import guard_away

COLUMNS = {"id", "round_id", "unit_id", "answers", "obstacles", "remark"}


def test_a_response_has_these_columns_and_no_other() -> None:
    assert {field.column for field in Response._meta.concrete_fields} == COLUMNS
    assert not Response._meta.many_to_many


def test_the_table_in_the_database_has_these_columns_and_no_other(cast: Cast) -> None:
    with guard_away(), connection.cursor() as cursor:
        description = connection.introspection.get_table_description(cursor, "scan_response")
    assert {column.name for column in description} == COLUMNS


def test_a_response_refers_to_its_round_and_its_unit_only() -> None:
    assert {field.related_model for field in Response._meta.get_fields() if field.is_relation} == {Round, Unit}


def test_a_response_knows_no_moment() -> None:
    moments = (models.DateField, models.TimeField, models.DurationField)
    assert not [field for field in Response._meta.get_fields() if isinstance(field, moments)]


def test_the_id_of_a_response_is_random() -> None:
    ids = [Response().pk for _ in range(50)]
    assert len(set(ids)) == 50
    assert {response_id.version for response_id in ids} == {4}


def test_nothing_refers_to_a_response() -> None:
    referring = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ForeignKey) and field.related_model is Response
    ]
    assert referring == []


def test_no_other_model_leads_to_responses() -> None:
    for model in apps.get_models():
        accessors = {relation.get_accessor_name() for relation in model._meta.related_objects}
        assert not {name for name in accessors if name and "response" in name.lower()}


def test_an_invitation_knows_no_moment_finer_than_a_day() -> None:
    moments = (models.DateTimeField, models.TimeField, models.DurationField)
    assert not [field for field in Invitation._meta.get_fields() if isinstance(field, moments)]


def test_django_admin_is_not_installed() -> None:
    assert not apps.is_installed("django.contrib.admin")
