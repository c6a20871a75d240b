"""Rounds that tests start from: a closed one with the samples' answers, and one that is open."""

from datetime import date

from django_scopes import scope

from organisations.models import Organisation
from reports.closing import close_here
from reports.models import ReleaseUnit
from scan.importing import import_responses
from scan.models import Invitation, Round
from scan.response_file import read_text
from scan.rounds import create_round, launch
from scan.tokens import token_of
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.conftest import SAMPLES


def closed_sample_round(organisation: Organisation, year: int = 2026) -> Round:
    """A closed round with the answers of a sample file."""
    text = read_text(SAMPLES / f"responses-{year}.csv")
    with scope(organisation=organisation):
        import_responses(organisation, text, f"Leerscan {year}", None, create=True, day=date(year, 3, 9))
        round_ = Round.objects.select_related("organisation").get(organisation=organisation, slug=f"leerscan-{year}")
        close_here(round_)
        round_.refresh_from_db()
    return round_


def unit_id(round_: Round, path: str) -> str:
    with scope(organisation=round_.organisation):
        return str(ReleaseUnit.objects.get(release__round=round_, unit__path=path).unit_id)


def open_round(cast: Cast, people: int = 6, **fields: object) -> Round:
    """An open round with this many people in Zorg / Wijkteam Oost."""
    settings = {"contact": "Anna, 2210", "privacy_officer": "Iris", "remark_reader": "Anna"} | fields
    with scope(organisation=cast.organisation):
        add_people(cast.departments["zorg / wijkteam oost"], people)
        round_ = create_round(cast.organisation, "Leerscan nu", OPENS, CLOSES, **settings)
        launch(round_)
        return Round.objects.select_related("organisation", "version").get(pk=round_.pk)


def tokens(round_: Round) -> list[str]:
    with scope(organisation=round_.organisation):
        return [token_of(invitation.pk) for invitation in Invitation.objects.filter(round=round_).order_by("pk")]
