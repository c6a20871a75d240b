"""What a release may hold of a unit, and what it never holds (measurement.md 1, 5 and 8)."""

import json
import math
import uuid
from collections.abc import Sequence
from typing import Any

import pytest

from tests.reports.paper_rounds import PaperRound, answers, people
from tests.reports.sample_rounds import Frozen

KEYS = {"n", "invited", "response", "scores", "named", "bands", "words", "items", "compared", "same_as"}
ASSUMED_SD, NORMAL_QUANTILE = 20, 1.959964
"""Margins of rounds with fewer than 5 blocks or 50 answers rest on these."""


def numbers(content: Any) -> list[float]:
    """Every number anywhere in it."""
    if isinstance(content, dict):
        return [number for value in content.values() for number in numbers(value)]
    if isinstance(content, list):
        return [number for value in content for number in numbers(value)]
    return [content] if isinstance(content, int | float) and not isinstance(content, bool) else []


# --- hidden units ---


def test_a_hidden_unit_has_no_content_at_all() -> None:
    round_ = PaperRound().add("").add("A", people(4)).add("B", people(8))
    assert round_.contents["A"] is None
    assert round_.shown("B")["n"] == 8


def test_nothing_in_the_release_says_how_small_a_hidden_unit_is() -> None:
    def contents(count: int) -> dict[str, dict[str, Any] | None]:
        """4 people of A and the rest that goes up from C count together in the root, whatever A holds."""
        return PaperRound().add("").add("A", people(count)).add("B", people(8)).contents

    assert contents(0) == contents(1) == contents(4)


def test_the_samples_have_hidden_units_without_numbers(sample: Frozen) -> None:
    hidden = [unit for unit in sample.printed["units"] if "hidden" in unit]
    assert hidden
    assert all(unit == {"path": unit["path"], "hidden": True} for unit in hidden)
    assert {unit["path"] for unit in hidden} == {path for path, content in sample.contents.items() if content is None}


def test_a_round_without_answers_hides_everything() -> None:
    round_ = PaperRound().add("").add("A")
    assert set(round_.contents.values()) == {None}
    assert (round_.record["passed"], round_.record["sets"]) == (True, 0)
    assert (round_.record["smallest_block"], round_.record["blocks"]) == (0, [])
    assert round_.content["is_assumed"] is True


def test_who_answered_fewer_than_30_counts_in_no_figure() -> None:
    round_ = PaperRound().add("", [*people(4), answers(1, 29)])
    assert round_.contents[""] is None
    assert PaperRound().add("", [*people(4), answers(1, 30)]).shown()["n"] == 5


def test_a_higher_threshold_of_the_round_holds() -> None:
    assert PaperRound(k=8).add("", people(7)).contents[""] is None
    assert PaperRound(k=8).add("", people(8)).shown()["n"] == 8


# --- leaders (R3) ---


def test_leaders_count_one_level_up_and_never_make_up_the_number() -> None:
    four = PaperRound().add("", people(4), leaders=people(1))
    assert four.contents[""] is None
    five = PaperRound().add("", people(5), leaders=people(1))
    assert five.shown()["n"] == 6


def test_enough_leaders_are_a_block_and_the_others_go_up() -> None:
    round_ = PaperRound().add("", people(2)).add("A", people(4), leaders=people(5, 2))
    assert round_.shown("A")["n"] == 5
    assert round_.shown("A")["scores"]["total"]["value"] == 25
    assert round_.shown("")["n"] == 11


# --- equal sets (R14) ---


def test_a_set_that_equals_that_of_one_below_says_so() -> None:
    round_ = PaperRound().add("").add("A").add("A / B", people(9)).add("A / C", people(4)).add("D", people(6))
    assert round_.shown("A")["same_as"] == "A / B"
    assert round_.shown("A")["n"] == round_.shown("A / B")["n"] == 9
    assert round_.shown("")["same_as"] is None
    assert round_.shown("A / B")["same_as"] is None


def test_figures_that_are_equal_by_chance_are_not_called_the_same() -> None:
    round_ = PaperRound().add("").add("A", people(6)).add("B", people(6))
    assert round_.shown("")["same_as"] is None


# --- response (R13) ---


@pytest.mark.parametrize(
    ("received", "invited", "word"),
    [
        (5, 5, None),
        (9, 9, None),
        (10, 10, "nearly_everyone"),
        (15, 20, "nearly_everyone"),
        (74, 100, "clear_majority"),
        (11, 20, "clear_majority"),
        (54, 100, "about_half"),
        (7, 20, "about_half"),
        (34, 100, "minority"),
        (5, 100, "minority"),
    ],
)
def test_the_response_is_a_word_from_10_invited(received: int, invited: int, word: str | None) -> None:
    content = PaperRound().add("", people(received), invited=invited).shown()
    assert (content["invited"], content["response"]) == (invited, word)


def test_without_headcounts_nothing_is_said_of_the_response() -> None:
    round_ = PaperRound().add("").add("A", people(20))
    for content in round_.contents.values():
        assert content is not None
        assert content["invited"] is None
        assert content["response"] is None
    assert round_.content["knows_headcounts"] is False


def test_one_unit_without_a_headcount_makes_all_unknown() -> None:
    round_ = PaperRound().add("", invited=0).add("A", people(20), invited=25).add("B", people(20))
    assert round_.shown("A")["invited"] is None
    assert round_.content["knows_headcounts"] is False


def test_with_headcounts_the_release_says_that_it_knows_them() -> None:
    assert PaperRound().add("", people(20), invited=25).content["knows_headcounts"] is True


def test_the_number_received_is_nowhere() -> None:
    """Questionnaires that do not count in figures change nothing while the response stays the same in words."""

    def content(received: int) -> dict[str, Any]:
        uncounted = [answers(3, 10)] * (received - 60)
        return PaperRound().add("", [*people(60), *uncounted], invited=100).shown()

    assert content(65) == content(69) == content(74)
    assert 69 not in numbers(content(69))


def test_a_unit_holds_these_keys_and_no_other(sample: Frozen) -> None:
    for content in sample.contents.values():
        if content:
            assert set(content) == KEYS
            assert {frozenset(score) for score in content["scores"].values()} == {
                frozenset({"value", "kind", "low", "high"})
            }


def test_every_figure_is_a_whole_number(sample: Frozen) -> None:
    found = [number for content in sample.contents.values() for number in numbers(content)]
    assert found
    assert all(isinstance(number, int) for number in found)


def test_no_unit_has_a_test_statistic_or_a_spread(sample: Frozen) -> None:
    written = json.dumps([sample.contents, sample.printed])
    for word in ("sd", "spread", "variance", "reliability", "alpha", "quantile", "minimum", "maximum", "median", "p"):
        assert f'"{word}"' not in written


def test_the_organisations_spread_is_kept_to_compare_rounds_by(sample: Frozen) -> None:
    precision = sample.release.content["precision"]
    scores = next(content["scores"] for content in sample.contents.values() if content)
    assert set(precision["scores"]) == set(scores)
    assert precision["freedom"] > 50


# --- bounds (R9, R17) ---


@pytest.mark.parametrize(
    ("value", "figure", "kind"), [(5, 95, "at_least"), (1, 5, "at_most"), (4, 75, "exact"), (2, 25, "exact")]
)
def test_the_ends_of_the_scale_are_bounds(value: int, figure: int, kind: str) -> None:
    scores = PaperRound().add("", people(6, value)).shown()["scores"]
    assert {(score["value"], score["kind"]) for score in scores.values()} == {(figure, kind)}


def test_the_margin_of_a_bound_is_made_from_the_bound() -> None:
    margin = NORMAL_QUANTILE * ASSUMED_SD / math.sqrt(6)
    high = PaperRound().add("", people(6, 5)).shown()["scores"]["total"]
    low = PaperRound().add("", people(6, 1)).shown()["scores"]["total"]
    assert (high["low"], high["high"]) == (round(95 - margin), 100)
    assert (low["low"], low["high"]) == (0, round(5 + margin))


def test_only_fives_and_nearly_only_fives_look_the_same() -> None:
    nearly = [bytes([5] * 39 + [4]), *people(9, 5)]
    one, other = PaperRound().add("", nearly).shown(), PaperRound().add("", people(10, 5)).shown()
    assert one["scores"] == other["scores"]


def test_a_score_just_inside_the_bound_is_printed() -> None:
    # 8 of 40 items with a 4: 100 - 8 / 40 * 25 = 95
    scores = PaperRound().add("", [bytes([5] * 32 + [4] * 8)] * 5).shown()["scores"]
    assert (scores["total"]["value"], scores["total"]["kind"]) == (95, "exact")


# --- questions (R5, and the 75% of section 1) ---


def with_open_question(count: int, real: int) -> list[bytes]:
    """People of whom so many really answered the first question."""
    return [bytes([4 if number < real else 9, *[2 + number % 3] * 39]) for number in range(count)]


@pytest.mark.parametrize(
    ("count", "real", "is_there"), [(20, 14, False), (20, 15, True), (24, 17, False), (24, 18, True)]
)
def test_a_question_that_fewer_than_75_percent_answered_is_left_out(count: int, real: int, is_there: bool) -> None:
    content = PaperRound().add("", with_open_question(count, real)).shown()
    assert ("q01" in content["items"]["values"]) is is_there
    assert ("q01" in content["bands"]["values"]) is is_there
    assert len(content["items"]["values"]) == 39 + is_there


def test_a_question_that_was_left_out_is_not_named_either() -> None:
    rows = [bytes([5 if number < 7 else 0, *[2] * 39]) for number in range(10)]
    content = PaperRound().add("", rows).shown()
    assert "q01" not in content["named"]["highest"]


def test_bands_from_8_and_numbers_from_20() -> None:
    def levels(count: int) -> tuple[bool, bool]:
        content = PaperRound().add("", people(count)).shown()
        return content["bands"] is not None, content["items"] is not None

    assert [levels(count) for count in (5, 7, 8, 19, 20)] == [
        (False, False),
        (False, False),
        (True, False),
        (True, False),
        (True, True),
    ]


def test_a_higher_threshold_raises_the_finer_ones_too() -> None:
    content = PaperRound(k=12).add("").add("A", people(12)).add("B", people(12)).shown("A")
    assert content["bands"]["n"] == 12
    assert PaperRound(k=20).add("", people(20)).shown()["bands"]["n"] == 20


def test_a_finer_part_needs_two_thirds_of_the_people() -> None:
    # A1 holds 8, A2 5: bands over 8 of 13 people are too little; with A2 at 4 its people go up to A.
    round_ = PaperRound().add("").add("A").add("A / A1", people(8)).add("A / A2", people(5)).add("B", people(6))
    assert round_.shown("A")["n"] == 13
    assert round_.shown("A")["bands"] is None
    assert round_.shown("A / A1")["bands"]["n"] == 8
    assert round_.shown("")["bands"]["n"] == 19


def test_the_example_of_the_rules() -> None:
    """measurement.md 8: org { A { A1 8, A2 7, A3 3 }, B { B1 9, B2 6 }, C 6 }."""

    def example(of_c: int) -> PaperRound:
        round_ = (
            PaperRound().add("").add("A").add("A / A1", people(8)).add("A / A2", people(7)).add("A / A3", people(3))
        )
        return round_.add("B").add("B / B1", people(9)).add("B / B2", people(6)).add("C", people(of_c))

    six = {path: content and content["n"] for path, content in example(6).contents.items()}
    assert six == {
        "": 36,
        "A": 15,
        "A / A1": 8,
        "A / A2": 7,
        "A / A3": None,
        "B": 15,
        "B / B1": 9,
        "B / B2": 6,
        "C": 6,
    }
    assert {path for path, content in example(6).contents.items() if content and content["bands"]} == {
        "",
        "A / A1",
        "B / B1",
    }
    four = {path: content and content["n"] for path, content in example(4).contents.items()}
    assert (four["A / A3"], four["C"], four[""]) == (None, None, 37)


def test_named_questions_are_at_most_three_and_without_numbers(sample: Frozen) -> None:
    for content in sample.contents.values():
        if content:
            for named in content["named"].values():
                assert len(named) <= 3
                assert named == sorted(named)
                assert all(isinstance(item, str) for item in named)


# --- the hash of what went in, and the check ---


def test_the_hash_does_not_depend_on_the_order_of_the_rows() -> None:
    from reports.inputs import Row, gather, inputs_hash  # noqa: PLC0415 -- beside its test

    def hashed(key: bytes, rows: Sequence[Row]) -> str:
        return inputs_hash(key, gather(rows, 40))

    units = [uuid.uuid4(), uuid.uuid4()]
    rows: list[Row] = [(uuid.uuid4(), units[number % 2], answers(1 + number % 5), number % 3) for number in range(30)]
    key, other_key = b"k" * 32, b"o" * 32
    first = rows[0]
    assert hashed(key, rows) == hashed(key, rows[::-1]) == hashed(key, rows[7:] + rows[:7])
    assert hashed(key, rows) == hashed(key, [(uuid.uuid4(), *first[1:]), *rows[1:]]), "ids are no part of it"
    assert hashed(key, rows) != hashed(other_key, rows)
    assert hashed(key, rows) != hashed(key, rows[1:])
    assert hashed(key, rows) != hashed(key, [(first[0], units[0], answers(1, 39), first[3]), *rows[1:]])
    assert hashed(key, rows) != hashed(key, [(first[0], units[0], first[2], 4), *rows[1:]])
    assert hashed(key, rows) != hashed(key, [(first[0], uuid.uuid4(), *first[2:]), *rows[1:]])


def test_the_record_lists_where_each_block_formed_and_its_size() -> None:
    round_ = PaperRound().add("").add("A", people(9)).add("B", people(6)).add("C", people(4))
    paths = {str(unit.pk): path for path, unit in round_.units.items()}
    record = round_.record
    assert sorted((paths[block["unit"]], block["size"]) for block in record["blocks"]) == [("A", 9), ("B", 6)]
    assert (record["passed"], record["smallest_block"]) == (True, 6)
