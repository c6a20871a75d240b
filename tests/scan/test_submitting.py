import threading
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from scan import ballot_box
from scan.answering import drafts
from scan.answering.boxes import Sheet
from scan.answering.submitting import submit
from scan.models import Draft, Invitation, Round
from scan.participants import AlreadySentError, LinkError, Participant
from tests.cast import Cast
from tests.scan.asking import ALL_AGREE, first_invitation, launched_round, participant_of, stored_responses

SHEET = Sheet({**ALL_AGREE, "q02": 9}, ["time_pressure"], "Meer oefenen.")


def test_a_response_comes_in_the_ballot_box_as_it_was_given(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    participant = participant_of(first_invitation(round_))
    submit(participant, SHEET)
    (response,) = stored_responses(round_)
    codes = [choice.code for choice in participant.questionnaire.obstacles]
    assert response.unit_id == participant.invitation.unit_id
    assert response.answers == bytes([4, 9, *[4] * 38])
    assert response.obstacles == 1 << codes.index("time_pressure")
    assert response.remark == "Meer oefenen."
    assert response.id != participant.invitation.pk


def test_the_invitation_is_used_and_the_others_are_not(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    participant = participant_of(first_invitation(round_))
    submit(participant, SHEET)
    assert [invitation.pk for invitation in Invitation.objects.filter(used=True)] == [participant.invitation.pk]


def test_a_second_time_is_refused_and_stores_nothing(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    participant = participant_of(first_invitation(round_))
    submit(participant, SHEET)
    with pytest.raises(AlreadySentError) as refusal:
        submit(participant, Sheet(dict.fromkeys(ALL_AGREE, 1)))
    assert refusal.value.participant == participant
    assert [response.answers[0] for response in stored_responses(round_)] == [4]


def test_everybody_can_answer_once(in_scope: Cast) -> None:
    round_ = launched_round(in_scope, people=6)
    for invitation in Invitation.objects.filter(round=round_):
        submit(participant_of(invitation), SHEET)
    assert len(stored_responses(round_)) == 6


def test_of_two_taps_at_the_same_moment_one_counts(transactional_db: None, cast: Cast) -> None:
    with scope(organisation=cast.organisation):
        round_ = launched_round(cast)
        participant = participant_of(first_invitation(round_))
    outcomes: list[str] = []
    start = threading.Barrier(4)

    def tap() -> None:
        start.wait()
        try:
            with scope(organisation=cast.organisation):
                submit(participant, SHEET)
            outcomes.append("sent")
        except AlreadySentError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "refused", "refused", "sent"]
    assert len(stored_responses(round_)) == 1


def test_the_draft_is_gone_after_sending(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    mine, other = Invitation.objects.filter(round=round_)[:2]
    for invitation in (mine, other):
        drafts.save(participant_of(invitation), SHEET)
    submit(participant_of(mine), SHEET)
    assert [draft.pk for draft in Draft.objects.all()] == [other.pk]


def test_when_the_round_closes_meanwhile_nothing_is_stored(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    participant = participant_of(first_invitation(round_))
    drafts.save(participant, SHEET)
    Round.objects.filter(pk=round_.pk).update(state=Round.State.CLOSED)
    with pytest.raises(LinkError):
        submit(participant, SHEET)
    assert stored_responses(round_) == []
    assert not Invitation.objects.filter(used=True).exists()
    assert drafts.load(participant) == SHEET


def test_an_impossible_answer_is_refused_before_the_link_is_used(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    participant = participant_of(first_invitation(round_))
    for sheet in (Sheet({"q01": 6}), Sheet(ALL_AGREE, ["moon_phase"])):
        with pytest.raises(ValueError, match=r"."):
            submit(participant, sheet)
    assert not Invitation.objects.filter(used=True).exists()
    assert stored_responses(round_) == []


def test_a_fault_while_casting_gives_the_link_back(in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = launched_round(in_scope)
    participant = participant_of(first_invitation(round_))

    cast = ballot_box.cast

    def fall_over(*arguments: Any) -> None:
        cast(*arguments)
        raise OSError("the disk is full")

    monkeypatch.setattr("scan.answering.submitting.ballot_box.cast", fall_over)
    with pytest.raises(OSError, match="disk"):
        submit(participant, SHEET)
    assert not Invitation.objects.filter(used=True).exists()
    assert stored_responses(round_) == []


def test_an_empty_sheet_can_be_sent_too(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    submit(participant_of(first_invitation(round_)), Sheet())
    assert [response.answers for response in stored_responses(round_)] == [bytes(40)]


def test_a_remark_is_cut_at_2000_characters(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    submit(participant_of(first_invitation(round_)), Sheet(ALL_AGREE, remark="é" * 2500))
    assert [response.remark for response in stored_responses(round_)] == ["é" * 2000]


def test_a_participant_is_what_the_link_gives_and_no_more() -> None:
    assert set(Participant.__dataclass_fields__) == {"token", "invitation", "round", "questionnaire", "is_preview"}
