"""Single sign-on, from the button on the login page over a login server to coming in, and back outside."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from tests.conftest import ROOT

PEOPLE = {
    "anna": {"sub": "1", "email": "Anna@example.test", "email_verified": True},
    "unsure": {"sub": "2", "email": "anna@example.test", "email_verified": False},
    "stranger": {"sub": "3", "email": "bo@example.test", "email_verified": True},
}


class LoginServer(BaseHTTPRequestHandler):
    """The code that it is given is the name of who logs in, and so is the token that it gives."""

    def do_GET(self) -> None:
        if self.path == "/userinfo":
            self._answer(PEOPLE[self.headers["Authorization"].removeprefix("Bearer ")])
            return
        base = f"http://{self.headers['Host']}"
        names = {"authorization_endpoint": "auth", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
        self._answer({"issuer": base} | {name: f"{base}/{path}" for name, path in names.items()})

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._answer({"access_token": form["code"][0], "token_type": "Bearer"})

    def _answer(self, data: object) -> None:
        body = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def login_server() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), LoginServer)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_who_has_an_account_comes_in_and_nobody_else(login_server: str, tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"} | {
        "LEERSCAN_HOME": str(tmp_path),
        "LEERSCAN_OIDC_SERVER": login_server,
        "LEERSCAN_OIDC_CLIENT_ID": "leerscan",
        "LEERSCAN_OIDC_CLIENT_SECRET": "geheim",
        "LEERSCAN_OIDC_NAME": "De Linde",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "tests/organisations/sso_run.py", "stranger", "unsure", "anna", "anna"]
    run = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    closed = "False Accounts are made by your organisation"
    first, second, third, fourth, users = run.stdout.splitlines() or [run.stderr]
    assert [first, second, users] == [closed, closed, "1"]
    assert third == fourth
    assert third.startswith("True ")
