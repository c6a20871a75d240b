"""Whatever is wrong in a data file is reported with the file, the place and what is wrong."""

from pathlib import Path
from typing import NamedTuple

import pytest

from questionnaires.loading import LEERSCAN, DataFaultError, load_advice, read_questionnaire
from tests.questionnaires.broken import ADVICE, QUESTIONNAIRE, Copy

ITEMS, ANSWERING = f"{QUESTIONNAIRE}/items.toml", f"{QUESTIONNAIRE}/answering.toml"
DIMENSIONS, STEPS = f"{QUESTIONNAIRE}/dimensions.toml", f"{QUESTIONNAIRE}/steps.toml"
STEP_ADVICE, DIMENSION_ADVICE, TIPS = (f"{ADVICE}/{name}.toml" for name in ("steps", "dimensions", "tips"))
Q01_NL = "{Management} vertelt ons eerlijk hoe het staat met de doelen van de organisatie."
Q01_EN = "{Management} tells us honestly how far the organisation has got with its goals."


class Case(NamedTuple):
    name: str
    file: str
    old: str
    new: str
    place: str
    fault: str


CASES = [
    # The keys and texts of an entry
    Case("a key is missing", ITEMS, 'referent = "leaders"\n', "", "items.toml, item 1", "referent is missing"),
    Case("a text is missing", STEPS, "line = {", "lines = {", "steps.toml, step 1", "line is missing"),
    Case("an unknown key", STEPS, "line = {", "lines = {", "steps.toml, step 1", "lines is not a known key"),
    Case(
        "an entry that is no table",
        ANSWERING,
        '[think_of]\ntext = { nl = "Denk aan het afgelopen halfjaar.", en = "Think of the last six months." }',
        "",
        "answering.toml, think_of",
        "must be a table with the keys text",
    ),
    Case(
        "words instead of a text",
        ITEMS,
        f'{{ nl = "{Q01_NL}", en = "{Q01_EN}" }}',
        '"?"',
        "items.toml, item 1, text",
        "must hold nl and en",
    ),
    Case("an empty text", ITEMS, Q01_NL, "", "items.toml, item 1, text, nl", "is empty"),
    Case("a text of spaces", ITEMS, Q01_EN, "  ", "items.toml, item 1, text, en", "is empty"),
    Case("a text that is no text", ITEMS, f'"{Q01_NL}"', "1", "items.toml, item 1, text, nl", "is empty"),
    Case("a language is missing", ITEMS, f', en = "{Q01_EN}"', "", "items.toml, item 1, text, en", "is empty"),
    Case(
        "an unknown language",
        ITEMS,
        f'en = "{Q01_EN}"',
        f'en = "{Q01_EN}", de = "Ja"',
        "items.toml, item 1, text",
        "de is not a language",
    ),
    Case(
        "a brace that is not closed",
        ITEMS,
        "{Management} tells",
        "{Management tells",
        "items.toml, item 1, text, en",
        "expected '}'",
    ),
    Case(
        "a brace that is not opened",
        ITEMS,
        "{Management} tells",
        "Management} tells",
        "items.toml, item 1, text, en",
        "Single '}'",
    ),
    Case(
        "an unknown placeholder",
        ITEMS,
        "{Management} tells",
        "{Boss} tells",
        "items.toml, item 1, text, en",
        "{boss} is not a known placeholder",
    ),
    Case(
        "a placeholder without a name",
        ITEMS,
        "{Management} tells",
        "{} tells",
        "items.toml, item 1, text, en",
        "{} is not a known placeholder",
    ),
    Case(
        "a placeholder that reaches further",
        ITEMS,
        "{Management} tells",
        "{management.x} tells",
        "items.toml, item 1, text, en",
        "is not a known placeholder",
    ),
    # Items
    Case("an id out of order", ITEMS, 'id = "q01"', 'id = "q02"', "items.toml, item, ids", "must be q01, q02"),
    Case(
        "an unknown discipline",
        ITEMS,
        'discipline = "SV"',
        'discipline = "XX"',
        "items.toml, item, q01",
        "discipline XX is unknown",
    ),
    Case("an unknown area", ITEMS, 'area = "T"', 'area = "X"', "items.toml, item, q01", "area X is unknown"),
    Case(
        "an unknown referent",
        ITEMS,
        'referent = "leaders"',
        'referent = "boss"',
        "items.toml, item, q01",
        "referent boss is unknown",
    ),
    Case(
        "no step",
        ITEMS,
        "steps = [1, 4]",
        "steps = []",
        "items.toml, item, q01",
        "one or two different numbers from 1 to 7",
    ),
    Case(
        "three steps",
        ITEMS,
        "steps = [1, 4]",
        "steps = [1, 4, 5]",
        "items.toml, item, q01",
        "one or two different numbers",
    ),
    Case(
        "the same step twice",
        ITEMS,
        "steps = [1, 4]",
        "steps = [1, 1]",
        "items.toml, item, q01",
        "one or two different numbers",
    ),
    Case(
        "an eighth step",
        ITEMS,
        "steps = [1, 4]",
        "steps = [1, 8]",
        "items.toml, item, q01",
        "one or two different numbers",
    ),
    Case(
        "an item of 16 words",
        ITEMS,
        Q01_NL,
        " ".join(["woord"] * 16),
        "items.toml, item, q01, text, nl",
        "16 words; at most 15",
    ),
    Case(
        "own words are counted",
        ITEMS,
        Q01_EN,
        "{Another_department} " + "word " * 14,
        "items.toml, item, q01, text, en",
        "16 words; at most 15",
    ),
    Case(
        "an item twice",
        ITEMS,
        Q01_NL,
        "Onze organisatie werkt ook aan verbeteringen die pas later iets opleveren.",
        "items.toml, item, text, nl",
        "stands 2 times",
    ),
    Case(
        "a topic twice",
        ITEMS,
        'en = "honest information about goals"',
        'en = "having a say in goals"',
        "items.toml, item, topic, en",
        "'having a say in goals' stands 2 times",
    ),
    Case(
        "a cell with too many items",
        ITEMS,
        'area = "T"',
        'area = "V"',
        "items.toml, item, cell SV x V",
        "2 items; must be 1",
    ),
    Case(
        "a cell with too few items",
        ITEMS,
        'area = "T"',
        'area = "V"',
        "items.toml, item, cell SV x T",
        "1 items; must be 2",
    ),
    Case(
        "a step with too few items",
        ITEMS,
        "steps = [1, 4]",
        "steps = [4]",
        "items.toml, item, step 1",
        "5 items; must be at least 6",
    ),
    # Lists that must be whole and in order
    Case(
        "an unknown theme",
        DIMENSIONS,
        'code = "SV"',
        'code = "VS"',
        "dimensions.toml, dimension, codes",
        "must be SV, MM",
    ),
    Case(
        "a theme of the wrong kind",
        DIMENSIONS,
        'kind = "discipline"',
        'kind = "area"',
        "dimensions.toml, dimension, SV",
        "kind must be discipline",
    ),
    Case(
        "a step out of order",
        STEPS,
        "number = 1",
        "number = 2",
        "steps.toml, step, number",
        "must be 1, 2, 3, 4, 5, 6, 7",
    ),
    Case(
        "an unknown obstacle",
        ANSWERING,
        'code = "hierarchy"',
        'code = "boss"',
        "answering.toml, obstacle, code",
        "must be time_pressure, hierarchy",
    ),
    Case(
        "an unknown word",
        ANSWERING,
        'code = "customer"',
        'code = "client"',
        "answering.toml, word, code",
        "must be customer, department",
    ),
    Case(
        "parts out of order",
        ANSWERING,
        'area = "T"',
        'area = "V"',
        "answering.toml, part, area",
        "must be T, V, E, K, R, F",
    ),
    Case(
        "a point of the scale is missing",
        ANSWERING,
        "value = 3",
        "value = 6",
        "answering.toml, scale, option, value",
        "must be 1, 2, 3, 4, 5",
    ),
    Case(
        "a point without a label",
        ANSWERING,
        'label = { nl = "Eens",',
        'label = { nl = "",',
        "answering.toml, scale, option 4, label, nl",
        "is empty",
    ),
    # Whole lists and tables
    Case("another name for the list", ITEMS, "[[item]]", "[[question]]", "items.toml, item, ids", "found q02"),
    Case(
        "no scale", ANSWERING, "scale.option", "scale.point", "answering.toml, scale, option, value", "found 2, 3, 4, 5"
    ),
    Case(
        "no answer for don't know",
        ANSWERING,
        "[dont_know]",
        "[do_not_know]",
        "answering.toml, dont_know",
        "must be a table",
    ),
    Case(
        "no question about obstacles",
        ANSWERING,
        "[obstacles_question]",
        "[obstacle_question]",
        "answering.toml, obstacles_question",
        "must be a table",
    ),
    Case(
        "no open question", ANSWERING, "[open_question]", "[open]", "answering.toml, open_question", "must be a table"
    ),
    # Advice
    Case(
        "an unknown level",
        STEP_ADVICE,
        'level = "gain"',
        'level = "low"',
        "steps.toml, advice, steps and levels",
        "must be (1, 'gain')",
    ),
    Case(
        "advice without a question",
        STEP_ADVICE,
        "question = {",
        "ask = {",
        "steps.toml, advice 1",
        "question is missing",
    ),
    Case(
        "an action without a sign",
        STEP_ADVICE,
        "sign = {",
        "signs = {",
        "steps.toml, advice, step 1 gain, action 1",
        "sign is missing",
    ),
    Case(
        "an action without a moment",
        STEP_ADVICE,
        'moment = "two_weeks"\n',
        "",
        "steps.toml, advice, step 1 gain, action 1",
        "moment is missing",
    ),
    Case(
        "an unknown moment",
        STEP_ADVICE,
        'moment = "two_weeks"',
        'moment = "soon"',
        "steps.toml, advice, step 1 gain, moments",
        "must be two_weeks, rhythm, structural",
    ),
    Case(
        "two actions",
        STEP_ADVICE,
        '[[advice.action]]\nmoment = "structural"',
        '[[advice.extra]]\nmoment = "structural"',
        "steps.toml, advice 1",
        "extra is not a known key",
    ),
    Case(
        "an empty text in an action",
        STEP_ADVICE,
        'en = "Before the next team meeting"',
        'en = ""',
        "steps.toml, advice, step 1 gain, action 1, when, en",
        "is empty",
    ),
    Case(
        "advice about an unknown theme",
        DIMENSION_ADVICE,
        'code = "SV"',
        'code = "VS"',
        "dimensions.toml, dimension, code",
        "must be SV, MM",
    ),
    Case(
        "a level is missing",
        DIMENSION_ADVICE,
        "[dimension.sentence.gain]",
        "[dimension.sentence.low]",
        "dimensions.toml, SV, sentence",
        "gain is missing",
    ),
    Case(
        "a level too many",
        DIMENSION_ADVICE,
        "[dimension.paragraph.gain]",
        "[dimension.paragraph.low]",
        "dimensions.toml, SV, paragraph",
        "low is not a known key",
    ),
    Case(
        "a theme without a text for oneself",
        DIMENSION_ADVICE,
        "[dimension.yourself]",
        "[dimension.self]",
        "dimensions.toml, dimension 1",
        "yourself is missing",
    ),
    Case("a tip for an unknown item", TIPS, 'item = "q01"', 'item = "q41"', "tips.toml, tip, item", "must be q01, q02"),
    Case("a tip without a text", TIPS, "text = {", "texts = {", "tips.toml, tip 1", "text is missing"),
]


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_fault_is_reported_with_file_place_and_what_is_wrong(copy: Copy, case: Case) -> None:
    copy.replace(case.file, case.old, case.new)
    faults = copy.faults(case.file)
    assert any(fault.startswith(f"{case.place}: ") and case.fault in fault for fault in faults), faults


def test_the_copy_itself_has_no_fault(copy: Copy) -> None:
    assert copy.faults(ITEMS) == ()
    assert copy.faults(TIPS) == ()


FILES = [ITEMS, DIMENSIONS, STEPS, ANSWERING, STEP_ADVICE, DIMENSION_ADVICE, TIPS]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_reported(copy: Copy, file: str) -> None:
    copy.path(file).unlink()
    assert copy.faults(file) == (f"{copy.path(file)}: the file is missing",)


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_no_toml_is_reported_with_the_line(copy: Copy, file: str) -> None:
    text = copy.path(file).read_text(encoding="utf-8")
    copy.path(file).write_text('a = "\n' + text, encoding="utf-8")
    (fault,) = copy.faults(file)
    assert fault.startswith(f"{copy.path(file)}: ")
    assert "line 1" in fault


@pytest.mark.parametrize("file", FILES)
def test_a_file_in_another_encoding_is_reported(copy: Copy, file: str) -> None:
    copy.path(file).write_bytes("# één\n".encode("latin-1"))
    (fault,) = copy.faults(file)
    assert fault.startswith(f"{copy.path(file)}: ")


@pytest.mark.parametrize("file", FILES)
def test_an_empty_file_is_reported(copy: Copy, file: str) -> None:
    copy.path(file).write_text("", encoding="utf-8")
    assert any(fault.startswith(f"{copy.path(file).name}: there is no [[") for fault in copy.faults(file))


def test_all_faults_of_all_files_are_reported_at_once(copy: Copy) -> None:
    copy.replace(ITEMS, Q01_NL, "")
    copy.replace(ITEMS, Q01_EN, "")
    copy.replace(STEPS, "number = 1", "number = 9")
    copy.replace(ANSWERING, 'code = "customer"', 'code = "client"')
    assert len(copy.faults(ITEMS)) == 4


def test_a_version_that_is_not_there_is_reported() -> None:
    with pytest.raises(DataFaultError, match="the file is missing"):
        read_questionnaire(LEERSCAN, 99)
    with pytest.raises(DataFaultError, match="the file is missing"):
        load_advice(LEERSCAN, 99)
