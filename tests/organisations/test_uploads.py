"""Files that nobody can use are not kept while they come in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.test import Client

from tests.cast import Cast

AsUser = Callable[[Any], Client]


@pytest.fixture
def on_disk(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were put on disk."""
    made: list[str] = []
    begin = TemporaryUploadedFile.__init__

    def note(self: Any, name: str, *args: Any, **kwargs: Any) -> None:
        made.append(name)
        begin(self, name, *args, **kwargs)

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", note)
    return made


def files(count: int) -> dict[str, SimpleUploadedFile]:
    """Too large for memory alone."""
    return {f"file{number}": SimpleUploadedFile(f"{number}.csv", b"x" * 3_000_000) for number in range(count)}


@pytest.mark.parametrize(("count", "status"), [(1, 403), (40, 400)])
@pytest.mark.parametrize("page", ["/a/", "/accounts/login/"])
def test_nothing_is_kept_of_somebody_who_is_not_logged_in(
    db: None, page: str, count: int, status: int, on_disk: list[str]
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.get(page)
    client.cookies["csrftoken"] = "x" * 32
    assert client.post(page, {"code": "x", **files(count)}).status_code == status
    assert on_disk == []


def test_only_one_file_is_taken_at_a_time(cast: Cast, as_user: AsUser, on_disk: list[str]) -> None:
    page = f"/o/{cast.organisation.slug}/staff-list/"
    answer = as_user(cast.anna).post(page, files(40))
    assert answer.status_code == 400
    assert on_disk == ["0.csv"]


def test_an_answer_goes_through_without_its_file(db: None, client: Client, on_disk: list[str]) -> None:
    page = client.post("/a/", {"code": "ABCD", **files(1)})
    assert page.status_code in {200, 422}
    assert on_disk == []
