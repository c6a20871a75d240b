"""A code to go on by, for who began by an open link: leads to what was saved, and is shown to HR nowhere."""

import re
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.template.loader import render_to_string
from django.test import Client
from django.utils import translation
from django_scopes import scope

from organisations.models import Person
from scan.answering.boxes import Sheet
from scan.answering.preview import find_preview, preview_token
from scan.answering.submitting import submit
from scan.forgetting import forget_who_answered
from scan.links import codes, open_links
from scan.links.open_links import require_room
from scan.models import Invitation, OpenLink, Round
from scan.participants import find_participant, today_in
from scan.tokens import token_of
from tests.cast import Cast
from tests.conftest import ROOT
from tests.rounds import closed_sample_round
from tests.scan.asking import ITEM_IDS, participant_of, stored_responses
from tests.scan.entrances import open_link_of, round_with_every_way, started, with_codes
from tests.scan.test_kept_result import fill_in, shows_picture

DUTCH, ENGLISH = {"Accept-Language": "nl"}, {"Accept-Language": "en"}
REMINDER = "scan/resume_code.html"


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture
def entrance(running: Round) -> str:
    return f"/a/open/{open_links.token_of(open_link_of(running))}/"


def began(client: Client, entrance: str) -> tuple[str, str]:
    """Somebody starts; the path of their own, and the code that their first page shows."""
    path = client.post(entrance, headers=ENGLISH)["Location"]
    return path, code_on(client.get(path))


def code_on(page: Any) -> str:
    (code,) = re.findall(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}", page.content.decode())
    return str(code)


def test_whoever_starts_gets_a_code_of_their_own(client: Client, running: Round, entrance: str) -> None:
    shown = dict(began(client, entrance) for _time in range(3))
    assert len(set(shown.values())) == 3
    for invitation in started(running):
        code = shown[f"/a/{token_of(invitation.pk)}/"]
        assert codes.cleaned(code)
        assert code.replace("-", "").encode() not in bytes(invitation.code_hash or b"")
        assert bytes(invitation.code_hash or b"") == codes.hash_of(code)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ("Schrijf deze code op", "typ hem op 127.0.0.1:8000/a.", "Houd hem dus voor jezelf.")),
        ("en", ("Write down this code", "type it at 127.0.0.1:8000/a.", "So keep it to yourself.")),
    ],
)
def test_the_first_page_says_what_the_code_is_for(
    client: Client, entrance: str, language: str, said: tuple[str, ...]
) -> None:
    headers = {"Accept-Language": language}
    page = client.get(client.post(entrance, headers=headers)["Location"], headers=headers).content.decode()
    for words in said:
        assert words in page


def test_the_code_can_be_read_aloud_sign_by_sign(client: Client, entrance: str) -> None:
    path, code = began(client, entrance)
    (spelled,) = re.findall(r'<span class="visually-hidden">([0-9A-Z ,]+)</span>', client.get(path).content.decode())
    assert [group.split() for group in spelled.split(",")] == [list(group) for group in code.split("-")]


def test_another_device_goes_on_with_what_was_saved_and_it_counts_once(
    client: Client, running: Round, entrance: str
) -> None:
    path, code = began(client, entrance)
    client.post(f"{path}1/", dict.fromkeys(ITEM_IDS, "2") | {"go": "on"})
    elsewhere = Client()
    response = elsewhere.post("/a/", {"code": code.lower().replace("-", " ")})
    assert (response.status_code, response["Location"]) == (302, path)
    assert elsewhere.get(path).status_code == 200
    assert 'value="2" checked' in elsewhere.get(f"{path}1/").content.decode()
    assert elsewhere.post(f"{path}send/").status_code == 302
    (stored,) = stored_responses(running)
    assert set(stored.answers) == {0, 2}
    for device in (client, elsewhere, Client()):
        assert device.post("/a/", {"code": code}, follow=True).status_code == 410
        assert device.post(f"{path}send/").status_code == 410
    assert len(stored_responses(running)) == 1


def test_the_code_stands_in_full_until_something_has_been_filled_in(client: Client, entrance: str) -> None:
    path, code = began(client, entrance)
    before = client.get(path, headers=ENGLISH).content.decode()
    client.post(f"{path}1/", dict.fromkeys(ITEM_IDS, "2"))
    first, questions = (client.get(path + page, headers=ENGLISH).content.decode() for page in ("", "2/"))
    assert "Write down this code" in before
    assert "Going on later?" not in before
    for page in (first, questions):
        assert "Write down this code" not in page
        assert "<summary>Going on later?</summary>" in page.partition(code)[0]


def test_going_on_elsewhere_makes_no_second_participant(client: Client, running: Round, entrance: str) -> None:
    _path, code = began(client, entrance)
    OpenLink.objects.update(start_limit=1)
    for _time in range(3):
        assert Client().post("/a/", {"code": code}).status_code == 302
    assert len(started(running)) == 1


def test_whoever_goes_on_by_a_code_does_not_find_the_result_of_the_one_before(client: Client, entrance: str) -> None:
    (first, first_code), (_second, second_code) = began(client, entrance), began(Client(), entrance)
    fill_in(client, first)
    assert shows_picture(client, first)
    assert client.post("/a/", {"code": second_code})["Clear-Site-Data"] == '"cache", "storage"'
    assert not shows_picture(client, first)
    # Nor by the code of that one.
    client.post("/a/", {"code": first_code})
    assert not shows_picture(client, first)


def test_on_another_device_it_goes_on_in_the_language_of_the_start(client: Client, entrance: str) -> None:
    """Chosen by whoever started, not known of a person beforehand as with a slip."""
    path, code = began(client, entrance)
    elsewhere = Client(headers=DUTCH)
    assert elsewhere.post("/a/", {"code": code})["Location"] == path
    assert "How do we learn here?" in elsewhere.get(path).content.decode()


def test_after_sending_no_page_shows_the_code(client: Client, entrance: str) -> None:
    path, code = began(client, entrance)
    fill_in(client, path)
    for address in (path, f"{path}result/", f"{path}1/"):
        assert code not in client.get(address).content.decode()


def test_a_full_link_reminds_of_the_code_beside_the_answers_that_wait(client: Client, entrance: str) -> None:
    path, code = began(client, entrance)
    OpenLink.objects.update(submit_limit=0, start_limit=1)
    assert code_on(client.post(f"{path}send/")) == code


@pytest.mark.parametrize(
    ("headers", "words"),
    [(DUTCH, "Was je al begonnen? Vul je code in"), (ENGLISH, "Had you already begun? Fill in your code")],
)
def test_who_comes_back_to_the_open_link_is_led_to_the_page_for_codes(
    client: Client, entrance: str, headers: dict[str, str], words: str
) -> None:
    OpenLink.objects.update(start_limit=0)
    for page in (client.get(entrance, headers=headers), client.post(entrance, headers=headers)):
        assert f'href="/a/">{words}</a>' in page.content.decode()


def without_code(round_: Round) -> Invitation:
    """As one that was started before there were codes to go on by."""
    link = open_link_of(round_)
    return Invitation.objects.create(round=round_, unit=link.unit, came_by_open_link=True)


def test_who_started_before_there_were_codes_goes_on_without(client: Client, running: Round) -> None:
    early = without_code(running)
    path = f"/a/{token_of(early.pk)}/"
    page = client.get(path)
    assert page.status_code == 200
    assert "Schrijf deze code op" not in page.content.decode()
    early.refresh_from_db()
    assert early.code_hash is None
    client.post(f"{path}1/", dict.fromkeys(ITEM_IDS, "2"))
    assert client.post(f"{path}send/").status_code == 302
    assert client.post(f"{path}next/")["Location"].startswith("/a/open/")


def test_with_and_without_a_code_count_alike_for_the_limits(running: Round) -> None:
    early, late = without_code(running), open_links.start(open_link_of(running), "nl")
    OpenLink.objects.update(start_limit=2, submit_limit=1)
    with pytest.raises(open_links.FullError):
        open_links.start(open_link_of(running), "nl")
    submit(participant_of(early), Sheet())
    Invitation.objects.filter(pk=late.pk).update(used=True)
    with pytest.raises(open_links.FullError):
        require_room(Invitation.objects.get(pk=late.pk))


def test_when_the_key_of_that_time_is_gone_the_pages_stay(client: Client, running: Round, settings: Any) -> None:
    invitation = open_links.start(open_link_of(running), "nl")
    settings.SCAN_KEY = "e" * 40
    assert find_participant(token_of(invitation.pk)).resume_code == ""
    assert client.get(f"/a/{token_of(invitation.pk)}/").status_code == 200


def reminder_for(invitation: Invitation, language: str = "en") -> str:
    with translation.override(language):
        return " ".join(render_to_string(REMINDER, {"participant": participant_of(invitation)}).split())


def test_the_reminder_needs_the_participant_alone(running: Round) -> None:
    invitation = open_links.start(open_link_of(running), "nl")
    code = codes.code_of(invitation.pk)
    for language, words in (("nl", "Later verder?"), ("en", "Going on later?")):
        text = reminder_for(invitation, language)
        assert f"<summary>{words}</summary>" in text
        assert code in text
        # Nobody who looks on sees it before it is asked for.
        assert "<details" in text.partition(code)[0]
        assert " open" not in text.partition("<summary>")[0]


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Met de code op je strookje"), ("en", "With the code on your slip")]
)
def test_who_has_a_slip_is_told_so_and_its_code_stays_off_the_screen(
    client: Client, running: Round, language: str, said: str
) -> None:
    slip = with_codes(running)[0]
    page = client.get(f"/a/{token_of(slip.pk)}/", headers={"Accept-Language": language}).content.decode()
    for text in (page, reminder_for(slip, language)):
        assert said in text
        assert codes.given_code(slip) not in text
        assert "<details" not in text


def test_who_got_a_mail_and_who_only_looks_have_no_code(client: Client, running: Round) -> None:
    mailed = Invitation.objects.filter(round=running, person__isnull=False)[0]
    assert reminder_for(mailed) == ""
    example = find_preview(preview_token(running))
    assert example is not None
    assert (example.resume_code, example.has_code_on_paper) == ("", False)


def hr_pages(round_: Round, cast: Cast) -> list[str]:
    base = f"/o/{cast.organisation.slug}/"
    running = f"{base}r/{round_.slug}/"
    # Somebody of each department.
    somebody = {person.department_id: person for person in Person.objects.order_by("-number")}
    people = [f"people/{person.pk}/" for person in somebody.values()]
    of_round = ("", "links/", "people/", "people/?search=Mens", "pack/", "pack/nl/", "mail/", "promise/", "last-day/")
    more = ("close/", f"links/limits/{open_link_of(round_).pk}/", *people)
    return ["/", base, f"{base}log/", *(running + path for path in (*of_round, *more))]


@pytest.mark.parametrize(("mailed", "coded"), [(6, 11), (6, 0), (0, 11), (0, 0)])
def test_no_page_of_hr_changes_when_somebody_starts(
    mailed: int, coded: int, in_scope: Cast, as_user: Callable[[Any], Client]
) -> None:
    """The new codes look like those on paper: no page may count them, or find that there are any."""
    round_ = round_with_every_way(in_scope, mailed=mailed, coded=coded)
    # In the first days Home says what is to be handed out.
    Round.objects.filter(pk=round_.pk).update(opens_on=today_in(in_scope.organisation))
    client = as_user(in_scope.anna)
    addresses = hr_pages(round_, in_scope)
    before = {address: seen(client, address) for address in addresses}
    for _time in range(3):
        open_links.start(open_link_of(round_), "nl")
    after = {address: seen(client, address) for address in addresses}
    assert [address for address in addresses if before[address] != after[address]] == []


def seen(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode("utf-8", "replace"))


def test_only_one_module_tells_by_the_hash_who_has_a_code() -> None:
    """Elsewhere "has a hash" would soon mean "has a slip" again, and count who started by an open link."""
    rooms = [path for room in ("organisations", "scan", "reports") for path in (ROOT / room).rglob("*.py")]
    naming = {str(path.relative_to(ROOT)) for path in rooms if "code_hash" in path.read_text(encoding="utf-8")}
    outside = {name for name in naming if "/migrations/" not in name}
    assert outside == {"scan/links/codes.py", "scan/models/answering.py"}


def test_closing_forgets_codes_and_who_came_by_an_open_link(running: Round) -> None:
    invitation = open_links.start(open_link_of(running), "nl")
    code = codes.given_code(invitation)
    forget_who_answered(running)
    assert set(Invitation.objects.values_list("code_hash", "came_by_open_link")) == {(None, False)}
    assert codes.find_by_code(code) is None


def test_of_rounds_that_are_open_the_migration_marks_who_came_by_an_open_link(running: Round, cast: Cast) -> None:
    early = [without_code(running), without_code(running)]
    Invitation.objects.update(came_by_open_link=False)
    closed = closed_sample_round(cast.other_organisation)
    with scope(organisation=cast.other_organisation):
        unit = closed.units.filter(parent=None).get()
        unit.has_open_link = True
        unit.save()
        Invitation.objects.create(round=closed, unit=unit)
    migration = import_module("scan.migrations.0004_codes_to_go_on_by")
    migration.mark_who_came_by_an_open_link(apps, None)
    marked = Invitation._base_manager.filter(came_by_open_link=True)
    assert {invitation.pk for invitation in marked} == {invitation.pk for invitation in early}
    assert len(with_codes(running)) == 11
