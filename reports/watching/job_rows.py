"""The jobs as the administrator sees them: of which kind and organisation, and how they stand. Never of whom."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Model

from jobs import standing
from jobs.models import Job
from jobs.running import MAX_TRIES
from organisations.models import Organisation, StaffImport
from reports.models import LearningPair, Release
from reports.watching.job_words import STATES, WITH_PROGRESS, Explained, explained, kind_in_words
from scan.models import Mailing, Round

MOST_ROWS = 50
# What the first word of a job's key is the id of, and how that leads to an organisation.
_ROUND, _RELEASE = (Round, "organisation"), (Release, "round__organisation")
_STAFF_IMPORT = (StaffImport, "organisation")
ABOUT: dict[str, tuple[type[Model], str]] = {
    "all_pdfs": _RELEASE,
    "apply_staff_list": _STAFF_IMPORT,
    "board_pdf": _RELEASE,
    "card_pdf": (LearningPair, "release__round__organisation"),
    "close_round": _ROUND,
    "code_sheets": _ROUND,
    "delete_answers": _ROUND,
    "export": _RELEASE,
    "learning_pairs": _RELEASE,
    "poster": _ROUND,
    "privacy_file": _ROUND,
    "read_staff_list": _STAFF_IMPORT,
    "report_pdf": _RELEASE,
    "results_poster": _ROUND,
    "send_mailing": (Mailing, "round__organisation"),
    "shared_pdf": _RELEASE,
}


@dataclass(frozen=True)
class JobRow:
    job: Job
    organisation: Organisation | None
    most_tries: int = MAX_TRIES

    @property
    def kind(self) -> str:
        return kind_in_words(self.job.kind)

    @property
    def state(self) -> str:
        return str(STATES.get(self.job.state, self.job.state))

    @property
    def percent(self) -> int | None:
        """None where it could say something about answering, or where there is nothing to say."""
        shown = self.job.kind in WITH_PROGRESS and self.job.state == Job.State.RUNNING and self.job.total
        return self.job.percent if shown else None

    @property
    def fault(self) -> Explained | None:
        """Why it failed; of one that runs again it is past."""
        return explained(self.job.fault) if self.job.fault and self.job.state != Job.State.RUNNING else None

    @property
    def fault_code(self) -> str:
        """The name of a fault, to look for in the log."""
        return self.job.fault if self.job.fault.isidentifier() else ""


def failed_rows() -> list[JobRow]:
    return _rows(standing.failed().order_by("-finished_at")[:MOST_ROWS])


def unfinished_rows() -> list[JobRow]:
    """What runs first, then what has waited longest."""
    return _rows(standing.unfinished().order_by("state", "created_at")[:MOST_ROWS])


def row_of(job_id: UUID) -> JobRow | None:
    found = _rows(Job.objects.filter(pk=job_id))
    return found[0] if found else None


def _rows(jobs: Iterable[Job]) -> list[JobRow]:
    listed = list(jobs)
    organisations = _organisations(listed)
    return [JobRow(job, organisations.get(job.pk)) for job in listed]


def _organisations(jobs: list[Job]) -> dict[UUID, Organisation]:
    """By job; one query for each kind of thing that jobs are about, and one for the organisations."""
    wanted: dict[tuple[type[Model], str], dict[UUID, UUID]] = defaultdict(dict)
    for job in jobs:
        about = ABOUT.get(job.kind)
        if about and (subject := _first_id(job.key)):
            wanted[about][job.pk] = subject
    ids: dict[UUID, object] = {}
    for (model, path), subjects in wanted.items():
        pairs = model._base_manager.filter(pk__in=set(subjects.values()))  # noqa: SLF001 -- over all organisations
        known = dict(pairs.values_list("pk", f"{path}_id"))
        ids |= {job: known[subject] for job, subject in subjects.items() if subject in known}
    found = Organisation.objects.in_bulk(set(ids.values()))
    return {job: found[pk] for job, pk in ids.items()}


def _first_id(key: str) -> UUID | None:
    try:
        return UUID(key.partition(" ")[0])
    except ValueError:
        return None
