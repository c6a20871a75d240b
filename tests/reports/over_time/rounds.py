"""Closed rounds with the answers that a test wants, years apart."""

from collections.abc import Mapping
from datetime import date

from organisations.models import Organisation
from reports.closing import close_here
from reports.models import ChangedUnit, Release
from reports.release import newest_release
from scan.importing import import_responses
from scan.models import Round, Unit
from tests.cast import Cast
from tests.scan.answer_files import row, text_of

Answers = Mapping[str, tuple[int, int]]
"""By path: how many people, and what each answers to all questions (5 is a score of 100, printed as 95 or higher)."""
EAST, NIGHT, KITCHEN = "Zorg / Wijkteam Oost", "Zorg / Nachtdienst", "Facilitair / Keuken"


def imported(organisation: Organisation, year: int, answers: Answers) -> Round:
    rows = [row(path, str(answer)) for path, (people, answer) in answers.items() for _ in range(people)]
    title = f"Leerscan {year}"
    import_responses(organisation, text_of(rows), title, None, create=True, day=date(year, 3, 9))
    return Round.objects.select_related("organisation", "version").get(title=title)


def closed(cast: Cast, year: int, answers: Answers) -> Round:
    """Call it inside the organisation's scope, with the fixture no_clean_up."""
    round_ = imported(cast.organisation, year, answers)
    close_here(round_)
    return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def release_of(round_: Round) -> Release:
    release = newest_release(round_)
    assert release is not None
    return release


def unit_of(round_: Round, path: str) -> Unit:
    return Unit.objects.get(round=round_, path=path, kind=Unit.Kind.DEPARTMENT)


def contents(round_: Round) -> dict[str, dict[str, object]]:
    """What is frozen of each unit since the round before, by path; of the round's newest release."""
    rows = ChangedUnit.objects.filter(change__release=release_of(round_)).select_related("unit")
    return {one.unit.path: one.content for one in rows}
