"""What the page "links" shows: how the people of each unit are reached. Headcounts only, the same whoever answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from jobs.models import Job
from scan.links import open_links, sealed_files
from scan.links.codes import ON_PAPER
from scan.links.paper_jobs import CODE_SHEETS, KINDS, MAX_IN_ONE_FILE, POSTER, RESULTS_POSTER, Paper
from scan.mailing.result_days import results_day
from scan.models import Invitation, OpenLink, Round, Unit
from scan.people.asked_in import ASKED_IN
from scan.results_link import short_results_link
from scan.tree import Tree, tree_of
from scan.unit_names import in_order, short_name, unit_name


@dataclass(frozen=True)
class PaperState:
    language: str
    is_there: bool
    is_busy: bool
    has_failed: bool
    percent: int


@dataclass(frozen=True)
class Row:
    unit: Unit
    name: str
    short_name: str
    """For the table, where the indent says what it is part of."""
    depth: int
    mailed: int
    coded: int
    link: OpenLink | None
    address: str
    code: str
    sheets: tuple[PaperState, ...]
    """Of its codes, one for each language of the round."""
    posters: tuple[PaperState, ...]


@dataclass(frozen=True)
class LinkPage:
    rows: tuple[Row, ...]
    mailed: int
    coded: int
    all_sheets: tuple[PaperState, ...]
    results_from: date | None
    results_address: str
    results_posters: tuple[PaperState, ...]
    """None while it is not known from which day there are results."""

    @property
    def with_codes(self) -> list[Row]:
        return [row for row in self.rows if row.coded]

    @property
    def with_open_link(self) -> list[Row]:
        return [row for row in self.rows if row.link]

    @property
    def is_busy(self) -> bool:
        of_units = [state for row in self.rows for state in (*row.sheets, *row.posters)]
        return any(state.is_busy for state in (*self.all_sheets, *self.results_posters, *of_units))


class _Papers:
    """Which papers are there, and which are being made: three queries for the whole page."""

    def __init__(self, round_: Round) -> None:
        self._round = round_
        self.results_from = results_day(round_)
        self._files = sealed_files.keys_of(round_)
        jobs = Job.objects.filter(kind__in=KINDS, key__startswith=f"{round_.pk} ")
        self._jobs = {(job.kind, job.key): job for job in jobs.order_by("created_at")}

    def states(self, kind: str, unit: Unit | None, codes: int) -> tuple[PaperState, ...]:
        return tuple(self._state(Paper(kind, self._round, unit, language), codes) for language in self._round.languages)

    def _state(self, paper: Paper, codes: int) -> PaperState:
        is_there = str(paper.file_key(codes, self.results_from)) in self._files
        job = self._jobs.get((paper.kind, paper.job_key))
        return PaperState(
            language=paper.language,
            is_there=is_there,
            is_busy=not is_there and job is not None and not job.is_finished,
            has_failed=not is_there and job is not None and job.state == Job.State.FAILED,
            percent=job.percent if job else 0,
        )


def link_page(round_: Round) -> LinkPage:
    """Of an open round. Call it inside the organisation's scope."""
    tree, papers = tree_of(round_), _Papers(round_)
    counts, links = _headcounts(round_), {link.pk: link for link in OpenLink.objects.filter(unit__round=round_)}
    rows = tuple(_row(unit, tree, counts.get(unit.pk, (0, 0)), links.get(unit.pk), papers) for unit in in_order(tree))
    coded = sum(row.coded for row in rows)
    all_sheets = papers.states(CODE_SHEETS, None, coded) if coded <= MAX_IN_ONE_FILE else ()
    return LinkPage(
        rows=rows,
        mailed=sum(row.mailed for row in rows),
        coded=coded,
        all_sheets=all_sheets,
        results_from=papers.results_from,
        results_address=short_results_link(round_),
        results_posters=papers.states(RESULTS_POSTER, None, 0) if papers.results_from else (),
    )


def _row(unit: Unit, tree: Tree, counts: tuple[int, int], link: OpenLink | None, papers: _Papers) -> Row:
    mailed, coded = counts
    return Row(
        unit=unit,
        name=unit_name(unit, tree),
        short_name=short_name(unit, tree),
        depth=min(4, tree.depth(unit)),
        mailed=mailed,
        coded=coded,
        link=link,
        address=open_links.address_of(link) if link else "",
        code=open_links.code_of(link) if link else "",
        sheets=papers.states(CODE_SHEETS, unit, coded) if coded else (),
        posters=papers.states(POSTER, unit, 0) if link else (),
    )


def _headcounts(round_: Round) -> Mapping[UUID, tuple[int, int]]:
    """Per unit: invitations by mail, and by a code on paper. Whoever came by an open link is in neither."""
    rows = (
        Invitation.objects.filter(round=round_)
        .values(place=ASKED_IN)
        .annotate(mailed=Count("person"), coded=Count("pk", filter=ON_PAPER))
    )
    return {row["place"]: (row["mailed"], row["coded"]) for row in rows}
