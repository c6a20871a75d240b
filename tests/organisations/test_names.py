"""Names and paths: how they are written, and when two are the same."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from organisations.names import clean_name, join_path, path_key, split_path

COMPOSED, DECOMPOSED = "Caf\u00e9 \u00cfsolde", "Cafe\u0301 I\u0308solde"
letters = st.text("abcXYZ éÉïÏß\u0301\u0308\u00a0\t", max_size=12)
names = letters.map(clean_name).filter(bool)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zorg", "Zorg"),
        ("  Zorg  ", "Zorg"),
        ("Wijkteam   Oost", "Wijkteam Oost"),
        ("Wijkteam\tOost\n", "Wijkteam Oost"),
        ("Wijkteam\u00a0Oost", "Wijkteam Oost"),
        ("", ""),
        (" ", ""),
    ],
)
def test_a_name_has_no_double_or_outer_spaces(text: str, name: str) -> None:
    assert clean_name(text) == name


def test_a_name_is_written_composed() -> None:
    assert clean_name(DECOMPOSED) == COMPOSED


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Zorg / Wijkteam Oost", ("Zorg", "Wijkteam Oost")),
        ("Zorg/Wijkteam Oost", ("Zorg", "Wijkteam Oost")),
        (" Zorg  /  Wijkteam  Oost ", ("Zorg", "Wijkteam Oost")),
        ("Zorg", ("Zorg",)),
        ("Zorg / / Nacht", ("Zorg", "Nacht")),
        ("/ Zorg /", ("Zorg",)),
        ("", ()),
        (" / ", ()),
    ],
)
def test_a_path_is_names_with_slashes_between_them(text: str, parts: tuple[str, ...]) -> None:
    assert split_path(text) == parts


@pytest.mark.parametrize(
    "text",
    ["zorg / café oost", "ZORG / CAFÉ OOST", "Zorg/Cafe\u0301  Oost", " Zorg /Caf\u00e9 oost/"],
)
def test_case_spaces_and_composition_make_no_other_path(text: str) -> None:
    assert path_key(text) == path_key("Zorg / Café Oost")


@pytest.mark.parametrize("text", ["Zorg / Cafe Oost", "Zorg Café Oost", "Café Oost / Zorg", "Zorg"])
def test_other_letters_or_another_order_make_another_path(text: str) -> None:
    assert path_key(text) != path_key("Zorg / Café Oost")


@settings(max_examples=100, deadline=None)
@given(path=st.lists(names, max_size=4).map(tuple))
def test_a_path_that_is_written_out_is_read_back(path: tuple[str, ...]) -> None:
    assert split_path(join_path(path)) == path


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.one_of(st.sampled_from("ab /éÉ\u0301"), st.characters(codec="utf-8")), max_size=20))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean_name(clean_name(text)) == clean_name(text)
    assert path_key(path_key(text)) == path_key(text)


@settings(max_examples=100, deadline=None)
@example(path="Stra\u00df\u0301e")
@given(path=st.lists(names, min_size=1, max_size=3).map(lambda parts: join_path(tuple(parts))))
def test_a_key_ignores_case_and_composition(path: str) -> None:
    assert path_key(path.upper()) == path_key(path.lower()) == path_key(path)
    assert path_key(unicodedata.normalize("NFD", path)) == path_key(path)
