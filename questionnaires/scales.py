"""Which positions in a packed response belong to which score."""

from measurement.scoring import Scales
from questionnaires.questionnaire import Questionnaire


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
