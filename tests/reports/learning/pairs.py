"""Rounds in which departments really differ, and pairs that are just there."""

from datetime import date

from django_scopes import scope

from organisations.models import Organisation
from reports.closing import close_here
from reports.models import LearningPair, Release
from scan.importing import import_responses
from scan.models import Round, Unit
from scan.participants import today_in
from tests.scan.answer_files import EAST, KITCHEN, NIGHT, TITLE, row, text_of
from tests.scan.asking import ITEM_IDS

DAY = date(2026, 3, 9)


def different_round(organisation: Organisation, high: str = EAST, low: str = KITCHEN, people: int = 12) -> Round:
    """Closed: one department agrees with everything, one disagrees, two are in the middle, not all of one mind."""
    rows = []
    for unit, answer in ((high, "5"), (low, "1"), (NIGHT, "3"), ("Zorg / Wijkteam West", "3")):
        for number in range(people):
            others = dict.fromkeys(ITEM_IDS[number % 4 :: 4], "3")
            rows.append(row(unit, answer, **others))
    return closed(organisation, rows)


def equal_round(organisation: Organisation) -> Round:
    rows = [row(unit, str(2 + number % 3)) for unit in (EAST, KITCHEN, NIGHT) for number in range(9)]
    return closed(organisation, rows)


def small_round(organisation: Organisation, *paths: str, title: str = TITLE) -> Round:
    """Quick to close: five people in each department, all alike."""
    return closed(organisation, [row(path, "4") for path in paths for _person in range(5)], title)


def closed(organisation: Organisation, rows: list[list[str]], title: str = TITLE) -> Round:
    with scope(organisation=organisation):
        import_responses(organisation, text_of(rows), title, None, create=True, day=DAY)
        round_ = Round.objects.select_related("organisation").get(organisation=organisation, title=title)
        close_here(round_)
        round_.refresh_from_db()
    return round_


def pair_of(
    round_: Round, giver: str = EAST, taker: str = KITCHEN, theme: str = "TL", **fields: object
) -> LearningPair:
    """One that is there, whatever the figures are: released, unless `released_on` says otherwise."""
    with scope(organisation=round_.organisation):
        release = Release.objects.filter(round=round_).order_by("-number")[0]
        units = {unit.path: unit for unit in Unit.objects.filter(round=round_)}
        known = {"released_on": today_in(round_.organisation)} | fields
        return LearningPair.objects.create(
            release=release, dimension=theme, giver=units[giver], taker=units[taker], **known
        )


def address_of(round_: Round, pair: LearningPair | None = None) -> str:
    """Of the page with all pairs, or of a pair's card."""
    start = f"/o/{round_.organisation.slug}/r/{round_.slug}/learning/"
    return f"{start}{pair.pk}/" if pair else start
