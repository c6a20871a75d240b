"""Follow docs/administration.md on an empty machine, command by command. Ends with code 1 at the first that fails.

  python -m tools.rehearse [--suite trixie] [--root FOLDER] [--keep]

`--root`: a root that debootstrap made before, to be copied; `--keep`: leave what was made, to be looked at.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.rehearse import document, replaced
from tools.rehearse.checks import Checks
from tools.rehearse.container import follow_containerfile
from tools.rehearse.machine import HERE, Machine, RehearsalError, make_root, remove_root
from tools.rehearse.shell import Shell

# In the order of somebody's life with it: the way back comes after an upgrade.
SECTIONS = ("Install", "What staff were promised depends on you too", "Upgrade")


def main() -> int:
    parser = argparse.ArgumentParser(prog="rehearse")
    parser.add_argument("--suite", default="trixie", help="of Debian (default: %(default)s)")
    parser.add_argument("--root", type=Path, help="an empty root that was made before, to be copied")
    parser.add_argument("--keep", action="store_true", help="leave the machine's files where they are")
    options = parser.parse_args()
    began, folder = time.monotonic(), Path(tempfile.mkdtemp(prefix="leerscan-rehearsal-"))
    try:
        _rehearse(folder, options.suite, options.root)
    except (RehearsalError, ValueError) as fault:
        print(f"\nThe rehearsal failed after {time.monotonic() - began:.0f} s: {fault}", flush=True)
        return 1
    finally:
        if options.keep:
            print(f"What was made lies in {folder}")
        else:
            remove_root(folder)
    print(f"\nEverything went as the document says, in {time.monotonic() - began:.0f} s.")
    return 0


def _rehearse(folder: Path, suite: str, made_before: Path | None) -> None:
    blocks = document.read_blocks(document.DOCUMENT.read_text(encoding="utf-8"))
    root, files = folder / "root", folder / "files"
    folder.chmod(0o755)
    _title(f"An empty Debian ({suite})")
    if made_before is None:
        make_root(root, suite)
    else:
        _run("cp", "-a", str(made_before), str(root))
    _run("cp", "-a", str(root), str(folder / "image"))
    _bring_along(root, files)
    machine = Machine(root, files)
    try:
        machine.start()
        checks = Checks(machine, files)
        shell = Shell(machine, files)
        for section in SECTIONS:
            _follow([block for block in blocks if block.section == section], shell, checks, folder)
            if section == "Install":
                _new_version(root)
        _title("At the end")
        checks.no_log_holds_the_link()
        shell.close()
    finally:
        machine.stop()


def _follow(blocks: list[document.Block], shell: Shell, checks: Checks, folder: Path) -> None:
    printed = ""
    for block, following in zip(blocks, [*blocks[1:], None], strict=False):
        _title(f"{block.section} / {block.part or '-'} ({document.DOCUMENT}:{block.line})")
        if block.mark == document.CONTAINER:
            follow_containerfile(folder / "image", folder / "root" / "srv" / "leerscan.git")
            continue
        commands = list(block.commands)
        if block.mark == document.REAL:
            commands = replaced.without_what_is_not_here(block.commands)
        for asked, done in zip(block.commands, commands, strict=True):
            print(f"  $ {asked}" + (f"\n    (here instead: {done})" if done != asked else ""))
        printed += shell.run(commands)
        if following is None or following.part != block.part:
            checks.look(block.part, printed)
            printed = ""


def _bring_along(root: Path, files: Path) -> None:
    """The program as it is committed here, and what the rehearsal's own part of the machine needs."""
    files.mkdir(mode=0o755)
    for file in HERE.iterdir():
        if file.is_file():
            shutil.copy(file, files)
    if subprocess.run(["git", "status", "--porcelain"], capture_output=True, check=True).stdout:
        print("Not everything is committed: what is not, is not rehearsed.")
    _run("git", "clone", "--quiet", "--bare", "--no-hardlinks", ".", str(root / "srv" / "leerscan.git"))
    _run("git", "-C", str(root / "srv" / "leerscan.git"), "update-ref", "refs/heads/main", "HEAD")
    _run("git", "-C", str(root / "srv" / "leerscan.git"), "symbolic-ref", "HEAD", "refs/heads/main")
    _run("chown", "-R", "root:root", str(root / "srv" / "leerscan.git"))


def _new_version(root: Path) -> None:
    """Something for an upgrade to bring: a commit without a change, made where the machine gets the program from."""
    place = ["git", "-C", str(root / "srv" / "leerscan.git"), "-c", "user.name=R", "-c", "user.email=r@example.org"]
    made = subprocess.run(
        [*place, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "A new version"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    _run(*place, "update-ref", "refs/heads/main", made)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


def _title(text: str) -> None:
    print(f"\n== {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
