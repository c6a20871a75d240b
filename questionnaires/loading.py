"""Read questionnaires and advice from their data files, and check everything before use."""

import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from questionnaires import checks
from questionnaires.advice import Advice
from questionnaires.questionnaire import AREAS, DIMENSIONS, STEPS, Questionnaire

DATA = Path(__file__).resolve().parent / "data"
LEERSCAN = "leerscan"

Entries = Sequence[Mapping[str, Any]]


class DataFaultError(Exception):
    """The data files are not right; the text has a line for each fault."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def read_questionnaire(code: str, number: int, data: Path = DATA) -> dict[str, Any]:
    """The content of a questionnaire's files, checked. Raises DataFaultError."""
    folder = data / code / str(number)
    files = {name: _read(folder / f"{name}.toml") for name in ("items", "dimensions", "steps", "answering")}
    content = {key: value for file in files.values() for key, value in file.items()}
    _raise_if_any(list(_questionnaire_faults(files)))
    return content


@cache
def load_questionnaire(code: str, number: int) -> Questionnaire:
    return Questionnaire.from_content(code, number, read_questionnaire(code, number))


@cache
def load_advice(code: str, number: int, data: Path = DATA) -> Advice:
    """One version of the advice texts, checked. Raises DataFaultError."""
    folder = data / code / "advice" / str(number)
    files = {name: _read(folder / f"{name}.toml") for name in ("steps", "dimensions", "tips")}
    _raise_if_any(list(_advice_faults(files)))
    return Advice.from_content(number, {key: value for file in files.values() for key, value in file.items()})


def newest_number(folder: Path) -> int:
    """The highest version number among the folders here."""
    return max(int(path.name) for path in folder.iterdir() if path.name.isdigit())


def newest_questionnaire_number(code: str = LEERSCAN) -> int:
    return newest_number(DATA / code)


def newest_advice_number(code: str = LEERSCAN) -> int:
    return newest_number(DATA / code / "advice")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataFaultError([f"{path}: the file is missing"]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise DataFaultError([f"{path}: {fault}"]) from None


def _raise_if_any(faults: list[str]) -> None:
    if faults:
        raise DataFaultError(faults)


def _questionnaire_faults(files: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from _list_faults(files["items"], "item", "items.toml", checks.item_faults)
    yield from _list_faults(files["dimensions"], "dimension", "dimensions.toml", checks.dimension_faults)
    yield from _list_faults(files["steps"], "step", "steps.toml", _ordered("number", STEPS))
    answering = files["answering"]
    yield from _list_faults(answering, "obstacle", "answering.toml", _ordered("code", checks.OBSTACLES))
    yield from _list_faults(answering, "word", "answering.toml", _ordered("code", checks.WORDS))
    yield from _list_faults(answering, "part", "answering.toml", _ordered("area", AREAS))
    scale = answering.get("scale")
    if not isinstance(scale, Mapping):
        scale = {}
    yield from _list_faults(scale, "option", "answering.toml, scale", _ordered("value", (1, 2, 3, 4, 5)))
    for key in ("dont_know", "obstacles_question", "open_question", "think_of"):
        yield from checks.entry_faults(key, answering.get(key), f"answering.toml, {key}")


def _advice_faults(files: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    yield from _list_faults(files["steps"], "advice", "steps.toml", checks.advice_faults)
    yield from _list_faults(
        files["dimensions"], "dimension", "dimensions.toml", _ordered("code", DIMENSIONS), "advice dimension"
    )
    dimensions = files["dimensions"].get("dimension")
    for entry in dimensions if isinstance(dimensions, list) and checks.is_list_of_tables(dimensions) else ():
        for kind in ("sentence", "paragraph"):
            place = f"dimensions.toml, {entry.get('code')}, {kind}"
            yield from checks.entry_faults("levels", entry.get(kind), place)
    items = [f"q{number:02d}" for number in range(1, 41)]
    yield from _list_faults(files["tips"], "tip", "tips.toml", _ordered("item", items))


def _list_faults(
    file: Mapping[str, Any],
    key: str,
    name: str,
    further: Callable[[Entries, str], Iterator[str]],
    shape: str = "",
) -> Iterator[str]:
    """Faults of each entry; only when there are none, those of the whole list."""
    entries = file.get(key)
    if not isinstance(entries, list) or not entries:
        yield f"{name}: there is no [[{key}]]"
        return
    faults = [
        fault
        for number, entry in enumerate(entries, 1)
        for fault in checks.entry_faults(shape or key, entry, f"{name}, {key} {number}")
    ]
    yield from faults or further(entries, f"{name}, {key}")


def _ordered(key: str, wanted: Sequence[object]) -> Callable[[Entries, str], Iterator[str]]:
    def faults(entries: Entries, place: str) -> Iterator[str]:
        return checks.same([entry[key] for entry in entries], wanted, f"{place}, {key}")

    return faults
