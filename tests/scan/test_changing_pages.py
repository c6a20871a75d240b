"""The pages about people of an open round, and twins: who has answered changes nothing on them."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.models import Department, LogEntry, Person
from reports.closing import seal, stop_accepting
from scan.links import open_links
from scan.locks import use_once
from scan.models import Invitation, Mailing, Round, Unit
from tests.cast import Cast, add_people
from tests.scan.changes import Running, running_round
from tests.scan.entrances import CODES, open_link_of, round_with_every_way

AsUser = Callable[[Any], Client]
UUID_TEXT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
MINUTE = re.compile(r"\b\d\d:\d\d\b")


@pytest.fixture
def running(cast: Cast) -> Running:
    with scope(organisation=cast.organisation):
        return running_round(cast)


@pytest.fixture
def anna(cast: Cast, as_user: AsUser) -> Client:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    return client


def text_of(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def address(running: Running, person: Person | None = None) -> str:
    base = f"/o/{running.cast.organisation.slug}/r/{running.round.slug}/people/"
    return f"{base}{person.pk}/" if person else base


def unit_id(running: Running, path: str) -> str:
    with scope(organisation=running.cast.organisation):
        return str(running.unit(path).pk)


def test_somebody_is_found_by_name_with_unit_and_address(anna: Client, running: Running) -> None:
    jan, chief = running.east[3], running.east[0]
    page = text_of(anna.get(f"{address(running)}?search={jan.email}"))
    assert f"In this scan {jan} Zorg / Wijkteam Oost {jan.email}" in page
    assert "without a link of their own" not in page
    assert "Zorg: managers" in text_of(anna.get(f"{address(running)}?search={chief.email}"))


def test_who_is_on_the_staff_list_without_a_link_is_found_apart(anna: Client, running: Running) -> None:
    with scope(organisation=running.cast.organisation):
        new = running.new_person()
    with scope(organisation=running.cast.other_organisation):
        foreign = add_people(Department.objects.get(path="Zorg"), 1)[0]
    page = text_of(anna.get(f"{address(running)}?search=mens"))
    invited, others = page.split("On the staff list, without a link of their own")
    assert str(new) in others
    assert str(new) not in invited
    assert str(foreign) not in page.split()


def test_nothing_is_listed_before_something_is_looked_for(anna: Client, running: Running) -> None:
    assert "Mens" not in text_of(anna.get(address(running)))
    assert anna.get(f"{address(running)}?search=").status_code == 422
    assert "Nobody was found" in text_of(anna.get(f"{address(running)}?search=zzz"))


@pytest.mark.parametrize("count", [1, 3])
def test_more_people_cost_no_more_queries(
    count: int, anna: Client, running: Running, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with scope(organisation=running.cast.organisation):
        for _number in range(count):
            running.new_person()
        Invitation.objects.filter(person__in=running.east[count:]).delete()
    with django_assert_num_queries(8):
        page = anna.get(f"{address(running)}?search=mens")
    assert page.content.decode().count("round-card") == count + 3 + (12 - count) + count


def test_adding_correcting_sending_and_moving_on_the_page(anna: Client, running: Running) -> None:
    with scope(organisation=running.cast.organisation):
        new = running.new_person()
    jan = running.east[3]
    night = unit_id(running, "Zorg / Nachtdienst")
    page = anna.get(address(running, new)).content.decode()
    assert f'value="{unit_id(running, "Zorg / Wijkteam Oost")}" selected' in page
    done = anna.post(address(running, new), {"action": "add", "unit": night}, follow=True)
    assert f"{new} takes part now. The link is on its way." in text_of(done)
    assert "Department at the launch" in text_of(done)
    done = anna.post(address(running, jan), {"action": "address", "email": "jan@linde.test"}, follow=True)
    assert "The address has been saved, and the link is on its way there." in text_of(done)
    done = anna.post(address(running, jan), {"action": "again"}, follow=True)
    assert "The link is on its way to jan@linde.test." in text_of(done)
    done = anna.post(address(running, jan), {"action": "move", "unit": night}, follow=True)
    assert "Done. Answers that come in from now on count in the new department" in text_of(done)
    with scope(organisation=running.cast.organisation):
        assert running.mails_to() == [new.email, "jan@linde.test"]
        assert running.invitation(jan).unit.path == "Zorg / Nachtdienst"


def test_who_has_no_address_cannot_be_added_and_the_page_says_why(anna: Client, running: Running) -> None:
    with scope(organisation=running.cast.organisation):
        piet = running.new_person()
        Person.objects.filter(pk=piet.pk).update(email="")
    assert "A code made for one person would tell" in text_of(anna.get(address(running, piet)))
    refused = anna.post(address(running, piet), {"action": "add", "unit": unit_id(running, "Zorg")})
    assert refused.status_code == 422


TICK = "This person has not had a code on paper or an open link for this scan"


@pytest.mark.parametrize(
    ("ways", "said", "not_said"),
    [
        ({"coded": 11, "expected": 0}, "got a code on paper.", "by that link"),
        ({"coded": 0, "expected": 10}, "can answer by that link", "got a code on paper."),
        ({"coded": 0, "expected": 0}, "Invite to this scan", "First make sure"),
    ],
    ids=["codes", "open link", "mail only"],
)
def test_who_may_have_a_code_or_an_open_link_is_invited_only_when_somebody_says_it_is_not_so(
    anna: Client, cast: Cast, ways: dict[str, int], said: str, not_said: str
) -> None:
    with scope(organisation=cast.organisation):
        round_ = round_with_every_way(cast, mailed=6, **ways)
        Mailing.objects.filter(round=round_).update(state=Mailing.State.DONE)
        colleague = add_people(cast.departments[CODES], 1)[0]
        unit = Unit.objects.filter(round=round_, path="Zorg / Wijkteam Oost").get().pk
    url = f"/o/{cast.organisation.slug}/r/{round_.slug}/people/{colleague.pk}/"
    page = text_of(anna.get(url))
    assert said in page
    assert not_said not in page
    must_confirm = any(ways.values())
    assert (TICK in page) is must_confirm
    plain = anna.post(url, {"action": "add", "unit": unit})
    assert plain.status_code == (422 if must_confirm else 302)
    if must_confirm:
        assert "Ask this person first" in text_of(plain)
        done = anna.post(url, {"action": "add", "unit": unit, "has_no_other_way": "on"}, follow=True)
        assert f"{colleague} takes part now." in text_of(done)
    with scope(organisation=cast.organisation):
        entry = LogEntry.objects.get(action="invite_person")
        assert entry.subject == f"Leerscan nu: {colleague} → Zorg / Wijkteam Oost"


def test_the_warning_is_the_same_when_all_codes_are_used_and_the_open_link_is_full(anna: Client, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = round_with_every_way(cast)
        colleague = add_people(cast.departments[CODES], 1)[0]
    url = f"/o/{cast.organisation.slug}/r/{round_.slug}/people/{colleague.pk}/"
    before = _masked(anna.get(url))
    with scope(organisation=cast.organisation):
        for _number in range(10):
            open_links.start(open_link_of(round_), "nl")
        Invitation.objects.update(used=True)
    assert _masked(anna.get(url)) == before


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"action": "move", "unit": ""}, "Choose a department from the list."),
        ({"action": "move", "unit": "nergens"}, "not in the list"),
        ({"action": "address", "email": "geen adres"}, "Enter a valid email address."),
        ({"action": "address", "email": ""}, "Give an address."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    anna: Client, running: Running, data: dict[str, str], text: str
) -> None:
    page = anna.post(address(running, running.east[3]), data)
    assert page.status_code == 422
    assert text in text_of(page)


def test_a_unit_of_another_round_is_not_in_the_list(anna: Client, running: Running) -> None:
    with scope(organisation=running.cast.organisation):
        other = running_round_of(running.cast)
        foreign = Unit.objects.get(round=other, path="Zorg").pk
    page = anna.post(address(running, running.east[3]), {"action": "move", "unit": foreign})
    assert page.status_code == 422
    with scope(organisation=running.cast.organisation):
        assert running.invitation(running.east[3]).unit.path == "Zorg / Wijkteam Oost"


def running_round_of(cast: Cast) -> Round:
    Person.objects.update(email="", number="")
    return running_round(cast).round


@pytest.mark.parametrize("part", ["manager", "consultant", "works_council", "administrator", "outsider"])
def test_nobody_but_the_hr_adviser_gets_here(cast: Cast, as_user: AsUser, running: Running, part: str) -> None:
    client = as_user(cast.everybody[part])
    refused = 404 if part in ("administrator", "outsider") else 403
    jan = running.east[3]
    for url in (f"{address(running)}?search=mens", address(running, jan)):
        answer = client.get(url)
        assert answer.status_code == refused
        assert jan.email not in answer.content.decode()
    data = {"action": "move", "unit": unit_id(running, "Zorg / Nachtdienst")}
    assert client.post(address(running, jan), data).status_code == refused
    with scope(organisation=cast.organisation):
        assert running.invitation(jan).unit.path == "Zorg / Wijkteam Oost"


def test_after_closing_nobody_is_named_here_any_more(anna: Client, running: Running) -> None:
    with scope(organisation=running.cast.organisation):
        Invitation.objects.filter(person=running.east[3]).update(asked_in=running.unit("Zorg"))
        stop_accepting(running.round.pk)
        seal(running.round.pk)
        assert not Invitation.objects.exclude(asked_in=None).exists()
    for url in (address(running), address(running, running.east[3])):
        answer = anna.get(url)
        assert answer.status_code == 302
        assert answer["Location"].endswith(f"/r/{running.round.slug}/")


def test_twins_in_which_different_people_answered_look_the_same_at_every_step(cast: Cast, as_user: AsUser) -> None:
    """The same four people are looked up, moved, corrected and sent to; only in one round they answered."""
    client = as_user(cast.anna)
    with scope(organisation=cast.organisation):
        running = running_round(cast)
        person_ids = [person.pk for person in running.east]
    seen: list[list[str]] = []
    for answered in (running.east[1:5], running.east[5:9]):
        with scope(organisation=cast.organisation):
            _as_at_the_launch(running, person_ids)
            for person in answered:
                assert use_once(running.invitation(person).pk)
        seen.append([_masked(page) for page in _walk(client, running)])
    assert len(seen[0]) > 40
    assert seen[0] == seen[1]


def _as_at_the_launch(running: Running, person_ids: list[Any]) -> None:
    Invitation.objects.filter(asked_in__isnull=False).update(unit=running.unit("Zorg / Wijkteam Oost"), asked_in=None)
    Invitation.objects.update(used=False, move_asked_to=None, gets_reminders=True)
    Mailing.objects.filter(kind__in=(Mailing.Kind.SINGLE, Mailing.Kind.NOTICE)).delete()
    LogEntry.objects.all().delete()
    for number, pk in enumerate(person_ids):
        Person.objects.filter(pk=pk).update(email=f"mens{number}@example.test")
        Invitation.objects.filter(person=pk).update(address=f"mens{number}@example.test")


def _walk(client: Client, running: Running) -> Iterator[Any]:
    night = unit_id(running, "Zorg / Nachtdienst")
    round_page = f"/o/{running.cast.organisation.slug}/r/{running.round.slug}/"
    for person in running.east[1:5]:
        for data in (
            {"action": "move", "unit": night},
            {"action": "again"},
            {"action": "address", "email": f"nieuw.{person.email}"},
            {"action": "move", "unit": night, "as_leader": "on"},
            {"action": "address", "email": running.night[0].email},
            {"action": "move", "unit": ""},
        ):
            yield client.post(address(running, person), data, follow=True)
            yield client.get(f"{address(running)}?search={person.given_name}")
    yield client.get(f"{address(running)}?search=mens")
    yield client.get(round_page)
    yield client.get(f"{round_page}links/")
    yield client.get(f"{round_page}mail/")
    yield client.get(f"/o/{running.cast.organisation.slug}/log/")


def _masked(page: Any) -> str:
    assert page.status_code in (200, 422), page.request["PATH_INFO"]
    return MINUTE.sub("", CSRF.sub("", UUID_TEXT.sub("", page.content.decode())))
