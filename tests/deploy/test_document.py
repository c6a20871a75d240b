"""The commands of docs/administration.md: `make rehearse` knows how to follow each, and what they name is there."""

import re

import pytest
from django.core.management import get_commands

from tests.conftest import ROOT
from tools.rehearse import container, document
from tools.rehearse.replaced import REPLACED

TEXT = (ROOT / document.DOCUMENT).read_text(encoding="utf-8")
BLOCKS = document.read_blocks(TEXT)
LINES = [(block, line) for block in BLOCKS for line in block.commands]


def test_every_part_of_installing_has_its_commands() -> None:
    parts = [block.part for block in BLOCKS if block.section == "Install"]
    assert {"Packages", "Keys", "Database", "Services", "nginx and the certificate"} <= set(parts)
    assert {"Install", "Upgrade", "What staff were promised depends on you too"} <= {block.section for block in BLOCKS}


def test_what_is_replaced_stands_in_a_block_that_says_so() -> None:
    real = {line for block, line in LINES if block.mark == document.REAL}
    assert set(REPLACED) <= real


def test_a_block_that_is_not_followed_as_it_stands_is_an_exception() -> None:
    assert [block.part for block in BLOCKS if block.mark == document.CONTAINER] == ["In a container"]
    real = [block.part for block in BLOCKS if block.mark == document.REAL]
    assert sorted(real) == ["Names", "Settings", "nginx and the certificate"]


@pytest.mark.parametrize("text", ["```sh by-hand\nls\n```\n", "```sh often\nls\n```\n", "## A\n```sh\nls\n"])
def test_a_mark_that_nobody_knows_or_a_block_without_an_end_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="administration"):
        document.read_blocks(text)


def test_a_block_of_something_else_is_no_command() -> None:
    assert document.read_blocks("```text\nrm -rf /\n```\n") == []


def test_commands_of_ours_and_files_that_are_named_are_there() -> None:
    named = [found for _, line in LINES for found in re.findall(r"(?:^|\$\()leerscan ([a-z_]+)", line)]
    assert {"migrate", "check", "create_administrator", "backup"} <= set(named)
    assert set(named) <= set(get_commands())
    files = [found for _, line in LINES for found in re.findall(r"/opt/leerscan/(deploy/[\w./-]+)", line)]
    assert len(files) > 5
    assert [file for file in files if not (ROOT / file).exists()] == []


def test_the_steps_of_the_containerfile_are_understood() -> None:
    steps = container.steps((ROOT / container.CONTAINERFILE).read_text(encoding="utf-8"))
    assert [name for name, _ in steps if name in ("FROM", "USER", "ENTRYPOINT")] == ["FROM", "USER", "ENTRYPOINT"]
    assert steps[-1][0] == "CMD"
    assert "\\" not in " ".join(rest for _, rest in steps)
    # Who builds an image by hand would take their own data and keys along.
    left_out = (ROOT / container.LEFT_OUT).read_text(encoding="utf-8").splitlines()
    assert {"var", "build", "*.env", ".venv", ".git"} <= set(left_out)
