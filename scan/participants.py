"""From a link to the person who may answer with it: open, used, or not usable."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django_scopes import scopes_disabled

from organisations.models import Organisation
from questionnaires.questionnaire import Questionnaire
from questionnaires.versions import questionnaire_of
from scan.links import codes
from scan.models import Invitation, Round
from scan.prepared import Prepared
from scan.results_link import typed
from scan.tokens import NOWHERE, invitation_id_of, key_from

# The time zones where a day begins first and ends last: Kiribati, and two islands without people.
FIRST_ZONE, LAST_ZONE = timedelta(hours=14), timedelta(hours=-12)


# Left where they are, for each is read apart from the row that it stands in.
NOT_ON_PAGES_OF_ANSWERING = [
    *(f"round__{name}" for name in ("mail_texts", "import_hash", "hash_key", "created_at", "response_as_of")),
    *(f"round__organisation__{name}" for name in ("words", "created_at", "sender_name", "sender_address")),
    *("address", "gets_reminders", "was_mailed", "was_added", "asked_in", "move_asked_to"),
]


class LinkError(Exception):
    """The link leads nowhere now: unknown, malformed, not yet open, or closed. One answer for all of them."""


class AlreadySentError(Exception):
    """Answers have already been sent with this link."""

    def __init__(self, participant: "Participant") -> None:
        super().__init__()
        self.participant = participant


@dataclass(frozen=True)
class Participant:
    token: str
    invitation: Invitation
    round: Round
    questionnaire: Questionnaire
    is_preview: bool = False
    """An example: nothing that is filled in is kept."""

    @property
    def is_anonymous(self) -> bool:
        """By a code on paper or an open link: maybe on a device that others use too."""
        return self.invitation.person_id is None and not self.is_preview

    @property
    def asks_remark(self) -> bool:
        return bool(self.round.remark_reader)

    @property
    def storage_key(self) -> str:
        """Under what the page's script keeps answers in the browser until the server has them; names nobody."""
        return key_from(self.token, "browser storage").hex()[:16]

    @property
    def has_code_on_paper(self) -> bool:
        """The slip is in their hand; on a device that others use too, its code stays off the screen."""
        return codes.is_on_paper(self.invitation)

    @property
    def resume_code(self) -> str:
        """With which somebody who came by an open link goes on later; empty where there is none."""
        try:
            return codes.given_code(self.invitation) if self.invitation.came_by_open_link else ""
        except LookupError:  # begun before there were such codes, or with a key that is gone
            return ""

    @property
    def code_page(self) -> str:
        """Where codes are typed, as on a poster."""
        return typed(codes.code_page_address())

    @property
    def organisation(self) -> Organisation:
        return self.round.organisation


def find_participant(token: str) -> Participant:
    """Who this link is for. Raises LinkError; a used link is found too: see `participant.invitation.used`.

    One row is asked for, whatever the text is, and none comes back unless answers are accepted: how long refusing takes
    does not tell why.
    """
    invitation_id = invitation_id_of(token) or NOWHERE
    invitation = _with_all_for_answering.first(*_days_now(), invitation_id)
    if invitation is None or not accepts_answers(invitation.round):
        raise LinkError
    return Participant(token, invitation, invitation.round, questionnaire_of(invitation.round.version_id))


def accepts_answers(round_: Round) -> bool:
    """From 00:00 on the first day to 23:59:59 on the last, in the organisation's time zone."""
    return round_.state == Round.State.OPEN and round_.opens_on <= today_in(round_.organisation) <= round_.closes_on


def open_somewhere(prefix: str) -> Q:
    """Rounds that accept answers today in some time zone; `accepts_answers` decides by the organisation's own."""
    return _open_between(prefix, *_days_now())


def _open_between(prefix: str, first_to_begin: date, last_to_end: date) -> Q:
    fields = {"state": Round.State.OPEN, "opens_on__lte": first_to_begin, "closes_on__gte": last_to_end}
    return Q(**{prefix + name: value for name, value in fields.items()})


def _days_now() -> tuple[date, date]:
    """Where it is latest, and where it is earliest."""
    now = datetime.now(UTC)
    return (now + FIRST_ZONE).date(), (now + LAST_ZONE).date()


def _query(first_to_begin: date, last_to_end: date, invitation_id: UUID) -> QuerySet[Invitation]:
    with scopes_disabled():  # the link itself says which organisation it is
        # Not the unit: only the start page says where answers count.
        invitations = Invitation.objects.select_related("round__organisation")
        open_ones = invitations.filter(_open_between("round__", first_to_begin, last_to_end), pk=invitation_id)
        return open_ones.defer(*NOT_ON_PAGES_OF_ANSWERING)


_with_all_for_answering = Prepared(_query, date.min, date.max, UUID(int=1))


def today_in(organisation: Organisation) -> date:
    return datetime.now(ZoneInfo(organisation.time_zone)).date()


def last_day(round_: Round) -> date:
    """The last day on which somebody could answer: a scan may be closed early."""
    return min(round_.closes_on, round_.closed_on or round_.closes_on)


def deletion_day(round_: Round) -> date:
    """The day on which all answers are deleted, as staff were promised."""
    return last_day(round_) + timedelta(days=round_.retention_days)
