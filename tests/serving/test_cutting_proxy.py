import http.client
from collections.abc import Iterator
from contextlib import suppress

import pytest

from tests.serving.cutting_proxy import FIRST_REQUESTS, Cut, CuttingProxy, cutting_proxy
from tests.serving.own_process import steady_port
from tests.serving.recording_server import BODY, RecordingServer
from tests.waiting import wait_until

SENT = b"answers=" + b"4" * 500


@pytest.fixture
def server() -> Iterator[RecordingServer]:
    server = RecordingServer()
    yield server
    server.end()


def post(line: http.client.HTTPConnection) -> bytes:
    line.request("POST", "/", SENT)
    return line.getresponse().read()


def until_cut(proxy: CuttingProxy) -> int:
    """How many posts on one connection were answered in full."""
    line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
    try:
        for answered in range(FIRST_REQUESTS + 1):
            try:
                assert post(line) == BODY
            except (http.client.HTTPException, OSError):
                return answered
            line.auto_open = 0
    finally:
        line.close()
    raise AssertionError("the connection was not cut")


def test_without_a_share_everything_passes(server: RecordingServer) -> None:
    with cutting_proxy(server.port) as proxy:
        for _turn in range(20):
            line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
            assert [post(line), post(line)] == [BODY, BODY]
            line.close()
        assert proxy.connections == 20
        assert not proxy.cuts
    assert server.bodies == [SENT] * 40


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("kind", Cut)
def test_a_cut_is_what_it_is_called(server: RecordingServer, kind: Cut, seed: int) -> None:
    with cutting_proxy(server.port, 1.0, seed, (kind,)) as proxy:
        answered = until_cut(proxy)
        assert proxy.cuts == {kind: 1}
    reached = [*[SENT] * answered]
    if kind == Cut.IN_REQUEST:
        wait_until("the server has the piece", lambda: len(server.bodies) == answered + 1)
        assert SENT.startswith(server.bodies.pop())
    elif kind in (Cut.UNANSWERED, Cut.IN_ANSWER):
        reached.append(SENT)
    assert server.bodies == reached


@pytest.mark.parametrize("seconds", [0.0, 0.05])
@pytest.mark.parametrize("seed", range(3))
def test_of_a_torn_answer_the_head_is_whole(server: RecordingServer, seed: int, seconds: float) -> None:
    """Also when it comes by itself."""
    server.seconds_after_head = seconds
    with cutting_proxy(server.port, 1.0, seed, (Cut.IN_ANSWER,)) as proxy:
        line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
        while not proxy.cuts:
            line.request("POST", "/", SENT)
            answer = line.getresponse()
            assert answer.getheader("Content-Length") == str(len(BODY))
            with suppress(http.client.IncompleteRead, ConnectionError):
                assert answer.read() == BODY
        line.close()
        assert proxy.cuts == {Cut.IN_ANSWER: 1}


def test_the_same_seed_cuts_the_same(server: RecordingServer) -> None:
    def cuts(seed: int) -> list[int]:
        with cutting_proxy(server.port, 1.0, seed) as proxy:
            return [until_cut(proxy) for _turn in range(12)]

    assert cuts(1) == cuts(1)
    assert cuts(1) != cuts(2)


def test_a_share_is_kept_also_when_connections_end_early(server: RecordingServer) -> None:
    cut = 0
    with cutting_proxy(server.port, 0.2, "share") as proxy:
        for _turn in range(200):
            line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
            try:
                post(line)  # a connection that is to be cut at its second request never comes to that
            except (http.client.HTTPException, OSError):
                cut += 1
            line.close()
        assert cut == proxy.cuts.total()
        assert 20 <= cut <= 60


def test_while_the_line_is_gone_nothing_gets_through(server: RecordingServer) -> None:
    with cutting_proxy(server.port) as proxy:
        line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
        post(line)
        proxy.take_away()
        for _turn in range(2):  # the one that ran, and a new one
            with pytest.raises((http.client.HTTPException, OSError)):
                post(line)
            line.close()
        assert (proxy.cut_with_the_line, proxy.refused) == (1, 1)
        proxy.bring_back()
        assert post(line) == BODY
        line.close()
    assert server.bodies == [SENT] * 2


def test_a_server_that_is_away_looks_like_a_cut_line() -> None:
    with cutting_proxy(steady_port()) as proxy:
        line = http.client.HTTPConnection("127.0.0.1", proxy.port, timeout=10)
        with pytest.raises((http.client.HTTPException, OSError)):
            post(line)
        line.close()
        assert proxy.server_away == 1
