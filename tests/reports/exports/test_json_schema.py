"""The JSON is as the published schema says, and the schema stands at a fixed address."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
from django.contrib.staticfiles import finders
from django.test import override_settings

from reports.exports.formats import FORMATS
from reports.exports.results_json import SCHEMA, schema_address
from reports.published import HiddenUnit
from tests.conftest import ROOT
from tests.reports.sample_rounds import GAPS, Frozen

Content = dict[str, Any]


@pytest.fixture
def gaps(frozen: Callable[[str], Frozen]) -> Frozen:
    return frozen(GAPS)


@pytest.fixture(scope="module")
def schema() -> jsonschema.Draft202012Validator:
    content = json.loads((ROOT / "static" / SCHEMA).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(content)
    return jsonschema.Draft202012Validator(content)


def written(sample: Frozen, unit: Any = None, language: str = "nl") -> Content:
    content: Content = json.loads(FORMATS["json"].write(sample.published, unit, language))
    return content


def test_every_export_of_the_sample_rounds_is_as_the_schema_says(
    sample: Frozen, schema: jsonschema.Draft202012Validator
) -> None:
    schema.validate(written(sample))
    for number, unit in enumerate(sample.published.units):
        schema.validate(written(sample, unit, ("nl", "en")[number % 2]))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("invited", -1),
        ("questionnaires", 4),
        ("status", "hidden"),
        ("mean", 58.25),
        ("scores", {}),
    ],
)
def test_the_schema_refuses_what_no_release_says(
    place: str, value: object, gaps: Frozen, schema: jsonschema.Draft202012Validator
) -> None:
    content = written(gaps)
    assert schema.is_valid(content)
    content["units"][0][place] = value
    assert not schema.is_valid(content)


def test_the_schema_has_no_room_for_a_number_of_a_hidden_unit(
    gaps: Frozen, schema: jsonschema.Draft202012Validator
) -> None:
    content = written(gaps)
    hidden = next(unit for unit in content["units"] if unit["status"] == "hidden")
    hidden["questionnaires"] = 3
    assert not schema.is_valid(content)


def test_the_schema_refuses_a_score_beyond_its_limit(gaps: Frozen, schema: jsonschema.Draft202012Validator) -> None:
    for score in (96, 4, 58.5, "58", {"at_least": 96}):
        content = written(gaps)
        content["units"][0]["scores"]["total"]["score"] = score
        assert not schema.is_valid(content), score


@override_settings(BASE_URL="https://scan.example")
def test_a_file_names_the_address_of_its_schema_which_is_served_there(gaps: Frozen) -> None:
    assert written(gaps)["$schema"] == schema_address() == "https://scan.example/static/schemas/results-1.json"
    assert finders.find(SCHEMA)


def test_limits_are_written_as_the_command_release_writes_them(sample: Frozen) -> None:
    by_path = {unit["path"]: unit for unit in written(sample)["units"]}
    for unit in sample.printed["units"]:
        if "hidden" in unit:
            assert by_path[unit["path"]]["status"] == "hidden"
            continue
        scores = by_path[unit["path"]]["scores"]
        assert {code: scores[code]["score"] for code in unit["scores"]} == unit["scores"]
        assert scores["total"]["score"] == unit["total"]


def test_of_a_hidden_unit_there_is_a_name_and_no_number(sample: Frozen) -> None:
    hidden = [unit for unit in sample.published.units if isinstance(unit, HiddenUnit)]
    found = [unit for unit in written(sample)["units"] if unit["status"] == "hidden"]
    assert [unit["path"] for unit in found] == [unit.path for unit in hidden]
    assert all(set(unit) == {"path", "name", "level", "status"} for unit in found)
