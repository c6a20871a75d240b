import http.client
from pathlib import Path

import pytest

from tests.cast import Cast
from tests.rounds import open_round, tokens
from tests.serving.answering_server import AnsweringServer, answering_server

pytestmark = pytest.mark.django_db(transaction=True)


def page(server: AnsweringServer, path: str) -> tuple[int, str]:
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        line.request("GET", path, headers={"Accept-Language": "nl"})
        answer = line.getresponse()
        return answer.status, answer.read().decode()
    finally:
        line.close()


def test_it_knows_the_links_of_the_test_and_comes_back_on_its_port_after_a_kill(cast: Cast, tmp_path: Path) -> None:
    token = tokens(open_round(cast))[0]
    with answering_server(tmp_path / "server.log", processes=2) as server:
        status, text = page(server, f"/a/{token}/")
        assert status == 200
        assert "Hoe leren we hier?" in text
        server.kill()
        with pytest.raises(ConnectionError):
            page(server, "/healthz")
        server.start()
        assert page(server, f"/a/{token}/")[0] == 200
        server.stop()
        with pytest.raises(ConnectionError):
            page(server, "/healthz")
        assert server.complaints() == []


def test_what_goes_wrong_in_it_stands_in_its_log(cast: Cast, tmp_path: Path) -> None:
    """A database that is not there: the page fails, and the test that asks for complaints hears so."""
    nowhere = f"sqlite://{tmp_path}/nowhere/at.all"
    with answering_server(tmp_path / "server.log", DATABASE_URL=nowhere) as server:
        assert page(server, "/a/")[0] == 500
        assert any("Traceback" in line for line in server.complaints())
