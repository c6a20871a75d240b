"""Rounds that are hard to print or many to print: the longest names, words and advice; forty units, one, or none shown.

For pdf-check, the tests of PDFs and the benchmarks. Call everything inside the organisation's scope.
"""

import csv
import io
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import cycle

from organisations.models import Organisation
from questionnaires.advice import Action, Advice, DimensionAdvice, StepAdvice
from questionnaires.texts import DEFAULT_WORDS, Text
from reports.closing import close_here
from reports.named_rounds import published_of
from reports.published import Published
from scan.importing import import_responses
from scan.models import Round

ITEMS = [f"q{number:02d}" for number in range(1, 41)]
OBSTACLES = ("", "time_pressure", "time_pressure;hierarchy;fear_of_mistakes")
DAY = date(2026, 3, 9)
NAME_LENGTH = 60
# Longer words than these there are not: the second finds no place to be broken.
LONG_WORDS = ("Arbeidsongeschiktheidsverzekeringsmaatschappij", "Kraamzorgorganisatieontwikkelingsbegeleidingsteam")
SIZES = (31, 12, 8, 6, 3, 21, 9, 14)
"""Of the units: some with every block of figures, some with few, some hidden."""


def long_name(number: int, length: int = NAME_LENGTH) -> str:
    """A name of exactly this length."""
    start = f"{LONG_WORDS[number % 2]} {number:02d} "
    return (start + "Zuidoost-Nederland en omstreken " * 4)[: length - 1].rstrip().ljust(length, "x")


def long_words() -> dict[str, dict[str, str]]:
    """Own words as long as the form takes them; what follows an article begins small."""
    return {
        language: {key: f"{usual} van de {LONG_WORDS[0].lower()}"[:NAME_LENGTH] for key, usual in words.items()}
        for language, words in DEFAULT_WORDS.items()
    }


def many_units(count: int, name: Callable[[int], str]) -> dict[str, int]:
    """Paths of this many units in departments of ten, and how many answered in each."""
    sizes = cycle(SIZES)
    heads = [name(number) for number in range(0, count, 10)]
    return {
        heads[number // 10] if number % 10 == 0 else f"{heads[number // 10]} / {name(number)}": next(sizes)
        for number in range(count)
    }


def answers(people: Mapping[str, int], seed: int = 1) -> str:
    """A file of answers with this many rows of each unit. Every unit has a level of its own, from low to high."""
    chance = random.Random(seed)  # noqa: S311 -- the same answers every time
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["unit", *ITEMS, "obstacles", "remark"])
    for path, count in people.items():
        level = chance.uniform(2.0, 4.4)
        for _person in range(count):
            middle = chance.gauss(level, 0.5)
            given = [min(5, max(1, round(chance.gauss(middle, 0.9)))) for _item in ITEMS]
            writer.writerow([path, *given, chance.choice(OBSTACLES), ""])
    return out.getvalue()


def closed_round(organisation: Organisation, title: str, people: Mapping[str, int]) -> Published:
    import_responses(organisation, answers(people), title, None, create=True, day=DAY)
    round_ = Round.objects.select_related("organisation").get(organisation=organisation, title=title)
    close_here(round_)
    return published_of(round_)


def longest_round(organisation: Organisation, units: int = 40) -> Published:
    """Units with long names, long own words, and the longest text of the advice wherever there is one.

    Lengthens the organisation's own words, so take one that nothing else is made from.
    """
    organisation.words = long_words()
    organisation.save(update_fields=["words"])
    published = closed_round(organisation, long_name(98), many_units(units, long_name))
    published.__dict__["advice"] = longest_advice(published.advice)
    return published


def longest_advice(advice: Advice) -> Advice:
    """The same advice, in which every text is the longest of its kind."""
    steps, dimensions = list(advice.steps.values()), list(advice.dimensions.values())
    actions = [action for step in steps for action in step.actions]
    step = StepAdvice(
        _longest(step.meaning for step in steps),
        tuple(_longest_action(actions, action.moment) for action in steps[0].actions),
        _longest(step.question for step in steps),
    )
    sentence = _longest(text for dimension in dimensions for text in dimension.sentence.values())
    paragraph = _longest(text for dimension in dimensions for text in dimension.paragraph.values())
    dimension = DimensionAdvice(
        dict.fromkeys(dimensions[0].sentence, sentence),
        dict.fromkeys(dimensions[0].paragraph, paragraph),
        _longest(dimension.yourself for dimension in dimensions),
    )
    return replace(
        advice,
        steps=dict.fromkeys(advice.steps, step),
        dimensions=dict.fromkeys(advice.dimensions, dimension),
        tips=dict.fromkeys(advice.tips, _longest(advice.tips.values())),
    )


def _longest_action(actions: Iterable[Action], moment: str) -> Action:
    fitting = [action for action in actions if action.moment == moment]
    who, what, when, sign = (
        _longest(getattr(action, field) for action in fitting) for field in ("who", "what", "when", "sign")
    )
    return Action(moment, who, what, when, sign)


def _longest(texts: Iterable[Text]) -> Text:
    """The longest in each language."""
    found = list(texts)
    return Text(max((text.nl for text in found), key=len), max((text.en for text in found), key=len))
