"""What the board reads: strengths first, differences only where they are demonstrable, steps from the advice."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from django_scopes import scope

from jobs.running import run_here
from organisations.models import LogEntry
from questionnaires.questionnaire import DIMENSIONS
from reports import advice
from reports.board import differences, job, summary
from reports.models import ReleaseUnit
from reports.published import HiddenUnit, Published, Rest
from reports.wording import Words
from tests.cast import Cast
from tests.reports.learning.pairs import closed, small_round
from tests.reports.sample_rounds import Frozen
from tests.scan.answer_files import EAST, KITCHEN, row

Browser = Callable[[Any], Client]
ENGLISH = Words("en", {})


def with_verdicts(published: Published, verdicts: Mapping[str, Mapping[str, str]]) -> Published:
    """The sample with departments of these names only, and what is demonstrable of each."""
    root = published.shown[0]
    units = [root]
    for number, (name, own) in enumerate(verdicts.items()):
        rest = {code: Rest(0, 9, own.get(code), 50) for code in DIMENSIONS}
        units.append(replace(root, id=UUID(int=number), name=name, path=name, rest=rest))
    parents = {unit.id: root.id for unit in units} | {root.id: None}
    return Published(published.release, tuple(units), parents)


def lines(published: Published) -> list[str]:
    with translation.override("en"):
        return differences.difference_lines(published, ENGLISH)


@pytest.fixture
def sample(frozen: Callable[[str], Frozen]) -> Published:
    return frozen("2026").published


def test_without_demonstrable_differences_it_says_so_and_names_nobody(sample: Published) -> None:
    said = lines(sample)
    assert len(said) == 1
    assert said[0].startswith("No demonstrable differences")
    assert not any(unit.name in said[0] for unit in sample.shown[1:])


def test_names_stand_only_where_a_difference_is_demonstrable(sample: Published) -> None:
    verdicts = {"Kitchen": {"TL": "higher"}, "East": {"TL": "lower", "T": "lower"}, "Night": {}}
    assert lines(with_verdicts(sample, verdicts)) == [
        "On 2 of the 11 themes departments differ demonstrably from the rest of the organisation.",
        "Team learning: higher in Kitchen; lower in East.",
        "Building trust: lower in East.",
    ]


def test_many_names_are_counted(sample: Published) -> None:
    verdicts = {f"Team {letter}": {"K": "higher"} for letter in "EDCBA"}
    assert (
        lines(with_verdicts(sample, verdicts))[1]
        == "Knowledge sharing as strength: higher in Team E, Team D and 3 more."
    )


def test_the_answers_of_one_department_are_not_counted_twice(sample: Published) -> None:
    found = with_verdicts(sample, {"Care": {"TL": "higher"}, "East": {"TL": "higher"}})
    units = (found.units[0], replace(found.shown[1], same_as="East"), found.units[2])
    assert lines(Published(found.release, units, found.parents))[1] == "Team learning: higher in East."


def test_results_of_the_organisation_alone(sample: Published) -> None:
    root = sample.shown[0]
    hidden = HiddenUnit(UUID(int=1), "Kitchen", "Kitchen")
    alone = Published(sample.release, (root, hidden), {root.id: None, hidden.id: root.id})
    assert lines(alone) == [
        "There are no reports of single departments, so nothing can be said about differences between them."
    ]
    assert "Kitchen" not in summary.document(alone, "en")


def test_the_step_that_comes_back_is_counted_over_the_smallest_departments(
    sample: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = {"A": (1, 3, 5), "B": (3, 4, 6), "C": (2, 3, 7), "D": (1, 2, 4)}
    steps = [type("Step", (), {"number": number}) for number in range(8)]
    monkeypatch.setattr(advice, "first_steps", lambda _published, unit: [steps[one] for one in chosen[unit.name]])
    with translation.override("en"):
        said = differences.pattern_text(with_verdicts(sample, {name: {} for name in chosen}), ENGLISH)
        few = differences.pattern_text(with_verdicts(sample, {"A": {}, "B": {}}), ENGLISH)
    assert said.startswith("“Keep learning: make learning an everyday thing” comes back most")
    assert "in 3 of the 4 smallest departments" in said
    assert few == ""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_holds_what_every_report_has_to_say(language: str, sample: Published) -> None:
    html = summary.document(sample, language)
    root = sample.shown[0]
    alternatives = re.findall(r'alt="([^"]*)"', html)
    assert len(alternatives) == 2
    for text in alternatives:
        assert re.search(r"\(\d+\)", text)
    needed = {
        "nl": (
            "Niet bedoeld om mensen of afdelingen te beoordelen",
            "minstens 5 mensen",
            "Vragenlijst 1, rekenregels 1",
        ),
        "en": ("Not meant for judging people or departments", "at least 5 people", "Questionnaire 1, rules 1"),
    }
    for words in (*needed[language], str(root.n), str(root.scores["total"].value)):
        assert words in html
    assert html.index("strong" if language == "en" else "sterk") < html.index("gain" if language == "en" else "kansen")
    assert html.count("board-steps") == 1
    assert "http" not in html


def test_hr_and_consultant_get_it_and_it_is_logged(cast: Cast, as_user: Browser) -> None:
    round_ = small_round(cast.organisation, EAST, KITCHEN)
    page = f"/o/{cast.organisation.slug}/r/{round_.slug}/comparison/board/nl/"
    client = as_user(cast.cas)
    assert client.post(page).status_code == 302
    with scope(organisation=cast.organisation):
        release = ReleaseUnit.objects.filter(release__round=round_)[0].release_id
    run_here(job.KIND, f"{release} nl")
    response = client.get(page)
    assert response["Content-Type"] == "application/pdf"
    assert "samenvatting-voor-het-bestuur-nl.pdf" in response["Content-Disposition"]
    assert LogEntry._base_manager.filter(action="download_board", user=cast.cas).count() == 1
    assert (
        f'action="{page}"' in as_user(cast.anna).get(f"/o/{cast.organisation.slug}/r/{round_.slug}/").content.decode()
    )


def test_of_a_hidden_organisation_there_is_the_one_text(cast: Cast, as_user: Browser) -> None:
    round_ = closed(cast.organisation, [row(EAST, "4")] * 4)
    start = f"/o/{cast.organisation.slug}/r/{round_.slug}/"
    client = as_user(cast.anna)
    response = client.get(f"{start}comparison/board/nl/", follow=True)
    assert "We laten geen resultaten van deze scan zien" in response.content.decode()
    assert "comparison/board" not in client.get(start).content.decode()
    with pytest.raises(ValueError, match="hidden"):
        summary.document(Published(None, (HiddenUnit(UUID(int=0), "", ""),), {}), "nl")  # type: ignore[arg-type]
