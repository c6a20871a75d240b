"""What one person sees of the own answers, at once and alone: two radars and three tips. Nothing of it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from charts.figure import Figure, Profile, radar
from measurement.scoring import MIN_ANSWERED, filled, score, whole
from questionnaires.advice import Advice
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import scales_of
from scan.answering.packing import answered_count, pack

TIPS = 3


@dataclass(frozen=True)
class OwnResult:
    disciplines: Figure
    areas: Figure
    scores: dict[str, int]
    tips: list[str]


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
