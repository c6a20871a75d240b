"""A file is stored under the hash of what it was made from: the same content is made once."""

import pytest

from jobs.files import find, key_of, store
from jobs.models import StoredFile


def test_a_key_tells_parts_apart() -> None:
    keys = [key_of(), key_of(""), key_of("ab"), key_of("a", "b"), key_of("b", "a"), key_of("", "ab"), key_of("ab", "")]
    assert len(set(keys)) == len(keys)
    assert all(len(key) == 64 for key in keys)


def test_the_same_parts_give_the_same_key() -> None:
    assert key_of("release 1", "nl", "é") == key_of("release 1", "nl", "é")
    # Fixed: another key would make every stored file anew.
    assert key_of("a", "b") == "3c9d591045bc8876f9d0399bbfb05c6a412096e906f73278f98406cd5dca86df"


@pytest.mark.django_db
def test_a_stored_file_is_found_by_its_key() -> None:
    key = key_of("report", "nl")
    store(key, b"%PDF-1.7 \x00\xff", "application/pdf")
    found = find(key)
    assert found is not None
    assert bytes(found.content) == b"%PDF-1.7 \x00\xff"
    assert found.content_type == "application/pdf"


@pytest.mark.django_db
def test_a_key_that_holds_nothing_finds_nothing() -> None:
    assert find(key_of("report", "nl")) is None


@pytest.mark.django_db
def test_storing_again_under_the_same_key_keeps_the_first() -> None:
    key = key_of("report", "nl")
    store(key, b"first", "application/pdf")
    store(key, b"second", "application/pdf")
    assert [bytes(file.content) for file in StoredFile.objects.all()] == [b"first"]
