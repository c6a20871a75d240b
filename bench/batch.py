"""The PDFs of all teams of a round, made by two processes against one: as a fleet of workers makes them.

Each process has its own WeasyPrint, warm, as a worker does; what goes between them is HTML there and a PDF back.
"""

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from django.core.management import call_command
from django_scopes import scope

from jobs.pdf import write_pdf
from organisations.creating import create_organisation
from reports.document import document, stylesheet
from tools.made_up_rounds import closed_round

TEAMS, MANY_TEAMS = 24, 200
PEOPLE = 12
# Two processes are to make at least 1.6 times as many.
AT_MOST = 1 / 1.6


def run(compare: Callable[..., None], teams: int = TEAMS, runs: int = 7) -> None:
    call_command("migrate", verbosity=0)
    organisation = create_organisation(f"{teams} teams")
    with scope(organisation=organisation):
        published = closed_round(organisation, "Batch", {f"Team {n:03d}": PEOPLE for n in range(1, teams + 1)})
        documents = [document(published, unit, "nl") for unit in published.shown if unit.path]
    if len(documents) != teams:
        raise RuntimeError(f"{len(documents)} of {teams} teams are shown")
    if os.getloadavg()[0] > 1:
        print(f"batch: the load is {os.getloadavg()[0]:.1f}; without two free cores its ratio says nothing")
    write = partial(write_pdf, stylesheet=stylesheet())
    # Processes that share nothing, as workers on two machines.
    fresh = get_context("spawn")
    with ProcessPoolExecutor(1, fresh) as one, ProcessPoolExecutor(2, fresh) as two:
        compare(
            "batch",
            lambda: list(two.map(write, documents)),
            lambda: list(one.map(write, documents)),
            f"{teams} PDFs by two processes; by one",
            at_most=AT_MOST,
            runs=runs,
        )


def run_long(compare: Callable[..., None]) -> None:
    run(compare, MANY_TEAMS, runs=3)
