"""The same answers in the default shape, without fleet: what the figures must be."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django_scopes import scope

from organisations.creating import create_organisation
from reports.closing import close_here
from reports.exports import results_json
from reports.named_rounds import published_of
from scan.importing import import_responses
from scan.models import Round
from scan.response_file import Headcount
from tests.scan.asking import ITEM_IDS

# Of the round: what it is called, and who was asked when.
OTHER = ("$schema", "round", "organisation")


def figures_of(content: bytes) -> dict[str, Any]:
    """All figures of an export, without the names of its round."""
    return {name: value for name, value in json.loads(content).items() if name not in OTHER}


def figures_in_the_default_shape(rows: Sequence[Sequence[str]], headcounts: Mapping[str, int]) -> dict[str, Any]:
    """In the test's own database."""
    out = io.StringIO()
    csv.writer(out).writerows([["unit", *ITEM_IDS, "obstacles", "remark"], *rows])
    organisation = create_organisation("Zorggroep De Linde")
    with scope(organisation=organisation):
        invited = [Headcount(path, count) for path, count in headcounts.items()]
        import_responses(organisation, out.getvalue(), "Leerscan", invited, create=True)
        round_ = Round.objects.select_related("organisation").get(organisation=organisation)
        close_here(round_)
        return figures_of(results_json.write(published_of(round_), None, "nl"))
