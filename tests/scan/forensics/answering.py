"""Everybody answers through the pages, in an order that the seed decides: drafts saved in between, some sent twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from uuid import UUID

from django.test import Client
from django.urls import reverse

from questionnaires.versions import questionnaire_of
from scan.answering.given import now_in_ms
from scan.links import open_links
from scan.models import Invitation, OpenLink
from tests.scan.forensics.chance import drawn_from
from tests.scan.forensics.people import BY_OPEN_LINK, CODED, ONLY_BEGIN, Scene, Somebody, keep_box
from tests.scan.forensics.traces import CacheWatch

PARTS = 6
SENDS_TWICE, LOOKS_FIRST = 12, 8
"""One in so many taps again, which writes a line in the log; one in so many reads the start page."""


@dataclass(frozen=True)
class Event:
    moment: float
    number: int
    act: str
    """enter, part 1 to 6, closing, send, or again"""


class Players:
    """A browser for each person. `truth`: the order in which their answers really arrived."""

    def __init__(self, scene: Scene, seed: int, watch: CacheWatch) -> None:
        self.scene, self.watch = scene, watch
        self.truth: dict[int, int] = {}
        self._clients: dict[int, Client] = {}
        self._questionnaire = questionnaire_of(scene.round.version_id)
        self._handler = Client().handler
        self._link = OpenLink.objects.select_related("unit").get(unit__round=scene.round)
        self._events = sorted(_plan(scene, drawn_from(f"{seed} moments")), key=lambda event: event.moment)

    def play(self, until: int) -> None:
        """Until so many answers have arrived."""
        while self._events and len(self.truth) < until:
            self._do(self._events.pop(0))

    def play_out(self) -> None:
        while self._events:
            self._do(self._events.pop(0))

    def _do(self, event: Event) -> None:
        one = self.scene.everybody[event.number]
        if event.act == "enter":
            self._enter(one)
        elif event.act in ("send", "again"):
            self._send(one, again=event.act == "again")
            self.truth.setdefault(one.number, len(self.truth))
        else:
            self._save(one, event.act)
            keep_box(one)
        self.watch.note(one.number)

    def _enter(self, one: Somebody) -> None:
        if one.department in CODED:
            self._post(one, reverse("scan:code"), {"code": one.paper})
        elif one.department in BY_OPEN_LINK:
            before = self._started()
            self._post(one, reverse("scan:open", args=[open_links.token_of(self._link)]), {})
            (one.invitation_id,) = self._started() - before
        elif one.number % LOOKS_FIRST == 0:
            assert self._client(one).get(reverse("scan:start", args=[one.token])).status_code == 200

    def _started(self) -> set[UUID]:
        invitations = Invitation.objects.filter(unit=self._link.pk, came_by_open_link=True)
        return set(invitations.values_list("pk", flat=True))

    def _save(self, one: Somebody, act: str) -> None:
        """With JavaScript everything that the person has by then, as the page's script sends it; else one form."""
        if act == "closing":
            form = {"remark": one.remark}
        else:
            items = self._questionnaire.items if one.has_javascript else self._questionnaire.items_of_part(int(act))
            one.answers |= {item.id: one.answer_to(place) for place, item in enumerate(items)}
            form = {item.id: str(one.answers[item.id]) for item in items}
        if one.has_javascript:
            self._post_json(one, "scan:save", {"changes": _by_moment(form)})
        else:
            is_closing = act == "closing"
            page, number = ("scan:closing", []) if is_closing else ("scan:part", [int(act)])
            self._post(one, reverse(page, args=[one.token, *number]), form)

    def _send(self, one: Somebody, *, again: bool) -> None:
        if one.has_javascript:
            last = {"remark": one.remark} if one.remark else {}
            self._post_json(one, "scan:send", {"changes": _by_moment(last), "again": again})
        else:
            self._post(one, reverse("scan:send", args=[one.token]), {}, 410 if again else 302)

    def _post_json(self, one: Somebody, page: str, content: dict[str, object]) -> None:
        address = reverse(page, args=[one.token])
        response = self._client(one).post(address, content, content_type="application/json")
        assert response.status_code == 200, f"{response.status_code} at {address}"

    def _post(self, one: Somebody, address: str, form: dict[str, str], expected: int = 302) -> None:
        status = self._client(one).post(address, form).status_code
        assert status == expected, f"{status} at {address}"

    def _client(self, one: Somebody) -> Client:
        if one.number not in self._clients:
            client = Client(REMOTE_ADDR=one.ip, headers={"accept-language": "nl"})
            client.handler = self._handler  # four hundred of them would each load all middleware
            self._clients[one.number] = client
        return self._clients[one.number]


def _by_moment(values: dict[str, str]) -> dict[str, list[object]]:
    return {key: [value, now_in_ms()] for key, value in values.items()}


def _plan(scene: Scene, random: Random) -> Iterator[Event]:
    """Most send soon after they began, some put it aside, so that what people save lies in one another's way."""
    for one in scene.who_answer:
        sent = random.random()
        parts = (
            range(1, PARTS + 1) if one.fills_in_all_forms else random.sample(range(2, PARTS + 1), random.randrange(2))
        )
        acts = ["1", *(str(part) for part in parts if part > 1), *(["closing"] if one.remark else [])]
        yield from _before(one, acts, sent, random.expovariate(20))
        yield Event(sent, one.number, "send")
        if one.number % SENDS_TWICE == 0:
            yield Event(sent + 1e-9, one.number, "again")
    for one in scene.everybody[:ONLY_BEGIN]:
        yield from _before(one, ["1"], random.random(), 0.01)


def _before(one: Somebody, acts: list[str], end: float, takes: float) -> Iterator[Event]:
    step = takes / (len(acts) + 1)
    for place, act in enumerate(["enter", *acts]):
        yield Event(end - takes + place * step, one.number, act)
