"""Which scan something is of, and by which versions of everything it was made."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from questionnaires.questionnaire import Questionnaire
from reports.models import Release


def period(release: Release) -> str:
    """From the first day to the last on which somebody could answer."""
    begin, end = (date_format(date.fromisoformat(release.content[day]), "j F Y") for day in ("opens_on", "last_day"))
    return begin if begin == end else _("%(begin)s to %(end)s") % {"begin": begin, "end": end}


def versions(release: Release, questionnaire: Questionnaire) -> str:
    return _("questionnaire %(questionnaire)s, rules %(rules)s, advice %(advice)s, release %(number)s") % {
        "questionnaire": questionnaire.number,
        "rules": release.rules_version,
        "advice": release.advice_number,
        "number": release.number,
    }
