"""The app behind the nginx configuration of deploy/, for real: TLS, headers, who asks, and no link in any log."""

import gzip
import http.client
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.deploy.https_browser import HttpsBrowser
from tests.deploy.private_nginx import NAME, SITE, PrivateNginx
from tests.rounds import open_round, tokens
from tests.serving.answering_server import AnsweringServer, answering_server

STYLE = re.compile(r'href="(/static/[^"]+\.css)"')
SPOOFED = ("X-Forwarded-For", "X_Forwarded_For", "X-Forwarded_For", "X_Forwarded-For", "Forwarded", "X-Real-IP")
WRONG_CODE = {"code": "aaaa-bbbb-cccc"}


@dataclass
class Site:
    server: AnsweringServer
    nginx: PrivateNginx

    def browser(self) -> HttpsBrowser:
        return HttpsBrowser(NAME, self.nginx.https, self.nginx.certificate)

    def everything_written(self) -> str:
        return self.nginx.logs() + self.server.log.read_text(encoding="utf-8")


@contextmanager
def site_of(folder: Path) -> Iterator[Site]:
    log, address = folder / "server.log", f"https://{NAME}"
    with answering_server(log, LEERSCAN_BASE_URL=address, LEERSCAN_BEHIND_PROXY="1") as server:
        nginx = PrivateNginx(folder / "nginx", server.port)
        nginx.start()
        try:
            yield Site(server, nginx)
        finally:
            nginx.stop()


@pytest.fixture
def token(cast: Cast) -> str:
    return tokens(open_round(cast))[0]


def plain(port: int, path: str, host: str = NAME) -> http.client.HTTPResponse:
    """Without TLS."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", path, headers={"Host": host})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer


@pytest.mark.django_db(transaction=True)
def test_pages_come_over_tls_with_their_headers_and_nobody_says_for_himself_where_he_is(
    token: str, tmp_path: Path
) -> None:
    with site_of(tmp_path) as site:
        there = plain(site.nginx.http, f"/a/{token}/?x=1")
        assert there.status == 301
        assert there.headers["Location"] == f"https://{NAME}/a/{token}/?x=1"
        look_at_the_pages(site.browser(), token)
        send_what_is_too_large(site.browser())
        lie_about_the_address(site.browser())


def look_at_the_pages(browser: HttpsBrowser, token: str) -> None:
    login = browser.get("/accounts/login/", **{"Accept-Encoding": "gzip, br"})
    start = browser.get(f"/a/{token}/", **{"Accept-Encoding": "gzip, br", "Accept-Language": "nl"})
    for page in (login, start):
        assert page.status == 200
        assert page.headers["Strict-Transport-Security"].startswith("max-age=31536000")
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
        assert page.headers["X-Frame-Options"] == "DENY"
        assert "nginx/" not in page.headers["Server"]
    # nginx compresses no page, whatever Debian sets: the app does where a phone needs it, with a random length.
    assert login.headers["Content-Encoding"] is None
    assert all("Secure" in cookie for cookie in login.headers.get_all("Set-Cookie", []))
    assert "Hoe leren we hier?" in gzip.decompress(start.body).decode()
    again = [browser.get(f"/a/{token}/", **{"Accept-Encoding": "gzip"}).headers["Content-Length"] for _ in range(6)]
    assert len(set(again)) > 1
    style = STYLE.search(login.text)
    assert style
    file = browser.get(style[1], **{"Accept-Encoding": "gzip"})
    assert (file.status, file.headers["Content-Encoding"]) == (200, "gzip")
    assert "immutable" in file.headers["Cache-Control"]


def send_what_is_too_large(browser: HttpsBrowser) -> None:
    """A staff list that is a little too large still arrives, so that the page can say so."""
    assert browser.post("/accounts/login/", b"x" * 12_000_000).status in (302, 400, 403)
    assert browser.post("/accounts/login/", b"x" * 21_000_000).status == 413


def lie_about_the_address(browser: HttpsBrowser) -> None:
    """Thirty wrong codes in an hour from one network are too many, whatever the browser says where it is."""
    form = browser.form("/a/", WRONG_CODE)
    statuses: list[int] = []
    # Counting begins anew with the hour, which may turn meanwhile.
    while 429 not in statuses and len(statuses) < 61:
        lie = dict.fromkeys(SPOOFED, f"198.51.100.{len(statuses)}")
        statuses.append(browser.send(form, **lie).status)
    assert set(statuses[:-1]) == {422}
    assert len(statuses) > 30
    assert statuses[-1] == 429
    # Nor that it was not https: that page would only send the browser to itself.
    assert browser.get("/accounts/login/", **{"X-Forwarded-Proto": "http"}).status == 200


@pytest.mark.django_db(transaction=True)
def test_a_link_stands_in_no_log_whatever_goes_wrong(token: str, tmp_path: Path) -> None:
    with site_of(tmp_path) as site:
        ask_in_every_way(site, token)
        site.server.stop()
        down = site.browser().get(f"/a/{token}/")
        assert down.status == 502
        assert "Leerscan is even niet bereikbaar" in down.text
        assert down.headers["Cache-Control"] == "no-store"
        # What a page loads names the page; nginx quotes that too when it fails.
        assert site.browser().get("/static/app.css", Referer=f"https://{NAME}/a/{token}/").status == 502
        # These logs do take what a careless site lets through.
        assert plain(site.nginx.careless, "/shown/", "careless.example").status == 502
    written = site.everything_written()
    assert token not in written.lower()
    assert written.count("GET /shown/") == 2, "in the access log and in the error log"
    assert NAME not in site.nginx.logs(), "nothing at all was logged of this site"


def ask_in_every_way(site: Site, token: str) -> None:
    browser, page = site.browser(), f"https://{NAME}/a/{token}/"
    assert plain(site.nginx.http, f"/a/{token}/").status == 301
    for path, status in (
        (f"/a/{token}/", 200),
        (f"/s/{token}/", 404),
        (f"/A/{token}/", 404),
        (f"//a/{token}/", 404),
        (f"/%61/{token}/", 200),
        (f"/elsewhere/?from=/a/{token}/", 404),
    ):
        assert browser.get(path).status == status, path
    assert browser.get("/static/nowhere.css", Referer=page).status == 404
    assert browser.post(f"/a/{token}/1/", b"x" * 1_100_000, Referer=page).status == 413
    assert browser.post(f"/a/{token}/1/", b"x" * 600_000, Referer=page).status in (400, 403)
    assert browser.get(f"/a/{token}/", Cookie="x" * 40_000).status == 400


@pytest.mark.parametrize("log", ["access_log off;", "error_log /dev/null emerg;"])
def test_without_these_lines_the_link_would_stand_in_a_log(log: str, tmp_path: Path) -> None:
    site = SITE.read_text(encoding="utf-8")
    assert site.count(log) == 2
    nginx = PrivateNginx(tmp_path / "nginx", 1, site.replace(log, ""))
    nginx.start()
    try:
        browser = HttpsBrowser(NAME, nginx.https, nginx.certificate)
        assert browser.post("/a/some-link/1/", b"x" * 1_100_000).status == 413
    finally:
        nginx.stop()
    assert "some-link" in nginx.logs()


def test_nginx_finds_nothing_wrong_with_the_configuration(tmp_path: Path) -> None:
    said = PrivateNginx(tmp_path / "nginx", 8000).check()
    assert "test is successful" in said
    assert "[emerg]" not in said
