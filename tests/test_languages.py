"""Dutch and English are complete, and no English word stands on a Dutch page."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from scan.models import Round
from tests.cast import Cast
from tests.rounds import closed_sample_round, open_round, tokens, unit_id
from tools import messages

# Small words that hardly any English sentence does without, and that are no Dutch words.
ENGLISH_WORDS = {"the", "and", "you", "your", "this", "these", "from", "with", "which", "they", "been", "have", "what"}
DUTCH_WORDS = {"het", "een", "niet", "jullie", "deze", "wordt", "zijn", "voor", "naar"}


def test_every_text_is_translated_and_none_is_left_in_english() -> None:
    assert messages.faults() == []


def words_on(page: bytes) -> set[str]:
    """The words of a page that belong to its own language: no code, no text marked as the other language."""
    text = page.decode()
    text = re.sub(r"<(script|style|title)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r'<(\w+)[^>]*\blang="(nl|en)"[^>]*>(?!.*<body).*?</\1>', " ", text)
    visible = " ".join(re.findall(r'(?:alt|aria-label|placeholder|title)="([^"]*)"', text))
    text = re.sub(r"<[^>]+>", " ", text) + " " + visible
    return set(re.findall(r"[a-zà-ÿ]+", html.unescape(text).lower()))


@pytest.fixture
def pages(cast: Cast, as_user: Callable[[Any], Client]) -> Callable[[str], list[tuple[str, bytes]]]:
    closed: Round = closed_sample_round(cast.organisation)
    token = tokens(open_round(cast))[0]
    base = f"/o/{cast.organisation.slug}/"
    report = f"{base}r/leerscan-2026/u/"
    paths = ["/", base, f"{base}r/leerscan-nu/", f"{base}r/leerscan-2026/", "/o/nergens/", "/a/onbekend/"]
    paths += [f"{report}{unit_id(closed, path)}/" for path in ("", "Zorg / Wijkteam Oost", "Zorg / Nachtdienst")]
    paths += [f"{report}{unit_id(closed, '')}/pdf/nl/"]
    paths += [f"/a/{token}/{path}" for path in ("", "1/", "2/", "3/", "4/", "5/", "6/", "closing/", "check/")]

    def load(language: str) -> list[tuple[str, bytes]]:
        client = as_user(cast.anna)
        client.cookies["language"] = language
        loaded = [(path, client.get(path).content) for path in paths]
        client.post(f"/a/{token}/send/")
        loaded.append(("sent", client.get(f"/a/{token}/result/").content))
        client.logout()
        client.cookies["language"] = language
        return [*loaded, ("login", client.get("/accounts/login/").content)]

    return load


def test_no_english_word_stands_on_a_dutch_page(pages: Callable[[str], list[tuple[str, bytes]]]) -> None:
    for path, content in pages("nl"):
        assert not words_on(content) & ENGLISH_WORDS, path
        assert '<html lang="nl">' in content.decode(), path


def test_no_dutch_word_stands_on_an_english_page(pages: Callable[[str], list[tuple[str, bytes]]]) -> None:
    for path, content in pages("en"):
        assert not words_on(content) & DUTCH_WORDS, path
        assert '<html lang="en">' in content.decode(), path


def test_the_test_would_find_an_english_word() -> None:
    assert words_on(b"<main><p>Dit is the vraag.</p></main>") & ENGLISH_WORDS == {"the"}
