"""The technical annex: of the organisation as a whole, from fifty people, and the same as the formulas say."""

import random
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client

from measurement.scoring import filled
from measurement.statistics import (
    NULL_SLIGHT_SKEW,
    corrected_item_total,
    cronbach_alpha,
    feldt_interval,
    icc,
    mcdonald_omega,
    rwg_j,
)
from reports.annex import annex_of
from reports.figures import Figures
from tests.cast import Cast
from tests.measurement.people import person_scores
from tests.reports.worlds import SCALES, Shape, World, answers, build
from tests.rounds import closed_sample_round


def world(groups: int, size: int, seed: int = 1) -> World:
    """A root with so many departments of so many people."""
    shapes = [Shape(0, 0, 0, 0, is_open=False, is_overfull=False, spare=3)]
    shapes += [Shape(0, size, 0, 0, is_open=False, is_overfull=False, spare=3)] * groups
    chance = random.Random(seed)  # noqa: S311 -- to be repeated
    made = build(5, shapes, chance, knows_headcounts=True)
    # Everybody as different as people are, in no team of one mind.
    return made.with_rows((row[0], row[1], answers(chance), row[3]) for row in made.rows)


def annex(figures: Figures) -> dict[str, Any]:
    found = annex_of(figures)
    assert found is not None
    return found


@pytest.mark.parametrize(("size", "is_indicative"), [(9, None), (10, True), (19, True), (20, False)])
def test_from_fifty_people_indicative_from_a_hundred_in_full(size: int, is_indicative: bool | None) -> None:
    found = annex_of(world(5, size).figures)
    assert (found and found["is_indicative"]) == is_indicative


def test_with_few_groups_nothing_is_said_of_groups() -> None:
    """Of four groups the mean would nearly be one group's own figure."""
    found = annex(world(4, 20).figures)
    assert (found["differences"], found["agreement"]) == (None, None)
    assert annex(world(5, 20).figures)["differences"] is not None


def test_the_figures_are_those_of_the_formulas() -> None:
    """Computed again from the people one by one."""
    case = world(6, 20)
    found, data = annex(case.figures), case.figures.data
    x = filled(data.people.answers, SCALES.disciplines)
    for code, positions in {**SCALES.disciplines, **SCALES.areas}.items():
        items = x[:, list(positions)]
        row = found["scales"][code]
        alpha = cronbach_alpha(items)
        interval = feldt_interval(alpha, len(x), len(positions))
        assert interval is not None
        assert row["alpha"] == round(alpha, 2)
        assert row["alpha_interval"] == [round(end, 2) for end in interval]
        omega = mcdonald_omega(items)
        assert row["omega"] == (None if omega is None else round(omega, 2))
        differ = icc(person_scores(x, positions), case.figures.block_numbers)
        assert differ is not None
        assert found["differences"][code]["icc1"] == round(differ.icc1, 2)
        assert found["differences"][code]["icc2"] == round(differ.icc2, 2)
    for discipline, positions in SCALES.disciplines.items():
        totals = corrected_item_total(x[:, list(positions)])
        for position, total in zip(positions, totals, strict=True):
            assert total is not None
            assert found["items"][data.item_ids[position]] == {"total": round(total, 2), "is_weak": total < 0.30}
        groups = [x[case.figures.block_numbers == block][:, list(positions)] for block in range(6)]
        mean = np.mean([rwg_j(group, NULL_SLIGHT_SKEW) for group in groups])
        assert found["agreement"][discipline]["rwg_slight_skew"] == round(float(mean), 2)
        assert sum(found["agreement"][discipline]["groups"].values()) == 6


def test_the_same_answers_give_the_same_annex_whoever_gave_them() -> None:
    case = world(6, 20)
    rows = list(case.rows)
    random.Random(2).shuffle(rows)  # noqa: S311 -- to be repeated
    assert annex(case.with_rows(rows).figures) == annex(case.figures)


def test_nothing_in_it_is_of_a_unit() -> None:
    case = world(6, 20)
    written = str(annex(case.figures))
    assert not any(
        str(unit.pk) in written or unit.path in written.split() for unit in case.tree.departments if unit.path
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Betrouwbaarheid van elk thema"), ("en", "Reliability of each theme")]
)
def test_the_consultant_reads_it(cast: Cast, as_user: Callable[[Any], Client], language: str, words: str) -> None:
    closed_sample_round(cast.organisation, 2026)
    client = as_user(cast.cas)
    client.post("/language/", {"language": language, "page": "/"})
    page = client.get(f"/o/{cast.organisation.slug}/r/leerscan-2026/annex/").content.decode()
    assert words in page
    assert page.count('data-label="ICC(1)"') == 11
