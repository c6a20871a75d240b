"""Whoever can read everything: the database and its files, logs, caches, mails."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tests.scan.forensics import files
from tests.scan.forensics.marks import Marks
from tests.scan.forensics.orders import Correlation, Order, between, with_the_truth
from tests.scan.forensics.tables import orders_in_tables
from tests.scan.forensics.traces import CacheWatch, OurLog, database_log, orders_in_lines, orders_of_mails
from tests.scan.mailing.mail_server import MailServer

OF_ANSWERS, OF_PEOPLE = "answers", ("invitation", "person", "visit", "mail", "address", "remark", "draft")


@dataclass
class Evidence:
    orders: list[Order]
    parts: dict[str, bytes]
    truth: dict[int, int]

    @cached_property
    def with_the_truth(self) -> dict[str, Correlation]:
        return {found.of: found for found in with_the_truth(self.orders, self.truth)}

    @cached_property
    def between_answers_and_people(self) -> dict[str, Correlation]:
        return {found.of: found for found in between(self.orders, OF_ANSWERS, OF_PEOPLE)}

    def found(self, name: str) -> float:
        """How strongly this order goes with the true one; 0 when it is not there."""
        one = self.with_the_truth.get(name) or self.between_answers_and_people.get(name)
        return abs(one.rho) if one else 0.0

    @property
    def telling(self) -> list[Correlation]:
        everything = {**self.with_the_truth, **self.between_answers_and_people}
        return sorted((found for found in everything.values() if found.is_telling), key=lambda found: -abs(found.rho))

    def people_in(self, name: str) -> int:
        """How many people the examiner recognises there."""
        return max((len(order.values) for order in self.orders if order.name == name), default=0)


@dataclass
class Examiner:
    watch: CacheWatch
    log: OurLog
    mail_server: MailServer

    def look(self, marks: Marks, truth: dict[int, int]) -> Evidence:
        parts = files.contents()
        orders = [order for order in self._everywhere(parts, marks) if not order.tells_nothing]
        return Evidence(orders, parts, truth)

    def _everywhere(self, parts: dict[str, bytes], marks: Marks) -> Iterator[Order]:
        yield from orders_in_tables(marks)
        yield from files.orders_in_files(parts, marks)
        yield from orders_in_lines("log", self.log.lines, marks)
        yield from orders_in_lines("log of the database", database_log(), marks)
        yield from self.watch.orders()
        yield from orders_of_mails(self.mail_server.received, marks)
