"""A round that is asked in one language is in that language for everybody, whatever their browser or cookie says."""

from django.test import Client

from scan.links import open_links
from scan.models import Round
from scan.tokens import link_of
from tests.cast import Cast
from tests.scan.asking import first_invitation, launched_round
from tests.scan.entrances import open_link_of, round_with_every_way


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


def test_the_page_of_an_open_link_speaks_a_language_of_its_round(in_scope: Cast, client: Client) -> None:
    round_ = round_with_every_way(in_scope)
    path = f"/a/open/{open_links.token_of(open_link_of(round_))}/"
    for languages, browser, expected in ((["en"], "nl", "en"), (["nl"], "en", "nl"), (["nl", "en"], "en", "en")):
        Round.objects.filter(pk=round_.pk).update(languages=languages)
        page = client.get(path, headers={"Accept-Language": browser}).content.decode()
        assert f'<html lang="{expected}">' in page
        assert ('name="language"' in page) == (len(languages) > 1)
        start = client.post(path, headers={"Accept-Language": browser})["Location"]
        assert f'<html lang="{expected}">' in client.get(start).content.decode()


def test_a_full_link_says_so_in_a_language_of_its_round(in_scope: Cast, client: Client) -> None:
    round_ = round_with_every_way(in_scope)
    Round.objects.filter(pk=round_.pk).update(languages=["en"])
    link = open_link_of(round_)
    type(link).objects.update(start_limit=0)
    page = client.post(f"/a/open/{open_links.token_of(link)}/", headers={"Accept-Language": "nl"})
    assert page.status_code == 409
    assert "This link is full" in page.content.decode()


def test_the_page_for_codes_speaks_a_language_in_which_something_is_asked(in_scope: Cast, client: Client) -> None:
    round_ = round_with_every_way(in_scope)
    Round.objects.filter(pk=round_.pk).update(languages=["en"])
    dutch = {"Accept-Language": "nl"}
    for page in (client.get("/a/", headers=dutch), client.post("/a/", {"code": "x"}, headers=dutch)):
        assert '<html lang="en">' in page.content.decode()
        assert 'name="language"' not in page.content.decode()
    launched_round(in_scope)  # in both
    page = client.get("/a/", headers=dutch)
    assert '<html lang="nl">' in page.content.decode()
    assert 'name="language"' in page.content.decode()
