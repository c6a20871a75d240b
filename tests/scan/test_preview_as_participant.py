"""Looking at a round as a participant: the real pages, and nothing that is done there is kept."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from organisations.models import Organisation
from scan.answering.preview import find_preview, preview_token
from scan.models import Invitation, Round
from scan.rounds import launch
from scan.tokens import invitation_id_of, token_of
from tests.cast import Cast
from tests.rounds import open_round, tokens
from tests.scan.asking import ITEM_IDS, guard_away
from tests.scan.drafting import address, ready_draft, staff

Browser = Callable[[Any], Client]
# What looking at any page may write: none of it is about a participant.
PARTS = range(1, 7)


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    staff(in_scope)
    return ready_draft(in_scope)


def row_counts() -> dict[str, int]:
    """Of every table that there is."""
    with guard_away(), connection.cursor() as cursor:
        counts = {}
        for table in sorted(connection.introspection.table_names()):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- no input in it
            counts[table] = cursor.fetchone()[0]
    return counts


def walk(client: Client, token: str) -> Iterator[tuple[str, Any]]:
    """Every page of answering, each also sent in, as a participant who answers all of it."""
    here = reverse("scan:start", args=[token])
    yield "start", client.get(here)
    for part in PARTS:
        yield f"part {part}", client.get(f"{here}{part}/")
        yield f"part {part} sent", client.post(f"{here}{part}/", dict.fromkeys(ITEM_IDS, "4") | {"go": "on"})
    yield "part wrong", client.post(f"{here}1/", {"q01": "9"})
    yield "closing", client.get(f"{here}closing/")
    yield "closing sent", client.post(f"{here}closing/", {"remark": "Iets geheims"})
    yield "check", client.get(f"{here}check/")
    yield "send", client.post(f"{here}send/")
    yield "result", client.get(f"{here}result/")
    yield "language", client.post(f"{here}language/", {"language": "en"})
    yield "start again", client.get(here)
    yield "send again", client.post(f"{here}send/")


def test_nothing_is_kept_of_a_walk_through_all_pages(draft: Round, client: Client) -> None:
    before = row_counts()
    assert before["scan_draft"] == 0
    statuses = {name: response.status_code for name, response in walk(client, preview_token(draft))}
    assert row_counts() == before
    wrong = {name: status for name, status in statuses.items() if status not in (200, 302)}
    assert wrong == {"part wrong": 400}
    assert len(row_counts()) > len(apps.get_models())


def test_nothing_is_kept_of_an_open_round_either(cast: Cast, client: Client) -> None:
    round_ = open_round(cast)
    before = row_counts()
    assert all(response.status_code in (200, 302, 400) for _name, response in walk(client, preview_token(round_)))
    assert row_counts() == before
    with scope(organisation=cast.organisation):
        assert not Invitation.objects.filter(used=True).exists()


def test_the_real_pages_do_keep_it(cast: Cast, client: Client) -> None:
    """So that the two tests above can fail."""
    round_ = open_round(cast)
    before = row_counts()
    for _page in walk(client, tokens(round_)[0]):
        pass
    after = row_counts()
    assert after["scan_response"] == before["scan_response"] + 1


def test_a_closed_round_has_no_preview(cast: Cast, client: Client, as_user: Browser) -> None:
    round_ = open_round(cast)
    token = preview_token(round_)
    assert client.get(f"/a/{token}/").status_code == 200
    with scope(organisation=cast.organisation):
        Round.objects.filter(pk=round_.pk).update(state=Round.State.CLOSED)
    assert find_preview(token) is None
    assert client.get(f"/a/{token}/").status_code == 404
    assert as_user(cast.anna).get(address(round_, "preview/")).headers["Location"] == address(round_)


def test_a_preview_works_before_the_first_day_and_a_personal_link_does_not(draft: Round, client: Client) -> None:
    launch(draft)
    invitation = Invitation.objects.exclude(person=None)[0]
    assert client.get(f"/a/{preview_token(draft)}/").status_code == 200
    assert client.get(f"/a/{token_of(invitation.pk)}/").status_code == 404


def test_a_preview_token_is_no_personal_one_and_the_other_way_round(cast: Cast) -> None:
    round_ = open_round(cast)
    assert invitation_id_of(preview_token(round_)) is None
    assert find_preview(tokens(round_)[0]) is None
    assert find_preview(token_of(round_.pk)) is None
    assert find_preview("onbekend") is None


def test_only_preview_pages_may_stand_in_a_frame_and_only_in_our_own(cast: Cast, client: Client) -> None:
    round_ = open_round(cast)
    for name, response in walk(client, preview_token(round_)):
        if name.startswith("language"):
            continue  # leads on to a page of answering, which says it itself
        assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"], name
        assert "X-Frame-Options" not in response.headers, name
    for name, response in walk(client, tokens(round_)[0]):
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"], name
        assert response.headers["X-Frame-Options"] == "DENY", name


def test_the_rest_of_the_policy_is_the_same_in_a_preview(cast: Cast, client: Client) -> None:
    round_ = open_round(cast)
    policies = [
        client.get(f"/a/{token}/").headers["Content-Security-Policy"]
        for token in (preview_token(round_), tokens(round_)[0])
    ]
    assert policies[0].replace("'self'; ", "").replace("frame-ancestors 'self'", "") == policies[1].replace(
        "'self'; ", ""
    ).replace("frame-ancestors 'none'", "")


def test_the_page_of_the_hr_adviser_may_hold_frames_and_stand_in_none(
    draft: Round, in_scope: Cast, as_user: Browser
) -> None:
    response = as_user(in_scope.anna).get(address(draft, "preview/"))
    policy = response.headers["Content-Security-Policy"]
    assert "frame-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.content.decode().count(f'src="/a/{preview_token(draft)}/"') == 2


def test_a_draft_shows_the_words_of_today_and_an_open_round_those_of_its_launch(draft: Round, in_scope: Cast) -> None:
    organisations = Organisation.objects.filter(pk=in_scope.organisation.pk)
    organisations.update(words={"nl": {"customers": "bewoners"}})
    assert words_in_preview(draft) == "bewoners"
    launch(Round.objects.get(pk=draft.pk))
    organisations.update(words={"nl": {"customers": "gasten"}})
    assert words_in_preview(draft) == "bewoners"


def words_in_preview(round_: Round) -> str:
    participant = find_preview(preview_token(round_))
    assert participant is not None
    return str(participant.round.words["nl"]["customers"])


def test_it_speaks_the_first_language_of_the_round_and_the_one_that_is_chosen(in_scope: Cast, client: Client) -> None:
    round_ = ready_draft(in_scope, languages=["en", "nl"])
    page = f"/a/{preview_token(round_)}/"
    assert '<html lang="en"' in client.get(page).content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    assert '<html lang="nl"' in client.get(page).content.decode()
