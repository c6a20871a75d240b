"""What is handed out on paper: sheets of codes to cut out, and posters of open links and of the results. As HTML.

Only jobs call it: drawing thousands of QR codes takes a while.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import Any

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from measurement.disclosure import OPEN_LINK_MINIMUM
from scan.links import open_links
from scan.links.codes import ON_PAPER, code_page_address, given_code
from scan.mailing.result_days import results_day
from scan.models import Invitation, OpenLink, Round, Unit
from scan.results_link import short_results_link, typed
from scan.tokens import link_of
from scan.tree import tree_of
from scan.unit_names import in_order, unit_name

SLIPS_PER_PAGE = 8
MOST_LETTERS = 180
_shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True)
class Slip:
    code: str
    picture: str
    """The link as a QR code: an SVG in a data address."""


@dataclass(frozen=True)
class SheetPage:
    unit: str
    number: int
    count: int
    """Page `number` of the `count` pages of this unit."""
    slips: tuple[Slip, ...]


@cache
def stylesheet(name: str) -> str:
    folder = settings.BASE_DIR / "templates" / "scan"
    return str((folder / f"{name}.css").read_text(encoding="utf-8"))


def qr_code(address: str) -> str:
    code = segno.make_qr(address, error="m")
    return code.svg_data_uri(border=4, dark="#000", light="#fff", xmldecl=False, nl=False, encode_minimal=True)


def code_sheets(round_: Round, unit: Unit | None, language: str, report: Callable[[int], None]) -> str:
    """The slips of a unit, or of all units; `report` hears how many slips are drawn."""
    with translation.override(language):
        pages = list(_pages(round_, unit, report))
        context = {"round": round_, "language": language, "pages": pages, "address": typed(code_page_address())}
        return render_to_string("scan/code_sheets.html", context | _results(round_))


def poster(link: OpenLink, language: str) -> str:
    with translation.override(language):
        round_ = link.unit.round
        context = {
            "round": round_,
            "unit": link.unit,
            "language": language,
            "picture": qr_code(open_links.address_of(link)),
            "address": typed(code_page_address()),
            "code": open_links.code_of(link),
            "own_minimum": _own_minimum(link.unit),
            "is_crowded": _is_crowded(round_, link.unit.name, link.unit.name),
        }
        return render_to_string("scan/poster.html", context | _results(round_))


def _own_minimum(unit: Unit) -> int | None:
    """From how many people there are results of this unit by itself, where that is more than of other groups (R18)."""
    return OPEN_LINK_MINIMUM if unit.path and unit.round.k < OPEN_LINK_MINIMUM else None


def _is_crowded(round_: Round, *others: str) -> bool:
    """So many letters that a poster needs smaller type to stay one page."""
    texts = (round_.organisation.name, round_.title, round_.results_how, round_.contact, *others)
    return sum(map(len, texts)) > MOST_LETTERS


def results_poster(round_: Round, language: str) -> str:
    with translation.override(language):
        context = {"round": round_, "language": language, "is_crowded": _is_crowded(round_)}
        return render_to_string("scan/results_poster.html", context | _results(round_))


def _results(round_: Round) -> dict[str, Any]:
    """Where the results are, from which day on, and how else people hear them."""
    place, slash, code = typed(short_results_link(round_)).rpartition("/")
    return {
        "results_from": results_day(round_),
        # The code stays on one line.
        "results_place": place + slash,
        "results_code": code,
        "results_picture": qr_code(short_results_link(round_)),
        "results_how": round_.results_how.strip(),
    }


def _pages(round_: Round, only: Unit | None, report: Callable[[int], None]) -> Iterator[SheetPage]:
    by_unit: dict[object, list[Invitation]] = {}
    for invitation in Invitation.objects.filter(ON_PAPER, round=round_):
        by_unit.setdefault(invitation.unit_id, []).append(invitation)
    tree, drawn = tree_of(round_), 0
    for unit in in_order(tree):
        if unit.pk not in by_unit or (only is not None and only.pk != unit.pk):
            continue
        invitations = by_unit[unit.pk]
        _shuffle(invitations)
        batches = list(batched(_slips(invitations), SLIPS_PER_PAGE))
        for number, slips in enumerate(batches, 1):
            drawn += len(slips)
            report(drawn)
            yield SheetPage(unit_name(unit, tree), number, len(batches), slips)


def _slips(invitations: Iterable[Invitation]) -> Iterator[Slip]:
    for invitation in invitations:
        yield Slip(given_code(invitation), qr_code(link_of(invitation.pk)))
