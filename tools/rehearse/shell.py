"""One shell in the machine, as somebody keeps one open who follows the document: names that were given stay known."""

import subprocess
import threading
from pathlib import Path
from typing import IO, cast

from tools.rehearse.machine import Machine, RehearsalError
from tools.rehearse.replaced import GO_OUTSIDE

BLOCK_SECONDS = 420
DONE = "-- this block is done --"


class Shell:
    def __init__(self, machine: Machine, files: Path) -> None:
        self._files, self._count = files, 0
        self._process = subprocess.Popen(
            [*machine.inside(), "bash", "--noprofile", "--norc"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        self._keyboard, self._screen = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        outside = [f'{name}() {{ nsenter --net=/run/outside -- {name} "$@"; }}' for name in GO_OUTSIDE]
        self.run(["set -eo pipefail", "umask 022", *outside])

    def run(self, commands: list[str]) -> str:
        """What they printed. Raises RehearsalError at the first that fails."""
        self._count += 1
        (self._files / f"block-{self._count}.sh").write_text("\n".join(commands) + "\n", encoding="utf-8")
        self._keyboard.write(f"source /run/rehearsal/block-{self._count}.sh </dev/null\necho; echo '{DONE}'\n")
        self._keyboard.flush()
        guard = threading.Timer(BLOCK_SECONDS, self._process.kill)
        guard.start()
        printed: list[str] = []
        try:
            for line in self._screen:
                if line.strip() == DONE:
                    return "".join(printed)
                printed.append(line)
                if line.strip():
                    print(f"    {line}", end="", flush=True)
        finally:
            guard.cancel()
        code = self._process.wait()
        raise RehearsalError(f"These commands failed (exit code {code}):\n" + "\n".join(commands))

    def close(self) -> None:
        self._keyboard.close()
        self._process.wait(20)
