"""Somebody who comes by https, from within the machine: looks at pages, answers, and does what is not allowed.

visitor.py SITE LINK up|down [CERTIFICATE]. Prints what held; ends with a message and code 1 at the first that does not.
"""

import http.client
import re
import ssl
import sys
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urlsplit

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Visitor:
    def __init__(self, site: str, certificate: str | None) -> None:
        self.site = site
        self._context = ssl.create_default_context(cafile=certificate)
        self._cookies: dict[str, str] = {}

    def ask(
        self, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPSConnection(self.site, 443, timeout=30, context=self._context)
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        line.request("POST" if body is not None else "GET", path, body, {"Cookie": cookies} | (headers or {}))
        answer = line.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
        text = answer.read().decode(errors="replace")
        line.close()
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, text


def check(what: str, *, holds: bool) -> None:
    if not holds:
        sys.exit(f"does not hold: {what}")
    print(f"holds: {what}")


def look(visitor: Visitor, path: str) -> None:
    status, headers, text = visitor.ask("/accounts/login/")
    check("the login page comes over https, with a certificate that was checked", holds=status == 200)
    check("it has a form", holds=CSRF.search(text) is not None)
    check("HSTS of a year", holds=headers["strict-transport-security"].startswith("max-age=31536000"))
    check("a strict Content-Security-Policy", holds=headers["content-security-policy"].startswith("default-src 'none'"))
    plain = http.client.HTTPConnection(visitor.site, 80, timeout=30)
    plain.request("GET", path)
    answer = plain.getresponse()
    to = answer.headers["Location"]
    check("http leads to https", holds=answer.status in (301, 308) and to == f"https://{visitor.site}{path}")


def answer_a_question(visitor: Visitor, path: str) -> None:
    page = f"{path}1/"
    check("a participant's link opens", holds=visitor.ask(path)[0] == 200)
    found = CSRF.search(visitor.ask(page)[2])
    if found is None:
        sys.exit("does not hold: the first part has a form")
    form = urlencode({"csrfmiddlewaretoken": found[1], "q01": "4"}).encode()
    kind, referer = "application/x-www-form-urlencoded", f"https://{visitor.site}{page}"
    status, _, _ = visitor.ask(page, {"Content-Type": kind, "Referer": referer}, form)
    check("an answer is taken", holds=status == 302)
    check("and is there again", holds=re.search(r"<input[^>]*q01[^>]*checked", visitor.ask(page)[2]) is not None)


def do_what_is_not_allowed(visitor: Visitor, path: str) -> None:
    referer = f"https://{visitor.site}{path}"
    status = _send_too_much(visitor, path)
    check(f"what is far too large is refused ({status})", holds=status >= 400)
    for wrong in (f"{path}7/", path.upper(), f"/{path}", path.replace("/a/", "/s/")):
        check(f"not there: {wrong[:4]}…", holds=visitor.ask(wrong)[0] == 404)
    check("a file that is not there", holds=visitor.ask("/static/nowhere.css", {"Referer": referer})[0] == 404)
    lies = {"X-Forwarded-Proto": "http", "X_Forwarded_Proto": "http"}
    check("nobody says that it was not https", holds=visitor.ask("/accounts/login/", lies)[0] == 200)


def _send_too_much(visitor: Visitor, path: str) -> int:
    try:
        return visitor.ask(f"{path}1/", None, b"x" * 25_000_000)[0]
    except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
        return 413  # the line was closed while it was still sending


def come_while_it_is_down(visitor: Visitor, path: str) -> None:
    status, _, _ = visitor.ask(path)
    check("while Leerscan is stopped: 502", holds=status == 502)
    referer = f"https://{visitor.site}{path}"
    check("its files too", holds=visitor.ask("/static/app.css", {"Referer": referer})[0] == 502)


def main() -> None:
    site, link, state, *certificate = sys.argv[1:]
    visitor, path = Visitor(site, certificate[0] if certificate else None), urlsplit(link).path
    if state == "down":
        come_while_it_is_down(visitor, path)
        return
    look(visitor, path)
    answer_a_question(visitor, path)
    do_what_is_not_allowed(visitor, path)


if __name__ == "__main__":
    main()
