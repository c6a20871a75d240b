"""Each thing that `check --deploy` looks at, by itself: said when it is wrong, and silent when it is right."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.checks import CheckMessage
from django.db import connection
from pytest_django import Settings
from redis import Redis
from redis.exceptions import ResponseError

from config import server_checks
from config.checks import THIS_MACHINE, check_installation
from tests.config.test_check_deploy import RIGHT
from tests.redis import PrivateRedis
from tests.serving.own_process import steady_port
from tests.test_settings_are_documented import documented_settings

SERVER = {"vendor": "postgresql"}
FILES = {"KEYS_GIVEN": {"LEERSCAN_SECRET_KEY": True, "LEERSCAN_SCAN_KEY": False}}
MAIL_SERVER = {"host": "mail.example.org", "port": 25, "username": "leerscan", "use_tls": False, "use_ssl": False}
WRONG: dict[str, list[dict[str, Any]]] = {
    "leerscan.W001": [{"HTTPS": False}],
    "leerscan.W002": [{"DEBUG": True}],
    "leerscan.W003": [{"BEHIND_PROXY": False}],
    "leerscan.W004": [FILES | SERVER, FILES | {"QUEUE_URL": "redis://queue/0"}],
    "leerscan.E005": [{"SCAN_KEY": RIGHT["LEERSCAN_SECRET_KEY"]}],
    "leerscan.W006": [{"SECRET_KEY": RIGHT["LEERSCAN_SECRET_KEY"][:40]}, {"SCAN_KEY": "ab" * 40}],
    "leerscan.E007": [{"QUEUE_URL": "redis://queue/0"}],
    "leerscan.W008": [SERVER | {"QUEUE_URL": "redis://queue/0", "CACHE_URL": ""}],
    "leerscan.W009": [{"DEFAULT_FROM_EMAIL": "Leerscan <leerscan@localhost>"}],
    "leerscan.W010": [{"MAILERS": {"default": {"OPTIONS": {"host": "127.0.0.1", "port": 8025}}}}],
    "leerscan.W011": [{"SENDER_DOMAINS": frozenset()}],
    "leerscan.W018": [{"MAILERS": {"default": {"OPTIONS": MAIL_SERVER}}}],
}


@pytest.fixture
def right(settings: Settings) -> Settings:
    """One machine with SQLite, all of it right."""
    settings.HTTPS = settings.BEHIND_PROXY = True
    settings.DEBUG = False
    settings.SECRET_KEY, settings.SCAN_KEY = RIGHT["LEERSCAN_SECRET_KEY"], RIGHT["LEERSCAN_SCAN_KEY"]
    settings.KEYS_GIVEN = dict.fromkeys(("LEERSCAN_SECRET_KEY", "LEERSCAN_SCAN_KEY"), True)
    settings.QUEUE_URL = settings.CACHE_URL = ""
    settings.DEFAULT_FROM_EMAIL, settings.SENDER_DOMAINS = RIGHT["LEERSCAN_FROM"], frozenset({"example.org"})
    settings.MAILERS = {"default": {"OPTIONS": {"host": "mail.example.org", "port": 587}}}
    return settings


@pytest.fixture(autouse=True)
def _no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """What PostgreSQL answers is looked at on a real one, in test_check_deploy.py."""
    monkeypatch.setattr(connection, "vendor", "sqlite")


@pytest.fixture
def redis() -> Iterator[PrivateRedis]:
    server = PrivateRedis()
    server.start()
    yield server
    server.stop()


def ids(messages: list[CheckMessage]) -> list[str]:
    return [str(message.id) for message in messages]


def test_what_is_right_is_left_alone(right: Settings) -> None:
    assert check_installation() == []


@pytest.mark.parametrize(
    ("number", "wrong"), [(number, wrong) for number, cases in WRONG.items() for wrong in cases], ids=str
)
def test_what_is_wrong_is_named_with_what_would_be_right(
    right: Settings, monkeypatch: pytest.MonkeyPatch, number: str, wrong: dict[str, Any]
) -> None:
    monkeypatch.setattr("config.checks.PARTS", [part for part in _parts() if part.__module__ == "config.checks"])
    for name, value in wrong.items():
        setattr(connection if name == "vendor" else right, name, value)
    (message,) = [message for message in check_installation() if message.id == number]
    assert message.hint
    # Nothing else but what comes with it: a queue needs a server as database, and a cache.
    with_it = {"leerscan.E007", "leerscan.W008"} if "QUEUE_URL" in wrong else set()
    assert set(ids(check_installation())) - with_it - {number} == set()


def _parts() -> Any:
    from config.checks import PARTS  # noqa: PLC0415 -- as it was before it is replaced

    return PARTS


@pytest.mark.parametrize(
    "better",
    [{"use_tls": True}, {"use_ssl": True}, {"username": ""}, *({"host": host} for host in THIS_MACHINE)],
    ids=str,
)
def test_a_password_that_nobody_can_read_on_the_way_is_right(right: Settings, better: dict[str, Any]) -> None:
    right.MAILERS = {"default": {"OPTIONS": MAIL_SERVER | better}}
    assert check_installation() == []


@pytest.mark.parametrize(
    ("slip", "said"),
    [
        ("LEERSCAN_SMPT_HOST", "LEERSCAN_SMTP_HOST?"),
        ("LEERSCAN_SENDER_DOMAIN", "LEERSCAN_SENDER_DOMAINS?"),
        ("LEERSCAN_METRIC_TOKEN", "LEERSCAN_METRICS_TOKEN?"),
        ("LEERSCAN_COLOUR", "Leave it out."),
    ],
)
def test_a_setting_that_there_is_not_is_named_and_what_it_holds_is_not(
    right: Settings, monkeypatch: pytest.MonkeyPatch, slip: str, said: str
) -> None:
    monkeypatch.setenv(slip, "hunter2hunter2")
    (message,) = check_installation()
    assert message.id == "leerscan.W019"
    assert slip in str(message.msg)
    assert said in str(message.hint)
    assert "hunter2" not in str(message)


def test_all_settings_that_are_documented_are_known(right: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in documented_settings():
        monkeypatch.setenv(name, "unread")
    assert check_installation() == []


def test_a_redis_that_keeps_nothing_is_right(right: Settings, redis: PrivateRedis) -> None:
    right.CACHE_URL = redis.url(1)
    assert ids(check_installation()) == []


@pytest.mark.parametrize("words", ["CONFIG SET appendonly yes", 'CONFIG SET save "60 1"'])
def test_a_redis_that_saves_to_disk_is_named(right: Settings, redis: PrivateRedis, words: str) -> None:
    right.CACHE_URL = redis.url(1)
    assert redis.ask(words) == b"+OK"
    assert ids(check_installation()) == ["leerscan.W013"]


@pytest.mark.parametrize("words", ["CONFIG SET appendonly yes", 'CONFIG SET save "60 1"'])
def test_so_is_one_of_version_6_which_answers_about_one_setting_at_a_time(
    right: Settings, redis: PrivateRedis, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    ask = Redis.config_get

    def ask_version_6(server: Redis, pattern: str = "*", *others: str) -> Any:
        if others:
            raise ResponseError("Unknown subcommand or wrong number of arguments for 'get'. Try CONFIG HELP.")
        return ask(server, pattern)

    monkeypatch.setattr(Redis, "config_get", ask_version_6)
    right.CACHE_URL = redis.url(1)
    assert redis.ask(words) == b"+OK"
    assert ids(check_installation()) == ["leerscan.W013"]


def test_a_redis_that_does_not_tell_is_no_fault(right: Settings, redis: PrivateRedis) -> None:
    right.CACHE_URL = redis.url(1)
    assert redis.ask("ACL SETUSER default -config") == b"+OK"
    assert ids(check_installation()) == ["leerscan.I012"]


def test_a_redis_that_does_not_answer_is_named_without_its_password(right: Settings) -> None:
    right.CACHE_URL = f"redis://:secret@127.0.0.1:{steady_port()}/1"
    (message,) = check_installation()
    assert message.id == "leerscan.W014"
    assert "secret" not in str(message)


def test_an_old_postgresql_is_named() -> None:
    assert [message.id for message in server_checks.old_version(14)] == ["leerscan.W016"]
    assert list(server_checks.old_version(15)) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log_statement", "mod"),
        ("log_min_duration_statement", "0"),
        ("log_min_duration_statement", "5000"),
        ("log_duration", "on"),
        ("log_min_error_statement", "error"),
    ],
)
def test_each_way_in_which_postgresql_writes_answers_down_is_named(name: str, value: str) -> None:
    silent = {setting: right[0] for setting, right in server_checks.SILENT_LOG.items()}
    assert list(server_checks.talkative(silent)) == []
    (message,) = server_checks.talkative(silent | {name: value})
    assert message.id == "leerscan.W017"
    assert f"{name} = {value}" in str(message.msg)
