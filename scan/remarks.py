"""Remarks that wait for a reviewer, or were decided about: the only module that reads and changes them (R15).

They are here from sealing until the reviewer has finished, or until retention. Those that may be read are frozen beside
the release then (reports/remarks.py).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from measurement.presentation import REMARKS_FROM
from organisations.commands import InputError
from organisations.models import Organisation
from scan.answering.given import read_remark
from scan.models import Remark, Round

# What the reviewer puts in the place of a name, such as [a colleague].
IN_PLACE = re.compile(r"\[[^\[\]]{0,40}\]")
WORD = re.compile(r"\w+")


class Verdict(StrEnum):
    KEEP = "keep"
    EDIT = "edit"
    LEAVE_OUT = "leave_out"


class MeanwhileError(Exception):
    """Somebody else decided about this remark after the page was made. Nothing was changed."""


class GoneError(Exception):
    """The remark is not there any more: somebody has finished, or the days of keeping it are over."""


@dataclass(frozen=True)
class Pile:
    """How far the reviewer is."""

    total: int
    kept: int
    left_out: int

    @property
    def waiting(self) -> int:
        return self.total - self.kept - self.left_out

    @property
    def decided(self) -> int:
        return self.kept + self.left_out


def fewest(round_: Round) -> int:
    """From so many remarks on they may be read, by the reviewer too, and may be shown."""
    return max(REMARKS_FROM, round_.k)


def pile_of(round_: Round) -> Pile | None:
    """None when nobody may read the remarks: fewer than `fewest`, or past the days that staff were promised."""
    counts = Remark.objects.filter(round=round_).aggregate(
        total=Count("pk"),
        kept=Count("pk", filter=Q(is_approved=True)),
        left_out=Count("pk", filter=Q(is_approved=False)),
    )
    if counts["total"] < fewest(round_) or round_.is_past_retention:
        return None
    return Pile(**counts)


def some_of(round_: Round, first: int, count: int) -> list[Remark]:
    """In the order of their random ids, which says nothing and stays. Only after `pile_of`."""
    return list(Remark.objects.filter(round=round_).order_by("pk")[first : first + count])


def all_of(round_: Round) -> list[Remark]:
    """The same, all of them."""
    return list(Remark.objects.filter(round=round_).order_by("pk"))


def place_of_next(round_: Round, after: UUID) -> tuple[int, UUID] | None:
    """Place and id of the next remark to decide about, from the first on when there is none behind this one."""
    decided = Remark.objects.filter(round=round_).order_by("pk").values_list("pk", "is_approved")
    waiting = [(place, pk) for place, (pk, is_approved) in enumerate(decided) if is_approved is None]
    return next((found for found in waiting if found[1] > after), waiting[0] if waiting else None)


def seen(remarks: Iterable[Remark]) -> str:
    """A mark of what was decided, for the page that shows it: another one means that it changed meanwhile."""
    states = sorted((remark.pk.hex, remark.is_approved, remark.edited) for remark in remarks)
    return hashlib.sha256(repr(states).encode()).hexdigest()[:20]


def seen_all(round_: Round) -> str:
    return seen(Remark.objects.filter(round=round_))


@transaction.atomic
def decide(round_: Round, remark_id: UUID, verdict: Verdict, text: str, shown: str) -> None:
    """Raises MeanwhileError, GoneError, and InputError for a text that was not only shortened."""
    held = _hold(round_)
    remark = Remark.objects.filter(round=round_, pk=remark_id).first()
    if remark is None or pile_of(held) is None:
        raise GoneError
    before = (remark.is_approved, remark.edited)
    is_as_shown = seen([remark]) == shown
    remark.is_approved = verdict is not Verdict.LEAVE_OUT
    remark.edited = _shortened(remark.text, text) if verdict is Verdict.EDIT else ""
    if (remark.is_approved, remark.edited) == before:
        return  # sent twice, or decided alike by two
    if not is_as_shown:
        raise MeanwhileError
    remark.save(update_fields=["is_approved", "edited"])


@transaction.atomic
def take_out(round_: Round, shown: str) -> list[str]:
    """The texts that may be read; all rows are gone. Raises MeanwhileError, GoneError, InputError."""
    held = _hold(round_)
    remarks = list(Remark.objects.filter(round=round_))
    if pile_of(held) is None:
        raise GoneError
    if seen(remarks) != shown:
        raise MeanwhileError
    if any(remark.is_approved is None for remark in remarks):
        raise InputError(_("There are remarks that nobody has decided about yet. Read those first, then finish."))
    Remark.objects.filter(round=round_).delete()
    return [remark.edited or remark.text for remark in remarks if remark.is_approved]


def counts_in(organisations: Iterable[Organisation]) -> dict[UUID, int]:
    """By round, how many remarks there are: for who has to be told that they wait."""
    rows = Remark.objects.filter(round__organisation__in=organisations)
    return dict(rows.values_list("round_id").annotate(Count("pk")))


def _hold(round_: Round) -> Round:
    """Decisions, finishing and retention come one after the other."""
    return Round.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=round_.pk)


def _shortened(written: str, text: str) -> str:
    """What the reviewer made of it, when that is only a part, with [something] in the place of what was taken out."""
    kept = read_remark(text)
    words = iter(_words(written))
    own = _words(IN_PLACE.sub(" ", kept))
    if not own:
        raise InputError(_("Nothing is left of this remark. Choose “Leave it out” instead."))
    if any(word not in words for word in own):
        raise InputError(
            _(
                "You can take words out, not add or change any: it stays what the writer wrote. Put between square "
                "brackets what comes in their place, such as [a colleague]."
            )
        )
    return "" if kept == written else kept


def _words(text: str) -> list[str]:
    return [word.casefold() for word in WORD.findall(text)]
