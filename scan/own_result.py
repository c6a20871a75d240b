"""What one person sees of the own answers, at once and alone: two radars and three tips. Nothing of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from charts.figure import Figure, Profile, radar
from measurement.scoring import MIN_ANSWERED, Scales, filled, score, whole
from questionnaires.advice import Advice
from questionnaires.questionnaire import Questionnaire
from scan.packing import answered_count, pack

TIPS = 3


@dataclass(frozen=True)
class OwnResult:
    disciplines: Figure
    areas: Figure
    scores: dict[str, int]
    tips: list[str]


def scales_of(questionnaire: Questionnaire) -> Scales:
    """Which positions in a packed response belong to which score."""

    def positions(wanted: set[str]) -> tuple[int, ...]:
        return tuple(position for position, item in enumerate(questionnaire.items) if item.id in wanted)

    def of(attribute: str, code: str) -> tuple[int, ...]:
        return positions({item.id for item in questionnaire.items if getattr(item, attribute) == code})

    return Scales(
        disciplines={d.code: of("discipline", d.code) for d in questionnaire.dimensions_of("discipline")},
        areas={d.code: of("area", d.code) for d in questionnaire.dimensions_of("area")},
        steps={
            f"step{step.number}": positions({item.id for item in questionnaire.items_of_step(step.number)})
            for step in questionnaire.steps
        },
        item_count=len(questionnaire.items),
    )


def own_result(
    answers: Mapping[str, int],
    questionnaire: Questionnaire,
    advice: Advice,
    language: str,
    words: Mapping[str, Mapping[str, str]],
) -> OwnResult | None:
    """None when fewer than 30 questions were answered: too little for a picture."""
    packed = pack(answers, questionnaire.items)
    if answered_count(packed) < MIN_ANSWERED:
        return None
    scales = scales_of(questionnaire)
    row = filled(np.frombuffer(packed, dtype=np.uint8)[None, :], scales.disciplines)[0]
    groups = {"discipline": scales.disciplines, "area": scales.areas}
    scores = {
        code: whole(score(int(row[list(positions)].sum()), len(positions)))
        for scales_of_kind in groups.values()
        for code, positions in scales_of_kind.items()
    }
    lowest = sorted(scores, key=lambda code: scores[code])[:TIPS]
    figures = {kind: _radar(kind, scores, questionnaire, language) for kind in groups}
    tips = [advice.dimensions[code].yourself.in_language(language, words) for code in lowest]
    return OwnResult(figures["discipline"], figures["area"], scores, tips)


def _radar(kind: str, scores: Mapping[str, int], questionnaire: Questionnaire, language: str) -> Figure:
    name = _("Your own answers")
    dimensions = questionnaire.dimensions_of(kind)
    axes = [dimension.short.in_language(language) for dimension in dimensions]
    return radar(name, axes, [Profile(name, [scores[dimension.code] for dimension in dimensions])])
