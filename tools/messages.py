"""Texts for translation: `update` collects them, `check` finds what is missing, `compile` makes what Django reads.

Babel does the work (no gettext programs needed); only Django's templates need a step of our own.
"""

import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("config", "jobs", "organisations", "questionnaires", "scan", "reports")
PO = ROOT / "locale" / "nl" / "LC_MESSAGES" / "django.po"
# Pages and mails.
TEMPLATES = {".html", ".txt"}
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext_lazy": (1, 2),
    "gettext_noop": None,
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
# Words that are the same in both languages, so that a missing translation can be told from an equal one.
EQUAL = ROOT / "tools" / "equal_in_both_languages.txt"


def extract_template(file: Any, keywords: Any, comment_tags: Any, options: Any) -> Iterator[Any]:
    """Django turns a template into something like Python; without its indentation Babel can read it."""
    source = templatize(file.read().decode())
    lines = "\n".join(line.lstrip() for line in source.split("\n"))
    return extract_python(BytesIO(lines.encode()), keywords, comment_tags, {"encoding": "utf-8"} | options)


def collect() -> Catalog:
    catalog = Catalog(project="Leerscan", locale="nl", fuzzy=False)
    for path in _sources():
        method: Any = extract_template if path.suffix in TEMPLATES else "python"
        with path.open("rb") as file:
            for line, message, comments, context in extract(
                method, file, KEYWORDS, ("Translators:",), {"encoding": "utf-8"}
            ):
                catalog.add(message, None, [(str(path.relative_to(ROOT)), line)], (), comments, context=context)
    return catalog


def _sources() -> list[Path]:
    python = [path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "migrations" not in path.parts]
    templates = [path for path in (ROOT / "templates").rglob("*") if path.suffix in TEMPLATES]
    return sorted([*python, *templates])


def read() -> Catalog:
    if not PO.exists():
        return Catalog(project="Leerscan", locale="nl", fuzzy=False)
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def update() -> None:
    catalog = read()
    catalog.update(collect(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, omit_header=False, include_lineno=False)
    print(f"{len(catalog)} texts in {PO.relative_to(ROOT)}")


def compile_() -> None:
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, read())


def faults() -> list[str]:
    """What is missing or wrong, a line each."""
    found: list[str] = []
    catalog = read()
    wanted = {(message.id, message.context) for message in collect() if message.id}
    translated = {(message.id, message.context): message for message in catalog if message.id}
    equal = set(EQUAL.read_text(encoding="utf-8").splitlines())
    missing, unused = wanted - translated.keys(), translated.keys() - wanted
    found.extend(f"not in {PO.name}: {key[0]!r} (run: make messages)" for key in sorted(missing, key=str))
    found.extend(f"no longer used: {key[0]!r} (run: make messages)" for key in sorted(unused, key=str))
    for key in sorted(wanted & translated.keys(), key=str):
        found.extend(_message_faults(translated[key], equal))
    return found


def _message_faults(message: Message, equal: set[str]) -> Iterator[str]:
    sources = message.id if isinstance(message.id, (tuple, list)) else (message.id,)
    targets = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
    for target in targets:
        if not target:
            yield f"not translated: {message.id!r}"
        elif target in sources and target not in equal:
            yield f"the same as in English: {target!r} (if that is right, add it to {EQUAL.name})"
        elif not set(PLACEHOLDER.findall(target)) <= set(PLACEHOLDER.findall(" ".join(sources))):
            yield f"another placeholder than in English: {target!r}"
    if message.fuzzy:
        yield f"marked as uncertain: {message.id!r}"


def main() -> int:
    action = sys.argv[1] if len(sys.argv) > 1 else ""
    if action == "update":
        update()
    elif action == "compile":
        compile_()
    elif action == "check":
        found = faults()
        print("\n".join(found) or "All texts are translated.")
        return 1 if found else 0
    else:
        print("usage: python -m tools.messages update|check|compile")
        return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
