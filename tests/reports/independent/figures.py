"""The figures of a set of people (sections 1 and 3, R5, R9, R10)."""

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.reports.independent.questionnaire import DISCIPLINES, ITEMS, OBSTACLES, SCALES
from tests.reports.independent.round_on_paper import Person, half_up

Group = list[Person]


def mean_of(group: Group, code: str) -> Fraction:
    return sum((person.scores[code] for person in group), Fraction(0)) / len(group)


def printed(value: Fraction) -> tuple[int, str]:
    points = half_up(value)
    if points > 95:
        return 95, "at_least"
    return (5, "at_most") if points < 5 else (points, "exact")


def value_of(group: Group, code: str) -> int:
    return printed(mean_of(group, code))[0]


def items_of(group: Group) -> dict[str, Fraction]:
    """Items that at least 75% really answered; beyond 5 and 95 they are alike."""
    means = {item: Fraction(sum((person.filled[item] - 1) * 25 for person in group), len(group)) for item in ITEMS}
    return {
        item: max(Fraction(5), min(Fraction(95), mean))
        for item, mean in means.items()
        if sum(item in person.real for person in group) * 4 >= 3 * len(group)
    }


def named(items: Mapping[str, Fraction]) -> dict[str, list[str]]:
    """Up to three, whoever shares the place after them left out."""
    if len(items) < 4:
        return {"highest": [], "lowest": []}
    values = sorted(items.values())
    fourth_lowest, fourth_highest = values[3], values[-4]
    highest = {item for item, value in items.items() if value > fourth_highest}
    lowest = {item for item, value in items.items() if value < fourth_lowest}
    return {
        "highest": [item for item in ITEMS if item in highest - lowest],
        "lowest": [item for item in ITEMS if item in lowest - highest],
    }


# --- from 8 people ---


def bands_of(group: Group) -> dict[str, Any]:
    return {"values": {item: min(4, math.floor(value / 20)) for item, value in items_of(group).items()}}


# --- from 10 people ---


def words_of(group: Group) -> dict[str, Any]:
    return {
        "agreement": {code: agreement(group, code) for code in DISCIPLINES},
        "obstacles": {
            code: people_in_tens(sum(code in person.obstacles for person in group), len(group)) for code in OBSTACLES
        },
        "dont_know": {
            item: people_in_tens(sum(item in person.dont_know for person in group), len(group)) for item in ITEMS
        },
    }


def agreement(group: Group, discipline: str) -> str:
    """AD_M in a word: how far answers lie from their item's mean, averaged over the items."""
    distances = []
    for item in SCALES[discipline]:
        answers = [person.filled[item] for person in group]
        middle = Fraction(sum(answers), len(answers))
        distances.append(sum((abs(answer - middle) for answer in answers), Fraction(0)) / len(answers))
    distance = sum(distances, Fraction(0)) / len(distances)
    if distance <= Fraction(60, 100):
        return "one_mind"
    return "varied" if distance <= Fraction(83, 100) else "divided"


def tens(count: int, n: int) -> int:
    """0 reads "under 10%", 9 reads "90% or more"."""
    share = Fraction(10 * count, n)
    return 0 if share < 1 else min(9, half_up(share))


def people_in_tens(count: int, n: int) -> int | None:
    return None if count < 3 else tens(count, n)


# --- from 20 people ---


def items_in_points(group: Group) -> dict[str, Any]:
    items = items_of(group)
    return {
        "values": {item: half_up(value) for item, value in items.items()},
        "distribution": {
            item: [tens(sum(person.filled[item] == answer for person in group), len(group)) for answer in range(1, 6)]
            for item in items
        },
    }
