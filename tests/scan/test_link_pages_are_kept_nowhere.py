"""No copy, no search engine, no referrer: on every answer at the address of a link, also where something goes wrong."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from scan.answering import page, views
from scan.answering.preview import preview_token
from scan.links import open_links
from scan.models import Invitation, OpenLink, Round
from scan.results_link import results_link
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.entrances import open_link_of, round_with_every_way
from tests.scan.refusals import addresses

Ask = Callable[[Client, str], Any]
# A link to another host, or to our own by its name: both would be a place to leave traces in.
ELSEWHERE = re.compile(r"""(?:href|src|action|srcset|poster|data|content)=["']?(?:[a-z]+:)?//""", re.IGNORECASE)


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def token(running: Round) -> str:
    return token_of(Invitation.objects.exclude(person=None)[0].pk)


def is_kept_nowhere(response: Any) -> bool:
    directives = {part.strip() for part in response.headers.get("Cache-Control", "").split(",")}
    return (
        {"no-store", "private"} <= directives
        and response.headers.get("X-Robots-Tag") == "noindex, nofollow"
        and response.headers.get("Referrer-Policy") == "same-origin"
        and response.headers.get("X-Content-Type-Options") == "nosniff"
    )


def test_every_page(running: Round, token: str, client: Client) -> None:
    open_token = open_links.token_of(open_link_of(running))
    links = {"": "/a/", **addresses(token), "open": addresses(open_token)["open"]}
    links["results"] = results_link(running).replace("http://127.0.0.1:8000", "")
    for name, address in links.items():
        for method in ("get", "post", "put"):
            response = getattr(client, method)(address)
            assert is_kept_nowhere(response), (method, name, response.status_code)
            Invitation.objects.update(used=False)


def broken(*args: object, **kwargs: object) -> HttpResponse:
    raise RuntimeError("out of order")


def end(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(closes_on=date(2026, 1, 2))


def use_up(round_: Round) -> None:
    Invitation.objects.update(used=True)


def fill(round_: Round) -> None:
    OpenLink.objects.update(start_limit=0)


REFUSALS: dict[str, tuple[int, Callable[[Round], None] | None, Ask]] = {
    "no slash": (301, None, lambda browser, base: browser.get(base.rstrip("/"))),
    "redirect": (302, None, lambda browser, base: browser.post(f"{base}1/")),
    "no choice": (400, None, lambda browser, base: browser.post(f"{base}1/", {"q01": "6"})),
    "no language": (400, None, lambda browser, base: browser.post(f"{base}language/")),
    "too long": (400, None, lambda browser, base: browser.post(f"{base}1/", {"q01": "x" * 600_000})),
    "other host": (400, None, lambda browser, base: browser.get(base, headers={"host": "elders.example"})),
    "no page": (404, None, lambda browser, base: browser.get(f"{base}7/")),
    "written wrongly": (404, None, lambda browser, base: browser.get("/", PATH_INFO=f"/{base}")),
    "in capitals": (404, None, lambda browser, base: browser.get(base.upper())),
    "closed": (404, end, lambda browser, base: browser.get(base)),
    "wrong method": (405, None, lambda browser, base: browser.get(f"{base}send/")),
    "sent already": (410, use_up, lambda browser, base: browser.get(base)),
    "four obstacles": (
        422,
        None,
        lambda browser, base: browser.post(
            f"{base}closing/", {"obstacles": ["hierarchy", "fear_of_mistakes", "lack_of_skills", "other"]}
        ),
    ),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_every_refusal(what: str, running: Round, token: str, client: Client) -> None:
    status, prepare, ask = REFUSALS[what]
    if prepare:
        prepare(running)
    response = ask(client, f"/a/{token}/")
    assert response.status_code == status
    assert is_kept_nowhere(response)


def test_a_full_link_a_form_from_elsewhere_and_too_much(
    running: Round, token: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(running)
    full = client.post(addresses(open_links.token_of(open_link_of(running)))["open"])
    refused = Client(enforce_csrf_checks=True).post(f"/a/{token}/1/")
    monkeypatch.setattr(page, "WRITES_PER_HOUR", 0)
    too_much = client.post(f"/a/{token}/1/")
    assert [answer.status_code for answer in (full, refused, too_much)] == [409, 403, 429]
    assert all(map(is_kept_nowhere, (full, refused, too_much)))


def test_a_failure_of_ours(running: Round, token: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "start_page", broken)
    client.raise_request_exception = False
    response = client.get(f"/a/{token}/")
    assert response.status_code == 500
    assert is_kept_nowhere(response)
    assert token not in response.content.decode()


def test_no_page_holds_a_link_to_another_host(running: Round, token: str, client: Client) -> None:
    open_token = open_links.token_of(open_link_of(running))
    places = ["/a/", addresses(open_token)["open"], "/a/onbekend/", f"/a/{token}/7/", *addresses(token).values()]
    places += addresses(preview_token(running)).values()
    pages = [client.get(place).content.decode() for place in places]
    client.post(f"/a/{token}/send/")
    pages += [client.get(place).content.decode() for place in (f"/a/{token}/", f"/a/{token}/result/")]
    pages.append(Client(enforce_csrf_checks=True).post(f"/a/{token}/").content.decode())
    for text in filter(None, pages):
        assert not ELSEWHERE.search(text)
        assert '<meta name="robots" content="noindex, nofollow">' in text
    assert ELSEWHERE.search('<a href="https://autoriteitpersoonsgegevens.nl">'), "the search finds one"


def test_other_pages_are_left_as_they_are(db: None, client: Client) -> None:
    assert not is_kept_nowhere(client.get("/healthz"))
