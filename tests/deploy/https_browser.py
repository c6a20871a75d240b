"""Asks over TLS as a browser would: the certificate is checked, cookies are kept, a form brings its secret value."""

import http.client
import re
import socket
import ssl
from dataclasses import dataclass, field
from email.message import Message
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class HttpsBrowser:
    name: str
    port: int
    certificate: Path
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, body: bytes, **headers: str) -> Answer:
        return self._ask("POST", path, body, headers)

    def form(self, path: str, fields: dict[str, str]) -> tuple[str, bytes]:
        """Filled in, with the secret value that its page has."""
        found = CSRF.search(self.get(path).text)
        assert found, f"no form at {path}"
        return path, urlencode(fields | {"csrfmiddlewaretoken": found[1]}).encode()

    def send(self, form: tuple[str, bytes], **headers: str) -> Answer:
        path, body = form
        more = {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"https://{self.name}{path}"}
        return self.post(path, body, **(more | headers))

    def _ask(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        line = _Line(self)
        try:
            known = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            line.request(method, path, body or None, {"Host": self.name, "Cookie": known} | headers)
            answer = line.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(cookie).items()}
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            line.close()


class _Line(http.client.HTTPSConnection):
    """To the port of this machine, under the name that the certificate is for."""

    def __init__(self, browser: HttpsBrowser) -> None:
        super().__init__("127.0.0.1", browser.port, timeout=30)
        self._browser = browser

    def connect(self) -> None:
        context = ssl.create_default_context(cafile=str(self._browser.certificate))
        plain = socket.create_connection(("127.0.0.1", self._browser.port), timeout=30)
        self.sock = context.wrap_socket(plain, server_hostname=self._browser.name)
