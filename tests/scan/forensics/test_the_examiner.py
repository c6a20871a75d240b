"""Whatever somebody might add that keeps an order, the examiner finds it: each kind of trace, planted here."""

import logging
import uuid
from collections.abc import Iterable
from email.message import EmailMessage

import pytest
from django.core.cache import cache
from django.db import connection

from tests.scan.forensics import files
from tests.scan.forensics.chance import drawn_from
from tests.scan.forensics.marks import Marks
from tests.scan.forensics.orders import Order, between, with_the_truth
from tests.scan.forensics.tables import orders_in_tables
from tests.scan.forensics.traces import CacheWatch, OurLog, orders_in_lines, orders_of_mails
from tests.scan.mailing.mail_server import Received

COUNT = 60
IDS = [uuid.UUID(int=drawn_from(f"id {number}").getrandbits(128), version=4) for number in range(COUNT)]
TRUTH = {number: place for place, number in enumerate(drawn_from("truth").sample(range(COUNT), COUNT))}
IN_ORDER = sorted(TRUTH, key=lambda number: TRUTH[number])


@pytest.fixture
def marks() -> Marks:
    made = Marks()
    for number, pk in enumerate(IDS):
        made.add_id("answers", number, pk)
        made.add("person", number, f"mens{number}@example.test".encode())
    return made


def telling(orders: Iterable[Order]) -> set[str]:
    return {found.of for found in with_the_truth(orders, TRUTH) if abs(found.rho) > 0.99}


def test_a_column_with_a_time_in_any_table(transactional_db: None, marks: Marks) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (who varchar(36), sent_at varchar(30))")
        for number in range(COUNT):
            moment = f"2027-03-09 10:{TRUTH[number]:02d}"
            cursor.execute("INSERT INTO planted VALUES (%s, %s)", [str(IDS[number]), moment])
        try:
            assert telling(orders_in_tables(marks)) == {"planted.sent_at of answers"}
        finally:
            cursor.execute("DROP TABLE planted")


def test_the_place_of_a_row(transactional_db: None, marks: Marks) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (who varchar(36))")
        for number in IN_ORDER:
            cursor.execute("INSERT INTO planted VALUES (%s)", [str(IDS[number])])
        try:
            expected = {"rowid"} if connection.vendor == "sqlite" else {"ctid", "xmin"}
            assert telling(orders_in_tables(marks)) == {f"planted.{column} of answers" for column in expected}
        finally:
            cursor.execute("DROP TABLE planted")


def test_what_lies_in_the_files_in_order_of_writing(transactional_db: None, marks: Marks) -> None:
    """On SQLite in the log that is not yet written back, too."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (who varchar(36))")
        for number in IN_ORDER:
            cursor.execute("INSERT INTO planted VALUES (%s)", [str(IDS[number])])
        try:
            part = files.LOG if connection.vendor == "sqlite" else "planted"
            found = telling(files.orders_in_files(files.contents(), marks))
            assert f"bytes of {part} of answers" in found
        finally:
            cursor.execute("DROP TABLE planted")


def test_what_was_deleted_and_not_overwritten(transactional_db: None, marks: Marks) -> None:
    """As SQLite leaves it without secure_delete, and PostgreSQL without VACUUM FULL."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE planted (who varchar(36))")
        for number in IN_ORDER:
            cursor.execute("INSERT INTO planted VALUES (%s)", [str(IDS[number])])
        if is_sqlite:
            cursor.execute("PRAGMA secure_delete=OFF")
            cursor.execute("DROP TABLE planted")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            cursor.execute("DELETE FROM planted")
        try:
            parts = files.contents()
            found = [order for order in files.orders_in_files(parts, marks) if order.kind == "answers"]
            assert {len(order.values) for order in found} == {COUNT}
            assert {order.source for order in found} <= {f"bytes of {files.FREE}", "bytes of planted"}
            assert telling(found)
        finally:
            if is_sqlite:
                cursor.execute("PRAGMA secure_delete=ON")
                cursor.execute("VACUUM")
            else:
                cursor.execute("DROP TABLE planted")


def test_an_entry_of_the_cache_for_each_link(marks: Marks) -> None:
    watch = CacheWatch()
    for number in IN_ORDER:
        cache.set(f"limit-{hash(number)}", 1, 600)
        watch.note(number)
    assert telling(watch.orders()) == {"cache: place of visit", "cache: expiry of visit"}


def test_a_number_in_one_entry_for_all(marks: Marks) -> None:
    watch = CacheWatch()
    for place, number in enumerate(IN_ORDER):
        kept = cache.get("all", {}) | {f"{number:03d}": place}
        cache.set("all", dict(sorted(kept.items())), 600)
        watch.note(number)
    assert telling(watch.orders()) == {"cache: value of visit"}


def test_a_line_in_the_log(marks: Marks) -> None:
    with OurLog() as log:
        for number in IN_ORDER:
            logging.getLogger("scan").debug("stored %s", IDS[number])
    assert telling(orders_in_lines("log", log.lines, marks)) == {"log of answers"}


def test_the_order_and_the_headers_of_mails(marks: Marks) -> None:
    received = []
    for number in range(COUNT):
        mail = EmailMessage()
        mail["Subject"], mail["X-Ticket"] = "Bedankt", f"{TRUTH[number]:04d}"
        received.append(Received("scan@example.test", f"mens{number}@example.test", mail))
    assert telling(orders_of_mails(received, marks)) == {"mails: “Bedankt”, X-Ticket of mail"}
    received.sort(key=lambda mail: str(mail.mail["X-Ticket"]))
    assert "mails: “Bedankt” of mail" in telling(orders_of_mails(received, marks))


def test_a_number_that_answers_and_people_share_although_it_is_no_order_in_time() -> None:
    shared = {number: drawn_from(f"shared {number}").random() for number in range(COUNT)}
    orders = [
        Order("scan_response.batch", "answers", shared),
        Order("scan_invitation.batch", "invitation", shared),
        Order("scan_invitation.unit_id", "invitation", shared),
    ]
    assert not any(found.is_telling for found in with_the_truth(orders, TRUTH))
    (pair,) = between(orders, "answers", ["invitation"])
    assert pair.is_telling
    assert pair.rho == pytest.approx(1)


def test_a_random_order_is_not_taken_for_a_trace() -> None:
    values = {number: drawn_from(f"another {number}").random() for number in range(COUNT)}
    (found,) = with_the_truth([Order("scan_response.id", "answers", values)], TRUTH)
    assert not found.is_telling
