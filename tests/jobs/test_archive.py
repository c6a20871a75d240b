"""A ZIP of stored files, handed out one by one: the same files are the same bytes."""

import hashlib
import io
import zipfile

import pytest

from jobs import archive, files

CONTENTS = {"eerste.pdf": b"%PDF een", "tweede – é.pdf": hashlib.shake_256(b"1").digest(200_000), "leeg.pdf": b""}


def stored(contents: dict[str, bytes] = CONTENTS) -> list[bytes]:
    entries = []
    for name, content in contents.items():
        files.store(files.key_of(name), content, "application/pdf")
        entries.append((name, files.key_of(name)))
    archive.store_list("list", entries)
    found = files.find("list")
    assert found is not None
    assert found.content_type == archive.LIST
    return list(archive.stream(found))


@pytest.mark.django_db
def test_it_holds_every_file_under_its_name() -> None:
    with zipfile.ZipFile(io.BytesIO(b"".join(stored()))) as found:
        assert found.testzip() is None
        assert {name: found.read(name) for name in found.namelist()} == CONTENTS
        # Sizes stand before the content, for programs that read from the front.
        assert all(entry.flag_bits & 0x08 == 0 for entry in found.infolist())


@pytest.mark.django_db
def test_it_comes_a_file_at_a_time_and_holds_little_more_than_the_files() -> None:
    parts = stored()
    assert len(parts) == len(CONTENTS) + 1
    assert sum(map(len, parts)) < sum(map(len, CONTENTS.values())) + 1000


@pytest.mark.django_db
def test_the_same_files_are_the_same_bytes_on_any_day() -> None:
    first, second = b"".join(stored()), b"".join(stored())
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as found:
        assert {entry.date_time for entry in found.infolist()} == {archive.FIRST_DATE}


@pytest.mark.django_db
def test_without_files_it_is_an_empty_zip() -> None:
    assert zipfile.ZipFile(io.BytesIO(b"".join(stored({})))).namelist() == []


def test_small_files_are_packed_at_once() -> None:
    content = archive.zipped({"a.csv": b"x" * 1000, "b.csv": b""})
    assert content == archive.zipped({"a.csv": b"x" * 1000, "b.csv": b""})
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        assert {name: len(found.read(name)) for name in found.namelist()} == {"a.csv": 1000, "b.csv": 0}
    assert len(content) < 500
