"""HR decides which pairs managers see; who did it is in the log, a score never."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from jobs.models import Job
from jobs.running import run_here
from organisations.models import LogEntry
from reports.learning.proposing import KIND
from reports.models import LearningPair, Release
from scan.models import Round
from scan.participants import today_in
from tests.cast import Cast
from tests.reports.learning.pairs import address_of, different_round, equal_round, pair_of, small_round
from tests.scan.answer_files import EAST, KITCHEN

Browser = Callable[[Any], Client]


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    return different_round(in_scope.organisation)


def ids() -> list[str]:
    return [str(pk) for pk in LearningPair.objects.values_list("pk", flat=True)]


def released() -> int:
    return LearningPair.objects.exclude(released_on=None).count()


def said(client: Client, address: str, **data: Any) -> str:
    return client.post(address, data, follow=True).content.decode()


def test_hr_releases_several_and_withdraws_one(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client, page = as_user(in_scope.anna), address_of(round_)
    assert client.post(page, {"do": "release", "pair": ids()}).status_code == 302
    for pair in LearningPair.objects.all():
        assert (pair.released_on, pair.released_by) == (today_in(in_scope.organisation), in_scope.anna)
    client.post(page, {"do": "withdraw", "pair": ids()[:1]})
    assert released() == 1
    entries = LogEntry.objects.filter(action__in=("release_pair", "withdraw_pair"))
    assert [entry.action for entry in entries.order_by("at")] == ["release_pair"] * 2 + ["withdraw_pair"]
    for entry in entries:
        assert entry.user == in_scope.anna
        assert re.fullmatch(rf"Leerscan 2026: [^0-9(]+ \({EAST} → {KITCHEN}\)", entry.subject)


def test_releasing_twice_changes_nothing_more(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client, page = as_user(in_scope.anna), address_of(round_)
    for _time in range(2):
        client.post(page, {"do": "release", "pair": ids()})
    assert LogEntry.objects.filter(action="release_pair").count() == 2


REFUSED: list[tuple[dict[str, str], str]] = [
    ({"do": "release"}, "Er was geen koppel aangevinkt"),
    ({"do": "release", "pair": "tien"}, "“tien” is geen koppel van deze scan"),
    ({"do": "release", "pair": str(uuid4())}, "De resultaten zijn intussen verbeterd"),
    ({"do": "erase"}, "deze knop is niet bekend"),
    ({}, "deze knop is niet bekend"),
]


def test_what_cannot_be_is_refused_in_words(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client = as_user(in_scope.anna)
    for data, words in REFUSED:
        assert words in said(client, address_of(round_), **data)
    assert released() == 0


def test_a_pair_of_an_earlier_release_cannot_be_released(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    """The page was open while the results were corrected."""
    earlier = ids()
    first = Release.objects.get()
    Release.objects.create(
        round=round_,
        number=2,
        **{
            field: getattr(first, field)
            for field in (
                "format",
                "rules_version",
                "version",
                "advice_number",
                "inputs_hash",
                "check_record",
                "content",
            )
        },
    )
    assert "intussen verbeterd" in said(as_user(in_scope.anna), address_of(round_), do="release", pair=earlier)
    assert released() == 0


def test_the_consultant_reads_and_decides_nothing(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    client, page = as_user(in_scope.cas), address_of(round_)
    content = client.get(page).content.decode()
    assert "Wijkteam Oost vertelt, Keuken luistert" in content
    assert "checkbox" not in content
    assert client.post(page, {"do": "release", "pair": ids()}).status_code == 403
    assert released() == 0


def test_the_page_says_what_a_release_tells_and_no_number_of_anybody(
    round_: Round, in_scope: Cast, as_user: Browser
) -> None:
    content = as_user(in_scope.anna).get(address_of(round_)).content.decode()
    main = re.sub(r"<[^>]*>", " ", content[content.index("<main") : content.index("</main>")])
    assert "Wat maak je bekend als je een koppel vrijgeeft?" in main
    assert "Wijkteam Oost springt er bij dit thema uit. Voor Keuken valt hier te winnen." in main
    assert not re.search(r"\d", main.replace("Leerscan 2026", ""))


def test_without_demonstrable_differences_the_page_says_what_to_do(in_scope: Cast, as_user: Browser) -> None:
    round_ = equal_round(in_scope.organisation)
    content = as_user(in_scope.anna).get(address_of(round_)).content.decode()
    assert "In deze scan zijn er geen koppels om voor te stellen." in content
    assert "Wat je wel kunt doen" in content
    assert '<form method="post"' not in content[content.index("<main") :]


def test_results_from_before_can_have_their_pairs_worked_out(round_: Round, in_scope: Cast, as_user: Browser) -> None:
    LearningPair.objects.all().delete()
    client, page = as_user(in_scope.anna), address_of(round_)
    assert "Zoek de koppels uit" in client.get(page).content.decode()
    client.post(page, {"do": "work_out"})
    job = Job.objects.get(kind=KIND)
    assert "data-busy" in client.get(page).content.decode()
    assert not LearningPair.objects.exists()
    run_here(KIND, job.key)
    assert len(ids()) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_pages_cost_the_same_with_more_pairs(
    count: int, in_scope: Cast, as_user: Browser, django_assert_num_queries: Callable[[int], Any]
) -> None:
    round_ = small_round(in_scope.organisation, EAST, KITCHEN)
    made = [pair_of(round_, theme=theme) for theme in ("SV", "MM", "PM")[:count]]
    client = as_user(in_scope.anna)
    with django_assert_num_queries(12):
        client.get(address_of(round_))
    with django_assert_num_queries(10):
        client.get(address_of(round_, made[0]))
