"""A link opens one report of one unit, for whoever has it, until it ends; and nothing else, ever."""

import logging
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from config.logs import hide_tokens
from jobs.models import Job, StoredFile
from jobs.progress import Progress
from organisations.models import Department, LogEntry, Membership, Role, User
from reports.document import document, file_key, stylesheet
from reports.models import PublishedRemarks, Release, ReleaseUnit, SharedReport
from reports.published import Published, read_release
from reports.sharing import links, pdf_job, public_views
from scan.models import Round, Unit
from scan.results_link import results_link
from tests.cast import Cast
from tests.reports.sharing.links import FOREIGN, HIDDEN, NOTE, OWN, shared_page
from tests.rounds import unit_id

Browser = Callable[[Any], Client]
REMARK = "Piet luistert nooit"


def get(path: str) -> Any:
    return Client().get(path)


def title_of(text: str) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", text, re.DOTALL)
    assert found
    return found[1].strip()


@pytest.fixture
def link(closed: Round, cast: Cast) -> str:
    return shared_page(closed, OWN, cast.mo)


def test_it_shows_that_report_to_anybody(link: str, closed: Round, cast: Cast, as_user: Browser) -> None:
    shared = get(link).content.decode()
    inside = as_user(cast.mo).get(f"/o/{cast.organisation.slug}/r/{closed.slug}/u/{unit_id(closed, OWN)}/")
    report = re.compile(r'<article class="report">.*</article>', re.DOTALL)
    assert report.findall(shared) == report.findall(inside.content.decode())
    assert title_of(shared) == "Wijkteam Oost"
    assert "Mo" in shared
    assert NOTE not in shared


def test_nothing_on_it_leads_elsewhere(link: str, closed: Round, cast: Cast) -> None:
    with scopes_disabled():
        PublishedRemarks.objects.create(round=closed, texts=[REMARK] * 10)
    pages = [link, f"{link}pdf/nl/", shared_page(closed, HIDDEN, cast.mo), shared_page(closed, "", cast.anna)]
    for path in pages:
        text = get(path).content.decode()
        addresses = re.findall(r'(?:href|action|src)="([^"]*)"', text)
        allowed = ("/static/", "data:", "#", "?language=", "/s/")
        assert [one for one in addresses if not one.startswith(allowed)] == []
        assert {one for one in addresses if one.startswith("/s/")} <= {path, link, f"{path}pdf/nl/", f"{path}pdf/en/"}
        assert "/o/" not in text
        assert "csrfmiddlewaretoken" not in text


def test_the_report_of_the_organisation_is_shared_without_remarks(closed: Round, cast: Cast, as_user: Browser) -> None:
    with scopes_disabled():
        PublishedRemarks.objects.create(round=closed, texts=[REMARK] * 10)
    inside = as_user(cast.anna).get(f"/o/{cast.organisation.slug}/r/{closed.slug}/u/{unit_id(closed, '')}/")
    assert REMARK in inside.content.decode()
    path = shared_page(closed, "", cast.anna)
    assert REMARK not in get(path).content.decode()
    with scope(organisation=cast.organisation):
        published = published_of(closed)
        html = document(published, published.root, "nl", with_remarks=False)
        assert REMARK not in html


def published_of(round_: Round) -> Published:
    release = Release.objects.select_related("round__organisation").get(round=round_)
    return read_release(release)


def test_nothing_is_kept_of_it(link: str) -> None:
    for path in (link, f"{link}pdf/nl/", "/s/" + "a" * 42 + "/"):
        answer = get(path)
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert "noindex" in answer["X-Robots-Tag"]
        assert not answer.cookies
    assert not Session.objects.exists()


def test_who_is_logged_in_gets_the_same_page(link: str, cast: Cast, as_user: Browser) -> None:
    nobody = get(link).content
    for user in (cast.anna, cast.wil, cast.otto):
        assert as_user(user).get(link).content == nobody


def test_it_speaks_the_language_that_was_chosen(link: str) -> None:
    assert "In one minute" in get(f"{link}?language=en").content.decode()
    assert "In één minuut" in get(f"{link}?language=nl").content.decode()
    assert get(f"{link}?language=xx").status_code == 200


# --- its end ---


def answers_of(path: str) -> list[tuple[int, str]]:
    found = [get(path), get(f"{path}pdf/nl/"), Client().post(f"{path}pdf/nl/")]
    return [(one.status_code, one.content.decode()) for one in found]


def test_unknown_withdrawn_and_ended_links_get_one_answer_after_the_same_work(
    link: str, closed: Round, cast: Cast
) -> None:
    ended = link
    with scopes_disabled():
        SharedReport.objects.update(ends_at=timezone.now())
    withdrawn = shared_page(closed, FOREIGN, cast.anna)
    with scopes_disabled():
        links.withdraw(
            SharedReport.objects.select_related("release__round__organisation").get(unit__path=FOREIGN), cast.anna
        )
    found = []
    for path in (ended, withdrawn, "/s/" + "b" * 42 + "/"):
        for method, end_ in (("get", ""), ("get", "pdf/nl/"), ("post", "pdf/nl/")):
            with CaptureQueriesContext(connection) as queries:
                answer = getattr(Client(), method)(path + end_)
            found.append((answer.status_code, answer.content, len(queries)))
    assert len(set(found)) == 1
    assert found[0][0] == 404
    assert "Oost" not in found[0][1].decode()
    assert not Job.objects.filter(kind=pdf_job.KIND).exists()


def test_it_works_until_its_last_day_is_over(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    for days, is_open in ((0, True), (30, True), (31, False)):
        monkeypatch.setattr("reports.sharing.links.timezone.now", lambda days=days: now + timedelta(days=days))
        assert (get(link).status_code == 200) is is_open


def test_it_ends_when_who_made_it_may_not_read_that_report_any_more(link: str, cast: Cast) -> None:
    role = Membership.objects.get(user=cast.mo)

    def change(**fields: object) -> None:
        Membership.objects.filter(pk=role.pk).update(**fields)

    def move(path: str) -> None:
        with scopes_disabled():
            role.departments.set([cast.departments[path]])

    ways: list[tuple[Callable[[], object], Callable[[], object]]] = [
        (lambda: change(ends_on=date(2026, 1, 1)), lambda: change(ends_on=None)),
        (lambda: change(role=Role.WORKS_COUNCIL), lambda: change(role=Role.MANAGER)),
        (lambda: move("facilitair"), lambda: move("zorg")),
        (
            lambda: User.objects.filter(pk=cast.mo.pk).update(is_active=False),
            lambda: User.objects.filter(pk=cast.mo.pk).update(is_active=True),
        ),
        (role.delete, lambda: None),
    ]
    for lose, regain in ways:
        assert get(link).status_code == 200
        lose()
        assert [status for status, _page in answers_of(link)] == [404] * 3
        regain()


def test_a_merge_of_the_department_ends_nothing(link: str, cast: Cast) -> None:
    """Mo leads what Zorg was merged into."""
    with scopes_disabled():
        heir = cast.departments["facilitair"]
        Department.objects.filter(pk=cast.departments["zorg"].pk).update(merged_into=heir)
        Membership.objects.get(user=cast.mo).departments.set([heir])
    assert get(link).status_code == 200


def test_after_a_correction_neither_the_old_nor_the_new_figures_are_shown(link: str, closed: Round) -> None:
    with scopes_disabled():
        newer = Release.objects.get(round=closed)
        newer.pk, newer.number = uuid.uuid4(), 2
        newer.save(force_insert=True)
    for status, text in answers_of(link):
        assert status == 410
        assert 'class="report"' not in text
        assert "gecorrigeerd" in text
    assert not Job.objects.filter(kind=pdf_job.KIND).exists()


def test_what_has_ended_is_deleted_with_the_name_it_was_for(link: str) -> None:
    links.delete_ended()
    with scopes_disabled():
        assert SharedReport.objects.filter(note=NOTE).exists()
        SharedReport.objects.update(ends_at=timezone.now())
        links.delete_ended()
        assert not SharedReport.objects.exists()


# --- what it is not ---


def test_neither_database_nor_log_holds_the_link(link: str, caplog: pytest.LogCaptureFixture) -> None:
    token = link.split("/")[2]
    with scopes_disabled():
        row = SharedReport.objects.get()
        assert token not in repr([getattr(row, field.attname) for field in row._meta.concrete_fields])
        assert not LogEntry.objects.filter(subject__contains=token).exists()
    with caplog.at_level(logging.DEBUG):
        get(link)
        Client().post(f"{link}pdf/nl/")
        get(f"{link}nergens/")
    assert token not in hide_tokens(caplog.text)
    assert token not in "".join(f"{job.key} {job.result}" for job in Job.objects.all())


def test_it_is_made_with_the_key_of_what_colleagues_see_and_outlives_its_change(link: str, settings: Any) -> None:
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another one, long enough to be used"
    assert get(link).status_code == 200
    settings.SECRET_KEY_FALLBACKS = []
    assert get(link).status_code == 404


def test_the_link_for_staff_is_another_kind(link: str, closed: Round, cast: Cast) -> None:
    staff = results_link(closed)
    staff = staff[staff.index("/s/") :]
    assert get(f"{staff}pdf/nl/").status_code == 404
    assert get(staff).status_code == 200
    assert get(link).status_code == 200


# --- a hidden unit ---


def test_a_hidden_unit_is_shared_as_it_is_read(closed: Round, cast: Cast, as_user: Browser) -> None:
    shared = get(shared_page(closed, HIDDEN, cast.mo)).content.decode()
    inside = as_user(cast.mo).get(f"/o/{cast.organisation.slug}/r/{closed.slug}/u/{unit_id(closed, HIDDEN)}/")
    report = re.compile(r'<article class="report">.*</article>', re.DOTALL)
    assert report.findall(shared) == report.findall(inside.content.decode())


def test_two_hidden_units_under_one_group_give_the_same_page(closed: Round, cast: Cast, as_user: Browser) -> None:
    """Page, status, size and number of queries, of what is shared and of the page on which it is."""
    twin = "Zorg / Vroege dienst"
    with scopes_disabled():
        parent, release = Unit.objects.get(round=closed, path="Zorg"), Release.objects.get(round=closed)
        unit = Unit.objects.create(
            round=closed, parent=parent, name="Vroege dienst", path=twin, path_key=twin.casefold()
        )
        ReleaseUnit.objects.create(release=release, unit=unit, is_shown=False)
    found = []
    for path in (HIDDEN, twin):
        shared = shared_page(closed, path, cast.anna)
        share = f"/o/{cast.organisation.slug}/r/{closed.slug}/u/{unit_id(closed, path)}/share/"
        as_user(cast.anna).get(share)
        for client, address in ((Client(), shared), (Client(), f"{shared}pdf/nl/"), (as_user(cast.anna), share)):
            with CaptureQueriesContext(connection) as queries:
                answer = client.get(address)
            found.append((answer.status_code, masked(answer.content.decode(), path, shared), len(queries)))
        with scopes_disabled():
            SharedReport.objects.all().delete()
    assert found[:3] == found[3:]


def masked(text: str, path: str, shared: str) -> str:
    for name in (path, path.rpartition(" / ")[2], shared):
        text = text.replace(name, "…")
    return re.sub(r'value="[^"]+"|[0-9a-f]{8}-[0-9a-f-]{27}', "", text)


# --- the PDF ---


def make_pdf() -> None:
    job = Job.objects.get(kind=pdf_job.KIND)
    Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, claim=job.pk)
    result = pdf_job.work(job.key, Progress(job.pk, job.pk))
    Job.objects.filter(pk=job.pk).update(state=Job.State.DONE, result=result, finished_at=timezone.now())


def test_the_pdf_is_made_once_and_handed_out(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.pdf.render_pdf", lambda html, style: b"%PDF-1.7 made")
    client = Client(enforce_csrf_checks=True)
    pdf = f"{link}pdf/nl/"
    assert 'method="post"' in client.get(pdf).content.decode()
    for _time in range(3):
        assert client.post(pdf, headers={"origin": "null"}).headers["Location"] == pdf
    assert Job.objects.filter(kind=pdf_job.KIND).count() == 1
    assert "data-busy" in client.get(pdf).content.decode()
    make_pdf()
    client.post(pdf)
    assert Job.objects.filter(kind=pdf_job.KIND).count() == 1
    answer = client.get(pdf)
    assert (answer["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.7 made")
    assert "wijkteam-oost-nl.pdf" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_the_pdf_that_members_had_made_is_the_same_file(link: str, closed: Round, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        published = published_of(closed)
        unit = next(one for one in published.units if one.path == OWN)
        html = document(published, unit, "nl")
        StoredFile.objects.create(key=file_key(html, stylesheet()), content=b"%PDF", content_type="application/pdf")
    assert get(f"{link}pdf/nl/").content == b"%PDF"


def test_what_failed_is_not_asked_for_again_within_the_hour(link: str) -> None:
    jobs = Job.objects.filter(kind=pdf_job.KIND)
    Client().post(f"{link}pdf/nl/")
    jobs.update(state=Job.State.FAILED, finished_at=timezone.now())
    Client().post(f"{link}pdf/nl/")
    assert jobs.count() == 1
    assert "over een uur" in get(f"{link}pdf/nl/").content.decode()
    jobs.update(finished_at=timezone.now() - timedelta(hours=2))
    Client().post(f"{link}pdf/nl/")
    assert jobs.count() == 2


def test_asking_is_limited_per_link_and_network_whatever_the_link_is(
    link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public_views, "PDFS_PER_HOUR", 2)
    for path in (link, "/s/" + "c" * 42 + "/"):
        statuses = [Client().post(f"{path}pdf/nl/").status_code for _time in range(4)]
        assert statuses[2:] == [429, 429]
        assert 429 not in statuses[:2]
