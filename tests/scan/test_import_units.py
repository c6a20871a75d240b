from django_scopes import scope

from organisations.models import Department, Organisation
from scan.models import Round
from tests.cast import Cast
from tests.scan.answer_files import EAST, NIGHT, Folder, all_rows, grown, row

NEW = "Nieuw Huis"


def test_an_unknown_unit_is_told_with_the_nearest_known_name(folder: Folder) -> None:
    message = folder.refused(folder.answers(row(EAST), row("Zorg / Wijkteam Ost")))
    assert "row 3, column unit" in message
    assert "“Zorg / Wijkteam Ost”" in message
    assert "the nearest is “Zorg / Wijkteam Oost”" in message
    assert "--create" in message


def test_every_unknown_unit_is_told_once(folder: Folder) -> None:
    rows = [row("Zorg / Dagdienst"), row(EAST), row("Zorg / Dagdienst"), row("Facilitair / Kantine")]
    message = folder.refused(folder.answers(*rows))
    assert message.count("“Zorg / Dagdienst”") == 1
    assert "row 2, column unit" in message
    assert "row 5, column unit" in message
    assert "“Facilitair / Keuken”" in message


def test_an_archived_department_is_not_known(cast: Cast, folder: Folder) -> None:
    with scope(organisation=cast.organisation):
        Department.objects.filter(path=NIGHT).update(archived_on="2025-12-31")
    assert "row 2, column unit" in folder.refused(folder.answers(row(NIGHT)))


def test_departments_of_another_organisation_are_not_known(cast: Cast, folder: Folder) -> None:
    with scope(organisation=cast.other_organisation):
        Department.objects.filter(path="Zorg").update(name="Oven", path="Oven", path_key="oven")
    message = folder.refused(folder.answers(row("Ovens")))
    assert "“Oven”" not in message


def test_an_unknown_organisation_is_refused(folder: Folder) -> None:
    message = folder.refused(folder.answers(row()), organisation=NEW)
    assert f"“{NEW}”" in message
    assert "--create" in message


def test_create_makes_the_organisation_and_its_departments(folder: Folder) -> None:
    folder.run(folder.answers(row("Bakkerij / Oven / Nacht"), row("Winkel"), row(NEW)), "--create", organisation=NEW)
    organisation = Organisation.objects.get(name=NEW)
    assert organisation.slug == "nieuw-huis"
    with scope(organisation=organisation):
        departments = {department.path: department for department in Department.objects.all()}
        assert set(departments) == {"", "Bakkerij", "Bakkerij / Oven", "Bakkerij / Oven / Nacht", "Winkel"}
        assert departments["Bakkerij / Oven / Nacht"].parent == departments["Bakkerij / Oven"]
        assert departments["Winkel"].parent == departments[""]
        assert Round.objects.get().organisation == organisation


def test_create_adds_only_what_is_missing(cast: Cast, folder: Folder) -> None:
    before = all_rows()
    folder.run(folder.answers(row(EAST), row("zorg / dagdienst"), row("Zorg / Dagdienst")), "--create")
    added = grown(before)
    assert added["organisations_department"] == 1
    assert "organisations_organisation" not in added


def test_create_leaves_nothing_behind_when_the_file_has_a_fault(folder: Folder) -> None:
    message = folder.refused(folder.answers(row("Winkel"), row("Winkel", q09="6")), "--create", organisation=NEW)
    assert "row 3, column q09" in message


def test_an_organisation_needs_a_name(folder: Folder) -> None:
    for name in ("", "  ", "Huis / Tuin"):
        folder.refused(folder.answers(row()), "--create", organisation=name)


def test_an_organisation_with_too_long_a_name_is_refused(folder: Folder) -> None:
    folder.refused(folder.answers(row()), "--create", organisation="a" * 121)
