"""Unknown, malformed, over and not yet open: whoever tries a link sees the same, and it takes the same work."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from scan.answering.preview import preview_token
from scan.forgetting import forget_who_answered
from scan.links import codes, open_links
from scan.links.open_links import LINK as OPEN
from scan.models import Invitation, Round
from scan.tokens import signed, token_of
from tests.cast import Cast
from tests.scan.entrances import open_link_of, round_with_every_way, with_codes
from tests.scan.refusals import JSON, METHODS, Watch, addresses

NOT_YET, OVER = {"opens_on": date(2099, 1, 1)}, {"closes_on": date(2026, 1, 2)}
CLOSED, DRAFT = {"state": Round.State.CLOSED}, {"state": Round.State.DRAFT}
LANGUAGES = ({"Accept-Language": "nl"}, {"Accept-Language": "en"})
ON_THE_DEVICE = {"device": "secret.mark", "result": "box"}

TokenOf = Callable[[Round], str]


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def personal(round_: Round) -> str:
    return token_of(Invitation.objects.exclude(person=None)[0].pk)


def used(round_: Round) -> str:
    invitation = Invitation.objects.exclude(person=None)[0]
    Invitation.objects.filter(pk=invitation.pk).update(used=True)
    return token_of(invitation.pk)


def on_paper(round_: Round) -> str:
    return token_of(with_codes(round_)[0].pk)


def of_an_open_link(round_: Round) -> str:
    return open_links.token_of(open_link_of(round_))


def sealed(round_: Round) -> str:
    token = personal(round_)
    forget_who_answered(round_)
    return token


KINDS: dict[str, tuple[TokenOf, dict[str, Any]]] = {
    "foreign letters": (lambda _: "é" * 42, {}),
    "no base32": (lambda _: "1" * 42, {}),
    "long": (lambda _: "a" * 400, {}),
    "not signed by us": (lambda _: "a" * 42, {}),
    "one letter wrong": (lambda round_: personal(round_)[:-5] + "aaaaa", {}),
    "of an invitation that is gone": (lambda _: token_of(uuid.uuid4()), {}),
    "not yet open": (personal, NOT_YET),
    "not yet open, used": (used, NOT_YET),
    "not yet open, on paper": (on_paper, NOT_YET),
    "over": (personal, OVER),
    "over, used": (used, OVER),
    "closed": (personal, CLOSED),
    "closed, used": (used, CLOSED),
    "closed and sealed": (sealed, CLOSED),
    "back in preparation": (personal, DRAFT),
    "preview of a closed round": (preview_token, CLOSED),
    "preview of a round that is gone": (lambda _: signed(b"leerscan preview ", uuid.uuid4()), {}),
    "open link in the wrong place": (of_an_open_link, {}),
    "open link in the wrong place, not yet open": (of_an_open_link, NOT_YET),
}


@pytest.mark.parametrize("kind", KINDS)
def test_no_address_tells_why_a_link_is_refused(kind: str, round_: Round, in_scope: Cast, watch: Watch) -> None:
    find_token, fields = KINDS[kind]
    token = find_token(round_)
    Round.objects.filter(pk=round_.pk).update(**fields)
    unknown, refused = addresses("onbekend"), addresses(token)
    assert {"start", "part", "closing", "check", "send", "result", "next", "language", "open"} <= set(refused)
    for name in set(refused) - {"open"}:
        for number, method in enumerate(METHODS):
            options: dict[str, Any] = {"headers": LANGUAGES[number % 2], "cookies": ON_THE_DEVICE}
            expected = watch.see(method, unknown[name], "onbekend", **options)
            assert watch.see(method, refused[name], token, **options) == expected, (name, method)
            if method == "GET":
                assert expected.status in (404, 405)


@pytest.mark.parametrize("kind", KINDS)
def test_neither_does_an_answer_to_the_pages_own_script(kind: str, round_: Round, in_scope: Cast, watch: Watch) -> None:
    find_token, fields = KINDS[kind]
    token = find_token(round_)
    Round.objects.filter(pk=round_.pk).update(**fields)
    unknown, refused = addresses("onbekend"), addresses(token)
    body = '{"changes": {"q01": ["4", 1]}, "again": true, "answers": {"q01": "4"}}'
    for name in set(refused) - {"open"}:
        for strict in (False, True):
            options: dict[str, Any] = {"data": body, "content_type": JSON, "strict": strict}
            expected = watch.see("POST", unknown[name], "onbekend", **options)
            assert watch.see("POST", refused[name], token, **options) == expected, (name, strict)
            if strict:
                assert expected.status == 403


OPEN_KINDS: dict[str, tuple[TokenOf, dict[str, Any]]] = {
    "foreign letters": (lambda _: "é" * 42, {}),
    "not signed by us": (lambda _: "a" * 42, {}),
    "gone": (lambda _: signed(OPEN, uuid.uuid4()), {}),
    "not yet open": (of_an_open_link, NOT_YET),
    "over": (of_an_open_link, OVER),
    "closed": (of_an_open_link, CLOSED),
    "back in preparation": (of_an_open_link, DRAFT),
    "a personal one": (personal, {}),
    "a preview": (preview_token, {}),
}


@pytest.mark.parametrize("kind", OPEN_KINDS)
def test_no_open_link_tells_why_it_is_refused(kind: str, round_: Round, in_scope: Cast, watch: Watch) -> None:
    find_token, fields = OPEN_KINDS[kind]
    token = find_token(round_)
    Round.objects.filter(pk=round_.pk).update(**fields)
    for number, method in enumerate(METHODS):
        for strict in (False, True):
            options: dict[str, Any] = {"headers": LANGUAGES[number % 2], "strict": strict, "cookies": ON_THE_DEVICE}
            expected = watch.see(method, addresses("onbekend")["open"], "onbekend", **options)
            assert watch.see(method, addresses(token)["open"], token, **options) == expected, (method, strict)


def code_on_paper(round_: Round) -> str:
    return codes.given_code(with_codes(round_)[0])


def code_of_open_link(round_: Round) -> str:
    return open_links.code_of(open_link_of(round_))


@pytest.mark.parametrize("find_code", [code_on_paper, code_of_open_link])
@pytest.mark.parametrize("fields", [NOT_YET, OVER, CLOSED, DRAFT], ids=["not yet", "over", "closed", "draft"])
def test_no_code_tells_why_it_is_refused(
    find_code: TokenOf, fields: dict[str, Any], round_: Round, in_scope: Cast, watch: Watch
) -> None:
    code = find_code(round_)
    Round.objects.filter(pk=round_.pk).update(**fields)
    for typed in ("kom-er-in", code):
        expected = watch.see("POST", "/a/", "0000-0000-0000", **form("0000-0000-0000"))
        assert expected.status == 422
        assert watch.see("POST", "/a/", typed, **form(typed)) == expected, typed


def form(code: str) -> dict[str, Any]:
    return {"data": f"code={code}", "content_type": "application/x-www-form-urlencoded"}


def test_the_tests_can_see_a_difference(round_: Round, in_scope: Cast, watch: Watch) -> None:
    """A link that works differs in each of them."""
    token = personal(round_)
    one = watch.see("GET", addresses(token)["start"], token)
    other = watch.see("GET", addresses("onbekend")["start"], "onbekend")
    assert one.status != other.status
    assert one.body != other.body
    assert one.queries > other.queries == 2
    assert other.hmacs == 2
    assert set(watch.see("POST", addresses(token)["send"], token).cookies) == {"result", "device"}
