"""The log says who did what."""

import pytest
from django_scopes import ScopeError, scope

from organisations.log import record
from organisations.models import LogEntry
from tests.cast import Cast


def test_an_entry_says_who_did_what_where(in_scope: Cast) -> None:
    record(in_scope.organisation, "round_closed", "Leerscan 2026", in_scope.anna)
    entry = LogEntry.objects.get()
    assert (entry.organisation, entry.user, entry.action, entry.subject) == (
        in_scope.organisation,
        in_scope.anna,
        "round_closed",
        "Leerscan 2026",
    )
    assert entry.at is not None


def test_a_command_of_the_server_is_nobodys(in_scope: Cast) -> None:
    record(in_scope.organisation, "round_closed", "Leerscan 2026")
    assert LogEntry.objects.get().user is None


def test_a_subject_that_is_too_long_is_cut(in_scope: Cast) -> None:
    record(in_scope.organisation, "round_closed", "é" * 1000)
    assert LogEntry.objects.get().subject == "é" * 300


def test_an_entry_outlives_its_user(in_scope: Cast) -> None:
    record(in_scope.organisation, "round_closed", "Leerscan 2026", in_scope.cas)
    in_scope.cas.delete()
    assert LogEntry.objects.get().user is None


def test_the_log_of_one_organisation_is_not_read_from_another(cast: Cast) -> None:
    record(cast.organisation, "round_closed", "Leerscan 2026")
    with scope(organisation=cast.other_organisation):
        assert not LogEntry.objects.exists()
    with pytest.raises(ScopeError):
        LogEntry.objects.count()
