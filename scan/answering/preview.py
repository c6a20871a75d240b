"""Look at a round as a participant: the real pages, with an example person, and nothing is kept."""

from django_scopes import scopes_disabled

from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import LANGUAGES
from questionnaires.versions import questionnaire_of
from scan.answering.boxes import Sheet
from scan.facts import words_of
from scan.models import Invitation, Round, Unit
from scan.participants import Participant
from scan.tokens import NOWHERE, id_signed_in, signed

PURPOSE = b"leerscan preview "
EXAMPLE_ANSWERS = (4, 3, 5, 4, 2, 4, 3, 4)


def preview_token(round_: Round) -> str:
    return signed(PURPOSE, round_.pk)


def find_preview(token: str) -> Participant | None:
    """An example participant of the round that this token is about; None for any other text."""
    round_id = id_signed_in(PURPOSE, token) or NOWHERE
    with scopes_disabled():  # the token itself says which organisation it is
        rounds = Round.objects.select_related("organisation")
        round_ = rounds.filter(pk=round_id).exclude(state=Round.State.CLOSED).first()
    if round_ is None:
        return None
    round_.words = {language: words_of(round_, language) for language in LANGUAGES}
    invitation = Invitation(round=round_, unit=Unit(round=round_), language=round_.languages[0])
    return Participant(token, invitation, round_, questionnaire_of(round_.version_id), is_preview=True)


def example_sheet(questionnaire: Questionnaire) -> Sheet:
    """All questions answered, so that the pages after them can be looked at too."""
    answers = {
        item.id: EXAMPLE_ANSWERS[number % len(EXAMPLE_ANSWERS)] for number, item in enumerate(questionnaire.items)
    }
    return Sheet(answers)
