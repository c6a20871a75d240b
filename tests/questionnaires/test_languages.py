"""Every text is there in Dutch and in English, and no field is empty."""

import pytest

from questionnaires.texts import DEFAULT_WORDS, LANGUAGES
from tests.questionnaires.texts import raw_texts, texts_in


def test_every_text_has_both_languages_and_nothing_else() -> None:
    assert len(raw_texts()) > 500
    for place, value in raw_texts().items():
        assert isinstance(value, dict)
        assert set(value) == set(LANGUAGES), place


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty_or_has_stray_spaces(language: str) -> None:
    for place, text in texts_in(language).items():
        assert text, place
        assert text == " ".join(text.split()), place


def test_no_dutch_text_equals_its_english_one() -> None:
    english = texts_in("en")
    assert [place for place, text in texts_in("nl").items() if text == english[place]] == []


def test_both_languages_have_a_word_for_every_placeholder() -> None:
    assert DEFAULT_WORDS["nl"].keys() == DEFAULT_WORDS["en"].keys()
    assert all(word.strip() for words in DEFAULT_WORDS.values() for word in words.values())


def test_both_languages_leave_room_for_the_same_own_words_in_an_item() -> None:
    """An organisation's word for customer must not be missing from one of the two."""
    subjects = ("customer", "department", "management", "manager")
    for place, value in raw_texts().items():
        if "items.toml" in place and place.endswith(" text"):
            assert isinstance(value, dict)
            for subject in subjects:
                assert (subject in value["nl"].lower()) == (subject in value["en"].lower()), (place, subject)
