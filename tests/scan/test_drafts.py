from dataclasses import replace
from typing import Any

import pytest

from scan.answering import drafts
from scan.answering.boxes import Sheet, unlock
from scan.answering.submitting import submit
from scan.models import Draft, Invitation, Round
from scan.participants import AlreadySentError, LinkError, find_participant
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import first_invitation, launched_round, participant_of

SHEET = Sheet({"q01": 5, "q40": 1}, ["time_pressure"], "Dit is van mij alleen.")


def test_a_draft_comes_back_with_its_link(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    drafts.save(participant_of(invitation), SHEET)
    assert drafts.load(participant_of(invitation)) == SHEET


def test_who_has_not_begun_has_an_empty_sheet(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    assert drafts.load(participant_of(invitation)) == Sheet()


def test_another_link_reads_nothing_of_it(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    mine, other = Invitation.objects.filter(round=round_)[:2]
    drafts.save(participant_of(mine), SHEET)
    assert drafts.load(participant_of(other)) == Sheet()
    assert unlock(bytes(Draft.objects.get().box), token_of(other.pk), drafts.PURPOSE) is None


def test_saving_again_changes_what_was_given_since(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    drafts.save(participant_of(invitation), SHEET)
    saved = drafts.save(participant_of(invitation), Sheet({"q01": 1}))
    assert saved == drafts.load(participant_of(invitation)) == replace(SHEET, answers={"q01": 1, "q40": 1})
    assert Draft.objects.count() == 1


def test_it_comes_back_when_the_key_of_the_links_was_replaced(in_scope: Cast, settings: Any) -> None:
    invitation = first_invitation(launched_round(in_scope))
    drafts.save(participant_of(invitation), SHEET)
    old_link = token_of(invitation.pk)
    settings.SCAN_KEY_FALLBACKS = [settings.SCAN_KEY]
    settings.SCAN_KEY = "a newer key of this installation"
    assert token_of(invitation.pk) != old_link
    assert drafts.load(participant_of(invitation)) == SHEET
    drafts.save(participant_of(invitation), Sheet({"q02": 3}))
    assert drafts.load(find_participant(old_link)).answers == SHEET.answers | {"q02": 3}


def test_the_stored_draft_holds_no_readable_answer(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    token = token_of(invitation.pk)
    drafts.save(participant_of(invitation), SHEET)
    stored = bytes(Draft.objects.get().box)
    for readable in (b"q01", b"q40", b"time_pressure", b"van mij", token.encode()):
        assert readable not in stored


def test_a_draft_knows_its_invitation_and_nothing_else() -> None:
    assert {field.name for field in Draft._meta.get_fields()} == {"invitation", "box"}


def test_erasing_removes_the_row(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    drafts.save(participant_of(invitation), SHEET)
    drafts.erase(invitation)
    drafts.erase(invitation)
    assert not Draft.objects.exists()


def test_every_draft_is_equally_long(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    sheets = [Sheet(), SHEET, Sheet(remark="ab" * 350), Sheet(remark="😀" * 2000)]
    for invitation, sheet in zip(Invitation.objects.filter(round=round_), sheets, strict=False):
        drafts.save(participant_of(invitation), sheet)
        assert drafts.load(participant_of(invitation)) == sheet
    assert len({len(draft.box) for draft in Draft.objects.all()}) == 1


def test_a_tab_that_comes_late_leaves_no_draft_behind(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    late = participant_of(first_invitation(round_))
    submit(late, SHEET)
    with pytest.raises(AlreadySentError):
        drafts.save(late, SHEET)
    Round.objects.filter(pk=round_.pk).update(state=Round.State.CLOSED)
    with pytest.raises(LinkError):
        drafts.save(late, SHEET)
    assert not Draft.objects.exists()
