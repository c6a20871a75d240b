import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.models import Organisation
from questionnaires.texts import LANGUAGES
from scan.models import LeftOutDepartment, Plan, PlannedOpenLink, Round
from scan.pack.facts import pack_facts
from scan.pack.gaps import Gap, gaps_in
from scan.pack.texts import PackText, as_file, pack_for
from scan.results_link import short_results_link
from scan.rounds import create_round, launch
from tests.cast import Cast, add_people

OPENS, CLOSES, RESULTS = date(2099, 3, 9), date(2099, 3, 30), date(2099, 4, 20)
CODES = ["it", "managers", "announcement", "intranet", "team", "thanks"]
SETTINGS: dict[str, Any] = {
    "k": 7,
    "contact": "Anna, 2210",
    "privacy_officer": "Iris Bos",
    "remark_reader": "Ans van HR",
    "results_on": RESULTS,
    "results_how": "op intranet en in elk teamoverleg",
    "consent_on": date(2099, 2, 2),
    "retention_days": 45,
}


def draft(organisation: Organisation, **fields: object) -> Round:
    round_ = create_round(organisation, "Leerscan 2099", OPENS, CLOSES, **fields)
    Plan.objects.create(round=round_, reminders=["2099-03-16", "2099-03-23"], managers_days_before=5)
    return round_


def mailers(host: str) -> dict[str, Any]:
    return {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend", "OPTIONS": {"host": host}}}


@pytest.fixture
def full(in_scope: None, cast: Cast, settings: Any) -> Round:
    """A round in preparation with every setting, and people reached in all three ways."""
    settings.MAILERS = mailers("smtp.delinde.test")
    organisation = cast.organisation
    organisation.sender_name = "HR van De Linde"
    organisation.sender_address = "hr@delinde.test"
    organisation.reply_address = "vragen@delinde.test"
    organisation.council = Organisation.Council.MR
    organisation.words = {"nl": {"management": "het bestuur", "manager": "teamleider"}}
    organisation.save()
    mailed = add_people(cast.departments["zorg / wijkteam oost"], 12)
    coded = add_people(cast.departments["zorg / nachtdienst"], 8)
    for person in coded:
        person.email = ""
        person.save(update_fields=["email"])
    round_ = draft(organisation, **SETTINGS)
    kitchen = cast.departments["facilitair / keuken"]
    PlannedOpenLink.objects.create(round=round_, department=kitchen, expected=len(mailed))
    return round_


def by_code(round_: Round, language: str) -> dict[str, PackText]:
    return {text.code: text for text in pack_for(round_, language)}


def whole(round_: Round, language: str) -> str:
    return "\n".join(f"{text.title}\n{text.for_whom}\n{text.when}\n{text.text}" for text in pack_for(round_, language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thanks_say_where_the_results_will_be_once_the_day_is_known(full: Round, language: str) -> None:
    said = "staan de resultaten op" if language == "nl" else "the results are at"
    assert f"{said} {short_results_link(full)}." in by_code(full, language)["thanks"].text
    full.results_on = None
    assert said not in by_code(full, language)["thanks"].text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pack_is_complete_in_both_languages(full: Round, language: str) -> None:
    texts = pack_for(full, language)
    assert [text.code for text in texts] == CODES
    for text in texts:
        assert text.title
        assert text.for_whom
        assert text.when
        assert len(text.paragraphs) > 2
    assert not gaps_in(pack_facts(full, language), full)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_left_and_nobody_shouts(full: Round, language: str) -> None:
    text = whole(full, language)
    assert not re.search(r"[{}!]|  ", text)
    # One place is for the management's own promise.
    assert text.count("[") == by_code(full, language)["announcement"].text.count("[") == 1
    # An own word with a capital begins a line.
    assert ("\nHet bestuur van Zorggroep De Linde" if language == "nl" else "\nThe management of") in text


def test_both_languages_have_the_same_paragraphs(full: Round) -> None:
    dutch, english = by_code(full, "nl"), by_code(full, "en")
    for code in CODES:
        assert len(dutch[code].paragraphs) == len(english[code].paragraphs), code
        assert not set(dutch[code].paragraphs) & set(english[code].paragraphs), code


def test_the_facts_are_those_of_the_settings(full: Round, settings: Any) -> None:
    settings.BASE_URL = "https://scan.delinde.test"
    texts = by_code(full, "nl")
    assert "HR van De Linde <hr@delinde.test>" in texts["it"].text
    assert "Antwoorden gaan naar vragen@delinde.test." in texts["it"].text
    assert "Mailserver: smtp.delinde.test." in texts["it"].text
    assert "SPF-record van delinde.test" in texts["it"].text
    assert "Aantal: 12 uitnodigingen." in texts["it"].text
    assert "herinneringen uit op 16 maart 2099 en 23 maart 2099" in texts["it"].text
    assert "Links beginnen met https://scan.delinde.test/ " in texts["it"].text
    assert "begint met https://scan.delinde.test/." in texts["intranet"].text
    assert "op werkdagen uit, tussen 9 en 16 uur" in texts["it"].text
    assert "Van 9 maart 2099 tot en met 30 maart 2099" in texts["intranet"].text
    assert "minstens 7 mensen" in texts["intranet"].text
    assert "45 dagen na sluiting" in texts["intranet"].text
    assert "Anna, 2210. Over privacy: Iris Bos." in texts["intranet"].text
    assert "Ans van HR leest opmerkingen" in texts["intranet"].text
    assert "De medezeggenschapsraad (MR) heeft op 2 februari 2099 ingestemd" in texts["announcement"].text
    assert "Op 20 april 2099 hoor je wat eruit komt" in texts["announcement"].text
    assert "hoor je wat eruit komt. Op intranet en in elk teamoverleg.\n" in texts["announcement"].text
    assert "Op 15 april 2099 krijg je zelf een mail" in texts["managers"].text
    assert texts["announcement"].title == "Aankondiging door het bestuur"
    assert "je teamleider en HR ook niet" in texts["announcement"].text
    assert "Op 20 april 2099 volgt een mail met een link naar de resultaten." in texts["it"].text
    assert "Die vul je in op https://scan.delinde.test/a/." in texts["intranet"].text
    assert texts["thanks"].when == "31 maart 2099, als de scan gesloten is"
    assert texts["announcement"].when == "2 maart 2099, een week voordat de scan opengaat"


def test_dates_are_written_in_the_language_of_the_text_whatever_that_of_the_screen(full: Round) -> None:
    texts = by_code(full, "en")
    assert "From 9 March 2099 until 30 March 2099" in texts["intranet"].text
    assert "Reminders follow on 16 March 2099 and 23 March 2099" in texts["it"].text
    assert "45 days after closing" in texts["thanks"].text
    assert "The participation council (MR) consented" in texts["announcement"].text


def test_the_announcement_is_short(full: Round) -> None:
    for language in LANGUAGES:
        assert 150 < len(by_code(full, language)["announcement"].text.split()) < 225


@pytest.mark.parametrize("language", LANGUAGES)
def test_managers_get_six_to_eight_points(full: Round, language: str) -> None:
    _intro, *points = by_code(full, language)["managers"].paragraphs
    assert 6 <= len(points) <= 8
    assert max(len(point.split()) for point in points) < 90


def test_what_is_not_so_is_left_out(in_scope: None, cast: Cast) -> None:
    round_ = draft(cast.organisation, contact="Anna", privacy_officer="Iris", results_on=RESULTS)
    Plan.objects.filter(round=round_).update(reminders=[])
    text = whole(Round.objects.get(pk=round_.pk), "nl")
    for absent in ("ingestemd", "opmerking", "code", "QR", "Aantal:", "herinneringen uit", "Antwoorden gaan naar"):
        assert absent not in text, absent


def test_mails_on_any_day_are_announced_as_such(full: Round) -> None:
    Plan.objects.filter(round=full).update(on_any_day=True, first_hour=7, last_hour=21)
    text = by_code(Round.objects.get(pk=full.pk), "en")["it"].text
    assert "on every day, weekends included, between 7:00 and 21:00" in text
    assert "working days" not in text


def test_one_day_is_one_day(full: Round) -> None:
    full.retention_days = 1
    assert "- 1 dag na sluiting" in by_code(full, "nl")["intranet"].text
    assert "- 1 day after closing" in by_code(full, "en")["intranet"].text


@pytest.mark.parametrize(("language", "gap"), [("nl", "[vul in: "), ("en", "[fill in: ")])
def test_an_empty_setting_that_is_needed_is_shown_as_a_gap(in_scope: None, cast: Cast, language: str, gap: str) -> None:
    texts = pack_for(draft(cast.organisation), language)
    intranet = next(text for text in texts if text.code == "intranet")
    assert intranet.text.count(gap) >= 3
    assert not re.search(r"[{}]|  |: \.", whole(draft(cast.organisation), language))


def test_when_the_week_before_has_passed_it_says_as_soon_as_possible(in_scope: None, cast: Cast) -> None:
    today = date.today()  # noqa: DTZ011 -- a day more or less does not matter here
    round_ = create_round(cast.organisation, "Nu", today + timedelta(days=2), today + timedelta(days=20))
    texts = by_code(round_, "nl")
    assert texts["announcement"].when.startswith("Zo snel mogelijk")


def test_what_only_this_machine_knows_is_no_name_for_a_dns_record(full: Round, settings: Any) -> None:
    settings.MAILERS = mailers("127.0.0.1")
    settings.DEFAULT_FROM_EMAIL = "Leerscan <leerscan@localhost>"
    full.organisation.sender_address = ""
    text = by_code(full, "nl")["it"].text
    assert "Mailserver: [vul in: de mailserver]." in text
    assert "SPF-record van [vul in: het domein van de afzender]" in text
    assert "<[vul in: het adres van de afzender]>" in text


def test_after_launch_the_pack_says_the_same(full: Round) -> None:
    before = {language: pack_for(full, language) for language in LANGUAGES}
    launch(full)
    launched = Round.objects.select_related("organisation").get(pk=full.pk)
    assert {language: pack_for(launched, language) for language in LANGUAGES} == before


# What start.html promises, in words that a text about the same thing must not contradict.
PROMISES = [
    "Je naam staat niet bij je antwoorden.",
    "zien nooit welke antwoorden van jou zijn",
    "Is een groep kleiner? Dan tellen de antwoorden waar dat kan mee in een grotere groep.",
    "Zolang de scan open is, ziet niemand resultaten.",
    "Geen enkel scherm laat dat zien. Als de scan sluit, wissen we het.",
    "De resultaten van groepen blijven.",
    "ook jij niet",
    "Meedoen is vrijwillig. Je mag vragen overslaan en stoppen wanneer je wilt.",
]


def test_intranet_promises_what_the_start_page_promises(full: Round) -> None:
    text = by_code(full, "nl")["intranet"].text
    for promise in PROMISES:
        assert promise in text, promise


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_promised_that_cannot_be_kept(full: Round, language: str) -> None:
    """No "completely anonymous", no "nobody can ever know", no report for every department."""
    text = whole(full, language).lower()
    for claim in ("volledig", "100%", "gegarandeerd", "garantie", "completely", "guarantee", "elke afdeling krijgt"):
        assert claim not in text
    # The word only in the question that managers are asked; the answer says what is so.
    assert text.count("anonie") + text.count("anonym") == 1


def test_the_file_opens_in_word_and_notepad(full: Round) -> None:
    content = as_file(pack_for(full, "nl"))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 50
    text = content.decode("utf-8-sig")
    assert "óf je hebt ingevuld" in text
    for part in pack_for(full, "nl"):
        assert part.title.upper() in text


def test_the_page_shows_all_texts_in_the_language_asked_for(
    full: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    address = f"/o/{cast.organisation.slug}/r/{full.slug}/pack/"
    page = client.get(address).content.decode()
    assert "Communication pack" in page
    assert "Gesprekspunten voor leidinggevenden" in page
    assert page.count('lang="nl" data-copy') == len(CODES)
    other = client.get(f"{address}?language=en").content.decode()
    assert "Talking points for managers" in other
    assert "Gesprekspunten" not in other
    assert client.get(f"{address}?language=xx").status_code == 200


def test_what_people_wrote_in_settings_is_escaped(in_scope: None, cast: Cast, as_user: Callable[[Any], Client]) -> None:
    round_ = draft(cast.organisation, contact="<b>{k.__class__}</b>")
    page = as_user(cast.anna).get(f"/o/{cast.organisation.slug}/r/{round_.slug}/pack/").content.decode()
    assert "&lt;b&gt;{k.__class__}&lt;/b&gt;" in page
    assert "<b>{k" not in page


def test_the_download_is_named_after_organisation_scan_and_language(
    full: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    response = as_user(cast.anna).get(f"/o/{cast.organisation.slug}/r/{full.slug}/pack/nl/")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert f'filename="{cast.organisation.slug}-leerscan-2099-nl.txt"' in response.headers["Content-Disposition"]
    assert response.content == as_file(pack_for(full, "nl"))


def test_the_thanks_can_still_be_copied_after_closing(
    full: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    launch(full)
    Round.objects.filter(pk=full.pk).update(state=Round.State.CLOSED)
    page = as_user(cast.anna).get(f"/o/{cast.organisation.slug}/r/{full.slug}/pack/").content.decode()
    assert "Bedankt voor het meedenken. Op 20 april 2099 hoor je meer" in page


def test_the_pack_of_another_organisation_is_not_found(cast: Cast, as_user: Callable[[Any], Client]) -> None:
    with scope(organisation=cast.other_organisation):
        round_ = draft(cast.other_organisation, contact="Otto")
    for end in ("", "nl/"):
        for slug in (cast.organisation.slug, cast.other_organisation.slug):
            assert as_user(cast.anna).get(f"/o/{slug}/r/{round_.slug}/pack/{end}").status_code == 404


def test_the_page_costs_the_same_with_few_and_many_people(
    full: Round, cast: Cast, as_user: Callable[[Any], Client], django_assert_num_queries: Any
) -> None:
    client = as_user(cast.anna)
    address = f"/o/{cast.organisation.slug}/r/{full.slug}/pack/"
    client.get(address)
    with django_assert_num_queries(15, exact=False) as counted:
        client.get(address)
    few = len(counted)
    add_people(cast.departments["zorg / wijkteam oost"], 9)
    with django_assert_num_queries(few):
        client.get(address)


@pytest.mark.parametrize(
    ("opens_on", "by", "mails_on"),
    [
        # Today is Tuesday 17 November 2026.
        (date(2026, 12, 1), "dinsdag 24 november 2026", "dinsdag 1 december 2026"),
        # A Saturday: mails go out on Monday.
        (date(2026, 11, 28), "maandag 23 november 2026", "maandag 30 november 2026"),
        # Christmas Day is a Friday: mails go out on Monday.
        (date(2026, 12, 25), "maandag 21 december 2026", "maandag 28 december 2026"),
        # A week before is New Year's Day.
        (date(2027, 1, 8), "donderdag 31 december 2026", "vrijdag 8 januari 2027"),
        # No week left: the working day before.
        (date(2026, 11, 23), "vrijdag 20 november 2026", "maandag 23 november 2026"),
        (date(2026, 11, 18), "dinsdag 17 november 2026", "woensdag 18 november 2026"),
        # No day left, and a draft whose first day has passed.
        (date(2026, 11, 17), "", "dinsdag 17 november 2026"),
        (date(2026, 11, 10), "", "dinsdag 17 november 2026"),
    ],
)
def test_it_hears_by_which_working_day_the_mails_have_to_get_through(
    in_scope: None, cast: Cast, monkeypatch: pytest.MonkeyPatch, opens_on: date, by: str, mails_on: str
) -> None:
    monkeypatch.setattr("scan.pack.facts.today_in", lambda organisation: date(2026, 11, 17))
    round_ = create_round(cast.organisation, "Leerscan", opens_on, opens_on + timedelta(days=30))
    note = by_code(round_, "nl")["it"]
    until = f"Uiterlijk op {by}" if by else "Zo snel mogelijk"
    assert note.when == f"{until}: de eerste mails gaan uit op {mails_on}"
    assert f"doorlaten vanaf {mails_on}" in note.text


def test_it_reads_those_days_in_english_too(full: Round) -> None:
    assert by_code(full, "en")["it"].when == "By Monday 2 March 2099: the first mails go out on Monday 9 March 2099"


def test_what_is_still_empty_is_named_and_leads_to_the_page_where_it_is_filled_in(
    in_scope: None, cast: Cast, settings: Any, as_user: Callable[[Any], Client]
) -> None:
    settings.MAILERS = mailers("127.0.0.1")
    settings.DEFAULT_FROM_EMAIL = "Leerscan <leerscan@localhost>"
    round_ = draft(cast.organisation, contact="Anna")
    base = f"/o/{cast.organisation.slug}/"
    page = as_user(cast.anna).get(f"{base}r/{round_.slug}/pack/?language=en").content.decode()
    # Named in the language of the screen.
    assert f'<a href="{base}r/{round_.slug}/prepare/promise/">de functionaris gegevensbescherming</a>' in page
    assert f'<a href="{base}r/{round_.slug}/prepare/promise/">de dag van de resultaten</a>' in page
    assert f'<a href="{base}settings/">het adres van de afzender</a>' in page
    assert "<li>de mailserver (de beheerder van deze installatie weet dit)</li>" in page
    assert ">wie vragen beantwoordt<" not in page
    round_.privacy_officer, round_.results_on = "Iris", RESULTS
    round_.save()
    settings.MAILERS = mailers("smtp.delinde.test")
    cast.organisation.sender_address = "hr@delinde.test"
    cast.organisation.save()
    assert "nog leeg" not in as_user(cast.anna).get(f"{base}r/{round_.slug}/pack/").content.decode()


def test_what_was_promised_can_no_longer_be_filled_in_after_launch(full: Round) -> None:
    facts = {**pack_facts(full, "nl"), "contact": "", "sender_address": ""}
    full.state = Round.State.OPEN
    by_what = {gap.what: gap for gap in gaps_in(facts, full)}
    assert by_what["wie vragen beantwoordt"] == Gap("wie vragen beantwoordt", "")
    assert by_what["het adres van de afzender"].address.endswith("/settings/")


@pytest.mark.parametrize("place", ["pack/", "preview/"])
def test_a_draft_has_a_way_back_to_the_list_at_the_end(
    full: Round, cast: Cast, as_user: Callable[[Any], Client], place: str
) -> None:
    address = f"/o/{cast.organisation.slug}/r/{full.slug}/"
    back = f'<p><a href="{address}prepare/">Terug naar de lijst</a></p>'
    assert back in as_user(cast.anna).get(address + place).content.decode()
    launch(full)
    assert back not in as_user(cast.anna).get(address + place).content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_promised_in_the_name_of_others(full: Round, language: str) -> None:
    """What teams do with the results, who takes part, what is on the intranet: no standard text can say that."""
    announcement = by_code(full, language)["announcement"].text
    own = re.sub(r"\[.*?\]|Op intranet en in elk teamoverleg", "", announcement)
    for claim in (
        "elk team",
        "doen zelf",
        "ermee doen",
        "intranet",
        "each team",
        "take part ourselves",
        "will do with",
    ):
        assert claim not in own


def test_an_open_link_of_a_department_that_does_not_take_part_is_not_told(full: Round, cast: Cast) -> None:
    assert pack_facts(full, "nl")["open_links"] == "1"
    LeftOutDepartment.objects.create(round=full, department=cast.departments["facilitair"])
    assert pack_facts(full, "nl")["open_links"] == ""
