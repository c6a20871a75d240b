"""Data of another kind than expected is a fault of the file that is reported, never a crash of the reader."""

from pathlib import Path

import pytest

from tests.questionnaires.broken import ADVICE, QUESTIONNAIRE, Copy

ITEMS, ANSWERING = f"{QUESTIONNAIRE}/items.toml", f"{QUESTIONNAIRE}/answering.toml"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("steps = [1, 4]", "steps = 1"),
        ("steps = [1, 4]", 'steps = "14"'),
        ("steps = [1, 4]", "steps = [[1, 4]]"),
        ('discipline = "SV"', 'discipline = ["SV"]'),
        ('discipline = "SV"', "discipline = { code = 1 }"),
        ('area = "T"', 'area = ["T"]'),
        ('referent = "leaders"', 'referent = ["leaders"]'),
        ('id = "q01"', "id = 1"),
        ('id = "q01"', 'id = ["q01"]'),
    ],
)
def test_a_value_of_another_kind_is_reported(tmp_path: Path, old: str, new: str) -> None:
    copy = Copy(tmp_path)
    copy.replace(ITEMS, old, new)
    assert any(fault.startswith("items.toml") for fault in copy.faults(ITEMS))


@pytest.mark.parametrize(
    "placeholder", ["{Our_Department}", "{MANAGEMENT}", "{management!x}", "{management:d}", "{management:>400}"]
)
def test_a_placeholder_that_cannot_be_filled_in_is_reported(tmp_path: Path, placeholder: str) -> None:
    """Also in texts that reading does not fill in: they would fail in front of a participant."""
    for file, old, place in (
        (ITEMS, "{Management} tells", "items.toml, item 1, text, en"),
        (f"{ADVICE}/tips.toml", "{the_manager} asks {management}", "tips.toml, tip 1, text, en"),
    ):
        copy = Copy(tmp_path / place)
        copy.replace(file, old, placeholder)
        assert any(fault.startswith(f"{place}: ") for fault in copy.faults(file))


@pytest.mark.parametrize("scale", ["scale = 5", 'scale = ["1", "2"]', 'scale = "1-5"'])
def test_a_scale_that_is_no_table_is_reported(tmp_path: Path, scale: str) -> None:
    copy = Copy(tmp_path)
    text = copy.path(ANSWERING).read_text(encoding="utf-8")
    copy.path(ANSWERING).write_text(f"{scale}\n{text.replace('scale.option', 'scala.option')}", encoding="utf-8")
    assert any(fault.startswith("answering.toml") for fault in copy.faults(ANSWERING))


@pytest.mark.parametrize(
    ("file", "key"),
    [(ITEMS, "item"), (f"{QUESTIONNAIRE}/dimensions.toml", "dimension"), (f"{ADVICE}/dimensions.toml", "dimension")],
)
@pytest.mark.parametrize("value", ["1", '"SV"', '["SV", "MM"]', "{ code = 1 }"])
def test_a_list_that_is_no_list_of_tables_is_reported(tmp_path: Path, file: str, key: str, value: str) -> None:
    copy = Copy(tmp_path)
    copy.path(file).write_text(f"{key} = {value}\n", encoding="utf-8")
    name = copy.path(file).name
    assert any(fault.startswith(name) for fault in copy.faults(file))


@pytest.mark.parametrize("value", ["1", '"soon"', '["soon"]'])
def test_actions_that_are_no_tables_are_reported(tmp_path: Path, value: str) -> None:
    copy = Copy(tmp_path)
    file = f"{ADVICE}/steps.toml"
    first, *others = copy.path(file).read_text(encoding="utf-8").split("[[advice]]\n")[1:]
    entry = first.split("[[advice.action]]")[0] + f"action = {value}\n\n"
    copy.path(file).write_text("[[advice]]\n" + "[[advice]]\n".join([entry, *others]), encoding="utf-8")
    assert any(fault.startswith("steps.toml, advice") for fault in copy.faults(file))
