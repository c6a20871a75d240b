"""The 40 items stand where the blueprint puts them."""

from collections import Counter

from questionnaires.loading import load_questionnaire
from questionnaires.questionnaire import Questionnaire

# From the blueprint: id, discipline, area, steps (the main one first), referent.
BLUEPRINT = """
q01 SV T 14 leaders
q02 SV T 47 leaders
q03 SV V 13 department
q04 SV E 42 department
q05 SV K 47 organisation
q06 SV R 67 department
q07 SV F 63 department
q08 SV F 64 department
q09 MM T 52 manager
q10 MM T 35 department
q11 MM V 53 leaders
q12 MM E 52 department
q13 MM K 15 department
q14 MM R 57 department
q15 MM R 43 department
q16 MM F 24 manager
q17 PM T 35 self
q18 PM V 36 manager
q19 PM V 37 self
q20 PM E 24 self
q21 PM E 24 manager
q22 PM K 13 self
q23 PM R 36 self
q24 PM F 3 organisation
q25 TL T 45 team
q26 TL V 43 manager
q27 TL E 24 team
q28 TL K 73 team
q29 TL K 74 between
q30 TL R 63 team
q31 TL R 56 team
q32 TL F 36 team
q33 ST T 71 between
q34 ST V 73 organisation
q35 ST E 27 between
q36 ST E 45 organisation
q37 ST K 17 department
q38 ST K 73 between
q39 ST R 75 department
q40 ST F 67 department
"""
DISCIPLINES = ["SV", "MM", "PM", "TL", "ST"]
AREAS = ["T", "V", "E", "K", "R", "F"]
# A row for each discipline, a column for each area.
CELLS = [
    [2, 1, 1, 1, 1, 2],
    [2, 1, 1, 1, 2, 1],
    [1, 2, 2, 1, 1, 1],
    [1, 1, 1, 2, 2, 1],
    [1, 1, 2, 2, 1, 1],
]
ITEMS_OF_AREA = {"T": 7, "V": 6, "E": 7, "K": 7, "R": 7, "F": 6}
ITEMS_OF_STEP = {1: 6, 2: 8, 3: 17, 4: 14, 5: 11, 6: 9, 7: 14}
ITEMS_WITH_THIS_MAIN_STEP = {1: 5, 2: 5, 3: 7, 4: 7, 5: 5, 6: 5, 7: 6}


def leerscan() -> Questionnaire:
    return load_questionnaire("leerscan", 1)


def test_every_item_is_as_the_blueprint_says() -> None:
    found = [
        f"{item.id} {item.discipline} {item.area} {''.join(map(str, item.steps))} {item.referent}"
        for item in leerscan().items
    ]
    assert found == BLUEPRINT.split("\n")[1:-1]


def test_there_are_40_items_q01_to_q40() -> None:
    assert [item.id for item in leerscan().items] == [f"q{number:02d}" for number in range(1, 41)]


def test_each_discipline_has_8_items() -> None:
    assert Counter(item.discipline for item in leerscan().items) == dict.fromkeys(DISCIPLINES, 8)


def test_each_area_has_6_or_7_items() -> None:
    assert Counter(item.area for item in leerscan().items) == ITEMS_OF_AREA


def test_each_cell_of_the_matrix_has_its_number_of_items() -> None:
    cells = Counter((item.discipline, item.area) for item in leerscan().items)
    assert [[cells[discipline, area] for area in AREAS] for discipline in DISCIPLINES] == CELLS


def test_each_step_has_its_number_of_items() -> None:
    items = leerscan().items
    assert Counter(step for item in items for step in item.steps) == ITEMS_OF_STEP
    assert Counter(item.steps[0] for item in items) == ITEMS_WITH_THIS_MAIN_STEP


def test_the_six_parts_hold_every_item_once() -> None:
    parts = [leerscan().items_of_part(number) for number in range(1, 7)]
    assert [len(part) for part in parts] == [ITEMS_OF_AREA[area] for area in AREAS]
    assert sorted(item.id for part in parts for item in part) == [item.id for item in leerscan().items]


def test_items_of_a_step_are_those_that_name_it() -> None:
    for step, count in ITEMS_OF_STEP.items():
        items = leerscan().items_of_step(step)
        assert len(items) == count
        assert all(step in item.steps for item in items)


def test_an_item_a_dimension_and_a_step_are_found_by_their_code() -> None:
    questionnaire = leerscan()
    assert [questionnaire.item(item.id) for item in questionnaire.items] == list(questionnaire.items)
    assert questionnaire.dimension("TL").name.nl == "Teamleren"
    assert [questionnaire.step(number).number for number in range(1, 8)] == list(range(1, 8))
    assert [dimension.code for dimension in questionnaire.dimensions_of("discipline")] == DISCIPLINES
    assert [dimension.code for dimension in questionnaire.dimensions_of("area")] == AREAS


def test_five_answers_six_obstacles_and_five_explained_words() -> None:
    questionnaire = leerscan()
    assert [choice.code for choice in questionnaire.scale] == ["1", "2", "3", "4", "5"]
    assert [choice.code for choice in questionnaire.obstacles] == [
        "time_pressure",
        "hierarchy",
        "fear_of_mistakes",
        "short_term_focus",
        "lack_of_skills",
        "other",
    ]
    assert list(questionnaire.words) == ["customer", "department", "management", "manager", "team"]
