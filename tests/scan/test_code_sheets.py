"""Code sheets and posters as they come out of the printer, and what is kept of them."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import unquote

import pypdfium2
import pytest
import segno
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from pypdf import PdfReader

from jobs import daily
from jobs.models import Job, StoredFile
from jobs.running import run
from organisations.models import LogEntry, Person
from scan.forgetting import forget_who_answered
from scan.links import codes, open_links, paper_jobs, papers, sealed_files
from scan.links.paper_jobs import CODE_SHEETS, POSTER, RESULTS_POSTER, Paper
from scan.models import Invitation, Mailing, Round, Unit
from scan.results_link import short_results_link, typed
from scan.rounds import create_round, launch
from scan.tokens import link_of, token_of
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.scan.entrances import CODES, open_link_of, round_with_every_way, started, with_codes

DPI_SCALE = 5  # pixels per point
MM = 72 / 25.4
# As in templates/scan/code_sheets.css.
SLIP_LEFT, SLIP_TOP, SLIP_WIDTH, SLIP_HEIGHT = 10, 16, 95, 68
QR_LEFT, QR_TOP, QR_SIZE = 2, 11.4, 38


@pytest.fixture
def running(in_scope: Cast) -> Round:
    return round_with_every_way(in_scope)


@pytest.fixture(autouse=True)
def _no_heartbeat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jobs.progress.HEARTBEAT_SECONDS", 3600)


def unit_with_codes(round_: Round) -> Unit:
    return Unit.objects.get(round=round_, path_key=CODES)


def made(paper: Paper) -> bytes:
    """The paper, by the job that makes it."""
    job = paper_jobs.request_paper(paper)
    run(job.pk, raise_faults=True)
    content = sealed_files.read(paper_jobs.file_key(paper))
    assert content is not None
    return content


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def codes_in(content: bytes) -> list[str]:
    return [line.strip() for line in text_of(content).splitlines() if codes.cleaned(line.strip())]


def modules_at(page: Any, left: float, top: float, size: float, count: int) -> tuple[tuple[int, ...], ...]:
    """The dark and light squares of the QR code at this place (in mm) of a page."""
    picture = page.render(scale=DPI_SCALE).to_pil().convert("L")
    step = size * MM * DPI_SCALE / count
    x, y = left * MM * DPI_SCALE, top * MM * DPI_SCALE
    return tuple(
        tuple(
            int(picture.getpixel((int(x + step * (column + 0.5)), int(y + step * (row + 0.5)))) < 128)
            for column in range(count)
        )
        for row in range(count)
    )


def matrix_of(address: str) -> tuple[tuple[int, ...], ...]:
    """What segno itself would draw, with its four squares of margin."""
    return tuple(tuple(row) for row in segno.make_qr(address, error="m").matrix_iter(border=4))


LogIn = Callable[[Any], Client]


def test_there_is_a_slip_for_every_code(running: Round) -> None:
    content = made(Paper(CODE_SHEETS, running, unit_with_codes(running), "nl"))
    printed = codes_in(content)
    assert len(printed) == 11
    assert set(printed) == {codes.given_code(invitation) for invitation in with_codes(running)}
    assert len(PdfReader(io.BytesIO(content)).pages) == 2


def test_the_qr_code_of_each_slip_opens_the_link_of_the_code_beside_it(running: Round) -> None:
    content = made(Paper(CODE_SHEETS, running, unit_with_codes(running), "nl"))
    links = {codes.given_code(invitation): link_of(invitation.pk) for invitation in with_codes(running)}
    printed = codes_in(content)
    pages = pypdfium2.PdfDocument(content)
    for number, code in enumerate(printed):
        place = number % 8
        expected = matrix_of(links[code])
        drawn = modules_at(
            pages[number // 8],
            SLIP_LEFT + place % 2 * SLIP_WIDTH + QR_LEFT + 0.25,
            SLIP_TOP + place // 2 * SLIP_HEIGHT + QR_TOP + 0.25,
            QR_SIZE,
            len(expected),
        )
        assert drawn == expected, code


def test_no_code_of_who_came_by_an_open_link_is_printed(
    running: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    before = paper_jobs.file_key(Paper(CODE_SHEETS, running, None, "nl"))
    for _time in range(3):
        open_links.start(open_link_of(running), "nl")
    assert paper_jobs.file_key(Paper(CODE_SHEETS, running, None, "nl")) == before, "a new file would tell of a start"
    printed = codes_in(made(Paper(CODE_SHEETS, running, None, "nl")))
    assert sorted(printed) == sorted(codes.given_code(invitation) for invitation in with_codes(running))
    assert not set(printed) & {codes.given_code(invitation) for invitation in started(running)}
    address = f"/o/{cast.organisation.slug}/r/{running.slug}/links/codes/nl/{open_link_of(running).pk}/"
    assert as_user(cast.anna).get(address).status_code == 404
    assert as_user(cast.anna).post(address).status_code == 404


def test_a_slip_says_all_that_its_reader_needs(running: Round) -> None:
    for language, words in (
        ("nl", ["31 december 2099", "Anna, 2210", "Niemand weet wie welk strookje heeft", "127.0.0.1:8000/a"]),
        ("en", ["31 December 2099", "Anna, 2210", "Nobody knows who has which slip", "127.0.0.1:8000/a"]),
    ):
        text = " ".join(text_of(made(Paper(CODE_SHEETS, running, unit_with_codes(running), language))).split())
        assert text.count("Zorggroep De Linde") >= 11
        assert text.count("Leerscan nu") >= 11
        assert "Zorg / Nachtdienst" in text
        for word in words:
            assert word in text


def places_of(words: str, page: Any) -> list[tuple[float, float]]:
    """Where it stands on the page, each time: from the top of its first line to the bottom of its last, in mm."""
    text = page.get_textpage()
    search, places = text.search(words), []
    while found := search.get_next():
        boxes = [text.get_charbox(number) for number in range(found[0], found[0] + found[1])]
        highest, lowest = max(box[3] for box in boxes), min(box[1] for box in boxes if box[1])
        places.append(((page.get_height() - highest) / MM, (page.get_height() - lowest) / MM))
    return places


LONG_CONTACT = (
    "Servicepunt Medewerkers en Organisatie van De Linde, elke werkdag tussen 8 en 17 uur, " * 2 + "bel 0123-456 7890"
)


@pytest.mark.parametrize(
    "contact", ["Anna de Vries-van den Oever, telefoon 0123-456 7890 of anna@linde.test", LONG_CONTACT]
)
@pytest.mark.parametrize(
    ("language", "until", "nobody"),
    [
        ("nl", "Tot en met 30 september 2099. Ongeveer 8 minuten.", "Niemand weet wie welk strookje heeft."),
        ("en", "Until 30 September 2099. About 8 minutes.", "Nobody knows who has which slip."),
    ],
)
def test_nothing_on_a_slip_is_cut_off(
    running: Round, settings: Any, language: str, until: str, nobody: str, contact: str
) -> None:
    settings.BASE_URL = "https://leerscan.zorggroep-de-linde-noord.test"
    organisation = running.organisation
    organisation.name = "Stichting Samenwerkende Zorggroepen De Linde, De Beuk en De Wilgenhof in Noord-Holland"
    organisation.save()
    fields = {"closes_on": date(2099, 9, 30), "results_on": date(2099, 12, 31), "contact": contact}
    Round.objects.filter(pk=running.pk).update(**fields)
    round_ = Round.objects.select_related("organisation").get(pk=running.pk)
    (first, *_rest) = pypdfium2.PdfDocument(made(Paper(CODE_SHEETS, round_, unit_with_codes(round_), language)))
    bottoms = [SLIP_TOP + (number // 2 + 1) * SLIP_HEIGHT for number in range(8)]
    untils, ends = places_of(until, first), places_of(contact[-8:], first)
    nobodies, results = places_of(nobody, first), places_of(typed(short_results_link(round_)), first)
    assert len(untils) == len(ends) == len(nobodies) == len(results) == 8
    for bottom, above, between, found, below in zip(bottoms, nobodies, untils, results, ends, strict=True):
        assert bottom - SLIP_HEIGHT < above[0] < above[1] < between[0] < between[1] < found[0]
        assert found[1] < below[1] < bottom - 0.5
        assert found[1] - found[0] < 4
        # One line.
        assert between[1] - between[0] < 4


@pytest.mark.parametrize(("kind", "pictures"), [(CODE_SHEETS, 11), (POSTER, 2), (RESULTS_POSTER, 1)])
def test_papers_are_tagged_and_load_nothing(running: Round, kind: str, pictures: int) -> None:
    unit = {CODE_SHEETS: unit_with_codes(running), POSTER: open_link_of(running).unit}.get(kind)
    running = with_results_on(running, date(2099, 12, 31))
    pdf = PdfReader(io.BytesIO(made(Paper(kind, running, unit, "en"))))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"] == {"/Marked": True}
    assert b"pdfuaid:part" in bytes(root["/Metadata"].get_object().get_data())
    alternatives = _alternative_texts(root["/StructTreeRoot"].get_object())
    assert len(alternatives) == pictures
    assert all("QR" in text for text in alternatives)


def _alternative_texts(element: Any) -> list[str]:
    found = [str(element["/Alt"])] if "/Alt" in element else []
    children = element.get("/K", [])
    for reference in children if isinstance(children, list) else [children]:
        child = reference.get_object() if hasattr(reference, "get_object") else reference
        if hasattr(child, "get"):
            found += _alternative_texts(child)
    return found


def test_the_order_of_slips_is_another_one_each_time(in_scope: Cast) -> None:
    """So that no second print lies beside the first."""
    running = round_with_every_way(in_scope, coded=30)
    paper = Paper(CODE_SHEETS, running, unit_with_codes(running), "nl")
    first = codes_in(made(paper))
    sealed_files.delete_files_of(running)
    second = codes_in(made(paper))
    assert sorted(first) == sorted(second)
    assert first != second
    stored = [codes.given_code(invitation) for invitation in with_codes(running)]
    assert first != stored != second


def test_all_sheets_come_department_by_department(in_scope: Cast) -> None:
    people = [*add_people(in_scope.departments[CODES], 9), *add_people(in_scope.departments["facilitair"], 3)]
    leader = add_people(in_scope.departments["zorg / wijkteam oost"], 1, leaders=1)
    Person.objects.filter(pk__in=[person.pk for person in [*people, *leader]]).update(email="")
    round_ = create_round(in_scope.organisation, "Voorjaar", OPENS, CLOSES)
    launch(round_)
    round_ = Round.objects.select_related("organisation").get(pk=round_.pk)
    content = made(Paper(CODE_SHEETS, round_, None, "en"))
    assert len(codes_in(content)) == 13
    heads = [page.extract_text().splitlines()[0] for page in PdfReader(io.BytesIO(content)).pages]
    assert heads == ["Facilitair", "Zorg: managers", "Zorg / Nachtdienst", "Zorg / Nachtdienst"]


def test_what_is_stored_shows_neither_link_nor_code(running: Round) -> None:
    content = made(Paper(CODE_SHEETS, running, unit_with_codes(running), "nl"))
    (stored,) = StoredFile.objects.all()
    kept = bytes(stored.content)
    assert content.startswith(b"%PDF")
    assert b"PDF" not in kept
    assert len(kept) > len(content)
    for invitation in with_codes(running):
        for secret in (token_of(invitation.pk), codes.given_code(invitation), str(invitation.pk)):
            assert secret.encode() not in kept
            assert secret not in stored.key


def test_it_can_be_read_with_the_old_key_as_a_fallback_and_not_without(running: Round, settings: Any) -> None:
    paper = Paper(CODE_SHEETS, running, unit_with_codes(running), "nl")
    content = made(paper)
    old = settings.SCAN_KEY
    settings.SCAN_KEY = "c" * 40
    assert sealed_files.read(paper_jobs.file_key(paper)) is None
    settings.SCAN_KEY_FALLBACKS = [old]
    assert sealed_files.read(paper_jobs.file_key(paper)) == content


def test_one_file_cannot_be_put_in_the_place_of_another(running: Round) -> None:
    unit = unit_with_codes(running)
    dutch, english = Paper(CODE_SHEETS, running, unit, "nl"), Paper(CODE_SHEETS, running, unit, "en")
    made(dutch)
    made(english)
    swapped = StoredFile.objects.get(key=str(paper_jobs.file_key(english)))
    StoredFile.objects.filter(key=str(paper_jobs.file_key(dutch))).update(content=swapped.content)
    assert sealed_files.read(paper_jobs.file_key(dutch)) is None


def test_closing_and_seven_days_delete_them(running: Round) -> None:
    other = create_round(running.organisation, "Ander", OPENS, CLOSES)
    sealed_files.store(sealed_files.Key(other.pk, "0" * 64), b"of another round")
    made(Paper(CODE_SHEETS, running, unit_with_codes(running), "nl"))
    made(Paper(POSTER, running, open_link_of(running).unit, "nl"))
    assert StoredFile.objects.count() == 3
    forget_who_answered(running)
    assert [file.key[:32] for file in StoredFile.objects.all()] == [other.pk.hex]
    sealed_files.delete_old()
    assert StoredFile.objects.count() == 1
    StoredFile.objects.update(created_at=timezone.now() - timedelta(days=7, seconds=1))
    StoredFile.objects.create(
        key="report", content=b"x", content_type="application/pdf", created_at=timezone.now() - timedelta(days=30)
    )
    assert sealed_files.delete_old in daily._chores
    sealed_files.delete_old()
    assert [file.key for file in StoredFile.objects.all()] == ["report"]


def test_a_sheet_that_is_ready_just_after_closing_is_not_kept(running: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    def close_meanwhile(html: str, style: str) -> bytes:
        Round.objects.filter(pk=running.pk).update(state=Round.State.CLOSED)
        return b"%PDF"

    monkeypatch.setattr("jobs.pdf.write_pdf", close_meanwhile)
    job = paper_jobs.request_paper(Paper(CODE_SHEETS, running, unit_with_codes(running), "nl"))
    run(job.pk, raise_faults=True)
    assert not StoredFile.objects.exists()


def test_changed_words_make_a_new_file_and_the_same_words_do_not(running: Round) -> None:
    paper = Paper(CODE_SHEETS, running, unit_with_codes(running), "nl")
    made(paper)
    made(paper)
    assert StoredFile.objects.count() == 1
    running.contact = "Truus, 3344"
    running.save()
    assert "Truus, 3344" in text_of(made(paper))
    assert StoredFile.objects.count() == 2


def test_the_poster_leads_to_the_open_link(running: Round) -> None:
    link = open_link_of(running)
    content = made(Paper(POSTER, running, link.unit, "nl"))
    text = text_of(content)
    assert len(PdfReader(io.BytesIO(content)).pages) == 1
    for word in (open_links.code_of(link), "Keuken", "Leerscan nu", "8 minuten", "31 december 2099", "Anna, 2210"):
        assert word in text
    assert "Zo hoor je de resultaten: In de kantine." in text
    assert typed(codes.code_page_address()) in text
    assert papers.qr_code(open_links.address_of(link)) in unescape(papers.poster(link, "nl"))
    # A unit with an open link is shown from ten people (R18).
    assert "minstens 5 mensen, en van Keuken zelf pas vanaf 10 mensen" in " ".join(text.split())


def test_the_poster_names_the_one_limit_that_holds(running: Round) -> None:
    link = open_link_of(running)
    link.unit.round.k = 10
    assert "groepen van minstens 10 mensen." in papers.poster(link, "nl")
    assert "zelf pas vanaf" not in papers.poster(link, "nl")


def with_results_on(round_: Round, day: date | None) -> Round:
    Round.objects.filter(pk=round_.pk).update(results_on=day)
    return Round.objects.select_related("organisation").get(pk=round_.pk)


@pytest.mark.parametrize(
    ("language", "said"),
    [("nl", "Vanaf 31 december 2099 staan de resultaten op"), ("en", "From 31 December 2099 the results are at")],
)
def test_slips_and_posters_say_where_the_results_are_and_from_when(running: Round, language: str, said: str) -> None:
    round_ = with_results_on(running, date(2099, 12, 31))
    address = typed(short_results_link(round_))
    slips = " ".join(text_of(made(Paper(CODE_SHEETS, round_, unit_with_codes(round_), language))).split())
    assert slips.count(f"{said} {address}") == 11
    poster = " ".join(text_of(made(Paper(POSTER, round_, open_link_of(round_).unit, language))).split())
    assert f"{said} {address}" in poster
    assert papers.qr_code(short_results_link(round_)) in unescape(papers.poster(open_link_of(round_), language))


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "Vanaf 31 december 2099 op"), ("en", "From 31 December 2099 at")]
)
def test_the_poster_of_the_results_leads_to_them(running: Round, language: str, said: str) -> None:
    round_ = with_results_on(running, date(2099, 12, 31))
    content = made(Paper(RESULTS_POSTER, round_, None, language))
    assert f"{said} {typed(short_results_link(round_))}" in " ".join(text_of(content).split())
    assert papers.qr_code(short_results_link(round_)) in unescape(papers.results_poster(round_, language))
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_papers_made_before_the_day_was_moved_are_made_anew(running: Round) -> None:
    round_ = with_results_on(running, date(2099, 12, 31))
    before = paper_jobs.file_key(Paper(RESULTS_POSTER, round_, None, "nl"))
    Mailing.objects.filter(round=round_, kind=Mailing.Kind.RESULTS).delete()
    Mailing.objects.create(round=round_, kind=Mailing.Kind.RESULTS, planned_on=date(2098, 1, 2))
    assert paper_jobs.file_key(Paper(RESULTS_POSTER, round_, None, "nl")) != before
    assert "2 januari 2098" in papers.results_poster(round_, "nl")


def test_without_a_day_no_paper_promises_an_address(running: Round, cast: Cast, as_user: LogIn) -> None:
    round_ = with_results_on(running, None)
    Mailing.objects.filter(round=round_, kind=Mailing.Kind.RESULTS).delete()
    place = typed(short_results_link(round_)).rpartition("/")[0]
    assert place not in papers.poster(open_link_of(round_), "nl")
    assert place not in papers.code_sheets(round_, None, "nl", lambda _drawn: None)
    client = as_user(cast.anna)
    links = f"/o/{cast.organisation.slug}/r/{round_.slug}/links/"
    assert f"{links}results/" not in client.get(links).content.decode()
    assert client.post(f"{links}results/nl/").status_code == 404


def test_the_hr_adviser_makes_and_downloads_the_poster_of_the_results(
    running: Round, cast: Cast, as_user: LogIn
) -> None:
    with_results_on(running, date(2099, 12, 31))
    client = as_user(cast.anna)
    links = f"/o/{cast.organisation.slug}/r/{running.slug}/links/"
    address = f"{links}results/en/"
    assert f'action="{address}"' in client.get(links).content.decode()
    assert client.get(address)["Location"] == links
    assert client.post(address)["Location"] == links
    run(Job.objects.get(kind=RESULTS_POSTER).pk, raise_faults=True)
    assert f'href="{address}" download' in client.get(links).content.decode()
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "The results of the learning scan" in text_of(response.content)


LONGEST = {"organisation": 120, "title": 120, "unit": 120, "results_how": 300, "contact": 200}
JUST_NOT_CROWDED = {"organisation": 30, "title": 20, "unit": 20, "results_how": 45, "contact": 45}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("lengths", [LONGEST, JUST_NOT_CROWDED], ids=["longest", "just not crowded"])
def test_a_poster_is_one_page_and_nothing_lies_over_something_else(
    running: Round, settings: Any, language: str, lengths: dict[str, int]
) -> None:
    settings.BASE_URL = "https://leerscan.zorggroep-de-linde-noord.test"
    text = {name: ("Thuiszorg en verpleging " * 20)[: length - 1] + "x" for name, length in lengths.items()}
    organisation, link = running.organisation, open_link_of(running)
    organisation.name = text.pop("organisation")
    organisation.save()
    Unit.objects.filter(pk=link.pk).update(name=text.pop("unit"))
    Round.objects.filter(pk=running.pk).update(results_on=date(2099, 12, 31), **text)
    round_ = Round.objects.select_related("organisation").get(pk=running.pk)
    promise, found = ("één keer in.", "resultaten op") if language == "nl" else ("answer once.", "results are at")
    pages = pypdfium2.PdfDocument(made(Paper(POSTER, round_, link.unit, language)))
    assert len(pages) == 1
    ((_top, end_of_promises),) = places_of(promise, pages[0])
    ((begin_of_foot, _bottom),) = places_of(found, pages[0])
    assert end_of_promises < begin_of_foot
    (*_others, (_top, lowest)) = places_of(text["contact"][-8:], pages[0])
    assert lowest < 297 - 10
    pages = pypdfium2.PdfDocument(made(Paper(RESULTS_POSTER, round_, None, language)))
    assert len(pages) == 1
    promise, found = ("welke antwoorden", "Zo hoor je") if language == "nl" else ("which answers", "How you will")
    ((_top, end_of_promises),) = places_of(promise, pages[0])
    ((begin_of_foot, _bottom),) = places_of(found, pages[0])
    assert end_of_promises < begin_of_foot


def test_a_picture_holds_nothing_but_the_address() -> None:
    """The very squares that segno makes, as one path."""
    picture = unquote(papers.qr_code("https://leerscan.example/a/open/x/"))
    assert picture.startswith("data:image/svg+xml")
    assert "<script" not in picture
    assert picture.count("<path") == 2  # ground and squares


def test_the_hr_adviser_makes_and_downloads_sheets_and_it_is_logged(
    running: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    client = as_user(cast.anna)
    links = f"/o/{cast.organisation.slug}/r/{running.slug}/links/"
    address = f"{links}codes/nl/{unit_with_codes(running).pk}/"
    assert client.get(address)["Location"] == links
    assert client.post(address)["Location"] == links
    assert client.post(address).status_code == 302
    (job,) = Job.objects.filter(kind=CODE_SHEETS)
    assert "data-busy" in client.get(links).content.decode()
    run(job.pk, raise_faults=True)
    page = client.get(links).content.decode()
    assert "data-busy" not in page
    assert f'href="{address}" download' in page
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    assert "zorg-nachtdienst" in response["Content-Disposition"]
    assert len(codes_in(response.content)) == 11
    with scope(organisation=cast.organisation):
        entries = LogEntry.objects.filter(action="download_codes")
        assert [(entry.subject, entry.user) for entry in entries] == [
            ("Leerscan nu: Zorg / Nachtdienst (11)", cast.anna)
        ]


def test_a_failed_try_is_told_and_can_be_repeated(running: Round, cast: Cast, as_user: Callable[[Any], Client]) -> None:
    client = as_user(cast.anna)
    links = f"/o/{cast.organisation.slug}/r/{running.slug}/links/"
    client.post(f"{links}codes/nl/{unit_with_codes(running).pk}/")
    Job.objects.update(state=Job.State.FAILED)
    client.cookies["language"] = "en"
    assert "did not work last time" in client.get(links).content.decode()
    client.post(f"{links}codes/nl/{unit_with_codes(running).pk}/")
    assert Job.objects.filter(state=Job.State.WAITING).count() == 1


def test_a_unit_without_codes_and_a_language_not_chosen_have_no_sheet(
    running: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    client = as_user(cast.anna)
    base = f"/o/{cast.organisation.slug}/r/{running.slug}/links/"
    mailed = Unit.objects.get(round=running, path_key="zorg / wijkteam oost")
    link, coded = open_link_of(running).unit, unit_with_codes(running)
    Round.objects.filter(pk=running.pk).update(languages=["nl"])
    for address in (
        f"codes/nl/{mailed.pk}/",
        f"codes/en/{coded.pk}/",
        "codes/en/",
        f"poster/en/{link.pk}/",
        f"poster/nl/{mailed.pk}/",
        f"limits/{mailed.pk}/",
    ):
        assert client.get(base + address).status_code == 404, address
        assert client.post(base + address).status_code == 404, address
    assert not Job.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("mo", 403), ("cas", 403), ("wil", 403), ("ada", 404), ("otto", 404)])
def test_nobody_else_gets_the_sheets(
    role: str, status: int, running: Round, cast: Cast, as_user: Callable[[Any], Client]
) -> None:
    made(Paper(CODE_SHEETS, running, unit_with_codes(running), "nl"))
    made(Paper(CODE_SHEETS, running, None, "nl"))
    client = as_user(getattr(cast, role))
    base = f"/o/{cast.organisation.slug}/r/{running.slug}/links/"
    for address in ("", "codes/nl/", f"codes/nl/{unit_with_codes(running).pk}/"):
        response = client.get(base + address)
        assert response.status_code == status
        assert b"%PDF" not in response.content
        assert client.post(base + address).status_code in (status, 405)
    assert Invitation.objects.filter(used=True).count() == 0
