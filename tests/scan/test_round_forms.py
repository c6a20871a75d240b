"""Each thing that can be wrong in the forms of a round is said beside its field, in both languages."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from questionnaires.models import QuestionnaireVersion
from questionnaires.versions import published
from scan.models import Plan, Round
from scan.participants import today_in
from tests.cast import Cast
from tests.scan.drafting import CLOSES, OPENS, address, ready_draft

Browser = Callable[[Any], Client]
BASICS: dict[str, Any] = {
    "title": "Leerscan",
    "opens_on": OPENS,
    "closes_on": CLOSES,
    "k": 5,
    "languages": ["nl", "en"],
}
PROMISE: dict[str, Any] = {
    "contact": "Anna, 2210",
    "privacy_officer": "Iris",
    "results_on": CLOSES + timedelta(days=1),
    "results_how": "In de kantine.",
    "asks_remarks": "on",
    "remark_reader": "Anna",
    "retention_days": 30,
    "legal_basis": "legitimate_interest",
    "consent_on": "",
}
MAILS: dict[str, Any] = {
    "reminder_1": OPENS + timedelta(days=7),
    "reminder_2": "",
    "reminder_3": "",
    "first_hour": 9,
    "last_hour": 16,
    "managers_days_before": 7,
    "mails_results": "on",
}
FUTURE = date.today() + timedelta(days=3)  # noqa: DTZ011 -- in any time zone
PAST, LONG = date(2020, 1, 1), OPENS + timedelta(days=121)
FAULTS = [
    ("basics", {"opens_on": PAST, "closes_on": PAST}, "opens_on", "day has passed", "dag is voorbij"),
    ("basics", {"closes_on": OPENS - timedelta(days=1)}, "closes_on", "before the first", "vóór de eerste"),
    ("basics", {"closes_on": LONG}, "closes_on", "more than four months", "meer dan vier maanden"),
    ("basics", {"languages": []}, "languages", "at least one language", "minstens één taal"),
    ("basics", {"k": 4}, "k", "5", "5"),
    ("basics", {"k": 21}, "k", "20", "20"),
    ("basics", {"title": " "}, "title", "required", "verplicht"),
    ("promise", {"results_on": CLOSES}, "results_on", "after the last day", "na de laatste dag"),
    ("promise", {"retention_days": 0}, "retention_days", "from 1 to 365", "van 1 tot en met 365"),
    ("promise", {"retention_days": 366}, "retention_days", "from 1 to 365", "van 1 tot en met 365"),
    ("promise", {"remark_reader": ""}, "remark_reader", "who reads the remarks", "wie de opmerkingen leest"),
    ("promise", {"contact": ""}, "contact", "required", "verplicht"),
    ("promise", {"privacy_officer": ""}, "privacy_officer", "required", "verplicht"),
    ("promise", {"results_on": ""}, "results_on", "required", "verplicht"),
    ("promise", {"results_how": ""}, "results_how", "required", "verplicht"),
    ("promise", {"consent_on": FUTURE}, "consent_on", "not come yet", "moet nog komen"),
    ("mails", {"reminder_2": OPENS}, "reminder_2", "scan is open", "scan open is"),
    ("mails", {"reminder_3": CLOSES + timedelta(days=1)}, "reminder_3", "scan is open", "scan open is"),
    ("mails", {"last_hour": 9}, "last_hour", "after the first", "na het eerste"),
    ("mails", {"last_hour": 25}, "last_hour", "at most 24", "hoogstens 24"),
]
RIGHT = {"basics": BASICS, "promise": PROMISE, "mails": MAILS}


@pytest.mark.parametrize(("step", "wrong", "field", "english", "dutch"), FAULTS)
def test_a_fault_stands_beside_its_field(
    step: str, wrong: dict[str, Any], field: str, english: str, dutch: str, browser: tuple[Cast, Client]
) -> None:
    cast, client = browser
    round_ = ready_draft(cast)
    before = stored(round_)
    for language, words in (("en", english), ("nl", dutch)):
        cast.anna.language = language
        cast.anna.save()
        response = client.post(address(round_, f"prepare/{step}/"), RIGHT[step] | wrong)
        assert response.status_code == 422
        errors = response.context["form"].errors
        assert list(errors) == [field]
        assert words in str(errors[field])
        assert str(errors[field][0]) in response.content.decode().replace("&#x27;", "'")
        assert stored(round_) == before


@pytest.fixture
def browser(in_scope: Cast, as_user: Browser) -> tuple[Cast, Client]:
    """The cast, and Anna's browser."""
    return in_scope, as_user(in_scope.anna)


def stored(round_: Round) -> list[Any]:
    return [*Round.objects.filter(pk=round_.pk).values(), *Plan.objects.filter(round=round_).values()]


@pytest.mark.parametrize("step", RIGHT)
def test_what_is_right_is_kept(step: str, in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope, k=9, contact="Oud", remark_reader="")
    Plan.objects.update(reminders=[], first_hour=8)
    response = as_user(in_scope.anna).post(address(round_, f"prepare/{step}/"), RIGHT[step])
    assert response.headers["Location"] == address(round_, "prepare/")
    after, plan = Round.objects.get(pk=round_.pk), Plan.objects.get()
    if step == "basics":
        assert (after.title, after.k) == ("Leerscan", 5)
    elif step == "promise":
        assert (after.contact, after.remark_reader, after.results_on) == ("Anna, 2210", "Anna", PROMISE["results_on"])
    else:
        assert (plan.reminders, plan.first_hour) == ([MAILS["reminder_1"].isoformat()], 9)


def test_the_first_day_may_be_today(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    today = today_in(in_scope.organisation)
    sent = BASICS | {"opens_on": today, "closes_on": today}
    assert as_user(in_scope.anna).post(address(round_, "prepare/basics/"), sent).status_code == 302


def test_a_title_is_one_line(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    as_user(in_scope.anna).post(address(round_, "prepare/basics/"), BASICS | {"title": "Leer\r\nscan  2098"})
    assert Round.objects.get().title == "Leer scan 2098"


def test_consent_may_be_of_today(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    today = today_in(in_scope.organisation)
    as_user(in_scope.anna).post(address(round_, "prepare/promise/"), PROMISE | {"consent_on": today})
    assert Round.objects.get().consent_on == today


def test_without_remarks_nobody_reads_them(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    sent = {name: value for name, value in PROMISE.items() if name != "asks_remarks"}
    as_user(in_scope.anna).post(address(round_, "prepare/promise/"), sent)
    assert Round.objects.get().remark_reader == ""


def test_reminders_are_kept_in_the_order_of_their_days(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    early, late = OPENS + timedelta(days=3), OPENS + timedelta(days=9)
    sent = MAILS | {"reminder_1": late, "reminder_2": early, "reminder_3": ""}
    as_user(in_scope.anna).post(address(round_, "prepare/mails/"), sent)
    assert Plan.objects.get().reminders == [early.isoformat(), late.isoformat()]


def test_a_new_round_with_a_fault_is_not_made(in_scope: Cast, as_user: Browser) -> None:
    response = as_user(in_scope.anna).post(f"/o/{in_scope.organisation.slug}/rounds/new/", BASICS | {"opens_on": PAST})
    assert response.status_code == 422
    assert not Round.objects.exists()


def test_an_own_mail_text_is_kept_and_can_be_given_up(in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    client, page = as_user(in_scope.anna), address(round_, "prepare/mails/reminder/nl/")
    own = {"subject": "Nog even", "body": "Hoi {first_name},\r\n\r\n{link}"}
    assert client.post(page, own).headers["Location"] == page
    kept = {"subject": "Nog even", "body": "Hoi {first_name},\n\n{link}"}
    assert Round.objects.get().mail_texts == {"reminder": {"nl": kept}}
    shown = client.get(page).content.decode()
    assert "Hoi Sam," in shown
    client.post(page, {"standard": "yes"})
    assert Round.objects.get().mail_texts == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": "Zonder link"},
        {"body": "{link}\n{voornaam}"},
        {"subject": "Met {link}"},
        {"subject": ""},
        {"body": ""},
        {"subject": "x" * 151},
    ],
)
def test_a_mail_text_with_a_fault_is_not_kept(wrong: dict[str, str], in_scope: Cast, as_user: Browser) -> None:
    round_ = ready_draft(in_scope)
    sent = {"subject": "Doe mee", "body": "Hoi\n\n{link}"} | wrong
    response = as_user(in_scope.anna).post(address(round_, "prepare/mails/invitation/nl/"), sent)
    assert response.status_code == 422
    assert response.context["form"].errors
    assert Round.objects.get().mail_texts == {}


def test_the_questionnaire_can_be_chosen_when_there_are_several(in_scope: Cast, as_user: Browser) -> None:
    page = as_user(in_scope.anna).get(f"/o/{in_scope.organisation.slug}/rounds/new/")
    assert "id_version" not in page.content.decode()
    first = published()
    other = QuestionnaireVersion.objects.create(code="leerscan", number=99, sha256="0" * 64, content=first.content)
    page = as_user(in_scope.anna).get(f"/o/{in_scope.organisation.slug}/rounds/new/")
    assert "id_version" in page.content.decode()
    sent = BASICS | {"version": str(other.pk)}
    as_user(in_scope.anna).post(f"/o/{in_scope.organisation.slug}/rounds/new/", sent)
    assert Round.objects.get().version == other
