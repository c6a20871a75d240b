"""A request that was cut halfway, as the web server hands it over: the length that was promised, and less of it."""

import io
from collections.abc import Iterable, Iterator
from types import SimpleNamespace
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http.request import UnreadablePostError

from config.whole_requests import MOST_TO_THROW_AWAY, TornRequestMiddleware, WholeRequests
from config.wsgi import application
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.participants import find_participant
from tests.cast import Cast
from tests.rounds import open_round, tokens
from tests.scan.asking import ALL_AGREE

COOKIE = "c" * 32
FORM = f"csrfmiddlewaretoken={COOKIE}&q01=1&q02=2&go=on"
FILE = "\r\n".join(
    ["--line", 'Content-Disposition: form-data; name="file"; filename="staff.csv"', "", "name", *"abcdefgh", "--line--"]
)
TORN = (0, 1, FORM.index("&q01"), FORM.index("&q02"), len(FORM) - 1)


class OneByOne:
    """A stream may give less than was asked, and more the next time."""

    def __init__(self, content: bytes) -> None:
        self._stream = io.BytesIO(content)

    def read(self, size: int) -> bytes:
        return self._stream.read(min(size, 1))


def environ(path: str, content_type: str, length: int, body: Any) -> dict[str, Any]:
    made = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(length),
        "HTTP_COOKIE": f"csrftoken={COOKIE}",
        "wsgi.input": body,
    }
    setup_testing_defaults(made)
    return made


def post_form(path: str, kept: int) -> int:
    """The status of the answer, when only so much of the form came through."""
    statuses: list[str] = []
    body = io.BytesIO(FORM[:kept].encode())
    content = environ(path, "application/x-www-form-urlencoded", len(FORM), body)
    answer: Any = application(content, lambda status, *rest: statuses.append(status))  # type: ignore[arg-type]
    answer.close()
    return int(statuses[0].split()[0])


@pytest.fixture
def _stays_connected() -> Iterator[None]:
    """As Django's own test client does: the test and the request share a connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def token(in_scope: Cast, _stays_connected: None) -> str:
    token = tokens(open_round(in_scope))[0]
    drafts.save(find_participant(token), Sheet(ALL_AGREE))
    return token


def saved(token: str) -> dict[str, int]:
    return drafts.load(find_participant(token)).answers


def test_a_whole_form_is_saved(token: str) -> None:
    assert post_form(f"/a/{token}/1/", len(FORM)) == 302
    assert (saved(token)["q01"], saved(token)["q02"]) == (1, 2)


@pytest.mark.parametrize("kept", TORN)
def test_a_torn_form_leaves_what_was_saved_before(token: str, kept: int) -> None:
    assert post_form(f"/a/{token}/1/", kept) == 403
    assert saved(token) == ALL_AGREE


def read_by_a_view(content_type: str, body: Any, length: int, *, files: bool) -> bytes:
    read: list[bytes] = []

    def view(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = WSGIRequest(environ)
        request.user = SimpleNamespace(is_authenticated=True)  # type: ignore[assignment]
        file: Any = request.FILES["file"] if files else None
        read.append(file.read() if files else request.body)
        return []

    WholeRequests(view)(environ("/", content_type, length, body), lambda *arguments: None)  # type: ignore[arg-type]
    return read[0]


def test_a_body_that_comes_in_pieces_is_whole() -> None:
    read = read_by_a_view("application/json", OneByOne(b"x" * 20_000), 20_000, files=False)
    assert read == b"x" * 20_000


def test_a_file_is_read_when_it_is_whole_and_refused_when_it_is_torn() -> None:
    kind = "multipart/form-data; boundary=line"
    whole = read_by_a_view(kind, io.BytesIO(FILE.encode()), len(FILE), files=True)
    assert whole.startswith(b"name\r\na\r\nb")
    for kept in (len(FILE) - 1, FILE.index("c\r\nd")):
        with pytest.raises(UnreadablePostError):
            read_by_a_view(kind, io.BytesIO(FILE[:kept].encode()), len(FILE), files=True)


def test_a_view_that_meets_a_torn_body_has_not_failed(rf: Any) -> None:
    def view(request: Any) -> Any:
        raise AssertionError

    middleware = TornRequestMiddleware(view)
    answer = middleware.process_exception(rf.get("/"), UnreadablePostError("ended early"))
    assert answer is not None
    assert answer.status_code == 400
    assert middleware.process_exception(rf.get("/"), OSError("disk full")) is None


@pytest.mark.parametrize(("length", "kept"), [(300_000, 0), (MOST_TO_THROW_AWAY + 1, 1)])
def test_what_nobody_reads_is_thrown_away_so_that_the_sender_sees_the_answer(length: int, kept: int) -> None:
    """But not without end."""
    body = io.BytesIO(b"x" * length)

    def refuse(environ: Any, start_response: Any) -> list[bytes]:
        return [b"too large"]

    content = environ("/", "text/plain", length, body)
    assert WholeRequests(refuse)(content, lambda status, *rest: lambda data: None) == [b"too large"]
    assert bool(body.read(1)) is bool(kept)
