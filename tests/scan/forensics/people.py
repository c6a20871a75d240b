"""Four hundred people who answer, some who only begin, some who never look; and everything each is recognised by."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from organisations.departments import ensure_departments
from organisations.models import Person
from questionnaires.versions import questionnaire_of
from scan.answering.packing import pack
from scan.links.codes import given_code, is_on_paper
from scan.models import Draft, Invitation, Plan, PlannedOpenLink, Round
from scan.rounds import create_round, launch
from scan.tokens import token_of
from tests.cast import CLOSES, OPENS, Cast, add_people
from tests.scan.forensics.chance import drawn_from
from tests.scan.forensics.marks import Marks

# How many are invited by each way; of those with a mail some do not answer.
EAST, WEST, NIGHT, KITCHEN = "zorg / wijkteam oost", "zorg / wijkteam west", "zorg / nachtdienst", "facilitair / keuken"
MAILED = {EAST: 90, WEST: 60}
CODED, BY_OPEN_LINK = {NIGHT: 150}, {KITCHEN: 130}
ONLY_BEGIN, NEVER_LOOK = 20, 10
ANSWER = 400
ALL_FORMS, HAS_REMARK = 20, 4
"""One in so many."""
REMINDER_DAY = "2027-03-16"


@dataclass
class Somebody:
    number: int
    department: str
    person_id: UUID
    email: str
    code: int
    """What the answers spell, in base five: no answer tells the number by itself."""
    invitation_id: UUID | None = None
    paper: str = ""
    answers: dict[str, int] = field(default_factory=dict)
    boxes: list[bytes] = field(default_factory=list)

    @property
    def ip(self) -> str:
        """Of their own, and all equally long: none is the beginning of another."""
        return f"10.77.{100 + self.number // 100}.{100 + self.number % 100}"

    @property
    def token(self) -> str:
        assert self.invitation_id is not None
        return token_of(self.invitation_id)

    @property
    def remark(self) -> str:
        return f"Opmerking {self.code:04d} van iemand" if self.code % HAS_REMARK == 0 else ""

    @property
    def has_javascript(self) -> bool:
        return self.code % 3 > 0

    @property
    def fills_in_all_forms(self) -> bool:
        return not self.has_javascript and self.code % ALL_FORMS == 0

    def answer_to(self, place: int) -> int:
        """The n-th question asked: the four digits of the code, over and over."""
        digits = (1, 5, 25, 125)
        return 1 + self.code // digits[place % 4] % 5


@dataclass
class Scene:
    round: Round
    everybody: list[Somebody]

    @property
    def who_answer(self) -> list[Somebody]:
        silent = ONLY_BEGIN + NEVER_LOOK
        return self.everybody[silent:]

    @property
    def who_only_begin(self) -> list[Somebody]:
        return self.everybody[:ONLY_BEGIN]


def prepare(cast: Cast, seed: int) -> Scene:
    """A launched round. Call it inside the organisation's scope."""
    departments = ensure_departments(cast.organisation, ["Zorg / Wijkteam West"]) | cast.departments
    sizes = MAILED | CODED | BY_OPEN_LINK
    people = [person for path, count in sizes.items() for person in add_people(departments[path], count)]
    paths = [path for path, count in sizes.items() for _ in range(count)]
    without_mail = [person.pk for person, path in zip(people, paths, strict=True) if path not in MAILED]
    Person.objects.filter(pk__in=without_mail).update(email="")
    codes = list(range(len(people)))
    drawn_from(f"{seed} codes").shuffle(codes)
    everybody = [
        Somebody(number, path, person.pk, person.email if path in MAILED else "", code)
        for number, (person, path, code) in enumerate(zip(people, paths, codes, strict=True))
    ]
    round_ = create_round(cast.organisation, "Leerscan nu", OPENS, CLOSES, contact="Anna", remark_reader="Anna")
    Plan.objects.create(round=round_, reminders=[REMINDER_DAY])
    for path, count in BY_OPEN_LINK.items():
        PlannedOpenLink.objects.create(round=round_, department=departments[path], expected=count)
    launch(round_)
    scene = Scene(Round.objects.select_related("organisation", "version").get(pk=round_.pk), everybody)
    _hand_out(scene)
    return scene


def _hand_out(scene: Scene) -> None:
    """Links by mail, and slips of paper as they come."""
    invitations = list(Invitation.objects.filter(round=scene.round))
    of_person = {invitation.person_id: invitation for invitation in invitations}
    slips = iter(sorted((i for i in invitations if is_on_paper(i)), key=lambda invitation: invitation.pk))
    for one in scene.everybody:
        if one.department in MAILED:
            one.invitation_id = of_person[one.person_id].pk
        elif one.department in CODED:
            slip = next(slips)
            one.invitation_id, one.paper = slip.pk, given_code(slip)


def keep_box(one: Somebody) -> None:
    """As it lies in the database after saving."""
    one.boxes += [bytes(box) for box in Draft.objects.filter(pk=one.invitation_id).values_list("box", flat=True)]


def marks_of(scene: Scene) -> Marks:
    """What the examiner knows: who has which invitation (from an old backup), and what each answered."""
    marks = Marks()
    for one in scene.everybody:
        marks.add_id("person", one.number, one.person_id)
        for kind, mark in _texts(one):
            marks.add(kind, one.number, mark)
        if one.invitation_id:
            marks.add_id("invitation", one.number, one.invitation_id)
        for box in one.boxes:
            marks.add("draft", one.number, box[:40])
    items = questionnaire_of(scene.round.version_id).items
    for one in scene.who_answer:
        marks.add("answers", one.number, pack(one.answers, items))
    return marks


def _texts(one: Somebody) -> Iterator[tuple[str, bytes]]:
    yield "address", one.ip.encode()
    if one.email:
        yield "person", one.email.encode()
    if one.paper:
        yield "invitation", one.paper.encode()
    if one.invitation_id:
        yield "invitation", one.token.encode()
    if one.remark and one.answers:
        yield "remark", one.remark.encode()
