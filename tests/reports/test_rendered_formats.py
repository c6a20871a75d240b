"""No format is a second path to the answers (R16): every page, PDF, command, chart and log says what the release says.

Two random rounds here, twenty in `make properties`. A new page, command or job of the room reports fails until it is
rendered here, or said to show no results.
"""

import os
import random
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jobs import kinds
from tests.cast import Cast
from tests.conftest import ROOT
from tests.reports.release_properties import PROPERTIES
from tests.reports.rendering import FORMATS, frozen, numbers_in, numbers_of, render
from tests.reports.worlds import QUESTIONNAIRE, World, swapped, with_other_answers, worlds

# The first that Hypothesis takes is the simplest; the second is a random one.
CASES = int(os.environ.get("RENDERED_CASES", "2"))
NO_RESULTS = {
    "healthz": "says that the server runs",
    "readyz": "says what a process can reach",
    "metrics": "figures of the installation (tests/reports/watching/test_metrics.py)",
    "installation": "for the administrator, who sees no scans (tests/reports/watching/test_installation_page.py)",
    "job_again": "a button on that page",
    "test_mail": "a button on that page",
    "choose_language": "a choice",
    "promise": "settings of the round (tests/reports/test_promise_page.py)",
    "privacy_pdf": "settings of the round (tests/reports/test_privacy_file.py shows that no answer is in it)",
    "remarks": "remarks, and nothing of answers (tests/reports/test_remarks_page.py)",
    "finish_remarks": "says nothing",
    "share_unit": "links, and nothing of answers (tests/reports/sharing)",
    "last_day": "of an open round",
    "close_round": "of an open round",
    "forecast": "of a round in preparation",
    "forecast_join": "of a round in preparation",
    "forecast_separate": "of a round in preparation",
    "card_pdf": "the documents of conversation_card",
}
COMMANDS = {
    "release": "in FORMATS",
    "check_release": "in FORMATS",
    "report": "the PDFs of unit_pdf",
    "export": "the files of unit_export and round_export",
    "correct_release": "says that there is a new release (tests/reports/test_corrections.py)",
    "close_round": "says how many units are shown",
    "privacy_file": "settings of the round",
    "demo": "no round of anybody",
    "backup": "counts of rows (tests/reports/keeping)",
    "restore": "counts of rows (tests/reports/keeping)",
    "move_to_postgresql": "counts of rows (tests/reports/keeping)",
}
JOBS = {
    "report_pdf": "the PDFs of unit_pdf",
    "export": "the files of unit_export and round_export",
    "all_pdfs": "the PDFs of unit_pdf",
    "shared_pdf": "the documents of shared_pdf",
    "privacy_file": "settings of the round",
    "close_round": "makes the release",
    "board_pdf": "the documents of the format of that name",
    "learning_pairs": "stores what the page of pairs shows",
    "card_pdf": "the documents of conversation_card",
    "delete_answers": "makes nothing",
}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from _patterns(one)
        elif isinstance(one, URLPattern):
            yield one


def test_every_address_of_reports_is_rendered_or_shows_no_results() -> None:
    assert {str(one.name) for one in _patterns(get_resolver("reports.urls"))} == (set(FORMATS) | set(NO_RESULTS)) - {
        name for name in FORMATS if name.startswith("command ")
    }


def test_every_command_and_job_of_reports_is_rendered_or_shows_no_results() -> None:
    files = (ROOT / "reports" / "management" / "commands").glob("[a-z]*.py")
    assert {file.stem for file in files} == set(COMMANDS)
    assert {kind for kind, one in kinds._kinds.items() if one.work.__module__.startswith("reports.")} == set(JOBS)


@pytest.fixture(scope="module")
def vocabulary() -> set[int]:
    """Numbers in texts, whatever the answers are: of interface, questionnaire, advice and templates."""
    base = Path(settings.BASE_DIR)
    files = [
        *(base / "locale").rglob("*.po"),
        *(base / "questionnaires" / "data").rglob("*.toml"),
        base / "reports" / "texts" / "exports.toml",
        *(base / "templates").rglob("*.html"),
    ]
    found = {
        int(one) for file in files for one in re.findall(r"(?<!\w)\d{1,4}(?!\w)", file.read_text(encoding="utf-8"))
    }
    found |= {len(QUESTIONNAIRE.items_of_step(step.number)) for step in QUESTIONNAIRE.steps}
    # On which a shared link ends, by the organisation's clock.
    found.add((timezone.now().astimezone(ZoneInfo("Europe/Amsterdam")) + timedelta(days=30)).day)
    # Of the charts: dashes, sizes and the axis; of the round: its days, and that on which answers go; of a refusal.
    return found | {*range(0, 101, 10), 25, 75, 403, 2026, 9, 19}


@pytest.mark.django_db
@hypothesis_settings(
    max_examples=CASES,
    deadline=None,
    # Looking for the smallest case would take an hour.
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(worlds(max_units=5), st.integers(0, 2**32))
def test_what_anybody_can_see_says_what_the_release_says(
    cast: Cast, as_user: Callable[[object], Client], vocabulary: set[int], world: World, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 -- Hypothesis chooses the seed
    PROPERTIES["no_figures_together_are_about_fewer_than_k"](world, chance)
    with frozen(cast, world) as published:
        seen, printed = render(published, cast, as_user), numbers_of(published)
    for name, text in seen.items():
        strange = numbers_in(text) - printed - vocabulary
        assert not strange, f"{name} prints {sorted(strange)}, which is in no release"
    for twin in (with_other_answers(world, chance), swapped(world, chance)):
        with frozen(cast, twin) as published:
            again = render(published, cast, as_user)
        assert again.keys() == seen.keys()
        for name, text in seen.items():
            assert again[name] == text, f"{name} tells more than the release"
