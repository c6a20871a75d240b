"""Bring answers kept elsewhere into a round of their own: all rows or none, and the same file only once."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django_scopes import scope

from organisations import log
from organisations.commands import InputError
from organisations.departments import by_path, ensure_departments
from organisations.models import Department, Organisation
from organisations.named import organisation_named
from organisations.names import MAX_NAME, clean_name, join_path, path_key, split_path
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import published
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Round, Unit
from scan.participants import today_in
from scan.preparing.participation import units_of
from scan.response_file import (
    Faults,
    FileResponse,
    Headcount,
    check_headcounts,
    file_hash,
    read_headcounts,
    read_responses,
    read_text,
)
from scan.rounds import create_round, freeze_tree, frozen_words


@dataclass(frozen=True)
class Imported:
    """What an import did. `round`: organisation/round as commands name it; empty after a dry run of a new one."""

    round: str
    responses: int
    units: int
    is_new: bool


class _DryRunError(Exception):
    """Rolls a dry run back."""


def import_file(
    organisation_name: str,
    file: Path,
    title: str,
    *,
    create: bool = False,
    headcounts: Path | None = None,
    dry_run: bool = False,
) -> Imported:
    """`manage.py import_responses`. Raises InputError with row and column of every fault."""
    text = read_text(file)
    if not 1 <= len(clean_name(title)) <= MAX_NAME:
        raise InputError(_("The title of the round must have 1 to %(most)s characters.") % {"most": MAX_NAME})
    outcome: list[Imported] = []
    try:
        with transaction.atomic():
            organisation = organisation_named(organisation_name, create=create)
            counts = read_headcounts(read_text(headcounts), organisation.name) if headcounts else None
            with scope(organisation=organisation):
                outcome.append(import_responses(organisation, text, title, counts, create=create))
            if dry_run:
                raise _DryRunError
    except _DryRunError:
        pass
    return outcome[0]


def import_responses(
    organisation: Organisation,
    text: str,
    title: str,
    headcounts: Sequence[Headcount] | None,
    *,
    create: bool,
    day: date | None = None,
) -> Imported:
    """The rows of a file into the round with this title, made when there is none. Call it inside a scope."""
    sha256 = file_hash(text)
    with transaction.atomic():
        round_ = _existing_round(organisation, title)
        if round_ and round_.is_past_retention:
            _refuse_after_deletion(round_)
        if round_ and round_.import_hash == sha256:
            return Imported(round_.reference, 0, 0, is_new=False)
        if round_:
            _refuse_second_file(round_)
        version = published()
        questionnaire = Questionnaire.from_content(version.code, version.number, version.content)
        responses = read_responses(text, questionnaire, organisation.name)
        if headcounts is not None:
            check_headcounts(responses, headcounts)
        departments = _departments(organisation, [*responses, *(headcounts or ())], create=create)
        day = day or today_in(organisation)
        round_ = create_round(
            organisation,
            clean_name(title),
            day,
            day,
            version=version,
            origin=Round.Origin.IMPORTED,
            state=Round.State.OPEN,
            import_hash=sha256,
        )
        round_.words = frozen_words(organisation)
        round_.save(update_fields=["words"])
        units = {unit.path_key: unit for unit, _people in freeze_tree(round_, units_of(departments, {}, {}))}
        _set_headcounts(units, headcounts)
        ballots = (
            Ballot(units[path_key(response.path)].pk, response.answers, response.obstacles, response.remark)
            for response in responses
        )
        count = ballot_box.cast_all(round_, ballots)
        log.record(organisation, "import_responses", round_.title)
    return Imported(round_.reference, count, len(units), is_new=True)


def _existing_round(organisation: Organisation, title: str) -> Round | None:
    rounds = Round.objects.filter(organisation=organisation)
    return rounds.filter(title__iexact=clean_name(title)).first() or rounds.filter(slug=slugify(title)).first()


def _refuse_second_file(round_: Round) -> None:
    if round_.origin != Round.Origin.IMPORTED:
        raise InputError(
            _(
                "“%(title)s” was asked with Leerscan itself; answers from a file go into a round of their own. "
                "Choose another title. Nothing was stored."
            )
            % {"title": round_.title}
        )
    raise InputError(
        _("“%(title)s” already holds the answers of another file. Choose another title. Nothing was stored.")
        % {"title": round_.title}
    )


def _refuse_after_deletion(round_: Round) -> None:
    raise InputError(
        _(
            "The answers of “%(title)s” were deleted when the days for which they are kept were over, so none can be "
            "added. Choose another title. Nothing was stored."
        )
        % {"title": round_.title}
    )


def _departments(
    organisation: Organisation, named: Sequence[FileResponse | Headcount], *, create: bool
) -> list[Department]:
    """The departments of all paths that the files name and of those above them, parents first, the root in front."""
    if create:
        known = ensure_departments(organisation, sorted({entry.path for entry in named}))
    else:
        known = by_path(organisation)
        _refuse_unknown(named, known)
    names = {split_path(entry.path) for entry in named}
    keys = {path_key(join_path(parts[:depth])) for parts in names for depth in range(len(parts) + 1)}
    return sorted((known[key] for key in keys | {""}), key=lambda department: department.path_key)


def _refuse_unknown(named: Sequence[FileResponse | Headcount], known: Mapping[str, Department]) -> None:
    """Each unknown unit once, with the first row that names it and the nearest known name."""
    faults = Faults()
    seen: set[str] = set()
    for entry in named:
        key = path_key(entry.path)
        if key not in known and key not in seen:
            faults.add(entry.row, "unit", _unknown_unit(entry.path, known))
        seen.add(key)
    faults.raise_if_any()


def _unknown_unit(path: str, known: Mapping[str, Department]) -> str:
    nearest = difflib.get_close_matches(path_key(path), [key for key in known if key], n=1, cutoff=0)
    if not nearest:
        return _("there is no department “%(unit)s”; add --create to make the departments that the file names.") % {
            "unit": path
        }
    return _(
        "there is no department “%(unit)s”; the nearest is “%(nearest)s”. "
        "Correct the name, or add --create to make the departments that the file names."
    ) % {"unit": path, "nearest": known[nearest[0]].path}


def _set_headcounts(units: Mapping[str, Unit], headcounts: Sequence[Headcount] | None) -> None:
    """Empty when they are not known: then there is no response either."""
    counts = {path_key(headcount.path): headcount.invited for headcount in headcounts or ()}
    for key, unit in units.items():
        unit.invited = None if headcounts is None else counts.get(key, 0)
    Unit.objects.bulk_update(list(units.values()), ["invited"], batch_size=500)
