import pytest
from django_scopes import scope

from organisations.models import LogEntry
from scan.models import Invitation, Round, Unit
from tests.cast import Cast
from tests.conftest import SAMPLES
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, Folder, all_rows, grown, row
from tests.scan.asking import stored_responses


def the_round(cast: Cast) -> Round:
    with scope(organisation=cast.organisation):
        return Round.objects.get(organisation=cast.organisation)


def by_path(cast: Cast) -> dict[str, list[bytes]]:
    round_ = the_round(cast)
    with scope(organisation=cast.organisation):
        paths = {unit.pk: unit.path for unit in Unit.objects.filter(round=round_)}
    found: dict[str, list[bytes]] = {}
    for response in stored_responses(round_):
        found.setdefault(paths[response.unit_id], []).append(response.answers)
    return {path: sorted(answers) for path, answers in found.items()}


def test_every_row_becomes_a_response_of_its_unit(cast: Cast, folder: Folder) -> None:
    said = folder.run(folder.answers(row(EAST, "1"), row(NIGHT, "2"), row(EAST, "3"), row(KITCHEN, "5")))
    assert by_path(cast) == {
        EAST: [bytes([1] * 40), bytes([3] * 40)],
        NIGHT: [bytes([2] * 40)],
        KITCHEN: [bytes([5] * 40)],
    }
    assert "4 questionnaires in 6 units" in said
    assert "zorggroep-de-linde/leerscan-2026" in said


def test_an_empty_cell_is_unanswered_and_x_is_dont_know(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row(q01="", q02="x", q03="X", q40=" 5 ")))
    assert by_path(cast) == {EAST: [bytes([0, 9, 9, *[4] * 36, 5])]}


def test_obstacles_and_remark_come_along(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row(obstacles="time_pressure; fear_of_mistakes", remark='Twee regels:\n"ja", en nee')))
    (response,) = stored_responses(the_round(cast))
    assert response.obstacles.bit_count() == 2
    assert response.remark == 'Twee regels:\n"ja", en nee'


def test_a_remark_of_2000_characters_is_the_longest(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row(remark="é" * 2000)))
    assert [response.remark for response in stored_responses(the_round(cast))] == ["é" * 2000]


def test_a_file_without_obstacles_and_remarks_is_good(cast: Cast, folder: Folder) -> None:
    short = row()[:41]
    folder.run(folder.answers(short, header=["unit", *(f"q{number:02d}" for number in range(1, 41))]))
    assert by_path(cast) == {EAST: [bytes([4] * 40)]}


def test_columns_may_stand_in_any_order_and_in_capitals(cast: Cast, folder: Folder) -> None:
    header = ["unit", *(f"Q{number:02d}" for number in range(40, 0, -1))]
    folder.run(folder.answers([EAST, "5", *["4"] * 38, "1"], header=header))
    assert by_path(cast) == {EAST: [bytes([1, *[4] * 38, 5])]}


def test_the_name_of_the_organisation_means_its_root(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row("zorggroep  de linde", "2"), row("Zorg", "3")))
    assert by_path(cast) == {"": [bytes([2] * 40)], "Zorg": [bytes([3] * 40)]}


def test_case_and_spaces_of_a_unit_do_not_matter(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row(" zorg/wijkteam  OOST "), row("Zorg /Wijkteam Oost"), row(EAST)))
    assert {path: len(answers) for path, answers in by_path(cast).items()} == {EAST: 3}


def test_a_decomposed_accent_is_the_same_name(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row("Zorg / Café"), row("Zorg / Cafe\u0301")), "--create")
    assert {path: len(answers) for path, answers in by_path(cast).items()} == {"Zorg / Café": 2}


def test_the_units_are_those_that_the_file_names_and_those_above_them(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row(EAST), row(NIGHT)))
    with scope(organisation=cast.organisation):
        units = {unit.path: unit for unit in Unit.objects.filter(round=the_round(cast))}
        assert set(units) == {"", "Zorg", EAST, NIGHT}
        assert units[EAST].parent == units["Zorg"]
        assert {unit.invited for unit in units.values()} == {None}
        assert {unit.kind for unit in units.values()} == {Unit.Kind.DEPARTMENT}


def test_the_round_says_that_it_was_imported_and_has_no_invitations(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row()), title="  Leerscan   2026 ")
    round_ = the_round(cast)
    assert (round_.title, round_.slug) == ("Leerscan 2026", "leerscan-2026")
    assert (round_.origin, round_.state) == (Round.Origin.IMPORTED, Round.State.OPEN)
    assert round_.words["nl"]["department"] == "afdeling"
    with scope(organisation=cast.organisation):
        assert not Invitation.objects.exists()
        assert LogEntry.objects.filter(action="import_responses", subject="Leerscan 2026").count() == 1


def test_the_organisation_can_be_named_by_its_slug_or_in_any_case(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row()), organisation="zorggroep-de-linde")
    folder.run(folder.answers(row(answers="3")), organisation="ZORGGROEP DE LINDE", title="Leerscan 2027")
    with scope(organisation=cast.organisation):
        assert Round.objects.filter(organisation=cast.organisation).count() == 2


def test_another_organisation_gets_nothing_of_it(cast: Cast, folder: Folder) -> None:
    folder.run(folder.answers(row()))
    with scope(organisation=cast.other_organisation):
        assert not Round.objects.exists()


@pytest.mark.parametrize(("year", "responses", "units"), [(2025, 165, 23), (2026, 142, 23)])
def test_the_samples_are_imported_whole(folder: Folder, year: int, responses: int, units: int) -> None:
    before = all_rows()
    folder.run(SAMPLES / f"responses-{year}.csv", "--create", organisation="Nieuw Huis")
    added = grown(before)
    assert added["scan_response"] == responses
    assert added["scan_unit"] == added["organisations_department"] == units
    assert added["scan_round"] == added["organisations_organisation"] == 1


def test_a_round_of_another_organisation_may_have_the_same_title(cast: Cast, folder: Folder) -> None:
    file = folder.answers(row())
    folder.run(file)
    before = all_rows()
    folder.run(file, organisation=cast.other_organisation.name)
    assert grown(before)["scan_response"] == 1
