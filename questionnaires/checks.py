"""What must be true of the data files; every fault says the file, the place and what is wrong."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from questionnaires.advice import LEVELS, MOMENTS
from questionnaires.questionnaire import AREAS, DIMENSIONS, DISCIPLINES, ITEM_COUNT, STEPS
from questionnaires.texts import LANGUAGES, PLACEHOLDERS, Text, placeholders

MAX_ITEM_WORDS = 15
REFERENTS = ("leaders", "department", "organisation", "manager", "self", "team", "between")
OBSTACLES = ("time_pressure", "hierarchy", "fear_of_mistakes", "short_term_focus", "lack_of_skills", "other")
WORDS = ("customer", "department", "management", "manager", "team")
# How many items each cell of the matrix holds (blueprint): a row per discipline, a column per area T V E K R F.
CELLS = {
    "SV": (2, 1, 1, 1, 1, 2),
    "MM": (2, 1, 1, 1, 2, 1),
    "PM": (1, 2, 2, 1, 1, 1),
    "TL": (1, 1, 1, 2, 2, 1),
    "ST": (1, 1, 2, 2, 1, 1),
}
MIN_ITEMS_PER_STEP = 6


@dataclass(frozen=True)
class Shape:
    """The keys that an entry must have and may have; `texts` are those that hold nl and en."""

    texts: tuple[str, ...]
    values: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()


SHAPES = {
    "item": Shape(("text", "topic"), ("id", "discipline", "area", "steps", "referent")),
    "dimension": Shape(("name", "short", "meaning"), ("code", "kind")),
    "step": Shape(("name", "line", "meaning"), ("number",)),
    "obstacle": Shape(("label", "phrase"), ("code",)),
    "word": Shape(("text",), ("code",)),
    "part": Shape(("title", "intro"), ("area",)),
    "option": Shape(("label",), ("value",)),
    "dont_know": Shape(("label",)),
    "obstacles_question": Shape(("text", "help")),
    "open_question": Shape(("text", "help")),
    "think_of": Shape(("text",)),
    "advice": Shape(("meaning", "question"), ("step", "level"), ("action",)),
    "action": Shape(("who", "what", "when", "sign"), ("moment",)),
    "advice dimension": Shape(("yourself",), ("code",), ("sentence", "paragraph")),
    "levels": Shape(LEVELS),
    "tip": Shape(("text",), ("item",)),
}


def entry_faults(shape_name: str, entry: object, place: str) -> Iterator[str]:
    """Faults in the keys and texts of one entry."""
    shape = SHAPES[shape_name]
    if not isinstance(entry, Mapping):
        yield f"{place}: must be a table with the keys {', '.join(shape.values + shape.texts)}"
        return
    wanted = {*shape.texts, *shape.values, *shape.tables}
    for key in sorted(wanted - entry.keys()):
        yield f"{place}: {key} is missing"
    for key in sorted(entry.keys() - wanted):
        yield f"{place}: {key} is not a known key; known are {', '.join(sorted(wanted))}"
    for key in shape.texts:
        if key in entry:
            yield from text_faults(entry[key], f"{place}, {key}")
    yield from _value_faults(shape, entry, place)


def _value_faults(shape: Shape, entry: Mapping[str, Any], place: str) -> Iterator[str]:
    for key in shape.values:
        if key in entry and not _is_value(entry[key], is_list=key == "steps"):
            yield f"{place}, {key}: must be {'a list of numbers' if key == 'steps' else 'one word or number'}"
    if "action" in shape.tables and not is_list_of_tables(entry.get("action")):
        yield f"{place}, action: must be [[advice.action]] tables"


def _is_value(value: object, *, is_list: bool) -> bool:
    if is_list:
        return isinstance(value, list) and all(isinstance(number, int) for number in value)
    return isinstance(value, (str, int))


def is_list_of_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(entry, Mapping) for entry in value)


def text_faults(text: object, place: str) -> Iterator[str]:
    if not isinstance(text, Mapping):
        yield f"{place}: must hold nl and en"
        return
    for language in LANGUAGES:
        words = text.get(language)
        if not isinstance(words, str) or not words.strip():
            yield f"{place}, {language}: is empty; write the text in this language too"
            continue
        try:
            unknown = placeholders(words) - PLACEHOLDERS
        except ValueError as fault:
            yield f"{place}, {language}: {fault}"
            continue
        for name in sorted(unknown):
            yield f"{place}, {language}: {{{name}}} is not a known placeholder; see questionnaires/texts.py"
    for key in sorted(text.keys() - set(LANGUAGES)):
        yield f"{place}: {key} is not a language; known are nl and en"


def same(found: Sequence[object], wanted: Sequence[object], place: str) -> Iterator[str]:
    if list(found) != list(wanted):
        yield f"{place}: found {', '.join(map(str, found))}; must be {', '.join(map(str, wanted))}, in this order"


def item_faults(items: Sequence[Mapping[str, Any]], place: str) -> Iterator[str]:
    """Ids, cells, counts per discipline, area and step, referents, and the number of words."""
    yield from same([item["id"] for item in items], [f"q{n:02d}" for n in range(1, ITEM_COUNT + 1)], f"{place}, ids")
    for item in items:
        yield from _one_item_faults(item, f"{place}, {item['id']}")
    yield from _count_faults(items, place)
    for language in LANGUAGES:
        for kind in ("text", "topic"):
            for words, times in Counter(item[kind][language] for item in items).items():
                if times > 1:
                    yield f"{place}, {kind}, {language}: '{words}' stands {times} times"


def _one_item_faults(item: Mapping[str, Any], place: str) -> Iterator[str]:
    for key, known in (("discipline", DISCIPLINES), ("area", AREAS), ("referent", REFERENTS)):
        if item[key] not in known:
            yield f"{place}: {key} {item[key]} is unknown; known are {', '.join(known)}"
    steps = item["steps"]
    if not 1 <= len(steps) <= 2 or len(set(steps)) != len(steps) or not set(steps) <= set(STEPS):
        yield f"{place}: steps must be one or two different numbers from 1 to 7"
    for language in LANGUAGES:
        count = len(Text(**item["text"]).in_language(language).split())
        if count > MAX_ITEM_WORDS:
            yield f"{place}, text, {language}: {count} words; at most {MAX_ITEM_WORDS}"


def _count_faults(items: Sequence[Mapping[str, Any]], place: str) -> Iterator[str]:
    cells = Counter((item["discipline"], item["area"]) for item in items)
    for discipline, counts in CELLS.items():
        for area, count in zip(AREAS, counts, strict=True):
            if cells[discipline, area] != count:
                yield f"{place}, cell {discipline} x {area}: {cells[discipline, area]} items; must be {count}"
    steps = Counter(step for item in items for step in item["steps"])
    for step in STEPS:
        if steps[step] < MIN_ITEMS_PER_STEP:
            yield f"{place}, step {step}: {steps[step]} items; must be at least {MIN_ITEMS_PER_STEP}"


def dimension_faults(dimensions: Sequence[Mapping[str, Any]], place: str) -> Iterator[str]:
    yield from same([entry["code"] for entry in dimensions], DIMENSIONS, f"{place}, codes")
    for entry in dimensions:
        kind = "discipline" if entry["code"] in DISCIPLINES else "area"
        if entry["kind"] != kind:
            yield f"{place}, {entry['code']}: kind must be {kind}"


def advice_faults(entries: Sequence[Mapping[str, Any]], place: str) -> Iterator[str]:
    wanted = [(step, level) for step in STEPS for level in LEVELS]
    yield from same([(entry["step"], entry["level"]) for entry in entries], wanted, f"{place}, steps and levels")
    for entry in entries:
        here = f"{place}, step {entry['step']} {entry['level']}"
        for number, action in enumerate(entry["action"], 1):
            yield from entry_faults("action", action, f"{here}, action {number}")
        yield from same([a.get("moment") for a in entry["action"]], MOMENTS, f"{here}, moments")
