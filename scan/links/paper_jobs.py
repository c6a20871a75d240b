"""Make code sheets and posters as jobs: the web process asks for them and hands them out."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django_scopes import scope, scopes_disabled

from jobs.files import key_of
from jobs.models import Job
from jobs.progress import Progress
from jobs.running import request
from scan.links import papers, sealed_files
from scan.links.codes import ON_PAPER
from scan.links.sealed_files import Key
from scan.locks import hold_open
from scan.mailing.result_days import results_day
from scan.models import Invitation, OpenLink, Round, Unit

CODE_SHEETS, POSTER, RESULTS_POSTER = "code_sheets", "poster", "results_poster"
KINDS = (CODE_SHEETS, POSTER, RESULTS_POSTER)
STYLES = {CODE_SHEETS: "code_sheets", POSTER: "poster", RESULTS_POSTER: "poster"}
ALL = "all"
# A file of a thousand slips takes a minute and 450 MB of memory to make.
MAX_IN_ONE_FILE = 1000
# A new layout makes new files.
LAYOUT = "3"


@dataclass(frozen=True)
class Paper:
    """What can be asked for: the code sheets of one unit or of all, the poster of one unit, or that of the results."""

    kind: str
    round: Round
    unit: Unit | None
    language: str

    @property
    def job_key(self) -> str:
        return f"{self.round.pk} {self.unit.pk if self.unit else ALL} {self.language}"

    def file_key(self, codes: int, results_from: date | None) -> Key:
        """`codes`: how many there are to print. Whatever else the content depends on is in it too."""
        round_ = self.round
        what = (self.kind, LAYOUT, self.job_key, str(codes), settings.BASE_URL)
        said = (round_.title, round_.closes_on.isoformat(), round_.contact, str(results_from), round_.results_how)
        return Key(round_.pk, key_of(*what, *said))


def code_count(round_: Round, unit: Unit | None = None) -> int:
    invitations = Invitation.objects.filter(ON_PAPER, round=round_)
    return (invitations.filter(unit=unit) if unit else invitations).count()


def file_key(paper: Paper) -> Key:
    codes = code_count(paper.round, paper.unit) if paper.kind == CODE_SHEETS else 0
    return paper.file_key(codes, results_day(paper.round))


def jobs_of(round_: Round) -> QuerySet[Job]:
    return Job.objects.filter(kind__in=KINDS, key__startswith=f"{round_.pk} ")


def request_paper(paper: Paper) -> Job:
    return request(paper.kind, paper.job_key)


def make_code_sheets(key: str, progress: Progress) -> str:
    return _make(CODE_SHEETS, key, progress)


def make_poster(key: str, progress: Progress) -> str:
    return _make(POSTER, key, progress)


def make_results_poster(key: str, progress: Progress) -> str:
    return _make(RESULTS_POSTER, key, progress)


def _make(kind: str, key: str, progress: Progress) -> str:
    """The job; its key is a Paper's `job_key`. Answers the key of the stored file."""
    round_id, unit_id, language = key.split(" ")
    with scopes_disabled():
        round_ = Round.objects.select_related("organisation").get(pk=UUID(round_id))
    with scope(organisation=round_.organisation):
        if round_.state != Round.State.OPEN:
            return ""  # closed meanwhile: what it would hold is being forgotten
        unit = None if unit_id == ALL else Unit.objects.get(round=round_, pk=UUID(unit_id))
        return _store(Paper(kind, round_, unit, language), progress)


def _store(paper: Paper, progress: Progress) -> str:
    from jobs.pdf import write_pdf  # noqa: PLC0415 -- slow import: WeasyPrint

    key = file_key(paper)
    if sealed_files.read(key) is None:
        content = write_pdf(_html(paper, progress), papers.stylesheet(STYLES[paper.kind]))
        with transaction.atomic():
            # Closing deletes these files; one that is ready just afterwards must not stay behind.
            if hold_open(paper.round.pk):
                sealed_files.store(key, content)
    progress.report(1, 1)
    return str(key)


def _html(paper: Paper, progress: Progress) -> str:
    if paper.kind == RESULTS_POSTER:
        return papers.results_poster(paper.round, paper.language)
    if paper.kind == POSTER and paper.unit is not None:
        link = OpenLink.objects.select_related("unit__round__organisation").get(unit=paper.unit)
        return papers.poster(link, paper.language)
    total = code_count(paper.round, paper.unit)
    # Laying out takes about as long as drawing.
    return papers.code_sheets(paper.round, paper.unit, paper.language, lambda drawn: progress.report(drawn, 2 * total))
