"""Remarks that were let pass: what reports may print of them."""

from collections.abc import Callable
from typing import Any

from reports.models import PublishedRemarks
from reports.remarks import approved_remarks
from tests.cast import Cast
from tests.scan.asking import launched_round

Queries = Callable[[int], Any]


def test_there_are_none_until_they_are_frozen_and_then_as_they_were_frozen(
    in_scope: Cast, django_assert_num_queries: Queries
) -> None:
    round_ = launched_round(in_scope)
    assert approved_remarks(round_) == []
    PublishedRemarks.objects.create(round=round_, texts=["Meer tijd.", "Vaker samen kijken."])
    with django_assert_num_queries(1):
        assert approved_remarks(round_) == ["Meer tijd.", "Vaker samen kijken."]
