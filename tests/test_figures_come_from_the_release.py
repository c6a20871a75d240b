"""One way from answers to figures: who reads responses or computes a figure elsewhere fails here (design.md 4, R16)."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

ROOMS = ("charts", "config", "jobs", "organisations", "questionnaires", "reports", "scan")
READERS = {"reports/release.py": "builds the release"}
"""Who may call scan.ballot_box.read."""
COMPUTING = {
    "measurement.agreement": "agreement in words",
    "measurement.change": "differences between rounds",
    "measurement.comparison": "differences",
    "measurement.spread": "margins",
    "measurement.statistics": "margins and reliability",
    "measurement.tally": "counts",
}
SCORING = {"answered", "counted", "filled", "score", "whole"}
"""Of measurement.scoring, what makes figures of answers."""
COMPUTERS = {
    "reports/annex.py": "the organisation's part of the release",
    "reports/comparing.py": "the release's differences",
    "reports/figures.py": "the release's figures",
    "reports/inputs.py": "decides who counts",
    "reports/over_time/comparison.py": "what changed, of two releases",
    "scan/answering/own_result.py": "a person's own answers, shown to that person only",
}


def modules() -> Iterator[Path]:
    for room in ROOMS:
        yield from (path for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of everything imported, wherever in the file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((one.name, "") for one in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, one.name) for one in node.names)


def attributes(path: Path, of: str) -> set[str]:
    """What is taken of a module that goes by this name."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    return {node.attr for node in found if isinstance(node.value, ast.Name) and node.value.id == of}


def computes(path: Path) -> bool:
    for module, name in imports(path):
        whole = f"{module}.{name}" if module == "measurement" else module
        if any(whole == computing or whole.startswith(f"{computing}.") for computing in COMPUTING):
            return True
        if whole == "measurement.scoring" and (name in SCORING or attributes(path, "scoring") & SCORING):
            return True
    return False


def test_only_the_building_of_a_release_reads_responses() -> None:
    readers = {name_of(path) for path in modules() if "read" in attributes(path, "ballot_box")}
    readers |= {name_of(path) for path in modules() if ("scan.ballot_box", "read") in imports(path)}
    assert readers == set(READERS)


def test_only_the_building_of_a_release_computes_figures() -> None:
    assert {name_of(path) for path in modules() if computes(path)} == set(COMPUTERS)


def test_a_module_elsewhere_that_does_is_found(tmp_path: Path) -> None:
    for text in (
        "from measurement.scoring import score",
        "from measurement import scoring\nscoring.filled(x, y)",
        "import measurement.statistics",
        "from measurement.statistics.groups import icc",
        "def late():\n    from measurement.tally import count",
    ):
        module = tmp_path / "module.py"
        module.write_text(text, encoding="utf-8")
        assert computes(module), text
    module.write_text("from scan import ballot_box\nballot_box.read(round_)", encoding="utf-8")
    assert "read" in attributes(module, "ballot_box")
    module.write_text("from measurement.scoring import MIN_ANSWERED", encoding="utf-8")
    assert not computes(module)
