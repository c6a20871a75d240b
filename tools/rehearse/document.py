"""The commands of docs/administration.md, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCUMENT = Path("docs") / "administration.md"
FENCE = re.compile(r"^```(\w+)(?: (.+))?$")
HEADING = re.compile(r"^(##+) (.+)$")
# Run as they stand; run after tools/rehearse/replaced.py; followed by tools/rehearse/container.py.
LITERAL, REAL, CONTAINER = "", "real", "container"


@dataclass(frozen=True)
class Block:
    section: str
    part: str
    mark: str
    line: int
    commands: tuple[str, ...]


def read_blocks(text: str) -> list[Block]:
    """Raises ValueError at a mark that nobody knows, or a block without an end."""
    found: list[Block] = []
    section = part = ""
    lines = enumerate(text.splitlines(), start=1)
    for number, line in lines:
        if fence := FENCE.match(line):
            commands = _until_its_end(lines, number)
            if fence[1] == "sh":
                found.append(Block(section, part, _mark(fence[2] or "", number), number, commands))
        elif heading := HEADING.match(line):
            section, part = (heading[2], "") if heading[1] == "##" else (section, heading[2])
    return found


def _mark(text: str, number: int) -> str:
    if text not in (LITERAL, REAL, CONTAINER):
        raise ValueError(f"{DOCUMENT}:{number}: nobody knows the mark {text!r}")
    return text


def _until_its_end(lines: Iterator[tuple[int, str]], number: int) -> tuple[str, ...]:
    commands: list[str] = []
    for _, line in lines:
        if line == "```":
            return tuple(commands)
        commands.append(line)
    raise ValueError(f"{DOCUMENT}:{number}: this block has no end")
