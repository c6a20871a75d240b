"""Inviting a colleague, over a real SMTP server, up to the first login; and what happens without one."""

import re
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from jobs.mail_sink import mail_sink
from organisations.models import Department, LogEntry, Membership, Role, User
from tests.cast import PASSWORD, Cast

AsUser = Callable[[Any], Client]


@pytest.fixture
def mails(tmp_path: Path, settings: Any) -> Iterator[Callable[[], list[EmailMessage]]]:
    """A mail server on a port of its own; the mails that it took."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    sink = mail_sink(tmp_path / "mail", port)
    sink.start()
    options = {"host": "127.0.0.1", "port": port, "timeout": 20}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}

    def received() -> list[EmailMessage]:
        files = sorted((tmp_path / "mail").glob("*.eml"))
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    yield received
    sink.stop()


def invite(client: Client, cast: Cast, **data: Any) -> Any:
    return client.post(f"/o/{cast.organisation.slug}/colleagues/new/", data, follow=True)


@pytest.mark.django_db(transaction=True)
def test_a_new_colleague_chooses_a_password_and_comes_in(
    cast: Cast, as_user: AsUser, mails: Callable[[], list[EmailMessage]]
) -> None:
    cast.organisation.sender_name, cast.organisation.reply_address = "HR van De Linde", "hr@linde.test"
    cast.organisation.save()
    zorg = cast.departments["zorg"]
    page = invite(
        as_user(cast.anna), cast, email="Bo@example.test", name="Bo Bos", role="manager", departments=[str(zorg.pk)]
    )
    assert "bo@example.test" in page.content.decode()
    (mail,) = mails()
    assert mail["To"] == "bo@example.test"
    assert "HR van De Linde" in mail["From"]
    assert mail["Reply-To"] == "hr@linde.test"
    text, html = mail.get_body(("plain",)), mail.get_body(("html",))
    assert text is not None
    assert html is not None
    words = text.get_content()
    for part in ("Anna", "Zorggroep De Linde", "Leidinggevende", "- Zorg", "Bo Bos"):
        assert part in words
    (link,) = set(re.findall(r"http://127\.0\.0\.1:8000(/accounts/password/reset/key/[^\s\"]+)", words))
    assert link in html.get_content()

    bo = Client()
    address = bo.get(link, follow=True).redirect_chain[-1][0]
    home = bo.post(address, {"password1": PASSWORD, "password2": PASSWORD}, follow=True)
    assert "Zorggroep De Linde" in home.content.decode()
    assert bo.get(f"/o/{cast.organisation.slug}/").status_code == 200
    assert bo.get(f"/o/{cast.organisation.slug}/colleagues/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_without_a_mail_server_the_role_is_given_and_the_page_says_what_to_do(
    cast: Cast, as_user: AsUser, settings: Any
) -> None:
    options = {"host": "127.0.0.1", "port": 1, "timeout": 2}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
    client = as_user(cast.anna)
    page = invite(client, cast, email="bo@example.test", role="works_council").content.decode()
    assert "de mailserver geeft geen antwoord" in page
    assert "Opnieuw uitnodigen" in page
    assert "/reset/key/" not in page
    membership = Membership.objects.get(user__email="bo@example.test")
    assert membership.role == Role.WORKS_COUNCIL
    again = client.post(f"/o/{cast.organisation.slug}/colleagues/{membership.pk}/again/", follow=True)
    assert "de mailserver geeft geen antwoord" in again.content.decode()


def test_who_has_an_account_is_led_to_logging_in_and_no_second_account_is_made(
    cast: Cast,
    as_user: AsUser,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    cast.otto.set_password(PASSWORD)
    cast.otto.save()
    cast.organisation.language = "en"
    cast.organisation.save()
    with django_capture_on_commit_callbacks(execute=True):
        invite(as_user(cast.anna), cast, email="OTTO@example.test", role="consultant", ends_on="2099-06-30")
    (mail,) = mailoutbox
    assert "/reset/key/" not in mail.body
    assert f"/o/{cast.organisation.slug}/" in mail.body
    assert "30 June 2099" in mail.body
    assert mail.subject.startswith("Anna asks you")
    assert User.objects.filter(email__iexact="otto@example.test").count() == 1


def test_nothing_is_mailed_when_nothing_was_stored(
    cast: Cast,
    as_user: AsUser,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = as_user(cast.anna)
    before = User.objects.count(), Membership.objects.count()
    faulty: list[tuple[dict[str, str], str]] = [
        ({"email": "bo", "role": "works_council"}, "geen e-mailadres"),
        ({"email": "bo@example.test"}, "Kies een rol"),
        ({"email": "bo@example.test", "role": "manager"}, "minstens één afdeling"),
        ({"email": "bo@example.test", "role": "consultant"}, "laatste werkdag"),
        ({"email": "bo@example.test", "role": "consultant", "ends_on": "2001-01-01"}, "voorbij"),
        ({"email": "bo@example.test", "role": "hr_advisor", "ends_on": "morgen"}, "geen datum"),
        ({"email": "cas@example.test", "role": "consultant", "ends_on": "2099-01-01"}, "heeft deze rol hier al"),
        ({"email": "ada@example.test", "role": "hr_advisor"}, "beheert"),
    ]
    with django_capture_on_commit_callbacks(execute=True):
        for data, message in faulty:
            answer = invite(client, cast, **data)
            assert answer.status_code == 422, data
            assert message in answer.content.decode(), data
    assert (User.objects.count(), Membership.objects.count()) == before
    assert mailoutbox == []


def test_an_address_gets_three_invitations_a_day(
    cast: Cast,
    as_user: AsUser,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = as_user(cast.anna)

    def invite_bo() -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return invite(client, cast, email="Bo@example.test", name="Bo", role="works_council")

    invite_bo()
    page = f"/o/{cast.organisation.slug}/colleagues/{Membership.objects.get(user__email='bo@example.test').pk}/"
    answers = [client.post(f"{page}again/", follow=True).content.decode() for _time in range(40)]
    assert len(mailoutbox) == 3
    assert "3 uitnodigingen gekregen" in answers[-1]
    client.post(f"{page}withdraw/")
    answer = invite_bo()
    assert answer.status_code == 422
    assert "3 uitnodigingen gekregen" in answer.content.decode()
    assert not Membership.objects.filter(user__email="bo@example.test").exists()
    assert invite(client, cast, email="xbo@example.test", role="works_council").status_code == 200
    LogEntry._base_manager.update(at=timezone.now() - timedelta(days=1))
    assert invite_bo().status_code == 200
    assert len(mailoutbox) == 4


@pytest.mark.parametrize("name", ["Bo\r\nKijk hier", "Bo https://evil.test", "Bo WWW.evil.test", "Bo\u2028Bos"])
def test_a_name_is_one_line_and_no_link(cast: Cast, as_user: AsUser, name: str) -> None:
    client = as_user(cast.anna)
    answer = invite(client, cast, email="bo@example.test", name=name, role="works_council")
    assert answer.status_code == 422
    assert "Dit is geen naam" in answer.content.decode()
    assert client.post("/accounts/", {"name": name}).status_code == 422
    assert not User.objects.filter(email="bo@example.test").exists()


def test_the_mail_says_until_when_the_link_works_in_the_time_of_the_organisation(
    cast: Cast,
    as_user: AsUser,
    mailoutbox: list[EmailMultiAlternatives],
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast.organisation.time_zone = "America/Curacao"
    cast.organisation.save()
    until = datetime(2027, 3, 1, 2, 30, tzinfo=UTC)
    monkeypatch.setattr("organisations.inviting.end_of_invitation", lambda: until)
    with django_capture_on_commit_callbacks(execute=True):
        invite(as_user(cast.anna), cast, email="bo@example.test", role="works_council")
    assert "tot 28 februari 2027 om 22:30 uur" in mailoutbox[0].body


def test_a_department_of_another_organisation_cannot_be_given(cast: Cast, as_user: AsUser) -> None:
    with scope(organisation=cast.other_organisation):
        foreign = Department.objects.get(path="Zorg")
    answer = invite(as_user(cast.anna), cast, email="bo@example.test", role="manager", departments=[str(foreign.pk)])
    assert answer.status_code == 422
    assert "bestaat niet meer" in answer.content.decode()
