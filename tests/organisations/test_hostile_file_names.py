"""What a file is called is a text to show, never a place to write to."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from organisations.models import StaffImport
from tests.cast import Cast

NAMES = {
    "../../../etc/cron.d/evil": "evil",
    "/etc/passwd": "passwd",
    "C:\\Users\\anna\\lijst.csv": "lijst.csv",
    "a\x00b.csv": "ab.csv",
    "x" * 900 + ".csv": "x" * 196 + ".csv",
    "<script>alert(1)</script>.csv": "script>.csv",
    "=cmd|' /C calc'!A0.csv": "C calc'!A0.csv",
    "=1+1.csv": "=1+1.csv",
    "\u202evsc.exe": "vsc.exe",
    "%2e%2e%2fx.csv": "%2e%2e%2fx.csv",
}


def upload(client: Client, page: str, name: str, size: int = 30) -> Any:
    content = b"Naam;Afdeling\r\n" + b"x" * size
    body = (
        b'--line\r\nContent-Disposition: form-data; name="file"; filename="%b"\r\nContent-Type: text/csv\r\n\r\n%b\r\n'
        b"--line--\r\n"
    ) % (name.replace("\\", "\\\\").encode(), content)
    return client.generic("POST", page, body, "multipart/form-data; boundary=line")


@pytest.mark.parametrize("size", [30, 3_000_000], ids=["in memory", "on disk"])
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_file_of_any_name_is_only_called_so(
    name: str, size: int, cast: Cast, as_user: Callable[[Any], Client], tmp_path: Path, settings: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    before = sorted(Path(tempfile.gettempdir()).glob("*.csv"))
    page = f"/o/{cast.organisation.slug}/staff-list/"
    client = as_user(cast.anna)
    assert upload(client, page, name, size).status_code == 302
    with scope(organisation=cast.organisation):
        assert StaffImport.objects.get().file_name == NAMES[name]
    shown = client.get(page).content.decode()
    assert "<script>alert" not in shown
    assert "script&gt;.csv" in shown or "script" not in name
    # Nothing of it stays on disk.
    assert list(tmp_path.iterdir()) == []
    assert sorted(Path(tempfile.gettempdir()).glob("*.csv")) == before


@pytest.mark.parametrize("name", ["", ".", "..", "\x00"])
def test_a_file_without_a_name_is_none(name: str, cast: Cast, as_user: Callable[[Any], Client]) -> None:
    page = f"/o/{cast.organisation.slug}/staff-list/"
    assert upload(as_user(cast.anna), page, name).status_code == 422


def test_a_name_that_is_longer_than_any_is_refused(cast: Cast, as_user: Callable[[Any], Client]) -> None:
    page = f"/o/{cast.organisation.slug}/staff-list/"
    assert upload(as_user(cast.anna), page, "x" * 1_000).status_code == 400
