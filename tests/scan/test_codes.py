import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends import base, locmem
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from config import environment
from scan.forgetting import forget_who_answered
from scan.links import codes, open_links
from scan.models import Draft, Invitation, Round
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import stored_responses
from tests.scan.entrances import from_address, open_link_of, round_with_every_way, with_codes

DUTCH, ENGLISH = {"Accept-Language": "nl"}, {"Accept-Language": "en"}
WRONG = "0000-0000-0000"


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


def a_code(round_: Round) -> tuple[str, str]:
    """A code on paper, and the token that it leads to."""
    invitation = with_codes(round_)[0]
    return codes.given_code(invitation), token_of(invitation.pk)


def test_a_code_is_three_groups_of_four_clear_signs() -> None:
    code = codes.code_of(uuid.uuid4())
    groups = code.split("-")
    assert [len(group) for group in groups] == [4, 4, 4]
    assert set("".join(groups)) <= set(codes.ALPHABET)
    assert not set(codes.ALPHABET) & set("ILOU")
    assert len(set(codes.ALPHABET)) == 32


def test_a_code_is_the_same_each_time_and_another_for_everybody() -> None:
    one = uuid.uuid4()
    assert codes.code_of(one) == codes.code_of(one)
    assert len({codes.code_of(uuid.uuid4()) for _ in range(200)}) == 200


def test_all_signs_occur_at_every_place() -> None:
    """60 bits that are really there."""
    found = ["".join(codes.code_of(uuid.uuid4()).split("-")) for _ in range(900)]
    assert all({code[place] for code in found} == set(codes.ALPHABET) for place in range(12))


def test_at_launch_those_without_an_address_get_a_code_and_no_name(running: Round) -> None:
    on_paper = with_codes(running)
    assert len(on_paper) == 11
    assert {invitation.person_id for invitation in on_paper} == {None}
    assert all(len(bytes(invitation.code_hash or b"")) == 32 for invitation in on_paper)


def test_the_database_holds_no_code(running: Round) -> None:
    for invitation in with_codes(running):
        code = codes.given_code(invitation)
        assert bytes(invitation.code_hash or b"") == codes.hash_of(code)
        assert code.encode() not in bytes(invitation.code_hash or b"")


def test_every_code_leads_to_its_own_invitation(running: Round) -> None:
    for invitation in with_codes(running):
        assert codes.find_by_code(codes.given_code(invitation)) == token_of(invitation.pk)


@pytest.mark.parametrize(
    "change",
    [
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code}\n",
        lambda code: code.replace("0", "O").replace("1", "I"),
        lambda code: code.replace("0", "o").replace("1", "l"),
        lambda code: code.replace("-", "–"),
    ],
)
def test_it_does_not_matter_how_a_code_is_typed(running: Round, change: Callable[[str], str]) -> None:
    for invitation in with_codes(running):
        assert codes.find_by_code(change(codes.given_code(invitation))) == token_of(invitation.pk)


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    code = codes.cleaned(text)
    assert code is None or (len(code) == 12 and set(code) <= set(codes.ALPHABET))


def test_another_key_knows_no_code_until_the_old_one_is_a_fallback(running: Round, settings: Any) -> None:
    code, token = a_code(running)
    old = settings.SCAN_KEY
    settings.SCAN_KEY = "b" * 40
    assert codes.find_by_code(code) is None
    with pytest.raises(LookupError):
        codes.given_code(with_codes(running)[0])
    settings.SCAN_KEY_FALLBACKS = [old]
    assert codes.find_by_code(code) is not None
    # The paper printed afterwards holds the code that the database knows.
    assert {codes.given_code(invitation) for invitation in with_codes(running)} >= {code}
    settings.SCAN_KEY, settings.SCAN_KEY_FALLBACKS = old, []
    assert codes.find_by_code(code) == token


def test_the_code_leads_to_the_start_page(client: Client, running: Round) -> None:
    code, token = a_code(running)
    response = client.post("/a/", {"code": code.lower()})
    assert (response.status_code, response["Location"]) == (302, f"/a/{token}/")
    assert client.get(response["Location"]).status_code == 200


def test_the_code_of_an_open_link_leads_there(client: Client, running: Round) -> None:
    link = open_link_of(running)
    response = client.post("/a/", {"code": open_links.code_of(link)})
    assert response["Location"] == f"/a/open/{open_links.token_of(link)}/"


def test_a_code_to_go_on_by_is_as_good_as_one_on_paper(client: Client, running: Round) -> None:
    invitation = open_links.start(open_link_of(running), "nl")
    response = client.post("/a/", {"code": codes.given_code(invitation)})
    assert (response.status_code, response["Location"]) == (302, f"/a/{token_of(invitation.pk)}/")
    assert invitation not in with_codes(running)


def test_a_used_code_says_that_answers_have_been_sent(client: Client, running: Round) -> None:
    code, token = a_code(running)
    client.post(f"/a/{token}/send/")
    response = client.post("/a/", {"code": code}, headers=ENGLISH, follow=True)
    assert response.status_code == 410
    with scope(organisation=running.organisation):
        assert len(stored_responses(running)) == 1


@pytest.mark.parametrize(("headers", "words"), [(DUTCH, "deze code niet"), (ENGLISH, "cannot use this code")])
def test_every_reason_gets_the_same_answer(client: Client, running: Round, headers: dict[str, str], words: str) -> None:
    code, _token = a_code(running)
    link_code = open_links.code_of(open_link_of(running))
    unknown = client.post("/a/", {"code": WRONG}, headers=headers)
    assert unknown.status_code == 422
    assert words in unknown.content.decode()
    malformed = client.post("/a/", {"code": "kom-er-in"}, headers=headers)
    assert _alike(malformed.content, "kom-er-in") == _alike(unknown.content, WRONG)
    for state in ({"state": Round.State.CLOSED}, {"state": Round.State.OPEN, "opens_on": "2099-01-01"}):
        with scope(organisation=running.organisation):
            Round.objects.filter(pk=running.pk).update(**state)
        for typed in (code, link_code):
            refused = client.post("/a/", {"code": typed}, headers=headers)
            assert refused.status_code == 422
            assert _alike(refused.content, typed) == _alike(unknown.content, WRONG)


def _alike(content: bytes, typed: str) -> str:
    lines = content.decode().replace(typed, "").splitlines()
    return "\n".join(line for line in lines if "csrfmiddlewaretoken" not in line)


def test_an_empty_field_is_explained_and_not_counted(client: Client, db: None) -> None:
    for _ in range(40):
        response = client.post("/a/", {"code": "  "}, headers=ENGLISH)
        assert response.status_code == 422
        assert "twelve letters and digits" in response.content.decode()


def test_after_thirty_wrong_codes_the_address_waits_an_hour_even_with_a_right_one(
    client: Client, running: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, token = a_code(running)
    from_address(client, "192.0.2.7")
    for _ in range(30):
        assert client.post("/a/", {"code": WRONG}).status_code == 422
    refused = client.post("/a/", {"code": code}, headers=ENGLISH)
    assert refused.status_code == 429
    assert "wait an hour" in refused.content.decode()
    assert from_address(client, "192.0.2.8").post("/a/", {"code": code}).status_code == 302
    monkeypatch.setattr(base, "time", LaterClock)
    monkeypatch.setattr(locmem, "time", LaterClock)
    assert from_address(client, "192.0.2.7").post("/a/", {"code": code})["Location"] == f"/a/{token}/"


class LaterClock:
    """The cache's clock, an hour on, without waiting."""

    @staticmethod
    def time() -> float:
        return time.time() + 3601


def test_right_codes_are_not_counted(client: Client, running: Round) -> None:
    code, _token = a_code(running)
    assert {client.post("/a/", {"code": code}).status_code for _ in range(40)} == {302}


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("192.0.2.7", "192.0.2.8", False),
        ("2001:db8:1:2::3", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
    ],
)
def test_a_household_with_many_addresses_is_one(client: Client, db: None, one: str, other: str, is_same: bool) -> None:
    for _ in range(30):
        from_address(client, one).post("/a/", {"code": WRONG})
    assert from_address(client, other).post("/a/", {"code": WRONG}).status_code == (429 if is_same else 422)


def test_behind_a_proxy_the_last_address_that_it_wrote_counts(client: Client, db: None, settings: Any) -> None:
    for _ in range(30):
        client.post("/a/", {"code": WRONG}, headers={"X-Forwarded-For": "203.0.113.5"})
    assert client.post("/a/", {"code": WRONG}).status_code == 429, "what anybody can write does not count"
    cache.clear()
    settings.BEHIND_PROXY = True
    for number in range(30):
        client.post("/a/", {"code": WRONG}, headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.5"})
    again = client.post("/a/", {"code": WRONG}, headers={"X-Forwarded-For": "198.51.100.99, 203.0.113.5"})
    assert again.status_code == 429
    other = client.post("/a/", {"code": WRONG}, headers={"X-Forwarded-For": "203.0.113.5, 203.0.113.6"})
    assert other.status_code == 422


def test_no_address_stands_in_the_cache(client: Client, db: None) -> None:
    from_address(client, "192.0.2.77").post("/a/", {"code": WRONG})
    kept = repr(locmem._caches)  # type: ignore[attr-defined]
    assert "addresses-code" in kept
    assert "192.0.2.77" not in kept


def test_a_get_changes_nothing_and_leads_nowhere(client: Client, running: Round) -> None:
    code, _token = a_code(running)
    before = sorted(Invitation.objects.values_list("pk", "used"))
    for address in ("/a/", f"/a/?code={code}"):
        response = client.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert sorted(Invitation.objects.values_list("pk", "used")) == before
    assert not Draft.objects.exists()


def test_after_closing_no_code_is_left(running: Round) -> None:
    code, _token = a_code(running)
    forget_who_answered(running)
    assert with_codes(running) == []
    assert codes.find_by_code(code) is None


def test_more_than_one_machine_counts_together_by_an_address_in_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert environment.cache("")["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"
    shared = environment.cache("redis://cache.example:6379/1")
    assert shared["BACKEND"] == "config.shared_cache.SharedCache"
    assert shared["LOCATION"] == "redis://cache.example:6379/1"
    monkeypatch.setenv("LEERSCAN_CACHE_URL", "memcached://cache.example")
    with pytest.raises(ImproperlyConfigured, match="redis://"):
        environment.redis_url("LEERSCAN_CACHE_URL")
