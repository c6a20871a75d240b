"""What stands out, in words: the own other themes, agreement, obstacles, "don't know" and how answers are divided."""

from collections.abc import Mapping
from datetime import date

import pytest
from django.utils import translation

from charts.columns import draw_columns
from reports.changes import ScoreChange, UnitChange
from reports.contents import Report
from reports.published import Score, ShownUnit
from reports.report import build_report
from tests.reports.sample_rounds import Frozen


def built(sample: Frozen) -> list[tuple[ShownUnit, Report]]:
    with translation.override("en"):
        return [(unit, build_report(sample.published, unit, "en")) for unit in sample.published.shown]


def names(sample: Frozen) -> Mapping[str, str]:
    return {one.code: one.name.en for one in sample.published.questionnaire.dimensions}


def test_a_theme_is_called_clear_only_where_the_release_says_so(sample: Frozen) -> None:
    said = 0
    for unit, report in built(sample):
        text = " ".join(report.stands_out.themes)
        for page in (report.disciplines, report.areas):
            for row in page.rows:
                code = next(code for code, name in names(sample).items() if name == row.name)
                own, rest = unit.own.get(code), unit.rest[code].verdict if unit.rest else None
                signs = " ".join(row.signs)
                assert (f"Clearly {own} than your other" in signs) is bool(own)
                assert (f"Clearly {rest} than the rest" in signs) is bool(rest)
                assert len(row.signs) == bool(own) + bool(rest)
                assert (row.name in text) is bool(own)
                said += len(row.signs)
        if not any(unit.own.get(code) for code in names(sample)):
            assert text == "No theme scores clearly higher or lower than your other themes."
    assert said


def test_agreement_and_obstacles_are_said_of_ten_people_or_more(sample: Frozen) -> None:
    with_words = 0
    for unit, report in built(sample):
        out = report.stands_out
        assert (out.words_n, len(out.agreement)) == ((unit.words.n, 5) if unit.words else (0, 0))
        if unit.words is None:
            assert (out.obstacles, out.dont_know, out.agreement_text) == ([], [], "")
            continue
        with_words += 1
        assert unit.words.n >= 10
        shown = {"one_mind": "of one mind", "varied": "varied", "divided": "divided"}
        assert dict(out.agreement) == {names(sample)[code]: shown[word] for code, word in unit.words.agreement.items()}
        assert len(out.obstacles) == len(unit.words.obstacles)
        shares = [_tenths(share) for _, share in out.obstacles]
        assert shares == sorted(shares, reverse=True)
        assert sorted(shares) == sorted(-1 if one is None else one for one in unit.words.obstacles.values())
        assert len(out.dont_know) == sum((one or 0) >= 2 for one in unit.words.dont_know.values())
    assert with_words > 3


def _tenths(share: str) -> int:
    if share == "fewer than 3 people":
        return -1
    return 0 if share.startswith("under") else int(share.removeprefix("about ").split("%")[0]) // 10


def test_how_answers_are_divided_is_drawn_from_twenty_people_on(sample: Frozen) -> None:
    drawn = 0
    for unit, report in built(sample):
        for row in report.stands_out.items:
            assert unit.items is not None
            item = next(
                one for one in sample.published.questionnaire.items if one.text.in_language("en", {}) == row.text
            )
            tenths = unit.items.distribution[item.id]
            assert [_tenths(part.split(": ")[1]) for part in row.spread_text.split("; ")] == list(tenths)
            drawn += 1
    assert drawn


@pytest.mark.parametrize(("tenths", "columns"), [([0, 0, 0, 9, 0], 1), ([2, 2, 2, 2, 2], 5), ([0, 0, 0, 0, 0], 0)])
def test_a_share_under_a_tenth_is_a_line_without_a_column(tenths: list[int], columns: int) -> None:
    svg = draw_columns(tenths)
    assert svg.count('<rect class="column"') == columns
    assert svg.count("h12") == 5


def test_a_column_is_as_high_as_its_share() -> None:
    heights = [float(part.split('"')[0]) for part in draw_columns([1, 2, 4, 8, 9]).split('height="')[2:]]
    assert [round(height / heights[0]) for height in heights] == [1, 2, 4, 8, 9]


def changed(verdicts: Mapping[str, str | None], *, same_parts: bool = True) -> UnitChange:
    scores = {code: ScoreChange(Score(50, "exact", 40, 60), 9, 8, verdict) for code, verdict in verdicts.items()}
    return UnitChange("Leerscan 2025", date(2025, 3, 10), ("A",), 9, same_parts, scores)


@pytest.mark.parametrize(
    ("verdicts", "same_parts", "words"),
    [
        ({"total": None, "TL": None}, True, ["There is no demonstrable change since “Leerscan 2025”.", "Other people"]),
        (
            {"total": "higher", "TL": "higher", "K": "lower", "SV": None},
            False,
            ["Learning capacity and Team learning score clearly higher", "scores clearly lower than in", "parts of"],
        ),
    ],
)
def test_a_change_is_named_only_where_it_is_demonstrable(
    sample: Frozen, verdicts: dict[str, str | None], same_parts: bool, words: list[str]
) -> None:
    unit = sample.published.shown[0]
    with translation.override("en"):
        change = changed(verdicts, same_parts=same_parts)
        text = " ".join(build_report(sample.published, unit, "en", change=change).stands_out.change)
        assert build_report(sample.published, unit, "en").stands_out.change == []
    assert all(word in text for word in words), text
    assert "Shared vision" not in text
