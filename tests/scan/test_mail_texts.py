import re

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from questionnaires.texts import DEFAULT_WORDS, LANGUAGES
from scan.mailing.texts import (
    DEFAULTS,
    FIXED,
    MAX_SUBJECT,
    PLACEHOLDERS,
    faults_of,
    fill_in,
    first_name_or_colleague,
    used_placeholders,
)
from scan.models import Mailing

BODY = "Beste {first_name},\n\n{link}\n\nGroet,\n{sender}"
# Text made mostly of what placeholders are made of.
PIECES = [*"{}abkK_. \n\r!é", "{link}", "\n{link}\n", "{K}", "{first_name}", *PLACEHOLDERS]
TEXT = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)
VALUES = st.dictionaries(st.sampled_from(sorted(PLACEHOLDERS)), st.text(max_size=12))


@pytest.fixture(autouse=True)
def english() -> None:
    translation.activate("en")


def test_every_kind_of_mail_has_a_subject_and_a_text_in_both_languages() -> None:
    assert set(DEFAULTS) | set(FIXED) == set(Mailing.Kind)
    for kind, languages in DEFAULTS.items():
        assert set(languages) == set(LANGUAGES), kind
        for parts in languages.values():
            assert set(parts) == {"subject", "body"}


@pytest.mark.parametrize("kind", DEFAULTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_texts_we_bring_along_have_no_faults(kind: str, language: str) -> None:
    subject, body = DEFAULTS[kind][language].values()
    assert faults_of(kind, subject, body) == []
    assert "!" not in subject + body
    assert len(subject) < 90
    assert {"first_name", "contact", "sender", "link"} <= used_placeholders(body)


@pytest.mark.parametrize("kind", DEFAULTS)
def test_both_languages_say_the_same_with_the_same_facts(kind: str) -> None:
    dutch, english = DEFAULTS[kind]["nl"], DEFAULTS[kind]["en"]
    for part in ("subject", "body"):
        assert used_placeholders(dutch[part]) == used_placeholders(english[part])
        assert dutch[part] != english[part]
    assert dutch["body"].count("\n\n") == english["body"].count("\n\n")


@pytest.mark.parametrize("kind", ["invitation", "reminder", "single"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_asked_reads_the_promises_beside_the_link(kind: str, language: str) -> None:
    body = DEFAULTS[kind][language]["body"]
    assert {"k", "closes"} <= used_placeholders(body)
    assert ("vrijwillig" if language == "nl" else "voluntary") in body
    assert ("niet door" if language == "nl" else "not forward") in body


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_gets_an_attachment(language: str) -> None:
    assert ("geen bijlage" if language == "nl" else "no attachment") in DEFAULTS["managers"][language]["body"]


def test_a_placeholder_that_does_not_exist_is_named_with_the_one_that_was_meant() -> None:
    assert faults_of("invitation", "Leerscan", f"{BODY}\nTot {{close}}") == [
        "Line 7: {close} is not a placeholder. Choose one from the list, such as {closes}."
    ]
    assert faults_of("invitation", "Leerscan", BODY.replace("first_name", "First Name")) == [
        "Line 1: {First Name} is not a placeholder. Choose one from the list, such as {first_name}."
    ]
    assert "{organisation}" in faults_of("invitation", "Over {}", BODY)[0]


@pytest.mark.parametrize("reach", ["{sender.pk}", "{sender[0]}", "{sender!r}", "{sender:>9}", "{0}", "{Link}"])
def test_nothing_but_a_name_may_stand_between_braces(reach: str) -> None:
    assert len(faults_of("invitation", "Leerscan", f"{BODY}\n{reach}")) == 1
    assert fill_in(reach, {"sender": "HR", "link": "https://x"}) == reach


@pytest.mark.parametrize("text", ["{sender", "sender}", "{{sender}", "{\nsender}"])
def test_a_brace_without_a_partner_is_a_fault(text: str) -> None:
    faults = faults_of("invitation", "Leerscan", f"{BODY}\n{text}")
    assert faults
    assert all("a brace has no partner" in fault for fault in faults)


@pytest.mark.parametrize(
    ("kind", "what"), [("single", "questionnaire"), ("managers", "reports"), ("results", "results")]
)
def test_a_mail_without_link_is_a_fault(kind: str, what: str) -> None:
    assert faults_of(kind, "Leerscan", "Beste {first_name},") == [
        f"The link to the {what} is missing. Put {{link}} on a line of its own."
    ]


def test_a_link_among_other_words_is_a_fault_and_spaces_around_it_are_not() -> None:
    assert faults_of("reminder", "Leerscan", "Klik hier:\n{link}.") == [
        "Line 2: {link} stands among other words. Put it on a line of its own."
    ]
    assert faults_of("reminder", "Leerscan", "Klik hier:\r\n  {link} \r\nGroet") == []


def test_a_subject_is_one_line_of_bounded_length_without_link() -> None:
    assert faults_of("invitation", "a" * MAX_SUBJECT, BODY) == []
    assert faults_of("invitation", "a" * (MAX_SUBJECT + 1), BODY) == [
        "The subject has 151 characters. Make it at most 150."
    ]
    assert faults_of("invitation", "Een\nTwee", BODY) == ["The subject has more than one line. Put it on one line."]
    assert faults_of("invitation", "Open {link}", BODY) == [
        "The subject holds {link}. A link only works in the text of the mail; put it there."
    ]


def test_empty_texts_are_faults() -> None:
    assert [fault.split(".")[0] for fault in faults_of("invitation", " ", "\n")] == [
        "The subject is empty",
        "The text is empty",
    ]


def test_values_take_the_place_of_placeholders_once() -> None:
    text = "Beste {first_name}, {manager} of {Manager}: {sender}"
    values = {"first_name": "{sender}", "manager": "teamleider", "sender": "HR {k}", "k": "5"}
    assert fill_in(text, values) == "Beste {sender}, teamleider of Teamleider: HR {k}"


def test_a_greeting_is_right_without_a_first_name() -> None:
    assert [first_name_or_colleague(" ", language) for language in LANGUAGES] == ["collega", "colleague"]
    assert first_name_or_colleague("Fatima", "nl") == "Fatima"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_is_explained_in_the_language_of_the_screen(language: str) -> None:
    with translation.override(language):
        explained = {name: str(text) for name, text in PLACEHOLDERS.items()}
    assert len(set(explained.values())) == len(PLACEHOLDERS)
    assert DEFAULT_WORDS[language]["managers"] in explained["managers"]


@given(subject=TEXT, body=TEXT, values=VALUES)
def test_judging_and_filling_in_never_raise(subject: str, body: str, values: dict[str, str]) -> None:
    assert all(faults_of("invitation", subject, body))
    fill_in(subject + body, values)
    assert fill_in(subject + body, {}) == subject + body


@given(body=TEXT)
def test_a_text_without_faults_has_no_brace_left_when_everything_is_filled_in(body: str) -> None:
    if not faults_of("invitation", "Leerscan", body):
        filled = fill_in(body, dict.fromkeys(PLACEHOLDERS, "x"))
        assert not re.search(r"[{}]", filled)
        assert "x" in filled.split()
