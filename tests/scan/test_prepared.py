"""A query that is put into SQL once gives what the query itself gives."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import QuerySet
from django_scopes import scopes_disabled

from scan.models import Invitation, Round
from scan.participants import NOT_ON_PAGES_OF_ANSWERING, find_participant
from scan.prepared import Prepared
from scan.tokens import token_of
from tests.cast import Cast
from tests.rounds import open_round


def by_id(invitation_id: UUID, day: date) -> QuerySet[Invitation]:
    with scopes_disabled():
        found = Invitation.objects.select_related("round__organisation")
        return found.filter(pk=invitation_id, round__opens_on__lte=day)


def test_it_gives_the_same_rows_with_all_that_is_selected_along(cast: Cast, django_assert_num_queries: Any) -> None:
    round_ = open_round(cast)
    prepared = Prepared(by_id, UUID(int=1), date.min)
    with scopes_disabled():
        expected = list(Invitation.objects.filter(round=round_).select_related("round__organisation"))
    for one in expected:
        with django_assert_num_queries(1):
            found = prepared.first(one.pk, date(2026, 6, 1))
            assert found is not None
            assert {f.attname: getattr(found, f.attname) for f in found._meta.concrete_fields} == {
                f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields
            }
            assert found.round.words == one.round.words == round_.words
            assert (found.round.opens_on, found.round.organisation.name) == (one.round.opens_on, "Zorggroep De Linde")
    assert prepared.first(expected[0].pk, date(2020, 1, 1)) is None
    assert prepared.first(uuid4(), date(2026, 6, 1)) is None


def test_a_value_that_the_query_does_not_ask_for_is_refused() -> None:
    prepared = Prepared(lambda one, _other: by_id(one, date(2026, 1, 1)), UUID(int=1), date.min)
    with pytest.raises(ValueError, match="does not ask"):
        prepared.first(uuid4(), date(2026, 1, 1))


def test_pages_of_answering_ask_for_nothing_that_was_left_out(cast: Cast, django_assert_num_queries: Any) -> None:
    """Left out is what no page shows: it would be asked for apart, at every request."""
    round_ = open_round(cast)
    with scopes_disabled():
        invitation = Invitation.objects.filter(round=round_)[0]
    find_participant(token_of(invitation.pk))  # the questionnaire is kept from then on
    with django_assert_num_queries(1):
        participant = find_participant(token_of(invitation.pk))
    left_out = participant.invitation.get_deferred_fields() | participant.round.get_deferred_fields()
    assert {"address", "mail_texts"} <= left_out
    assert len(NOT_ON_PAGES_OF_ANSWERING) >= len(left_out)
    assert not left_out & {"used", "language", "code_hash", "words", "languages", "remark_reader", "closes_on"}
    assert participant.round.state == Round.State.OPEN
