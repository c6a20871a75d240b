"""Medians, ratios and goals come out right, and a missed goal is an exit code."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from bench import __main__ as program
from bench import table
from bench.frame import Frame, Goal, Result, at_least, at_most, median_of
from config import environment
from tests.conftest import ROOT

ABOUT = {"cpu": "c", "cores": 2, "memory_gb": 8, "system": "s", "python": "3", "postgresql": "15", "load_at_start": 0}


def test_the_ratio_is_the_median_of_the_ratios_of_each_run() -> None:
    """The second run came when the machine was busy: both sides took longer, and the ratio does not notice."""
    result = median_of("name", "what", "ms", [(10, 5), (300, 100), (12, 4), (8, 4), (9, 3)])
    assert (result.ours, result.reference, result.ratio, result.runs) == (10, 4, 3, 5)


@pytest.mark.parametrize(
    ("goal", "ours", "ratio", "is_reached"),
    [
        (at_most(4), 1000, 4.0, True),
        (at_most(4), 1, 4.01, False),
        (at_least(0.5), 1, 0.5, True),
        (at_least(0.5), 1000, 0.49, False),
        (at_most(150, of_figure=True), 149, 3.0, True),
        (at_most(150, of_figure=True), 151, 0.1, False),
    ],
)
def test_a_goal_is_of_the_ratio_or_of_the_figure(goal: Goal, ours: float, ratio: float, *, is_reached: bool) -> None:
    assert Result("name", "what", "ms", ours, 1, ratio, goal).is_reached is is_reached


def test_the_frame_takes_turns_and_counts_no_first_run() -> None:
    done: list[str] = []
    frame = Frame(lambda _result: None, runs=3)
    frame("name", lambda: done.append("ours"), lambda: done.append("reference"), "what")
    assert done == ["ours", "reference"] * 4
    (result,) = frame.results
    assert result.runs == 3
    assert result.goal is None


@pytest.mark.parametrize(("limit", "code"), [(1e9, 0), (1e-9, 1)])
def test_a_missed_goal_is_exit_code_1(
    limit: float, code: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def run(frame: Frame) -> None:
        frame("quick", lambda: sum(range(100)), lambda: sum(range(100)), "the same twice", at_most=limit)

    module: Any = ModuleType("bench.made_up")
    module.run = run
    monkeypatch.setitem(sys.modules, "bench.made_up", module)
    monkeypatch.setattr(program, "BENCHMARKS", {"made up": "bench.made_up:run"})
    monkeypatch.setattr(program, "_set_up", lambda _home: None)
    monkeypatch.setattr(table.write, "__defaults__", (tmp_path,))
    assert program.main(["--runs", "2"]) == code
    assert ("MISSED" in capsys.readouterr().out) is bool(code)
    (file,) = tmp_path.glob("*.json")
    written = json.loads(file.read_text(encoding="utf-8"))["benchmarks"]["made up"]
    assert written["results"][0]["is_reached"] is not bool(code)
    assert written["machine"]["cores"] >= 1


def test_an_unknown_name_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bench", "nothing"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "unknown: nothing" in done.stderr


def test_the_table_for_the_readme_comes_from_the_newest_file(tmp_path: Path) -> None:
    older, newer = (Result("sets", what, "ms", 12.345, 6, 2.0575, at_most(3)) for what in ("old; x", "new; y"))
    (tmp_path / "2020-01-01.json").write_text(json.dumps({"benchmarks": {"release": _written(older)}}))
    table.write({"release": [newer]}, ABOUT, tmp_path)
    lines = table.readme(tmp_path).splitlines()
    assert lines[2] == "| new; y | 12.3 ms | 6 ms | 2.06 | at most 3: reached |"
    assert "c, 2 cores, 8 GB" in lines[-1]
    assert "old" not in "".join(lines)


def test_measuring_one_leaves_the_others_of_the_day(tmp_path: Path) -> None:
    one, other = Result("one", "one", "ms", 1), Result("other", "other", "ms", 2)
    table.write({"one": [one], "other": [one]}, ABOUT, tmp_path)
    table.write({"other": [other]}, ABOUT, tmp_path)
    assert "| one | 1 ms |" in table.readme(tmp_path)
    assert "| other | 2 ms |" in table.readme(tmp_path)


def test_the_reference_has_the_database_of_leerscan(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same journal, transactions and durability, or the comparison would be none."""
    for url in ("sqlite:///tmp/some/file.sqlite3", "postgresql://leerscan@/postgres"):
        monkeypatch.setenv("DATABASE_URL", url)
        script = "from bench.reference.settings import _DATABASE; import json; print(json.dumps(_DATABASE))"
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, capture_output=True, text=True)
        ours = environment.database(url, Path("unused"))
        ours = {name: value for name, value in ours.items() if value and name != "TEST"} | {"NAME": str(ours["NAME"])}
        theirs = {name: value for name, value in json.loads(done.stdout).items() if value}
        assert theirs == {name: ours[name] for name in theirs}
        assert theirs.keys() >= ours.keys() - {"CONN_MAX_AGE"}


def _written(result: Result) -> dict[str, Any]:
    return {"at": "", "machine": ABOUT, "results": [result.as_json()]}
