"""The pages of colleagues and of the log."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from organisations import log
from organisations.log_words import ACTIONS
from organisations.models import Department, LogEntry, Membership, Role, User
from tests.cast import Cast, come_in, member
from tests.conftest import ROOT

AsUser = Callable[[Any], Client]


def role_of(user: Any) -> Membership:
    return Membership.objects.get(user=user)


def test_the_list_shows_roles_departments_last_days_and_who_never_logged_in(cast: Cast, as_user: AsUser) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=cast.cas).update(ends_on=yesterday)
    page = as_user(cast.anna).get(f"/o/{cast.organisation.slug}/colleagues/").content.decode()
    for words in ("mo@example.test", "Leidinggevende", "Zorg", "geëindigd op", "Heeft nog niet ingelogd"):
        assert words in page
    assert "otto" not in page


def test_the_list_costs_the_same_for_one_and_many(cast: Cast, as_user: AsUser) -> None:
    client, address = as_user(cast.anna), f"/o/{cast.organisation.slug}/colleagues/"
    Membership.objects.exclude(user=cast.anna).delete()
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for name in ("bo", "jo", "ko"):
        member(name, cast.organisation, Role.MANAGER, cast.departments["zorg"])
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    # The one is an adviser without departments; looking these up is a query for all managers together.
    assert len(many) == len(one) == 6


def test_the_last_adviser_sees_why_the_role_stays(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.anna)
    address = f"/o/{cast.organisation.slug}/colleagues/{role_of(cast.anna).pk}/"
    assert "enige HR-adviseur" in client.get(address).content.decode()
    answer = client.post(address, {"role": "works_council"})
    assert answer.status_code == 422
    assert "enige HR-adviseur" in answer.content.decode()
    withdrawn = client.post(f"{address}withdraw/", follow=True)
    assert "enige HR-adviseur" in withdrawn.content.decode()
    assert role_of(cast.anna).role == Role.HR_ADVISOR


def test_a_role_keeps_a_department_that_was_archived(cast: Cast, as_user: AsUser) -> None:
    keuken, zorg = cast.departments["facilitair / keuken"], cast.departments["zorg"]
    nel = role_of(cast.nel)
    with scope(organisation=cast.organisation):
        nel.departments.set([keuken, zorg])
        Department.objects.filter(pk=keuken.pk).update(archived_on=timezone.localdate())
    client, address = as_user(cast.anna), f"/o/{cast.organisation.slug}/colleagues/{nel.pk}/"
    page = client.get(address).content.decode()
    assert "Facilitair / Keuken (in het archief)" in page
    chosen = re.findall(r'value="([0-9a-f-]{36})" checked', page)
    assert set(chosen) == {str(keuken.pk), str(zorg.pk)}
    client.post(address, {"role": "manager", "departments": chosen, "ends_on": "2099-01-01"})
    with scope(organisation=cast.organisation):
        assert set(nel.departments.all()) == {keuken, zorg}
    new = client.get(f"/o/{cast.organisation.slug}/colleagues/new/").content.decode()
    assert "Keuken" not in new


def test_who_withdraws_the_own_role_goes_home(cast: Cast, as_user: AsUser) -> None:
    come_in(member("bo", cast.organisation, Role.HR_ADVISOR), cast.organisation)
    address = f"/o/{cast.organisation.slug}/colleagues/{role_of(cast.anna).pk}/withdraw/"
    client = as_user(cast.anna)
    assert "eigen rol" in client.get(address).content.decode()
    assert client.post(address).headers["Location"] == "/"


def test_who_gives_the_own_role_up_for_another_is_warned_and_goes_home(cast: Cast, as_user: AsUser) -> None:
    come_in(member("bo", cast.organisation, Role.HR_ADVISOR), cast.organisation)
    address = f"/o/{cast.organisation.slug}/colleagues/{role_of(cast.anna).pk}/"
    client = as_user(cast.anna)
    assert "eigen rol" in client.get(address).content.decode()
    of_wil = f"/o/{cast.organisation.slug}/colleagues/{role_of(cast.wil).pk}/"
    assert "eigen rol" not in client.get(of_wil).content.decode()
    assert client.post(address, {"role": "works_council"}).headers["Location"] == "/"


def test_a_withdrawn_role_closes_a_session_that_is_open(cast: Cast, as_user: AsUser) -> None:
    nel, page = Client(), f"/o/{cast.organisation.slug}/"
    nel.force_login(cast.nel, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert nel.get(page).status_code == 200
    as_user(cast.anna).post(f"{page}colleagues/{role_of(cast.nel).pk}/withdraw/")
    assert nel.get(page).status_code == 404


@pytest.mark.parametrize("address", ["new/", "{nel}/", "{nel}/again/", "{nel}/withdraw/"])
def test_no_form_of_colleagues_is_taken_from_another_site(cast: Cast, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    before = list(Membership.objects.order_by("pk").values())
    data = {"email": "bo@example.test", "role": "works_council"}
    page = f"/o/{cast.organisation.slug}/colleagues/{address.format(nel=role_of(cast.nel).pk)}"
    assert client.post(page, data).status_code == 403
    assert list(Membership.objects.order_by("pk").values()) == before


def test_a_name_and_a_login_from_elsewhere_are_not_shown(cast: Cast, as_user: AsUser) -> None:
    """Whoever knows an address could otherwise learn by inviting whose it is, and when that person works."""
    client, here = as_user(cast.anna), f"/o/{cast.organisation.slug}/"
    come_in(cast.otto, cast.other_organisation)
    User.objects.filter(pk=cast.otto.pk).update(last_login=timezone.now())
    client.post(f"{here}colleagues/new/", {"email": "otto@example.test", "name": "", "role": "works_council"})
    role = Membership.objects.get(user=cast.otto, organisation=cast.organisation)
    pages = (
        f"{here}colleagues/",
        f"{here}colleagues/{role.pk}/",
        f"{here}colleagues/{role.pk}/withdraw/",
        f"{here}log/",
    )
    for page in pages:
        words = client.get(page).content.decode()
        assert "otto@example.test" in words
        assert "Otto" not in words
    assert "heeft nog niet ingelogd" in client.get(pages[1]).content.decode()
    come_in(cast.otto, cast.organisation)
    assert "Otto" in client.get(pages[0]).content.decode()
    assert "laatst ingelogd op" in client.get(pages[1]).content.decode()


@pytest.mark.parametrize("action", ["", "login"])
def test_the_log_is_read_page_by_page_and_costs_the_same(in_scope: Cast, as_user: AsUser, action: str) -> None:
    client, address = as_user(in_scope.anna), f"/o/{in_scope.organisation.slug}/log/?action={action}"
    log.record(in_scope.organisation, "login", "", in_scope.mo)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(60):
        log.record(in_scope.organisation, "login", f"nummer {number}", in_scope.nel)
    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()
    assert len(many) == len(one) == 7
    assert page.count("<tr>") == 51
    assert page.index("nummer 59") < page.index("nummer 30")
    assert "nummer 5<" not in page
    assert "nummer 5<" in client.get(f"{address}&page=2").content.decode()


def test_the_log_says_in_words_who_did_what(in_scope: Cast, as_user: AsUser) -> None:
    log.record(in_scope.organisation, "launch_round", "Leerscan 2026")
    log.record(in_scope.organisation, "newer_than_this_page", "", in_scope.anna)
    client, address = as_user(in_scope.anna), f"/o/{in_scope.organisation.slug}/log/"
    page = client.get(address).content.decode()
    assert "Scan gestart" in page
    assert "systeem" in page
    assert "newer_than_this_page" in page
    filtered = client.get(f"{address}?action=launch_round").content.decode()
    assert filtered.count("<tr>") == 2
    assert "Nog niets" not in filtered
    assert "nog niets in het logboek" in client.get(f"{address}?action=nothing").content.decode()


def test_the_log_of_another_organisation_stays_there(cast: Cast, as_user: AsUser) -> None:
    entry = LogEntry(organisation=cast.other_organisation, user=cast.otto, action="login", subject="geheim")
    LogEntry._base_manager.bulk_create([entry])
    page = as_user(cast.anna).get(f"/o/{cast.organisation.slug}/log/").content.decode()
    assert "geheim" not in page
    assert "Er is nog niets gedaan" in page


@pytest.mark.parametrize(
    ("language", "action", "subject", "words"),
    [
        ("en", "change_role", "Mo (mo@example.test): manager", "Mo (mo@example.test): Manager"),
        ("nl", "withdraw_role", "mo@example.test: manager", "mo@example.test: Leidinggevende"),
        (
            "en",
            "change_role",
            "Mo: manager [Zorg; Staf] ≤ 2030-06-01 → works_council",
            "Mo: Manager [Zorg; Staf] until 1 June 2030 → Works council",
        ),
        ("en", "invite_colleague", "Mo: Leidinggevende", "Mo: Leidinggevende"),
        ("en", "change_department", "Zorg: manager", "Zorg: manager"),
        (
            "en",
            "import_staff",
            "lijst (1).csv (+245, ~0, @1)",
            "lijst (1).csv: 245 added, 0 changed, 1 e-mail address changed",
        ),
        ("nl", "import_staff", "a.csv (+2, ~3, @4)", "a.csv: 2 toegevoegd, 3 gewijzigd, 4 e-mailadressen gewijzigd"),
        ("en", "import_staff", "lijst.csv (+2, ~0)", "lijst.csv: 2 added, 0 changed<"),
        ("en", "import_staff", "lijst.csv", ">lijst.csv<"),
    ],
)
def test_codes_and_counts_of_the_log_are_said_in_words(
    language: str, action: str, subject: str, words: str, in_scope: Cast, as_user: AsUser
) -> None:
    log.record(in_scope.organisation, action, subject, in_scope.anna)
    client = as_user(in_scope.anna)
    client.cookies["language"] = language
    assert words in client.get(f"/o/{in_scope.organisation.slug}/log/").content.decode()


def test_inviting_asks_for_an_address_and_says_whom_departments_are_for(cast: Cast, as_user: AsUser) -> None:
    client = as_user(cast.anna)
    client.cookies["language"] = "en"
    page = client.post(f"/o/{cast.organisation.slug}/colleagues/new/", {"email": "", "role": "works_council"})
    assert page.status_code == 422
    assert "Fill in an address." in page.content.decode()
    assert "This is no e-mail address" not in page.content.decode()
    assert "For other roles, skip this list." in page.content.decode()


def test_every_action_has_a_sentence_that_ends_without_a_stop() -> None:
    assert all(str(words) and not str(words).endswith(".") for words in ACTIONS.values())


def test_every_action_that_is_written_down_has_a_sentence() -> None:
    rooms = ("jobs", "organisations", "questionnaires", "scan", "reports")
    sources = [path.read_text() for room in rooms for path in (ROOT / room).rglob("*.py")]
    codes = {code for source in sources for code in re.findall(r'log\.record\([^"{})]*?"([a-z_]+)"', source)}
    assert {"login", "launch_round", "close_round"} < codes
    assert codes - set(ACTIONS) == set()
