"""An organisation's settings, and its own words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.models import Department, LogEntry, Organisation
from questionnaires.texts import DEFAULT_WORDS, PLACEHOLDERS
from scan.words.own_words import GROUPS, PLURAL, looks_plural
from tests.cast import Cast
from tests.rounds import open_round

AsUser = Callable[[Any], Client]
DATA = {"name": "Zorggroep De Linde", "language": "nl", "time_zone": "Europe/Amsterdam", "council": "OR"}


def logged(organisation: Organisation) -> list[tuple[str, str]]:
    with scope(organisation=organisation):
        return list(LogEntry.objects.values_list("action", "subject"))


def test_what_is_changed_is_stored_and_named_in_the_log(cast: Cast, as_user: AsUser) -> None:
    address = f"/o/{cast.organisation.slug}/settings/"
    data = DATA | {"name": " Zorggroep  De Eik", "council": "MR", "sender_address": "hr@eik.test"}
    assert as_user(cast.anna).post(address, data).status_code == 302
    organisation = Organisation.objects.get(pk=cast.organisation.pk)
    assert (organisation.name, organisation.slug, organisation.council) == (
        "Zorggroep De Eik",
        "zorggroep-de-linde",
        "MR",
    )
    with scope(organisation=organisation):
        assert Department.objects.get(parent=None).name == "Zorggroep De Eik"
    changed = "Naam van de organisatie, Wie namens het personeel spreekt, Adres van de afzender"
    assert logged(organisation) == [("change_settings", changed)]
    cast.other_organisation.refresh_from_db()
    assert cast.other_organisation.sender_address == ""


def test_the_log_says_whether_something_is_on_or_off(cast: Cast, as_user: AsUser) -> None:
    client, address = as_user(cast.anna), f"/o/{cast.organisation.slug}/settings/"
    client.post(address, DATA | {"allows_comparison": "on"})
    client.post(address, DATA)
    label = "Consultants mogen onze resultaten naast die van andere organisaties leggen"
    assert sorted(subject for _action, subject in logged(cast.organisation)) == [f"{label}: aan", f"{label}: uit"]


def test_the_name_of_the_sender_is_one_line(cast: Cast, as_user: AsUser) -> None:
    data = DATA | {"sender_name": "HR van\r\nDe  Linde"}
    assert as_user(cast.anna).post(f"/o/{cast.organisation.slug}/settings/", data).status_code == 302
    cast.organisation.refresh_from_db()
    assert cast.organisation.sender_name == "HR van De Linde"


def test_nothing_different_is_not_logged(cast: Cast, as_user: AsUser) -> None:
    as_user(cast.anna).post(f"/o/{cast.organisation.slug}/settings/", DATA)
    assert logged(cast.organisation) == []


@pytest.mark.parametrize("fault", [{"name": " "}, {"sender_address": "hr"}, {"language": "de"}, {"council": ""}])
def test_a_fault_stores_nothing(cast: Cast, as_user: AsUser, fault: dict[str, str]) -> None:
    data = DATA | {"sender_name": "HR"} | fault
    answer = as_user(cast.anna).post(f"/o/{cast.organisation.slug}/settings/", data)
    assert answer.status_code == 422
    cast.organisation.refresh_from_db()
    assert (cast.organisation.name, cast.organisation.sender_name) == ("Zorggroep De Linde", "")


def test_the_time_zone_can_be_chosen(cast: Cast, as_user: AsUser) -> None:
    client, address = as_user(cast.anna), f"/o/{cast.organisation.slug}/settings/"
    page = client.get(address).content.decode()
    assert page.index("Europe/Lisbon") < page.index("Africa/Abidjan")
    assert client.post(address, DATA | {"time_zone": "Mars/Phobos"}).status_code == 422
    assert client.post(address, DATA | {"time_zone": "America/Curacao"}).status_code == 302
    cast.organisation.refresh_from_db()
    assert cast.organisation.time_zone == "America/Curacao"
    assert logged(cast.organisation) == [("change_settings", "Tijdzone")]


def test_the_time_zone_stays_while_a_scan_is_open(cast: Cast, as_user: AsUser) -> None:
    round_ = open_round(cast)
    client, address = as_user(cast.anna), f"/o/{cast.organisation.slug}/settings/"
    answer = client.post(address, DATA | {"time_zone": "Europe/Lisbon"})
    assert answer.status_code == 422
    assert f"“{round_.title}” is open" in answer.content.decode()
    assert client.post(address, DATA | {"sender_name": "HR"}).status_code == 302
    cast.organisation.refresh_from_db()
    assert (cast.organisation.time_zone, cast.organisation.sender_name) == ("Europe/Amsterdam", "HR")


@pytest.mark.parametrize("address", ["ceo@bank.example", "hr@mail.eik.test", "hr@eik.test.bank.example"])
def test_the_sender_has_a_domain_of_the_installation(cast: Cast, as_user: AsUser, settings: Any, address: str) -> None:
    client, page = as_user(cast.anna), f"/o/{cast.organisation.slug}/settings/"
    settings.SENDER_DOMAINS = frozenset({"eik.test", "linde.test"})
    answer = client.post(page, DATA | {"sender_address": address})
    assert answer.status_code == 422
    assert "eik.test, linde.test" in answer.content.decode()
    assert client.post(page, DATA | {"sender_address": "HR@Eik.test"}).status_code == 302
    assert client.post(page, DATA | {"sender_address": ""}).status_code == 302


@pytest.mark.parametrize("field", ["name", "sender_name"])
def test_a_name_in_mails_is_no_link(cast: Cast, as_user: AsUser, field: str) -> None:
    data = DATA | {field: "Win op https://evil.test"}
    answer = as_user(cast.anna).post(f"/o/{cast.organisation.slug}/settings/", data)
    assert answer.status_code == 422
    assert "Laat het webadres weg" in answer.content.decode()


def test_every_own_word_has_an_example_that_uses_it() -> None:
    examples = {key: text for _heading, texts in GROUPS for key, text in texts.items()}
    assert set(examples) == PLACEHOLDERS
    for key, text in examples.items():
        for language in ("nl", "en"):
            assert "dubbelklik" in text.in_language(language, {language: {key: "dubbelklik"}}).lower()


def test_own_words_are_stored_shown_and_logged(cast: Cast, as_user: AsUser) -> None:
    client, address = as_user(cast.anna), f"/o/{cast.organisation.slug}/settings/words/"
    data = {"nl-our_department": " ons  team ", "en-our_department": "our team", "nl-customers": "klanten"}
    preview = client.post(address, data | {"preview": "1"}).content.decode()
    assert "Ons team heeft afgesproken" in preview
    assert logged(cast.organisation) == []
    client.post(address, data)
    client.post(address, data)
    cast.organisation.refresh_from_db()
    assert cast.organisation.words == {"nl": {"our_department": "ons team"}, "en": {"our_department": "our team"}}
    assert logged(cast.organisation) == [("change_words", "ons team, our team")]
    assert "Our team has agreed" in client.get(address).content.decode()
    assert client.post(address, {"nl-customers": "x" * 61}).status_code == 422


def test_a_word_that_looks_plural_is_pointed_out_and_kept(cast: Cast, as_user: AsUser) -> None:
    client, address = as_user(cast.anna), f"/o/{cast.organisation.slug}/settings/words/"
    page = client.post(address, {"nl-management": "de directeuren"}, follow=True).content.decode()
    assert "de directeuren” lijkt er meer dan één" in page
    cast.organisation.refresh_from_db()
    assert cast.organisation.words["nl"] == {"management": "de directeuren"}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_none_of_the_usual_words_is_pointed_out(language: str) -> None:
    assert [key for key, word in DEFAULT_WORDS[language].items() if looks_plural(key, word, language)] == []


@pytest.mark.parametrize(
    ("word", "language", "is_plural"),
    [
        ("de directeuren", "nl", True),
        ("managers", "nl", True),
        ("de coaches", "nl", False),
        ("het bestuur en de directie", "nl", True),
        ("mijn baas", "nl", False),
        ("het managementteam", "nl", False),
        ("managers", "en", True),
        ("the directors", "en", True),
        ("my boss", "en", False),
        ("the board and the director", "en", True),
        ("the campus", "en", False),
    ],
)
def test_what_looks_plural(word: str, language: str, *, is_plural: bool) -> None:
    assert looks_plural("management", word, language) is is_plural
    assert not any(looks_plural(key, word, language) for key in PLURAL)
