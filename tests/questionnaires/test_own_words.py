"""Placeholders are filled in, with a capital where they have one, in an organisation's own words."""

import pytest

from questionnaires.loading import load_questionnaire
from questionnaires.texts import Text, fill_in, placeholders

RESIDENTS = {
    "nl": {"customers": "bewoners", "our_department": "ons team", "management": "het bestuur"},
    "en": {"customers": "residents"},
}


def test_default_words_are_filled_in() -> None:
    text = Text(nl="{My_manager} kent {customers}.", en="{My_manager} knows {customers}.")
    assert text.in_language("nl") == "Mijn leidinggevende kent klanten."
    assert text.in_language("en") == "My manager knows customers."


def test_own_words_go_before_default_ones() -> None:
    text = Text(nl="{Customers} en {our_customers}", en="{Customers} and {our_customers}")
    assert text.in_language("nl", RESIDENTS) == "Bewoners en onze klanten"
    assert text.in_language("en", RESIDENTS) == "Residents and our customers"


def test_own_words_of_one_language_leave_the_other_alone() -> None:
    text = Text(nl="{customers}", en="{customers}")
    assert text.in_language("en", {"nl": {"customers": "bewoners"}}) == "customers"


def test_every_item_reads_on_in_own_words() -> None:
    item = load_questionnaire("leerscan", 1).item("q08")
    assert item.text.in_language("nl", RESIDENTS).startswith("Als ons team iets afspreekt")
    first = load_questionnaire("leerscan", 1).item("q01")
    assert first.text.in_language("nl", RESIDENTS).startswith("Het bestuur vertelt ons")


@pytest.mark.parametrize(
    ("word", "capital"), [("de directie", "De directie"), ("MT-leden", "MT-leden"), ("élèves", "Élèves"), ("", "")]
)
def test_a_capital_changes_the_first_letter_only(word: str, capital: str) -> None:
    assert fill_in("{word}|{Word}", {"word": word}) == f"{word}|{capital}"


def test_braces_in_an_own_word_are_text() -> None:
    assert fill_in("{a}", {"a": "{b} {0} {a.__class__}", "b": "secret"}) == "{b} {0} {a.__class__}"


def test_placeholders_are_found_whatever_their_capital() -> None:
    assert placeholders("{Customers} {our_customers} tekst") == {"customers", "our_customers"}
    assert placeholders("geen") == set()


@pytest.mark.parametrize("text", ["{customers", "customers}", "{customers {manager}"])
def test_a_brace_that_is_not_closed_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        placeholders(text)
