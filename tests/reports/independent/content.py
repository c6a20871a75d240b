"""What a release of format 2 should hold."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.reports.independent import figures
from tests.reports.independent.compared import Own, Rests
from tests.reports.independent.figures import Group
from tests.reports.independent.questionnaire import SCALES
from tests.reports.independent.round_on_paper import Path, RoundOnPaper
from tests.reports.independent.spread import Precision
from tests.reports.independent.withheld import withhold

Content = dict[str, Any]
FINER: Mapping[str, Callable[[Group], Content]] = {
    "bands": figures.bands_of,
    "words": figures.words_of,
    "items": figures.items_in_points,
}


def contents_of(paper: RoundOnPaper) -> dict[str, Content | None]:
    """Of each unit by its path; None: hidden."""
    precision = Precision(paper)
    shown = {unit: content_of(paper, precision, unit) for unit in paper.units if paper.set_of(unit)}
    values = {
        unit: {code: score["value"] for code, score in content["scores"].items()} for unit, content in shown.items()
    }
    withhold(paper, shown)
    own, rests = Own(paper, precision), Rests(paper, precision, values).found()
    for unit, content in shown.items():
        content["compared"] = {"own": own.verdicts(values[unit], content["n"]), "rest": rests[unit]}
    return {" / ".join(unit): shown.get(unit) for unit in paper.units}


def content_of(paper: RoundOnPaper, precision: Precision, unit: Path) -> Content:
    """All but what lies beside other figures."""
    group = [paper.people[n] for n in paper.set_of(unit)]
    share = (paper.tenths(unit) or 0) / 10
    return {
        "n": len(group),
        "invited": paper.invited(unit),
        "response": paper.response_in_words(unit),
        "scores": {code: score_of(group, precision, code, share) for code in SCALES},
        "named": figures.named(figures.items_of(group)),
        **{level: finer_of(paper, unit, level) for level in FINER},
        "same_as": paper.same_as(unit),
    }


def score_of(group: Group, precision: Precision, code: str, share: float) -> Content:
    value, kind = figures.printed(figures.mean_of(group, code))
    margin = precision.margin(code, len(group), share)
    return {
        "value": value,
        "kind": kind,
        "low": max(0, round(value - margin)),
        "high": min(100, round(value + margin)),
    }


def finer_of(paper: RoundOnPaper, unit: Path, level: str) -> Content | None:
    group = [paper.people[n] for n in paper.finer_set_of(unit, level)]
    return {"n": len(group), **FINER[level](group)} if group else None


def precision_of(paper: RoundOnPaper) -> Content:
    """What a release keeps of the organisation, to compare rounds by."""
    precision = Precision(paper)
    return {
        "freedom": precision.freedom,
        "scores": {
            code: {"spread": round(precision.spread[code], 1), "reliability": round(precision.reliability[code], 2)}
            for code in SCALES
        },
    }
