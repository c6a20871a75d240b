"""Results as lines on the screen, as a file, and as the table of the README."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.frame import Result

FOLDER = Path(__file__).resolve().parent.parent / "build" / "bench"
COLUMNS = ("benchmark", "ours", "reference", "ratio", "goal", "")
WIDTHS = (30, 13, 13, 7, 14, 7)
MACHINE = (
    "{cpu}, {cores} cores, {memory_gb} GB, {system}, Python {python}, PostgreSQL {postgresql}; "
    "load at the start {load_at_start}."
)


def heading() -> str:
    return _line(COLUMNS)


def line(result: Result) -> str:
    """And under it what is told beside."""
    lines = [_line(_cells(result.as_json())), f"    {result.what}"]
    if result.more:
        lines.append("    " + ", ".join(f"{name} {_short(value)}" for name, value in result.more.items()))
    return "\n".join(lines)


def write(groups: Mapping[str, Iterable[Result]], machine: Mapping[str, Any], folder: Path = FOLDER) -> Path:
    """`groups`: results by the name of their benchmark. Into the file of today, over older ones of the same name."""
    now = datetime.now(UTC)
    file = folder / f"{now:%Y-%m-%d}.json"
    content = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"benchmarks": {}}
    for name, results in groups.items():
        content["benchmarks"][name] = {
            "at": f"{now:%Y-%m-%d %H:%M} UTC",
            "machine": dict(machine),
            "results": [result.as_json() for result in results],
        }
    folder.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return file


def readme(folder: Path = FOLDER) -> str:
    """The newest file as Markdown. Raises FileNotFoundError where nothing was measured yet."""
    files = sorted(folder.glob("*.json"))
    if not files:
        raise FileNotFoundError("there are no results yet; first: make bench")
    benchmarks = json.loads(files[-1].read_text(encoding="utf-8"))["benchmarks"]
    rows = ["| measured | ours | reference | ratio | goal |", "|---|---:|---:|---:|---|"]
    for benchmark in benchmarks.values():
        rows += [_row(result) for result in benchmark["results"]]
    machines = dict.fromkeys(MACHINE.format(**benchmark["machine"]) for benchmark in benchmarks.values())
    return "\n".join([*rows, "", *machines])


def _row(result: Mapping[str, Any]) -> str:
    _name, ours, reference, ratio, goal, reached = _cells(result)
    return f"| {result['what']} | {ours} | {reference} | {ratio} | {f'{goal}: {reached}' if goal else ''} |"


def _cells(result: Mapping[str, Any]) -> tuple[str, ...]:
    """Of a result as JSON."""
    unit, reference, ratio = result["unit"], result["reference"], result["ratio"]
    return (
        result["name"],
        f"{_short(result['ours'])} {unit}",
        "" if reference is None else f"{_short(reference)} {unit}",
        "" if ratio is None else f"{ratio:.2f}",
        result["goal"],
        ("reached" if result["is_reached"] else "MISSED") if result["goal"] else "",
    )


def _line(cells: Iterable[str]) -> str:
    first, *others = [f"{cell:>{width}}" for cell, width in zip(cells, WIDTHS, strict=True)]
    return "  ".join([f"{first.strip():<{WIDTHS[0]}}", *others]).rstrip()


def _short(value: float | str) -> str:
    """Three figures that say something."""
    if isinstance(value, str):
        return value
    return f"{value:.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
