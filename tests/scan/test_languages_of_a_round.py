"""A round that is asked in one language is in that language for everybody, whatever their browser or cookie says."""

from django.test import Client

from scan.models import Round
from scan.tokens import link_of
from tests.cast import Cast
from tests.scan.asking import first_invitation, launched_round


def start_page(cast: Cast, client: Client, languages: list[str]) -> str:
    round_ = launched_round(cast)
    Round.objects.filter(pk=round_.pk).update(languages=languages)
    client.cookies["language"] = "en"
    path = link_of(first_invitation(round_).pk).split("8000")[-1]
    return client.get(path).content.decode()


def test_dutch_only_is_dutch_and_offers_no_other(in_scope: Cast, client: Client) -> None:
    page = start_page(in_scope, client, ["nl"])
    assert '<html lang="nl">' in page
    assert 'value="en"' not in page


def test_with_both_the_cookie_decides(in_scope: Cast, client: Client) -> None:
    page = start_page(in_scope, client, ["nl", "en"])
    assert '<html lang="en">' in page
    assert 'value="nl"' in page
