"""Issue A, holds when 4: every figure of the sample rounds, computed again by tests/reports/independent."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from tests.reports.independent import DISCIPLINES, SCALES, RoundOnPaper, contents_of, precision_of
from tests.reports.sample_rounds import GAPS, HEADCOUNTED, HIGH, LOW, Frozen, sample_text, slug_of, staff_headcounts

VERDICTS = {"higher", "lower", None}
PRINTED_SCORES = ("SV", "MM", "PM", "TL", "ST", "T", "V", "E", "K", "R", "F")


@cache
def on_paper(name: str) -> RoundOnPaper:
    return RoundOnPaper.from_text(sample_text(name), staff_headcounts() if name == HEADCOUNTED else None)


@cache
def expected(name: str) -> dict[str, dict[str, Any] | None]:
    return contents_of(on_paper(name))


def parts(contents: dict[str, dict[str, Any] | None], *keys: str) -> dict[str, dict[str, Any] | None]:
    return {path: content and {key: content[key] for key in keys} for path, content in contents.items()}


def compared(contents: Mapping[str, dict[str, Any] | None], key: str) -> dict[str, Any]:
    return {path: content["compared"][key] for path, content in contents.items() if content}


def test_the_samples_have_something_to_compare(sample: Frozen) -> None:
    shown = [content for content in expected(sample.name).values() if content]
    assert 10 < len(shown) < len(expected(sample.name)) == 23
    assert any(content["items"] for content in shown)
    assert any(content["bands"] is None for content in shown)
    assert any(len(person.real) < 40 for person in on_paper(sample.name).people)


def test_the_round_with_gaps_has_every_case() -> None:
    paper = on_paper(GAPS)
    assert len(paper.people) < len(paper.everybody) - 5
    assert any(
        sum(item in person.real for item in SCALES[discipline]) < 4
        for person in paper.people
        for discipline in DISCIPLINES
    )
    shown = {path: content for path, content in expected(GAPS).items() if content}
    assert shown[HIGH]["scores"]["total"]["kind"] == "at_least"
    assert shown[LOW]["scores"]["total"]["kind"] == "at_most"
    assert any(len(content["items"]["values"]) < 40 for content in shown.values() if content["items"])
    assert any(content["scores"]["total"]["low"] == 0 for content in shown.values())
    words = [content["words"] for content in shown.values() if content["words"]]
    assert {word for each in words for word in each["agreement"].values()} == {"one_mind", "varied", "divided"}
    assert {None, 0, 6} <= {tenths for each in words for tenths in each["dont_know"].values()}
    assert {None, 2, 5} <= {tenths for each in words for tenths in each["obstacles"].values()}


def test_the_round_with_gaps_has_every_kind_of_difference() -> None:
    """In the others no difference with the rest survives."""
    shown = {path: content for path, content in expected(GAPS).items() if content}
    assert {verdict for verdicts in compared(shown, "own").values() for verdict in verdicts.values()} == VERDICTS
    rests = compared(shown, "rest")
    assert {path for path, rest in rests.items() if rest is None} == {""}
    assert {one["verdict"] for rest in rests.values() if rest for one in rest.values()} == VERDICTS
    assert rests[HIGH]["SV"]["place"] < shown[HIGH]["scores"]["SV"]["value"] == 95
    assert rests[LOW]["SV"]["place"] > shown[LOW]["scores"]["SV"]["value"] == 5


def test_the_same_units_are_hidden(sample: Frozen) -> None:
    hidden = {path for path, content in expected(sample.name).items() if content is None}
    assert {path for path, content in sample.contents.items() if content is None} == hidden
    assert set(sample.contents) == set(expected(sample.name))


def test_the_same_number_of_questionnaires(sample: Frozen) -> None:
    assert parts(sample.contents, "n") == parts(expected(sample.name), "n")


def test_the_same_scores_for_total_themes_and_steps(sample: Frozen) -> None:
    def figures(contents: dict[str, dict[str, Any] | None]) -> dict[str, Any]:
        return {
            path: {code: (score["value"], score["kind"]) for code, score in content["scores"].items()}
            for path, content in contents.items()
            if content
        }

    assert figures(sample.contents) == figures(expected(sample.name))
    assert all(len(scores) == 1 + 11 + 7 for scores in figures(sample.contents).values())


def test_the_same_margins(sample: Frozen) -> None:
    assert parts(sample.contents, "scores") == parts(expected(sample.name), "scores")


def test_the_same_named_questions_in_the_same_order(sample: Frozen) -> None:
    assert parts(sample.contents, "named") == parts(expected(sample.name), "named")


def test_the_same_bands_over_the_same_finer_sets(sample: Frozen) -> None:
    assert parts(sample.contents, "bands") == parts(expected(sample.name), "bands")


def test_the_same_figures_of_questions_over_the_same_finer_sets(sample: Frozen) -> None:
    assert parts(sample.contents, "items") == parts(expected(sample.name), "items")


def test_the_same_words_over_the_same_finer_sets(sample: Frozen) -> None:
    assert parts(sample.contents, "words") == parts(expected(sample.name), "words")


def test_the_same_verdicts_beside_a_units_own_other_themes(sample: Frozen) -> None:
    assert compared(sample.contents, "own") == compared(expected(sample.name), "own")


def test_the_same_differences_with_the_rest_of_the_organisation(sample: Frozen) -> None:
    assert compared(sample.contents, "rest") == compared(expected(sample.name), "rest")


def test_the_same_spread_and_reliability_to_compare_rounds_by(sample: Frozen) -> None:
    assert sample.release.content["precision"] == precision_of(on_paper(sample.name))
    assert sample.release.content["is_assumed"] is False


def test_the_same_headcounts_and_response_in_words(sample: Frozen) -> None:
    assert parts(sample.contents, "invited", "response") == parts(expected(sample.name), "invited", "response")


def test_the_same_units_are_said_to_equal_one_below(sample: Frozen) -> None:
    assert parts(sample.contents, "same_as") == parts(expected(sample.name), "same_as")


def test_the_release_holds_nothing_else(sample: Frozen) -> None:
    assert sample.contents == expected(sample.name)


def test_what_the_command_prints_is_the_same(sample: Frozen) -> None:
    def written(score: dict[str, Any]) -> Any:
        return score["value"] if score["kind"] == "exact" else {score["kind"]: score["value"]}

    units = [
        {
            "path": path,
            "n": content["n"],
            "total": written(content["scores"]["total"]),
            "scores": {code: written(content["scores"][code]) for code in PRINTED_SCORES},
        }
        if content
        else {"path": path, "hidden": True}
        for path, content in expected(sample.name).items()
    ]
    assert sample.printed["units"] == units
    assert sample.printed["units"][0]["path"] == ""


def test_the_command_prints_what_the_release_is_of(sample: Frozen) -> None:
    head = {key: value for key, value in sample.printed.items() if key != "units"}
    assert head == {
        "organisation": "zorggroep-de-voorbeelden",
        "round": slug_of(sample.name),
        "k": 5,
        "number": 1,
        "rules_version": "1",
        "questionnaire": "leerscan 1",
    }


def test_the_record_of_the_check_lists_the_same_blocks(sample: Frozen) -> None:
    record = sample.release.check_record
    paths = {str(unit.id): unit.path for unit in sample.published.units}
    blocks = on_paper(sample.name).blocks
    assert sorted((paths[block["unit"]], block["size"]) for block in record["blocks"]) == sorted(
        (" / ".join(unit), len(people)) for unit, people in blocks
    )
    assert record["passed"] is True
    assert record["smallest_block"] == min(len(people) for _, people in blocks) >= 5
