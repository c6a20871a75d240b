"""Organisations side by side: those that agreed, for who may read all results of each, and nobody else's."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils.formats import date_format
from django_scopes import scopes_disabled

from organisations.creating import create_organisation
from organisations.logins import UNOPENED
from organisations.models import LogEntry, Membership, Organisation, Role, User
from questionnaires.models import QuestionnaireVersion
from reports.models import Release
from tests.cast import Cast
from tests.reports.beside import correct, let_read, show
from tests.reports.sample_rounds import Frozen

Browser = Callable[[Any], Client]
PAGE = "/compare-organisations/"
LINK = f'href="{PAGE}"'
NAMES = ("Huis Aa", "Huis Bee", "Huis Cee", "Huis Dee", "Huis Eeh", "Huis Eff")


class Sample:
    """What a real release says of an organisation as a whole, with another total for each that shows it."""

    def __init__(self, frozen: Frozen) -> None:
        self.release = frozen.release
        content = frozen.contents[""]
        assert content is not None
        self._content = content

    def shown(self, total: int = 58) -> dict[str, Any]:
        score = {"value": total, "kind": "exact", "low": total - 3, "high": total + 3}
        return self._content | {"scores": self._content["scores"] | {"total": score}}


@pytest.fixture
def sample(frozen: Callable[[str], Frozen]) -> Sample:
    return Sample(frozen("2026"))


def organisation(sample: Sample, number: int, *, agrees: bool = True, total: int | None = None) -> Organisation:
    made = create_organisation(NAMES[number], allows_comparison=agrees)
    show(made, sample.release, sample.shown(total or 31 + number))
    return made


def texts(client: Client, query: str = "") -> str:
    """What the page says, without markup."""
    response = client.get(PAGE + query)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2]
    return " ".join(unescape(re.sub(r"<script.*?</script>|<[^>]*>", " ", main, flags=re.DOTALL)).split())


def reason_of(client: Client, name: str) -> str:
    page = client.get(PAGE).content.decode()
    (found,) = re.findall(rf"<dt>(?:<a [^>]*>)?{name}(?:</a>)?</dt>\s*<dd>(.*?)</dd>", page)
    return unescape(found)


@pytest.fixture
def cas(cast: Cast) -> User:
    """A consultant of De Linde, which has not agreed."""
    return cast.cas


def test_two_that_agreed_stand_side_by_side_in_the_order_of_their_names(
    cas: User, sample: Sample, as_user: Browser
) -> None:
    later, earlier = organisation(sample, 1, total=71), organisation(sample, 0, total=39)
    let_read(cas, later, earlier)
    said = texts(as_user(cas))
    table = said.partition("Thema")[2]
    assert table.startswith(" Huis Aa Huis Bee Alle vragen samen 39 36 tot 42 71 68 tot 74 ")
    day = date_format(date.fromisoformat(sample.release.content["last_day"]))
    assert said.count(f"Leerscan 2026, {day}. Deze cijfers komen uit") == 2
    assert "niet getoetst" in said
    assert as_user(cas).get(PAGE).content.decode().count('alt="Radardiagram') == 2


def test_every_figure_is_that_of_the_release(cas: User, sample: Sample, as_user: Browser) -> None:
    let_read(cas, organisation(sample, 0), organisation(sample, 1))
    said = texts(as_user(cas))
    for code, score in sample.shown()["scores"].items():
        if code[:4] != "step" and code != "total":
            text = f"{score['value']} {score['low']} tot {score['high']}"
            assert f"{text} {text}" in said, code
    assert "Wijkteam" not in said, "of a department nothing"


def test_nothing_is_shown_of_one_that_did_not_agree(cas: User, sample: Sample, as_user: Browser) -> None:
    closed = organisation(sample, 2, agrees=False, total=83)
    let_read(cas, organisation(sample, 0), organisation(sample, 1), closed)
    client = as_user(cas)
    said = texts(client)
    assert "83" not in said
    assert "Staat niet toe" in reason_of(client, "Huis Cee")
    assert "Staat niet toe" in reason_of(client, "Zorggroep De Linde")
    assert "Die organisatie kun je niet" in texts(client, f"?organisation={closed.slug}")


def test_whoever_takes_it_back_is_gone_at_once(cas: User, sample: Sample, as_user: Browser) -> None:
    going, *staying = (organisation(sample, number, total=81 + number) for number in range(3))
    let_read(cas, going, *staying)
    client = as_user(cas)
    assert "81 78 tot 84" in texts(client)
    Organisation.objects.filter(pk=going.pk).update(allows_comparison=False)
    said = texts(client)
    assert "81" not in said
    assert "82 79 tot 85" in said
    Organisation.objects.filter(pk=staying[0].pk).update(allows_comparison=False)
    assert "83" not in texts(client), "one alone is beside nothing"
    assert "nog geen andere organisatie" in reason_of(client, "Huis Cee")
    assert LINK not in client.get("/").content.decode()


def test_an_organisation_where_one_has_no_role_or_no_longer_is_not_even_named(
    cas: User, sample: Sample, as_user: Browser
) -> None:
    first, second, elsewhere, past = (organisation(sample, number) for number in range(4))
    let_read(cas, first, second, past)
    Membership.objects.filter(organisation=past).update(ends_on=date(2026, 1, 1))
    for query in ("", f"?organisation={elsewhere.slug}", f"?organisation={past.slug}"):
        said = texts(as_user(cas), query)
        assert "Huis Cee" not in said
        assert "Huis Dee" not in said


@pytest.mark.parametrize("role", [Role.MANAGER, Role.WORKS_COUNCIL])
def test_who_may_not_read_all_results_there_sees_nothing_of_it(
    role: Role, cast: Cast, sample: Sample, as_user: Browser
) -> None:
    both = [organisation(sample, number) for number in range(2)]
    user = cast.wil if role == Role.WORKS_COUNCIL else cast.mo
    let_read(user, *both, role=role)
    client = as_user(user)
    assert client.get(PAGE).status_code == 403
    assert LINK not in client.get("/").content.decode()
    let_read(user, both[0])
    said = texts(client)
    assert "Huis Aa" in said
    assert "Huis Bee" not in said


@pytest.mark.parametrize("role", [Role.CONSULTANT, Role.HR_ADVISOR])
def test_home_leads_there_when_there_is_something_to_see(
    role: Role, cast: Cast, sample: Sample, as_user: Browser
) -> None:
    let_read(cast.otto, organisation(sample, 0), role=role)
    client = as_user(cast.otto)
    assert LINK not in client.get("/").content.decode()
    let_read(cast.otto, organisation(sample, 1), role=role)
    assert LINK in client.get("/").content.decode()


def test_with_a_role_at_one_organisation_the_page_says_what_it_takes(
    cast: Cast, sample: Sample, as_user: Browser
) -> None:
    Organisation.objects.filter(pk=cast.organisation.pk).update(allows_comparison=True)
    show(cast.organisation, sample.release, sample.shown(83))
    said = texts(as_user(cast.cas))
    assert "twee organisaties" in said
    assert "83" not in said


def test_without_the_second_step_that_it_asks_for_nothing_is_shown(
    cas: User, sample: Sample, as_user: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    asking = organisation(sample, 2, total=83)
    Organisation.objects.filter(pk=asking.pk).update(requires_second_factor=True)
    let_read(cas, organisation(sample, 0), organisation(sample, 1), asking)
    client = as_user(cas)
    assert "83" not in texts(client)
    assert "tweede stap" in reason_of(client, "Huis Cee")
    monkeypatch.setattr("organisations.second_factor.took_second_step", lambda _request, _user: True)
    assert "83 80 tot 86" in texts(client)


def test_the_newest_scan_with_results_counts_and_its_last_release(cas: User, sample: Sample, as_user: Browser) -> None:
    let_read(cas, other := organisation(sample, 0), one := create_organisation(NAMES[1], allows_comparison=True))
    client = as_user(cas)
    assert "nog geen gesloten scan" in reason_of(client, "Huis Bee")
    show(one, sample.release, None, title="Leerscan 2027", opens_on=date(2027, 3, 1))
    assert "nog geen gesloten scan" in reason_of(client, "Huis Bee")
    first = show(one, sample.release, sample.shown(61), title="Leerscan 2024", opens_on=date(2024, 3, 1))
    assert "61 58 tot 64" in texts(client)
    correct(first, sample.shown(64))
    assert "64 61 tot 67" in texts(client)
    newest = show(one, sample.release, sample.shown(67), title="Leerscan 2025", opens_on=date(2025, 3, 1))
    assert "67 64 tot 70" in texts(client)
    correct(newest, None)
    assert "67 64 tot 70" not in texts(client), "what a correction hides stays hidden"
    assert "64 61 tot 67" in texts(client)
    assert other.name in texts(client)


def test_another_questionnaire_is_not_put_beside(cas: User, sample: Sample, as_user: Browser) -> None:
    let_read(cas, organisation(sample, 0), organisation(sample, 1))
    with scopes_disabled():
        version = Release.objects.latest("created_at").version
    other = QuestionnaireVersion.objects.create(code=version.code, number=99, sha256="9" * 64, content=version.content)
    strange = create_organisation(NAMES[2], allows_comparison=True)
    show(strange, sample.release, sample.shown(83), version=other)
    let_read(cas, strange)
    client = as_user(cas)
    assert "83" not in texts(client)
    assert "andere versie" in reason_of(client, "Huis Cee")


def test_at_most_four_are_drawn_and_the_reader_chooses(cas: User, sample: Sample, as_user: Browser) -> None:
    five = [organisation(sample, number) for number in range(5)]
    let_read(cas, *five)
    client = as_user(cas)
    drawn = 'alt="Radardiagram'
    assert drawn not in client.get(PAGE).content.decode()
    chosen = "&".join(f"organisation={one.slug}" for one in five)
    assert "haal er 1 weg" in texts(client, f"?{chosen}")
    page = client.get(f"{PAGE}?{chosen.rpartition('&')[0]}").content.decode()
    assert page.count(drawn) == 2
    assert "Huis Aa, Huis Bee, Huis Cee en Huis Dee" in page
    assert page.count(" checked") == 4
    assert texts(client).count("Huis Eeh") == 3, "in choice, table and grounds"


@pytest.mark.parametrize("count", [2, 6])
def test_more_organisations_cost_no_more_queries(
    count: int, cas: User, sample: Sample, as_user: Browser, django_assert_num_queries: Callable[[int], Any]
) -> None:
    let_read(cas, *(organisation(sample, number) for number in range(count)))
    client = as_user(cas)
    client.get(PAGE)
    with django_assert_num_queries(5):
        client.get(PAGE)
    with django_assert_num_queries(5):
        client.get("/")


def test_each_organisation_reads_in_its_log_that_somebody_came(cas: User, sample: Sample, as_user: Browser) -> None:
    both = [organisation(sample, number) for number in range(2)]
    closed = organisation(sample, 2, agrees=False)
    let_read(cas, *both, closed)
    client = as_user(cas)
    session = client.session
    session[UNOPENED] = [str(one.pk) for one in (*both, closed)]
    session.save()
    for _time in range(2):
        client.get(PAGE)
    with scopes_disabled():
        logged = LogEntry.objects.filter(action="login", user=cas).values_list("organisation", flat=True)
        assert sorted(logged) == sorted(one.pk for one in both)
