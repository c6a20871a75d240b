"""What units and themes are called where pairs are named."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import get_language, override

from questionnaires.versions import questionnaire_of
from reports.models import LearningPair
from scan.models import Round, Unit


def labels_of(units: Iterable[Unit]) -> dict[UUID, str]:
    """By its name, or by its path where another of that round has the name too."""
    units = list(units)
    count = Counter((unit.round_id, unit.name) for unit in units)
    return {unit.pk: unit.name if count[unit.round_id, unit.name] == 1 else unit.path for unit in units}


def theme_name(round_: Round, version_id: UUID, code: str) -> str:
    """In the language that is active."""
    language = get_language() or round_.organisation.language
    return questionnaire_of(version_id).dimension(code).name.in_language(language, round_.words)


def log_subject(pair: LearningPair) -> str:
    """What the log says a pair is about, in the organisation's language: names and a theme, never a score."""
    round_ = pair.release.round
    with override(round_.organisation.language):
        theme = theme_name(round_, pair.release.version_id, pair.dimension)
    return f"{round_.title}: {theme} ({pair.giver.path} → {pair.taker.path})"
