from scan import drafts
from scan.boxes import Sheet
from scan.models import Draft, Invitation
from scan.tokens import token_of
from tests.cast import Cast
from tests.scan.asking import first_invitation, launched_round

SHEET = Sheet({"q01": 5, "q40": 1}, ["time_pressure"], "Dit is van mij alleen.")


def test_a_draft_comes_back_with_its_link(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    token = token_of(invitation.pk)
    drafts.save(invitation, token, SHEET)
    assert drafts.load(invitation, token) == SHEET


def test_who_has_not_begun_has_an_empty_sheet(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    assert drafts.load(invitation, token_of(invitation.pk)) == Sheet()


def test_another_link_reads_nothing_of_it(in_scope: Cast) -> None:
    round_ = launched_round(in_scope)
    mine, other = Invitation.objects.filter(round=round_)[:2]
    drafts.save(mine, token_of(mine.pk), SHEET)
    assert drafts.load(mine, token_of(other.pk)) == Sheet()
    assert drafts.load(other, token_of(other.pk)) == Sheet()


def test_saving_again_replaces_it(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    token = token_of(invitation.pk)
    drafts.save(invitation, token, SHEET)
    drafts.save(invitation, token, Sheet({"q01": 1}))
    assert drafts.load(invitation, token) == Sheet({"q01": 1})
    assert Draft.objects.count() == 1


def test_the_stored_draft_holds_no_readable_answer(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    token = token_of(invitation.pk)
    drafts.save(invitation, token, SHEET)
    stored = bytes(Draft.objects.get().box)
    for readable in (b"q01", b"q40", b"time_pressure", b"van mij", token.encode()):
        assert readable not in stored


def test_a_draft_knows_its_invitation_and_nothing_else() -> None:
    assert {field.name for field in Draft._meta.get_fields()} == {"invitation", "box"}


def test_erasing_removes_the_row(in_scope: Cast) -> None:
    invitation = first_invitation(launched_round(in_scope))
    drafts.save(invitation, token_of(invitation.pk), SHEET)
    drafts.erase(invitation)
    drafts.erase(invitation)
    assert not Draft.objects.exists()
