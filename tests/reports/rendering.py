"""A random round in the database, and everything that anybody can see of its results, in every format."""

import io
import json
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import asdict
from datetime import date
from uuid import UUID

import pypdf
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from organisations.models import Organisation
from questionnaires.questionnaire import DIMENSIONS, STEPS
from reports.board import summary
from reports.compare.patterns import advised_in, smallest
from reports.document import document
from reports.exports.formats import FORMATS as FORMATS_OF_FIGURES
from reports.exports.formats import ROUND_FORMATS
from reports.learning import card
from reports.learning.proposing import propose
from reports.models import LearningPair, Release
from reports.pdf import render_pdf
from reports.published import Published, ShownUnit, read_release
from reports.release import build_release
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Round
from scan.results_link import results_link
from scan.rounds import create_round
from scan.tree import tree_of
from tests.cast import Cast
from tests.reports.beside import let_read, show_the_same
from tests.reports.exports.readers import sheets_in
from tests.reports.sharing.links import shared_page
from tests.reports.worlds import World

FIRST, LAST = date(2026, 3, 9), date(2026, 3, 20)
ROUND_ID = UUID("5c0f0b62-1f0e-4c5e-9a52-0d7d3b1a9e11")
SLUG = "leerscan-ergens"
Rendered = dict[str, str]


class UndoError(Exception):
    """Takes everything back, so that the next world finds an empty place."""


@contextmanager
def frozen(cast: Cast, world: World) -> Iterator[Published]:
    """The world as a closed round with its release; gone afterwards."""
    try:
        with transaction.atomic(), scope(organisation=cast.organisation):
            yield _frozen(cast, world)
            raise UndoError
    except UndoError:
        pass


def _frozen(cast: Cast, world: World) -> Published:
    round_ = create_round(cast.organisation, "Leerscan ergens", FIRST, LAST, results_on=LAST, state=Round.State.CLOSED)
    Round.objects.filter(pk=round_.pk).delete()
    round_.pk, round_.k, round_.is_sealed, round_.closed_on = ROUND_ID, world.k, True, LAST
    round_.save(force_insert=True)
    for unit in world.tree.units.values():  # parents come first
        stored = copy(unit)
        stored.round, stored.name = round_, unit.name if unit.parent_id else cast.organisation.name
        stored.save(force_insert=True)
    ballot_box.cast_all(round_, [Ballot(unit, answers, obstacles) for _id, unit, answers, obstacles in world.rows])
    release = build_release(Round.objects.select_related("organisation", "version").get(pk=round_.pk))
    return read_release(Release.objects.select_related("round__organisation").get(pk=release.pk))


def render(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Rendered:
    """By format and what it is of. `FORMATS` lists the formats; the logs of all of it are one of them."""
    with _logged() as log:
        found = {name: text for kind in FORMATS.values() for name, text in kind(published, cast, as_user)}
    found["logs"] = log.getvalue()
    return {name: _without_what_is_new(text, published) for name, text in found.items()}


Format = Callable[[Published, Cast, Callable[[object], Client]], Iterator[tuple[str, str]]]


def _page(address: str) -> Format:
    def pages(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
        arguments = [cast.organisation.slug, SLUG]
        if address in ("", "organisation", "over_time"):  # not of one round
            arguments = arguments[:1] if address else []
        path = reverse(address or "home", args=arguments)
        for who in (cast.anna, cast.cas, cast.wil):
            answer = as_user(who).get(path)
            yield f"{address or 'home'} for {who.email}", answer.content.decode()

    return pages


def _comparing(address: str) -> Format:
    """The whole organisation, and each unit as the part that is looked at and as a profile; each with another theme."""

    def pages(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
        client, path = as_user(cast.cas), reverse(address, args=[cast.organisation.slug, SLUG])
        yield address, client.get(path, {"order": "place"}).content.decode()
        for unit, theme in zip(published.units, DIMENSIONS, strict=False):
            query = {"unit": str(unit.id), "profile": [str(published.root.id), str(unit.id)], "theme": theme}
            yield f"{address} of {unit.path}", client.get(path, query).content.decode()

    return pages


def _unit_pages(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    client = as_user(cast.anna)
    for unit in published.units:
        path = reverse("unit", args=[cast.organisation.slug, SLUG, unit.id])
        yield f"page of {unit.path}", client.get(path).content.decode()


def _unit_pages_over_time(
    published: Published, cast: Cast, as_user: Callable[[object], Client]
) -> Iterator[tuple[str, str]]:
    """Of a single round; what several say together: tests/reports/over_time/test_freezing.py."""
    client = as_user(cast.anna)
    for unit in published.units:
        path = reverse("unit_over_time", args=[cast.organisation.slug, SLUG, unit.id])
        yield f"{unit.path} over time", client.get(path).content.decode()


def _unit_documents(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    """What PDFs are made from; and the text of one PDF."""
    for language in ("nl", "en"):
        for unit in published.shown:
            yield f"document of {unit.path} ({language})", document(published, unit, language)
    if published.shown:
        pdf = pypdf.PdfReader(io.BytesIO(render_pdf(document(published, published.shown[-1], "nl"))))
        yield f"PDF of {published.shown[-1].path}", "\n".join(page.extract_text() for page in pdf.pages)


def _board(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    for language in ("nl", "en") if published.shown else ():
        yield f"summary for the board ({language})", summary.document(published, language)


def _pairs(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    """What is proposed, and when all of it is released: how HR and who reads along see it."""
    propose(published.release)
    path = reverse("learning_pairs", args=[cast.organisation.slug, SLUG])
    for moment in ("proposed", "released"):
        for who in (cast.anna, cast.cas):
            yield f"pairs {moment} for {who.email}", as_user(who).get(path).content.decode()
        LearningPair.objects.update(released_on=LAST)
    for unit in published.shown:
        page = reverse("unit", args=[cast.organisation.slug, SLUG, unit.id])
        yield f"page of {unit.path} with pairs", as_user(cast.anna).get(page).content.decode()


def _cards(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    """After the pairs."""
    tree = tree_of(published.round)
    pairs = LearningPair.objects.select_related("release__round__organisation", "giver", "taker")
    for number, pair in enumerate(sorted(pairs, key=lambda one: (one.dimension, one.giver.path, one.taker.path))):
        path = reverse("conversation_card", args=[cast.organisation.slug, SLUG, pair.pk])
        yield f"card {number}", as_user(cast.cas).get(path).content.decode()
        for language in ("nl", "en"):
            yield f"document of card {number} ({language})", card.document(pair, tree, language)


def _unit_files(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    """All formats of one unit, the smallest: what it holds is in that of the round too."""
    for code in FORMATS_OF_FIGURES:
        unit = published.units[-1]
        yield f"{code} of {unit.path}", text_in(FORMATS_OF_FIGURES[code].write(published, unit, "en"))


def _round_files(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    for code, one in ROUND_FORMATS.items():
        yield f"{code} of the round", text_in(one.write(published, None, "nl"))
    yield "PDFs in the ZIP", " ".join(unit.path for unit in published.units)


def text_in(content: bytes) -> str:
    """All texts and numbers in a file, also in one that is packed; not what a browser would read as markup."""
    if not content.startswith(b"PK"):
        # The number of a slide is no figure.
        return re.sub(r'<a:fld [^>]*type="slidenum".*?</a:fld>', "", content.decode("utf-8-sig"), flags=re.DOTALL)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if "xl/workbook.xml" not in parts.namelist():
            return "\n".join(f"{name} {text_in(parts.read(name))}" for name in parts.namelist())
    cells = (row for sheet in sheets_in(content) for row in sheet)
    return "\n".join(" ; ".join("" if cell is None else str(cell) for cell in row) for row in cells)


def _shared(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    link = results_link(published.round)
    yield "shared results", Client().get(link[link.index("/s/") :]).content.decode()
    for unit in published.units:
        page = shared_page(published.round, unit.path, cast.anna)
        yield f"shared report of {unit.path}", Client().get(page).content.decode().replace(page, "/s/LINK/")


def _shared_pdf(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    """The page, and what the file is made from."""
    page = shared_page(published.round, published.root.path, cast.anna)
    yield "shared PDF, to be made", Client().get(f"{page}pdf/nl/").content.decode().replace(page, "/s/LINK/")
    for unit in (published.units[0], published.units[-1]):
        yield f"document of shared {unit.path}", document(published, unit, "nl", with_remarks=False)


def _beside_another(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    """Beside an organisation of which the same is shown; for its member, a consultant at both."""
    path = reverse("organisations_compared")
    try:
        with transaction.atomic(), scopes_disabled():
            let_read(cast.cas, cast.organisation, cast.other_organisation)
            Organisation.objects.update(allows_comparison=True)
            if isinstance(published.root, ShownUnit):
                show_the_same(published, cast.other_organisation)
            yield "organisations compared", as_user(cast.cas).get(path).content.decode()
            raise UndoError
    except UndoError:
        pass


def _command(*arguments: str) -> Format:
    def printed(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
        out = io.StringIO()
        call_command(arguments[0], f"{cast.organisation.slug}/{SLUG}", *arguments[1:], stdout=out)
        yield " ".join(arguments), out.getvalue()

    return printed


FORMATS: dict[str, Format] = {
    "home": _page(""),
    "organisation": _page("organisation"),
    "round": _page("round"),
    "annex": _page("annex"),
    "comparison": _comparing("comparison"),
    "comparison_theme": _comparing("comparison_theme"),
    "comparison_profiles": _comparing("comparison_profiles"),
    "comparison_steps": _comparing("comparison_steps"),
    "unit": _unit_pages,
    "unit_over_time": _unit_pages_over_time,
    "over_time": _page("over_time"),
    "unit_pdf": _unit_documents,
    "board_pdf": _board,
    "learning_pairs": _pairs,
    "conversation_card": _cards,
    "unit_export": _unit_files,
    "round_files": _page("round_files"),
    "round_export": _round_files,
    "organisations_compared": _beside_another,
    "shared_results": _shared,
    "shared_pdf": _shared_pdf,
    "command release": _command("release"),
    "command release --json": _command("release", "--json"),
    "command check_release": _command("check_release"),
}


class _MessageOnly(logging.Formatter):
    """Line numbers of a traceback are no results."""

    def format(self, record: logging.LogRecord) -> str:
        error = record.exc_info[1] if record.exc_info else None
        return f"{record.name} {record.getMessage()} {error or ''}"


@contextmanager
def _logged() -> Iterator[io.StringIO]:
    """Everything that is logged, at any level."""
    out = io.StringIO()
    handler, root = logging.StreamHandler(out), logging.getLogger()
    handler.setFormatter(_MessageOnly())
    # Which steps it takes, the first one only once in a process.
    handler.addFilter(lambda record: record.name != "weasyprint.progress")
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield out
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def _without_what_is_new(text: str, published: Published) -> str:
    """At every request, or with every release: whatever the answers are."""
    text = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+|nonce="[^"]+"|[0-9.]+ seconds', r"\1", text)
    # A pair is found by its id, which is new with every release.
    text = re.sub(r'(/learning/|name="pair" value=")[0-9a-f-]{36}', r"\1PAIR", text)
    return text.replace(str(published.release.pk), "RELEASE")


def numbers_in(text: str) -> set[int]:
    """Whole numbers that somebody can read: in texts, alternative texts and the data of charts."""
    alternatives = " ".join(re.findall(r'(?:alt|aria-label|title|descr)="([^"]*)"', text))
    visible = re.sub(r"<style.*?</style>|<!--.*?-->|<[^>]*>", " ", text, flags=re.DOTALL)
    visible = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|https?://\S+", " ", visible)
    return {int(found) for found in re.findall(r"(?<![\w.,])\d+(?![\w.,]*\d)", f"{visible} {alternatives}")}


def numbers_of(published: Published) -> set[int]:
    """All that the release prints of any unit, and what belongs to it without answers."""
    found: set[int] = {published.release.number, published.release.format, published.release.advice_number}
    for unit in published.shown:
        found |= _whole_numbers(json.loads(json.dumps(asdict(unit), default=str)))
    found |= _whole_numbers(published.release.content) | _whole_numbers(published.release.check_record)
    # A difference is printed with a sign, and what is counted of what is printed is no secret either.
    return {abs(number) for number in found} | _counts(published)


def _counts(published: Published) -> set[int]:
    """Of departments, of differences that are demonstrable, and of departments with each step; also of one part."""
    found: set[int] = set()
    for part in published.units:
        inside = {part.id}
        for unit in published.units:  # parents come first
            if published.parents[unit.id] in inside:
                inside.add(unit.id)
        units = [unit for unit in published.shown if unit.id in inside]
        rests = [unit.rest for unit in units if unit.rest and not unit.same_as]
        claims = [one.verdict is not None for rest in rests for one in rest.values()]
        found |= {len(claims), sum(claims)}
        counted = [unit for unit in smallest(published) if unit.id in inside]
        found |= {len(counted), *(len(named) for named in advised_in(published, counted).values())}
    return found | set(STEPS)


def _whole_numbers(content: object) -> set[int]:
    if isinstance(content, dict):
        return {number for value in content.values() for number in _whole_numbers(value)}
    if isinstance(content, list | tuple):
        return {number for value in content for number in _whole_numbers(value)}
    return {content, abs(content)} if isinstance(content, int) and not isinstance(content, bool) else set()
