"""Pages in a PostgreSQL with 10,000 organisations of 50 people, against the same with 10; and how rows are found.

All organisations are in two databases of one server. Of every query the plan is asked for: one that reads a whole
table that grows with the organisations is named, and counts as missed.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from bench.client import Request
from bench.databases import using
from bench.frame import Frame, Result, at_most
from bench.organisations_copied import copy_everything, tables
from bench.participants import ITEMS, saving, sending
from bench.place import postgres_server
from jobs import sweep
from organisations.creating import create_organisation
from organisations.models import Membership, Organisation, Person, Role, User
from reports.ending import close_due
from reports.retention import delete_due
from scan.mailing.starting import start_due
from scan.models import Invitation, Plan, Round, Unit
from scan.rounds import create_round, launch
from scan.tokens import token_of
from tools.made_up_rounds import closed_round

MANY, FEW = 10_000, 10
AT_MOST = 1.2
TIMES = 5
PATHS = {"Zorg / Team A": 17, "Zorg / Team B": 17, "Facilitair": 16}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Of a table of this many rows at the most, reading all of it is as quick as an index.
SMALL = 1_000


def run(frame: Frame, many: int = MANY, few: int = FEW) -> None:
    with postgres_server() as url:
        urls = {count: url.rpartition("/")[0] + f"/organisations_{count}" for count in (many, few)}
        work = {}
        for count, target in urls.items():
            with using(url), connection.cursor() as cursor:
                cursor.execute(f'CREATE DATABASE "organisations_{count}"')
            with using(target):
                call_command("migrate", verbosity=0)
                work[count] = _make(count)
        with using(urls[many]):
            whole = {name: found for name, do in work[many].items() if (found := whole_tables_read(do))}
        for name, found in whole.items():
            print(f"many: {name} reads the whole of {', '.join(sorted(found))}", flush=True)
        with _both(urls[many], urls[few]) as (in_many, in_few):
            for name in work[many]:
                what = f"{name}, {TIMES} times, among {many} organisations; among {few}"
                ours, reference = partial(in_many, work[many][name]), partial(in_few, work[few][name])
                frame("many", _some_times(ours), _some_times(reference), what, at_most=AT_MOST)
        what = (
            f"pages and chores of these that read a table that grows from beginning to end, among {many} organisations"
        )
        frame.add(Result("many, whole tables", what, "", len(whole), goal=at_most(0, of_figure=True)))


def _some_times(work: Callable[[], object]) -> Callable[[], None]:
    """Some milliseconds long each, which is too short to be told apart from what else the machine does."""

    def some_times() -> None:
        for _time in range(TIMES):
            work()

    return some_times


@contextmanager
def _both(first: str, second: str) -> Iterator[tuple[Callable[..., None], Callable[..., None]]]:
    """Do something on the one connection or on the other: both stay open."""
    kept = []
    for url in (first, second):
        with using(url):
            connection.ensure_connection()
            kept.append(connections[DEFAULT_DB_ALIAS])
            connections[DEFAULT_DB_ALIAS] = type(kept[-1])(kept[-1].settings_dict, DEFAULT_DB_ALIAS)

    def on(which: int, work: Callable[[], object]) -> None:
        before = connections[DEFAULT_DB_ALIAS]
        connections[DEFAULT_DB_ALIAS] = kept[which]
        try:
            work()
        finally:
            connections[DEFAULT_DB_ALIAS] = before

    try:
        yield partial(on, 0), partial(on, 1)
    finally:
        for one in kept:
            one.close()


def _make(organisations: int) -> dict[str, Callable[[], object]]:
    """What is measured, by name; the organisation that is looked at is the one the others are copies of."""
    organisation = create_organisation("Zorggroep De Linde")
    user = User.objects.create_user("hr@example.test", name="Hanna")
    for role in (Role.HR_ADVISOR, Role.CONSULTANT):
        Membership.objects.create(organisation=organisation, user=user, role=role)
    with scope(organisation=organisation):
        published = closed_round(organisation, "Leerscan vorig jaar", PATHS)
        root = Unit.objects.get(round=published.round, parent=None)
        Round.objects.update(is_past_retention=True, answers_deleted_on=date(2026, 5, 1))
        open_round = _open_round(organisation)
        first, *others = Invitation.objects.filter(round=open_round).values_list("pk", flat=True)
    copy_everything(organisations - 1)
    pages = _pages(user, organisation, published.round.slug, open_round.slug, root.pk)
    return pages | _answering(token_of(first), [token_of(other) for other in others]) | _chores()


def _open_round(organisation: Organisation) -> Round:
    """Of everybody on the staff list: fifty people in the same departments."""
    departments = {department.path: department for department in organisation.departments.all()}
    places = [path for path, count in PATHS.items() for _person in range(count)]
    Person.objects.bulk_create(
        Person(
            organisation=organisation,
            department=departments[path],
            number=str(number),
            given_name="Mens",
            family_name=f"{number:02d}",
            email=f"mens{number}@example.test",
        )
        for number, path in enumerate(places)
    )
    today = date.today()  # noqa: DTZ011 -- a day before and after count too
    days = today - timedelta(days=2), today + timedelta(days=30)
    round_ = create_round(organisation, "Leerscan nu", *days, contact="Anna, 2210", remark_reader="Anna")
    Plan.objects.create(round=round_, on_any_day=True, first_hour=0, last_hour=24)
    launch(round_)
    round_.mailings.update(planned_on=days[1])
    return round_


def _pages(
    user: User, organisation: Organisation, closed: str, opened: str, root: object
) -> dict[str, Callable[[], object]]:
    client, administrator = _browser_of(user), _browser_of(User.objects.create_user("a@b.test", is_administrator=True))
    at = f"/o/{organisation.slug}/"
    addresses = {
        "home": "/",
        "organisation": at,
        "round page": f"{at}r/{closed}/",
        "response page": f"{at}r/{opened}/",
        "report page": f"{at}r/{closed}/u/{root}/",
        "comparison": f"{at}r/{closed}/comparison/",
        "staff list": f"{at}people/",
        "log": f"{at}log/",
    }
    pages: dict[str, Callable[[], object]] = {
        name: partial(_get, client, address) for name, address in addresses.items()
    }
    return pages | {"administrator's page": partial(_get, administrator, "/installation/")}


def _answering(token: str, others: list[str]) -> dict[str, Callable[[], object]]:
    """`others`: sent in one by one, for each can be used once."""
    phone, unused = Client(headers={"host": "127.0.0.1"}), iter(others)
    return {
        "start of answering": lambda: _get(phone, f"/a/{token}/"),
        "saving answers": lambda: _post(phone, saving(token, tuple(ITEMS[:3]))),
        "sending answers": lambda: _post(phone, sending(next(unused))),
    }


def _browser_of(user: User) -> Client:
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend=BACKEND)
    return client


def _get(client: Client, address: str) -> None:
    if (answer := client.get(address)).status_code != 200:
        raise RuntimeError(f"{address} answers {answer.status_code}")


def _post(client: Client, request: Request) -> None:
    answer = client.post(request.path, request.body, content_type=request.content_type)
    if answer.status_code != 200:
        raise RuntimeError(f"{request.path} answers {answer.status_code}")


def _chores() -> dict[str, Callable[[], object]]:
    """What every worker does each ten seconds."""
    return {
        "sweep": sweep.sweep,
        "sweep: start of the day": sweep.start_daily_tick,
        "sweep: mailings": start_due,
        "sweep: closing": close_due,
        "sweep: retention": delete_due,
    }


def whole_tables_read(work: Callable[[], object]) -> set[str]:
    """The tables that grow, and that a query of this reads from beginning to end."""
    with CaptureQueriesContext(connection) as captured:
        work()
    found: set[str] = set()
    with connection.cursor() as cursor:
        for query in captured:
            if query["sql"].startswith(("SELECT", "UPDATE", "DELETE")):
                # Carried out where that changes nothing: what a plan names is not always come to.
                how = "ANALYZE, FORMAT JSON" if query["sql"].startswith("SELECT") else "FORMAT JSON"
                cursor.execute(f"EXPLAIN ({how}) {query['sql'].replace('%', '%%')}", [])
                plan = cursor.fetchone()[0]
                plan = json.loads(plan) if isinstance(plan, str) else plan
                found |= _whole_in(plan[0]["Plan"])
    return found


def _whole_in(plan: dict[str, object]) -> set[str]:
    below: set[str] = set()
    for part in plan.get("Plans", ()):  # type: ignore[attr-defined]
        below |= _whole_in(part)
    is_read = plan["Node Type"] == "Seq Scan" and plan.get("Actual Loops") != 0
    is_whole = is_read and plan["Relation Name"] in tables() and not _is_small(plan)
    return below | ({str(plan["Relation Name"])} if is_whole else set())


def _is_small(plan: dict[str, object]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = %s", [str(plan["Relation Name"])])
        return bool(cursor.fetchone()[0] <= SMALL)
