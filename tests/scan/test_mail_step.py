"""What the checklist and the launch page say about mails: in time or not, which days, from whom, or none at all."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from organisations.commands import InputError
from organisations.models import Person
from scan.mailing.line import Line, TroubleError
from scan.models import Plan, Round
from scan.preparing.checklist import checklist
from scan.preparing.choosing import choose
from scan.preparing.days import default_reminders, reminders_go_out_on
from scan.preparing.participation import participation_of
from scan.preparing.steps import Step
from scan.rounds import launch_when_ready
from tests.cast import Cast, add_people
from tests.scan.drafting import EAST, KITCHEN, NIGHT, address, ready_draft, staff

Browser = Callable[[Any], Client]
SATURDAY, SUNDAY = date(2098, 3, 1), date(2098, 3, 2)


@pytest.fixture
def draft(in_scope: Cast) -> Round:
    staff(in_scope)
    in_scope.anna.language = "en"
    in_scope.anna.save()
    translation.activate("en")
    return ready_draft(in_scope)


def on_days(draft: Round, opens_on: date, closes_on: date, *reminders: date, **plan: Any) -> None:
    draft.opens_on, draft.closes_on = opens_on, closes_on
    draft.save(update_fields=["opens_on", "closes_on"])
    Plan.objects.update(reminders=[day.isoformat() for day in reminders], **plan)


def step(round_: Round, name: str = "mails") -> Step:
    steps = checklist(round_, participation_of(round_))
    return next(found for found in steps if found.address.endswith(f"/{name}/"))


def nobody_has_an_address() -> None:
    Person.objects.update(email="")


def test_a_weekend_without_mails_at_weekends_is_stopped(in_scope: Cast, draft: Round) -> None:
    on_days(draft, SATURDAY, SUNDAY)
    assert "could go out on Monday 3 March 2098" in step(draft).todo
    with pytest.raises(InputError, match="Monday 3 March 2098"):
        launch_when_ready(draft, in_scope.anna)
    draft.refresh_from_db()
    assert draft.state == Round.State.DRAFT
    on_days(draft, SATURDAY, SUNDAY, on_any_day=True)
    assert step(draft).todo == ""


def test_a_reminder_that_would_wait_past_the_last_day_is_stopped(draft: Round) -> None:
    """Saturday 8 March is the last day; its mails would wait for Monday."""
    last = date(2098, 3, 8)
    on_days(draft, date(2098, 3, 3), last, last)
    assert "reminder of Saturday 8 March 2098 could go out on Monday 10 March 2098" in step(draft).todo
    on_days(draft, date(2098, 3, 3), last, last, on_any_day=True)
    assert step(draft).todo == ""


def test_a_reminder_waits_for_the_day_after_the_invitation(draft: Round) -> None:
    on_days(draft, SATURDAY, date(2098, 3, 3), SUNDAY)
    assert reminders_go_out_on(draft, Plan.objects.get()) == [(SUNDAY, date(2098, 3, 4))]
    assert "Tuesday 4 March 2098" in step(draft).todo


def test_where_nobody_gets_a_mail_no_day_is_too_late(draft: Round) -> None:
    nobody_has_an_address()
    on_days(draft, SATURDAY, SUNDAY, SUNDAY)
    assert step(draft).todo == ""


def test_a_reminder_on_a_last_day_in_a_weekend_is_refused_beside_its_field(
    in_scope: Cast, draft: Round, as_user: Browser
) -> None:
    last = date(2098, 3, 8)
    on_days(draft, date(2098, 3, 3), last)
    sent = {"first_hour": 9, "last_hour": 16, "managers_days_before": 7, "reminder_1": last}
    client, page = as_user(in_scope.anna), address(draft, "prepare/mails/")
    errors = client.post(page, sent).context["form"].errors
    assert list(errors) == ["reminder_1"]
    assert "Monday 10 March 2098" in str(errors["reminder_1"])
    assert client.post(page, sent | {"on_any_day": "on"}).status_code == 302


def test_school_holidays_are_noted_for_invitations_and_reminders(
    in_scope: Cast, draft: Round, as_user: Browser
) -> None:
    holiday, ordinary = date(2029, 12, 24), date(2030, 1, 8)
    on_days(draft, holiday, date(2030, 1, 14), date(2029, 12, 27), ordinary)
    note = step(draft).note
    assert "Invitations: Monday 24 December 2029 falls in a school holiday" in note
    assert note.count("Reminder:") == 1
    page = as_user(in_scope.anna).get(address(draft, "prepare/launch/")).content.decode()
    assert "24 December 2029 falls in a school holiday" in page
    assert "27 December 2029 falls in a school holiday" in page


def test_no_reminder_is_proposed_while_all_schools_are_closed() -> None:
    """Christmas holidays begin on Saturday 19 December 2026."""
    assert default_reminders(date(2026, 12, 7), date(2026, 12, 28)) == ["2026-12-14", "2026-12-18"]
    assert default_reminders(date(2026, 3, 2), date(2026, 3, 23)) == ["2026-03-09", "2026-03-16", "2026-03-20"]


def test_in_a_round_of_holidays_only_reminders_are_proposed_all_the_same() -> None:
    assert default_reminders(date(2026, 12, 21), date(2027, 1, 1)) == ["2026-12-28", "2026-12-30"]


def test_with_other_dates_proposed_reminders_are_proposed_anew(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    client, page = as_user(in_scope.anna), address(draft, "prepare/basics/")
    earlier, last = draft.opens_on - timedelta(days=9), draft.closes_on
    sent = {"title": "Scan", "opens_on": earlier, "closes_on": last, "k": 5, "languages": ["nl"]}
    client.post(page, sent)
    assert Plan.objects.get().reminders == default_reminders(earlier, last)
    own = [(earlier + timedelta(days=3)).isoformat()]
    Plan.objects.update(reminders=own)
    client.post(page, sent | {"opens_on": earlier + timedelta(days=1)})
    assert Plan.objects.get().reminders == own, "whoever chose days keeps them"


@pytest.mark.parametrize(("way", "said"), [("codes", "print the codes and hand them out."), ("posters", "put them up")])
def test_where_nobody_gets_a_mail_it_says_what_happens_instead(
    way: str, said: str, in_scope: Cast, draft: Round, as_user: Browser
) -> None:
    if way == "codes":
        nobody_has_an_address()
    else:
        for name in (EAST, NIGHT, KITCHEN):
            add_people(in_scope.departments[name], 9)
        Person.objects.filter(is_leader=True).delete()
        expected = {in_scope.departments[name].pk: 10 for name in (EAST, NIGHT, KITCHEN)}
        choose(draft, {department.pk for department in in_scope.departments.values()}, expected)
    draft.opens_on = SATURDAY
    draft.save(update_fields=["opens_on"])
    client = as_user(in_scope.anna)
    for page in ("prepare/", "prepare/launch/"):
        text = client.get(address(draft, page)).content.decode()
        assert said in text
        assert "go out on" not in text
    done = client.post(address(draft, "prepare/launch/"), follow=True).content.decode()
    assert "has been launched. Nobody gets a mail" in done
    assert "Invitations are sent" not in done
    assert "Reminder" not in done, "nor in the days to come"


def test_the_sender_is_named_and_so_is_what_is_not_set(
    in_scope: Cast, draft: Round, as_user: Browser, settings: Any
) -> None:
    settings.DEFAULT_FROM_EMAIL = settings.BUILT_IN_SENDER
    client = as_user(in_scope.anna)
    pages = [address(draft, page) for page in ("prepare/", "prepare/mails/", "prepare/launch/")]
    for page in pages:
        text = client.get(page).content.decode()
        assert "Zorggroep De Linde (leerscan@localhost)" in text
        assert "leerscan@localhost is only an example of an address" in text
        assert "No address for replies" in text
        assert f"/o/{in_scope.organisation.slug}/settings/" in text
    settings.DEFAULT_FROM_EMAIL = "Scans <scan@example.test>"
    assert "scan@example.test is the address of this installation." in client.get(pages[0]).content.decode()
    in_scope.organisation.sender_name, in_scope.organisation.sender_address = "HR", "hr@linde.test"
    in_scope.organisation.reply_address = "vraag@linde.test"
    in_scope.organisation.save()
    for page in pages:
        text = client.get(page).content.decode()
        assert "HR (hr@linde.test)" in text
        assert "replies go to vraag@linde.test" in text
        assert "No address for replies" not in text
    assert step(Round.objects.get(pk=draft.pk)).note == ""


def test_an_example_goes_to_who_asks_for_it_and_to_nobody_else(
    in_scope: Cast, draft: Round, as_user: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[Any] = []
    monkeypatch.setattr(Line, "send", lambda self, message: sent.append(message))
    client = as_user(in_scope.anna)
    assert "Send me an example" in client.get(address(draft, "prepare/mails/")).content.decode()
    page = address(draft, "prepare/mails/reminder/nl/")
    assert "Send me an example" in client.get(page).content.decode()
    text = client.post(page, {"example": "yes"}, follow=True).content.decode()
    assert "An example is on its way to anna@example.test" in text
    assert [message.to for message in sent] == [["anna@example.test"]]
    assert mail.outbox == []
    assert Round.objects.get().mail_texts == {}


def test_trouble_with_the_mail_server_is_said_on_that_page(
    in_scope: Cast, draft: Round, as_user: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Line, message: Any) -> None:
        raise TroubleError("connection")

    monkeypatch.setattr(Line, "send", refuse)
    page = address(draft, "prepare/mails/invitation/en/")
    response = as_user(in_scope.anna).post(page, {"example": "yes"}, follow=True)
    assert response.redirect_chain[0][0] == page
    assert "on its way" not in response.content.decode()
    assert list(response.context["messages"])


def test_only_the_languages_of_the_round_are_offered(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    Round.objects.update(languages=["en"])
    page = as_user(in_scope.anna).get(address(draft, "prepare/mails/")).content.decode()
    assert "prepare/mails/invitation/en/" in page
    assert "prepare/mails/invitation/nl/" not in page


@pytest.mark.parametrize(
    "sent", [{"body": "Hoi {first_name}, {naam}", "subject": "Getypt"}, {"body": "", "subject": "x"}]
)
def test_the_preview_shows_what_was_typed_with_its_faults(
    sent: dict[str, str], in_scope: Cast, draft: Round, as_user: Browser
) -> None:
    response = as_user(in_scope.anna).post(address(draft, "prepare/mails/invitation/nl/"), sent)
    assert response.status_code == 422
    preview = response.context["preview"]
    assert preview.subject == sent["subject"]
    assert [paragraph.text for paragraph in preview.paragraphs] == ([] if not sent["body"] else ["Hoi Sam, {naam}"])
    assert "it has not been saved" in response.content.decode()


def test_a_text_can_be_looked_at_before_it_is_saved(in_scope: Cast, draft: Round, as_user: Browser) -> None:
    sent = {"subject": "Getypt", "body": "Hoi\r\n\r\n{link}\r\n\x00", "look": "yes"}
    client, page = as_user(in_scope.anna), address(draft, "prepare/mails/invitation/nl/")
    response = client.post(page, sent | {"body": "Hoi\r\n\r\n{link}"})
    assert response.status_code == 200
    assert [paragraph.is_button for paragraph in response.context["preview"].paragraphs] == [False, True]
    assert client.post(page, sent).status_code == 422
    assert Round.objects.get().mail_texts == {}
