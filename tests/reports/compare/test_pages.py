"""The comparing pages as somebody opens them: found, cheap, empty with a reason, silent about hidden departments."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from reports.compare.reading import Comparison, read_comparison
from reports.models import Release, ReleaseUnit
from scan.models import Round
from tests.cast import Cast
from tests.reports.compare.organisations import SLUG, equal_departments, five_departments, freeze, ids, people
from tests.reports.paper_rounds import PaperRound

PAGES = ("", "theme/", "profiles/", "steps/")
Queries = Callable[[int], Any]


def address(cast: Cast, page: str = "") -> str:
    return f"/o/{cast.organisation.slug}/r/{SLUG}/comparison/{page}"


@pytest.fixture
def stored(cast: Cast) -> Callable[[PaperRound], Comparison]:
    def store(paper: PaperRound) -> Comparison:
        with scope(organisation=cast.organisation):
            return read_comparison(freeze(cast, paper))

    return store


Store = Callable[[PaperRound], Comparison]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("where", PAGES)
def test_a_page_costs_the_same_number_of_queries_with_more_departments(
    where: str,
    count: int,
    cast: Cast,
    as_user: Callable[[Any], Client],
    stored: Store,
    django_assert_num_queries: Queries,
) -> None:
    paper = PaperRound().add("").add("Ander", people(9))
    for number in range(count):
        paper.add(f"Afdeling {number}", people(9)).add(f"Nacht {number}", people(2))
    found = stored(paper)
    client = as_user(cast.cas)
    query = "&".join(f"profile={unit.id}" for unit in found.compared[: count + 1])
    client.get(address(cast, where))  # the questionnaire is kept in memory from here on
    with django_assert_num_queries({"": 8, "theme/": 8, "profiles/": 9, "steps/": 9}[where]):
        answer = client.get(f"{address(cast, where)}?{query}")
    assert "Ander" in answer.content.decode() or where == "steps/"


@pytest.mark.parametrize("where", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_there_in_both_languages(
    where: str, language: str, cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    stored(five_departments())
    client = as_user(cast.anna)
    client.post("/language/", {"language": language, "page": "/"})
    text = client.get(address(cast, where)).content.decode()
    assert {"nl": "niet bedoeld om mensen te beoordelen", "en": "not meant for judging people"}[language] in text
    assert {"nl": "minstens 5 mensen", "en": "at least 5 people"}[language] in text


def test_it_is_found_on_the_page_of_the_round(cast: Cast, as_user: Callable[[Any], Client], stored: Store) -> None:
    stored(five_departments())
    round_page = f"/o/{cast.organisation.slug}/r/{SLUG}/"
    assert address(cast) in as_user(cast.cas).get(round_page).content.decode()
    assert address(cast) not in as_user(cast.wil).get(round_page).content.decode()


def test_without_a_demonstrable_difference_it_says_that_this_is_a_result_too(
    cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    stored(equal_departments())
    text = as_user(cast.cas).get(address(cast)).content.decode()
    assert "De afdelingen verschillen niet aantoonbaar." in text
    assert not re.search("[▲▼]|is-higher|is-lower", text)


def test_how_many_differences_are_demonstrable_and_of_how_many(
    cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    found = stored(five_departments())
    # Huis holds the answers of Keuken alone.
    counted = [unit for unit in found.compared if unit.path != "Huis"]
    claims = sum(one.verdict is not None for unit in counted for one in (unit.rest or {}).values())
    text = as_user(cast.cas).get(address(cast)).content.decode()
    assert claims > 1
    assert f"Van de 44 verschillen waar we naar keken, zijn er {claims} aantoonbaar." in text
    assert "Kennis delen als kracht: hoger bij" in text


@pytest.mark.parametrize("where", PAGES)
def test_when_nothing_is_shown_it_says_so(
    where: str, cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    stored(PaperRound().add("").add("Zorg", people(2)))
    text = as_user(cast.cas).get(address(cast, where)).content.decode()
    assert "We laten geen resultaten van deze scan zien" in text
    assert "<table" not in text


@pytest.mark.parametrize("where", PAGES)
def test_of_one_group_nothing_is_compared(
    where: str, cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    stored(PaperRound().add("").add("Zorg", people(9)).add("Huis", people(2)))
    text = as_user(cast.cas).get(address(cast, where)).content.decode()
    assert "Er valt niets te vergelijken" in text


@pytest.mark.parametrize("where", PAGES)
def test_results_from_before_comparisons_say_so(
    where: str, cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    stored(five_departments())
    with scope(organisation=cast.organisation):
        Release.objects.update(format=1)
        for row in ReleaseUnit.objects.filter(is_shown=True):
            row.content = {key: value for key, value in (row.content or {}).items() if key != "compared"}
            row.save()
    text = as_user(cast.cas).get(address(cast, where)).content.decode()
    assert "van voordat Leerscan afdelingen vergeleek" in text


@pytest.mark.parametrize("where", PAGES)
def test_a_round_without_results_has_no_comparison(
    where: str, cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    stored(five_departments())
    with scope(organisation=cast.organisation):
        Release.objects.all().delete()
    assert as_user(cast.cas).get(address(cast, where)).status_code == 404


@pytest.mark.parametrize("where", PAGES)
def test_an_unknown_part_is_told_and_the_whole_is_shown(
    where: str, cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    found = stored(five_departments())
    client = as_user(cast.cas)
    for asked in ("nonsense", "00000000-0000-4000-8000-000000000000"):
        text = client.get(address(cast, where), {"unit": asked}).content.decode()
        assert "Deze afdeling hoort niet bij deze scan. Je ziet de hele organisatie" in text
    assert (
        "hoort niet bij deze scan"
        not in client.get(address(cast, where), {"unit": str(found.root.id)}).content.decode()
    )


@pytest.mark.parametrize("where", PAGES)
def test_which_of_two_hidden_departments_has_answers_cannot_be_seen(
    where: str, cast: Cast, as_user: Callable[[Any], Client], stored: Store
) -> None:
    """The same answers, once of the one and once of the other; asked for as a part, and to be drawn."""
    client, seen = as_user(cast.cas), []
    for one, other in ((people(4, lower=True), []), ([], people(4, lower=True))):
        paper = five_departments().add("Zorg / Leeg", one).add("Zorg / Vier", other)
        found = stored(paper)
        queries = ["", *(f"{name}={ids(found)['Zorg / Leeg']}" for name in ("unit", "profile"))]
        seen.append([_without_ids(client.get(f"{address(cast, where)}?{query}").content.decode()) for query in queries])
        with scope(organisation=cast.organisation):
            Release.objects.all().delete()
            Round.objects.all().delete()
    assert seen[0] == seen[1]
    assert any("Leeg" in text for text in seen[0])


def _without_ids(text: str) -> str:
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", text)
    return re.sub("[0-9a-f]{8}-[0-9a-f-]{27}", "ID", text)
