"""Each setting by itself: a wrong value is refused with its name and what would be right, and no secret is shown."""

import traceback
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment

NAME = "LEERSCAN_SOMETHING"
HOME = "LEERSCAN_HOME"


def refused(url: str) -> str:
    """All that would come into a log."""
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.database(url, Path("unused"))
    return "".join(traceback.format_exception(caught.value))


@pytest.mark.parametrize("password", ["Zx9secret/rest", "Zx9secret#rest", "Zx9secret?rest", "Zx9[secret/", "90/secret"])
def test_a_password_that_tears_the_address_of_the_database_apart_is_not_shown(password: str) -> None:
    said = refused(f"postgresql://leerscan:{password}@host/name")
    assert "DATABASE_URL cannot be read" in said
    assert "%2F" in said
    assert "secret" not in said
    assert "rest" not in said


@pytest.mark.parametrize("rest", ["90#secret", "90?secret=1", "90?sslmode=secret", "90?a&secret"])
def test_nor_one_that_begins_with_what_could_be_a_port(rest: str) -> None:
    said = refused(f"postgresql://leerscan:{rest}@host/name")
    assert "DATABASE_URL cannot be read" in said
    assert "secret" not in said


@pytest.mark.parametrize("port", ["0", "99999", "5432x"])
def test_a_database_has_a_port_that_there_is(port: str) -> None:
    assert "DATABASE_URL cannot be read" in refused(f"postgresql://leerscan@host:{port}/name")


def test_an_address_of_a_database_is_taken_apart() -> None:
    found = environment.database("postgresql://us%40er:a%2Fb%23c%40d%3F%25@[::1]:5433/na%2Fme", Path("unused"))
    assert (found["USER"], found["PASSWORD"]) == ("us@er", "a/b#c@d?%")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("::1", "5433", "na/me")
    assert not found["OPTIONS"]
    assert environment.database("postgresql://u:a@b@h/n", Path("unused"))["PASSWORD"] == "a@b"


def test_a_file_of_sqlite_may_have_any_name() -> None:
    assert environment.database("sqlite:///srv/a@b/x.sqlite3", Path("unused"))["NAME"] == Path("/srv/a@b/x.sqlite3")
    assert environment.database("", Path("own"))["NAME"] == Path("own")


def test_how_postgresql_is_reached_is_handed_on_to_it() -> None:
    url = "postgresql://u@h/n?sslmode=verify-full&sslrootcert=/etc/a%20b+c.pem&connect_timeout=5"
    options = environment.database(url, Path("unused"))["OPTIONS"]
    assert options == {"sslmode": "verify-full", "sslrootcert": "/etc/a b+c.pem", "connect_timeout": "5"}


def test_what_nobody_would_look_at_is_refused_by_name() -> None:
    said = refused("postgresql://u:pw@h/n?sslmode=require&ssl_mode=verify-full")
    assert "'ssl_mode'" in said
    assert "sslmode, " in said
    assert "verify-full" not in said
    assert "sslmode without a value" in refused("postgresql://u:pw@h/n?sslmode=")
    assert "begins with 'mysql'" in refused("mysql://u:pw@h/n")


@pytest.mark.parametrize("password", ["Zx9secret/rest", "Zx9secret#rest", "Zx9[secret", "90/secret"])
def test_nor_is_a_password_of_redis_shown(monkeypatch: pytest.MonkeyPatch, password: str) -> None:
    """It is refused here, or redis would quote it when it is asked for the first time."""
    monkeypatch.setenv(NAME, f"redis://leerscan:{password}@host:6379/0")
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} must read .*%2F") as caught:
        environment.redis_url(NAME)
    assert "secret" not in "".join(traceback.format_exception(caught.value))
    monkeypatch.setenv(NAME, "redis://:a%2Fb@host:6379/0")
    assert environment.redis_url(NAME) == "redis://:a%2Fb@host:6379/0"


def test_a_home_that_is_empty_is_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for empty in ("", " "):
        monkeypatch.setenv(HOME, empty)
        assert environment.home(HOME, tmp_path / "var") == tmp_path / "var"
    monkeypatch.delenv(HOME)
    assert environment.home(HOME, tmp_path / "var") == tmp_path / "var"
    assert (tmp_path / "var").is_dir()


def test_a_home_that_is_made_is_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(HOME, str(tmp_path / "above" / "home"))
    made = environment.home(HOME, tmp_path)
    assert made.stat().st_mode & 0o777 == 0o700
    # Nor is a folder above it, or one that was there, closed to others: who made it knows who is to read it.
    assert made.parent.stat().st_mode & 0o777 != 0o700
    made.chmod(0o750)
    environment.home(HOME, tmp_path)
    assert made.stat().st_mode & 0o777 == 0o750


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    file.touch()
    for wrong in (str(file), str(file / "below"), "/proc/none"):
        monkeypatch.setenv(HOME, wrong)
        with pytest.raises(ImproperlyConfigured, match=f"LEERSCAN_HOME is '{wrong}'.*may write"):
            environment.home(HOME, tmp_path)


def test_a_key_that_cannot_be_kept_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEERSCAN_SCAN_KEY", raising=False)
    (tmp_path / "keys").touch()
    with pytest.raises(ImproperlyConfigured, match=r"LEERSCAN_SCAN_KEY is kept in .*/keys/scan_key, which cannot"):
        environment.key("LEERSCAN_SCAN_KEY", tmp_path / "keys")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", "http://127.0.0.1:8000"),
        ("https://scan.example.org/", "https://scan.example.org"),
        ("HTTPS://Scan.example.org", "https://Scan.example.org"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://testserver", "http://testserver"),
        ("https://scan.köln.example", "https://scan.köln.example"),
    ],
)
def test_an_address_for_people(monkeypatch: pytest.MonkeyPatch, written: str, read: str) -> None:
    monkeypatch.setenv(NAME, written)
    assert environment.address(NAME, "http://127.0.0.1:8000") == read


@pytest.mark.parametrize(
    "wrong",
    [
        "scan.example.org",
        "htps://a",
        "https://",
        "https:///x",
        "https://scan.example.org/x",
        "https://scan.example.org?x",
        "https://scan.example.org#x",
        "https://scan example.org",
        "http://127.0.0.1:abc",
        "http://127.0.0.1:99999",
        "http://127.0.0.1:0",
        ":99999",
    ],
)
def test_what_is_no_address_for_people_is_refused(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv(NAME, wrong)
    with pytest.raises(ImproperlyConfigured) as caught:
        environment.address(NAME, "http://127.0.0.1:8000")
    assert f"{NAME} is '{wrong}'" in str(caught.value)
    assert "https://scan.example.org or" in str(caught.value)


def test_an_address_with_a_password_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "https://me:Zx9secret@scan.example.org")
    with pytest.raises(ImproperlyConfigured, match=f"{NAME} holds an @") as caught:
        environment.address(NAME, "http://127.0.0.1:8000")
    assert "secret" not in str(caught.value)


def test_a_choice_is_read_in_capitals_or_not(monkeypatch: pytest.MonkeyPatch) -> None:
    for written, read in (("info", "INFO"), ("INFO", "INFO"), ("", "WARNING")):
        monkeypatch.setenv(NAME, written)
        assert environment.choice(NAME, ("WARNING", "INFO", "ERROR")) == read
    monkeypatch.setenv(NAME, "LOUD")
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} is 'LOUD'; write WARNING, INFO or ERROR.$"):
        environment.choice(NAME, ("WARNING", "INFO", "ERROR"))


def test_a_number_lies_between_its_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    for right in (1, 65_535):
        monkeypatch.setenv(NAME, str(right))
        assert environment.number(NAME, 5, lowest=1, highest=65_535) == right
    for wrong in (0, 65_536):
        monkeypatch.setenv(NAME, str(wrong))
        with pytest.raises(ImproperlyConfigured, match=f"^{NAME} is {wrong}; write a number from 1 to 65535.$"):
            environment.number(NAME, 5, lowest=1, highest=65_535)
    monkeypatch.setenv(NAME, "0")
    with pytest.raises(ImproperlyConfigured, match=f"^{NAME} is 0; write a number of 1 or more.$"):
        environment.number(NAME, 5, lowest=1)
