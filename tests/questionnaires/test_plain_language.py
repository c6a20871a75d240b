"""B1: short items, no jargon, no exclamation marks, lengths as the heads of the files promise."""

import re

import pytest

from questionnaires.advice import Advice
from questionnaires.loading import load_advice, load_questionnaire
from questionnaires.texts import DEFAULT_WORDS, LANGUAGES, Text
from tests.questionnaires.texts import texts_in, words_of

JARGON = {
    "nl": """
        adaptief agile alignen alignment awareness benchmark borgen borging geborgd benchmarken coachen commitment
        committen competentie competenties cultuuromslag double-loop draagvlak eigenaarschap empoweren empowerment
        evalueren evaluatie excellentie faciliteren faciliterend gamechanger governance holistisch implementatie
        implementeren innoveren integraal interventie interventies intervisie iteratie kader kaders kaizen
        kernwaarden kpi kpi's learnings leiderschap level mandaat mindset mission monitoren optimaliseren optimalisatie
        outcome output ownership paradigma performance pitch proactief processen reflecteren reflectie retrospective
        roadmap scrum silo silo's sparren sprint stakeholder stakeholders strategie strategisch synergie target targets
        tools traject transformatie transitie uitrollen unit verandertraject visie
    """,
    "en": """
        actionable adaptive agile align alignment awareness bandwidth benchmark best-practice buy-in competence
        competencies competency deliverable deliverables double-loop ecosystem embed empower empowered empowering
        empowerment enabler enablers excellence facilitate facilitation framework governance holistic implement
        implementation innovate intervention interventions iterate iteration kaizen kpi kpis leverage leveraging
        mindset mission optimise optimize optimisation output ownership paradigm performance proactive proactively
        reflect reflection retrospective roadmap scrum silo silos sprint stakeholder stakeholders strategic strategy
        synergies synergy target targets transformation utilise utilize
    """,
}
# The names of themes and steps come from Senge, Bersin and the seven-step plan; all other texts are ours.
GIVEN_NAMES = re.compile(r"^1/(dimensions|steps)\.toml \w+ \d+ (name|short)$")


def count(text: Text, language: str) -> int:
    return len(text.in_language(language).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_item_has_at_most_15_words(language: str) -> None:
    too_long = {item.id: count(item.text, language) for item in load_questionnaire("leerscan", 1).items}
    assert {item: words for item, words in too_long.items() if words > 15} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_holds_jargon(language: str) -> None:
    refused = set(JARGON[language].split())
    found = {
        place: sorted(refused & set(words_of(text)))
        for place, text in texts_in(language).items()
        if refused & set(words_of(text)) and not GIVEN_NAMES.match(place)
    }
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_shouts(language: str) -> None:
    assert [place for place, text in texts_in(language).items() if "!" in text] == []
    assert not any("!" in word for word in DEFAULT_WORDS[language].values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_item_holds_a_percentage_or_joins_two_questions(language: str) -> None:
    joints = {"nl": {"en", "of", "en/of"}, "en": {"and", "or", "and/or"}}[language]
    for item in load_questionnaire("leerscan", 1).items:
        text = item.text.in_language(language)
        assert "%" not in text
        # "Of" may open a clause ("kijken of we ..."): not counted where a subject and verb follow.
        used = joints & set(words_of(text)) - ({"of"} if language == "nl" and item.id in {"q06", "q14"} else set())
        assert used == set(), (item.id, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_topics_and_labels_in_charts_are_short(language: str) -> None:
    questionnaire = load_questionnaire("leerscan", 1)
    for item in questionnaire.items:
        assert 2 <= count(item.topic, language) <= 6, item.id
        assert item.topic.in_language(language)[0].islower(), item.id
    for dimension in questionnaire.dimensions:
        assert len(dimension.short.in_language(language)) <= 18, dimension.code


def texts_by_kind(advice: Advice) -> dict[str, list[Text]]:
    steps, dimensions = advice.steps.values(), advice.dimensions.values()
    actions = [action for step in steps for action in step.actions]
    return {
        "meaning": [step.meaning for step in steps],
        "question": [step.question for step in steps],
        "who": [action.who for action in actions],
        "what": [action.what for action in actions],
        "when": [action.when for action in actions],
        "sign": [action.sign for action in actions],
        "sentence": [text for dimension in dimensions for text in dimension.sentence.values()],
        "paragraph": [text for dimension in dimensions for text in dimension.paragraph.values()],
        "yourself": [dimension.yourself for dimension in dimensions],
        "tip": list(advice.tips.values()),
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("kind", "least", "most"),
    [
        ("meaning", 45, 75),
        ("question", 8, 25),
        ("who", 1, 8),
        ("what", 15, 40),
        ("when", 2, 10),
        ("sign", 6, 20),
        ("sentence", 8, 22),
        ("paragraph", 50, 80),
        ("yourself", 10, 25),
        ("tip", 20, 40),
    ],
)
def test_advice_has_the_length_that_its_file_promises(language: str, kind: str, least: int, most: int) -> None:
    for text in texts_by_kind(load_advice("leerscan", 1))[kind]:
        assert least <= count(text, language) <= most, text.in_language(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_questions_ask_and_signs_complete_a_sentence(language: str) -> None:
    kinds = texts_by_kind(load_advice("leerscan", 1))
    for text in [*kinds["question"], *kinds["paragraph"]]:
        assert text.in_language(language).endswith("?")
    for text in kinds["sign"]:
        words = text.in_language(language)
        assert words[0].islower(), words
        assert words.endswith("."), words


def test_with_room_to_gain_the_manager_takes_the_first_action() -> None:
    advice = load_advice("leerscan", 1)
    for step in range(1, 8):
        assert "manager" in advice.steps[step, "gain"].actions[0].who.en.lower()
