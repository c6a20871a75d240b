"""A process of its own that closes rounds at the moments it is told: python -m tests.faults.closer HOW.

Reads "ROUND MOMENT" lines, and answers each with how it ended, when it began and when it was over. HOW "command": as
`manage.py close_round` does it. "takes over": also from a worker that lives, as if that had been silent for a minute.
"""

import subprocess
import sys
import time
from typing import IO

from django.conf import settings

from tests.serving.own_process import environment_of_the_test

HOW = ("command", "takes over")


class Closer:
    def __init__(self, how: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.closer", how],
            cwd=settings.BASE_DIR,
            env=environment_of_the_test(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._out.readline() == "ready\n"

    def tell(self, round_id: object, moment: float) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{round_id} {moment}\n")
        self._process.stdin.flush()

    def answer(self) -> tuple[str, float, float]:
        how, began, ended = self._out.readline().split()
        return how, float(began), float(ended)

    def end(self) -> None:
        self._process.communicate(timeout=60)

    @property
    def _out(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout


def main(how: str) -> None:
    import django  # noqa: PLC0415 -- the environment comes first

    django.setup()
    from datetime import timedelta  # noqa: PLC0415

    from django_scopes import scope, scopes_disabled  # noqa: PLC0415

    import reports.over_time.freezing  # noqa: PLC0415 -- the slow imports, before it matters
    import reports.release  # noqa: F401, PLC0415
    from jobs import running  # noqa: PLC0415
    from reports.closing import close_here  # noqa: PLC0415
    from scan import cleaning  # noqa: PLC0415
    from scan.models import Round  # noqa: PLC0415

    cleaning.PATIENCE_SECONDS = 180.0
    if how == "takes over":
        running.SILENT_AFTER = timedelta(0)
    print("ready", flush=True)  # noqa: T201
    for line in sys.stdin:
        round_id, moment = line.split()
        with scopes_disabled():
            round_ = Round.objects.select_related("organisation").get(pk=round_id)
        with scope(organisation=round_.organisation):
            time.sleep(max(0.0, float(moment) - time.time()))
            began, ended_how = time.time(), "done"
            try:
                close_here(round_)
            except Exception as fault:
                ended_how = type(fault).__name__
            print(ended_how, began, time.time(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1])
