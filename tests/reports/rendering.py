"""A random round in the database, and everything that anybody can see of its results, in every format."""

import io
import json
import logging
import re
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
from reports.document import document
from reports.models import Release
from reports.pdf import render_pdf
from reports.published import Published, ShownUnit, read_release
from reports.release import build_release
from scan import ballot_box
from scan.ballot_box import Ballot
from scan.models import Round
from scan.results_link import results_link
from scan.rounds import create_round
from tests.cast import Cast
from tests.reports.beside import let_read, show_the_same
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
        arguments = {"": [], "organisation": [cast.organisation.slug]}.get(address, [cast.organisation.slug, SLUG])
        path = reverse(address or "home", args=arguments)
        for who in (cast.anna, cast.cas, cast.wil):
            answer = as_user(who).get(path)
            yield f"{address or 'home'} for {who.email}", answer.content.decode()

    return pages


def _unit_pages(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    client = as_user(cast.anna)
    for unit in published.units:
        path = reverse("unit", args=[cast.organisation.slug, SLUG, unit.id])
        yield f"page of {unit.path}", client.get(path).content.decode()


def _unit_documents(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    """What PDFs are made from; and the text of one PDF."""
    for language in ("nl", "en"):
        for unit in published.shown:
            yield f"document of {unit.path} ({language})", document(published, unit, language)
    if published.shown:
        pdf = pypdf.PdfReader(io.BytesIO(render_pdf(document(published, published.shown[-1], "nl"))))
        yield f"PDF of {published.shown[-1].path}", "\n".join(page.extract_text() for page in pdf.pages)


def _shared(published: Published, cast: Cast, as_user: Callable[[object], Client]) -> Iterator[tuple[str, str]]:
    link = results_link(published.round)
    yield "shared results", Client().get(link[link.index("/s/") :]).content.decode()


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
    "unit": _unit_pages,
    "unit_pdf": _unit_documents,
    "organisations_compared": _beside_another,
    "shared_results": _shared,
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
    return text.replace(str(published.release.pk), "RELEASE")


def numbers_in(text: str) -> set[int]:
    """Whole numbers that somebody can read: in texts, alternative texts and the data of charts."""
    alternatives = " ".join(re.findall(r'(?:alt|aria-label|title)="([^"]*)"', text))
    visible = re.sub(r"<style.*?</style>|<!--.*?-->|<[^>]*>", " ", text, flags=re.DOTALL)
    visible = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|https?://\S+", " ", visible)
    return {int(found) for found in re.findall(r"(?<![\w.,])\d+(?![\w.,]*\d)", f"{visible} {alternatives}")}


def numbers_of(published: Published) -> set[int]:
    """All that the release prints of any unit, and what belongs to it without answers."""
    found: set[int] = {published.release.number, published.release.format, published.release.advice_number}
    for unit in published.shown:
        found |= _whole_numbers(json.loads(json.dumps(asdict(unit), default=str)))
    found |= _whole_numbers(published.release.content) | _whole_numbers(published.release.check_record)
    return found


def _whole_numbers(content: object) -> set[int]:
    if isinstance(content, dict):
        return {number for value in content.values() for number in _whole_numbers(value)}
    if isinstance(content, list | tuple):
        return {number for value in content for number in _whole_numbers(value)}
    return {content} if isinstance(content, int) and not isinstance(content, bool) else set()
