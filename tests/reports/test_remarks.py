"""Remarks of a closed scan: who reads them, from how many on, and what is frozen of them (R15)."""

from collections.abc import Callable
from typing import Any

import pytest

from organisations.commands import InputError
from organisations.models import LogEntry
from reports import remarks
from reports.models import PublishedRemarks
from reports.remarks import approved_remarks, finish, pile_to_review
from scan.models import Remark, Round
from scan.remarks import GoneError, MeanwhileError, Pile, Verdict, decide, pile_of, seen, seen_all
from tests.cast import Cast
from tests.reports.full_round import delete_now, let_days_pass
from tests.reports.remarks import WRITTEN, closed_with_remarks, keep_all, waiting
from tests.scan.asking import launched_round

Queries = Callable[[int], Any]


@pytest.fixture
def round_(in_scope: Cast) -> Round:
    return closed_with_remarks(in_scope)


def test_there_are_none_until_they_are_frozen_and_then_as_they_were_frozen(
    in_scope: Cast, django_assert_num_queries: Queries
) -> None:
    round_ = launched_round(in_scope)
    assert approved_remarks(round_) == []
    PublishedRemarks.objects.create(round=round_, texts=["Meer tijd.", "Vaker samen kijken."])
    with django_assert_num_queries(1):
        assert approved_remarks(round_) == ["Meer tijd.", "Vaker samen kijken."]


def test_from_ten_on_they_are_read_and_of_nine_nothing_is_known(in_scope: Cast) -> None:
    round_ = closed_with_remarks(in_scope, 10)
    assert pile_of(round_) == Pile(10, 0, 0)
    Remark.objects.filter(pk=waiting(round_)[0].pk).delete()
    assert pile_of(round_) is None
    with pytest.raises(GoneError):
        keep_all(round_)


def test_a_round_with_a_higher_threshold_asks_for_as_many_remarks(in_scope: Cast) -> None:
    """k of 15: nothing about a set of fewer (R1)."""
    round_ = closed_with_remarks(in_scope, 14, people=16, k=15)
    assert pile_of(round_) is None
    Remark.objects.create(round=round_, text="Nog een")
    assert pile_of(round_) is not None


def test_without_results_of_the_organisation_nobody_reads_remarks(in_scope: Cast) -> None:
    round_ = closed_with_remarks(in_scope, 12, people=12)
    assert pile_to_review(round_) is not None
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(remarks, "has_results", lambda _round: False)
        assert pile_to_review(round_) is None
        with pytest.raises(GoneError):
            finish(round_, seen_all(round_), in_scope.anna)


def test_what_was_let_pass_is_frozen_and_everything_else_is_gone(round_: Round, in_scope: Cast) -> None:
    keep_all(round_, but=2)
    dropped = [remark.text for remark in waiting(round_)[:2]]
    edited = waiting(round_)[2]
    decide(round_, edited.pk, Verdict.EDIT, "[Een collega] luistert nooit", seen([edited]))
    kept = sorted(["[Een collega] luistert nooit", *(remark.text for remark in waiting(round_)[3:])])
    finish(round_, seen_all(round_), in_scope.anna)
    assert sorted(approved_remarks(round_)) == kept
    assert not set(dropped) & set(approved_remarks(round_))
    assert not Remark.objects.filter(round=round_).exists()
    assert not LogEntry.objects.filter(subject__contains=WRITTEN).exists()
    assert LogEntry.objects.get(action="finish_remarks").subject == round_.title


def test_they_are_frozen_in_another_order(round_: Round, in_scope: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remarks, "_shuffle", lambda texts: texts.sort(reverse=True))
    keep_all(round_)
    finish(round_, seen_all(round_), in_scope.anna)
    texts = approved_remarks(round_)
    assert texts == sorted(texts, reverse=True)


def test_when_fewer_than_ten_are_kept_none_is_shown(round_: Round, in_scope: Cast) -> None:
    keep_all(round_, but=3)
    finish(round_, seen_all(round_), in_scope.anna)
    assert approved_remarks(round_) == []
    assert PublishedRemarks.objects.get(round=round_).texts == []
    assert not Remark.objects.filter(round=round_).exists()


def test_nobody_finishes_before_all_were_read(round_: Round, in_scope: Cast) -> None:
    first = waiting(round_)[0]
    decide(round_, first.pk, Verdict.KEEP, "", seen([first]))
    with pytest.raises(InputError):
        finish(round_, seen_all(round_), in_scope.anna)
    assert Remark.objects.filter(round=round_).count() == 12
    assert not PublishedRemarks.objects.exists()


def test_it_is_finished_once(round_: Round, in_scope: Cast) -> None:
    keep_all(round_)
    shown = seen_all(round_)
    finish(round_, shown, in_scope.anna)
    before = approved_remarks(round_)
    with pytest.raises(GoneError):
        finish(round_, shown, in_scope.anna)
    assert approved_remarks(round_) == before


def test_two_reviewers_do_not_overwrite_each_other(round_: Round) -> None:
    remark = waiting(round_)[0]
    shown = seen([remark])
    decide(round_, remark.pk, Verdict.LEAVE_OUT, "", shown)
    with pytest.raises(MeanwhileError):
        decide(round_, remark.pk, Verdict.KEEP, "", shown)
    assert waiting(round_)[0].is_approved is False
    decide(round_, remark.pk, Verdict.LEAVE_OUT, "", shown)  # the same, sent twice


def test_nobody_finishes_over_a_decision_that_was_not_seen(round_: Round, in_scope: Cast) -> None:
    keep_all(round_)
    shown, remark = seen_all(round_), waiting(round_)[0]
    decide(round_, remark.pk, Verdict.LEAVE_OUT, "", seen([remark]))
    with pytest.raises(MeanwhileError):
        finish(round_, shown, in_scope.anna)
    assert not PublishedRemarks.objects.exists()


def test_words_may_be_taken_out(round_: Round) -> None:
    parts = (
        "[Een collega] luistert nooit 0",
        "Piet luistert nooit",
        "luistert, nooit.",
        "[Iemand] van de [afdeling] luistert nooit",
    )
    Remark.objects.filter(pk=waiting(round_)[0].pk).update(text=f"{WRITTEN} 0")
    for text in parts:
        remark = waiting(round_)[0]
        decide(round_, remark.pk, Verdict.EDIT, f"  {text}\r\n", seen([remark]))
        assert (waiting(round_)[0].edited, waiting(round_)[0].is_approved) == (text, True)


def test_words_may_not_be_changed_or_added_and_something_must_be_left(round_: Round) -> None:
    remark = waiting(round_)[0]
    long = "[" + "heel veel dat de schrijver niet schreef " * 2 + "]"
    for text in ("Piet luistert altijd", "nooit luistert", "", "[...]", long):
        with pytest.raises(InputError):
            decide(round_, remark.pk, Verdict.EDIT, text, seen([remark]))
    assert waiting(round_)[0].is_approved is None


def test_keeping_all_of_it_is_no_edit(round_: Round) -> None:
    remark = waiting(round_)[0]
    decide(round_, remark.pk, Verdict.EDIT, remark.text, seen([remark]))
    assert (waiting(round_)[0].edited, waiting(round_)[0].is_approved) == ("", True)


def test_a_remark_of_another_round_is_not_there(round_: Round, in_scope: Cast) -> None:
    other = Remark.objects.create(round=launched_round(in_scope), text="Van later")
    with pytest.raises(GoneError):
        decide(round_, other.pk, Verdict.LEAVE_OUT, "", seen([other]))


def test_once_answers_are_being_deleted_nobody_reads_them(round_: Round) -> None:
    Round.objects.filter(pk=round_.pk).update(is_past_retention=True)
    late = Round.objects.select_related("organisation").get(pk=round_.pk)
    assert pile_of(late) is None
    remark = waiting(late)[0]
    with pytest.raises(GoneError):
        decide(late, remark.pk, Verdict.KEEP, "", seen([remark]))


def test_retention_takes_what_was_not_finished_and_leaves_what_was(
    round_: Round, in_scope: Cast, no_clean_up: list[str]
) -> None:
    keep_all(round_)
    PublishedRemarks.objects.create(round=round_, texts=["Vaker samen kijken."])
    let_days_pass(round_)
    delete_now(round_)
    assert not Remark.objects.exists()
    assert approved_remarks(round_) == ["Vaker samen kijken."]
