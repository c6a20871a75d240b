"""`make bench`: each benchmark against the simplest correct program, in the same run, interleaved.

python -m bench                  all of them, but those that take long
python -m bench submit start     some by name
python -m bench batch-of-200     one that takes long
python -m bench --runs 1         quickly, to see whether it works
python -m bench --readme         the newest results as the README's table

Prints a table, writes build/bench/<date>.json, and ends with exit code 1 when a goal is missed.
"""

import argparse
import importlib
import os
import sys
import tempfile

from bench import table
from bench.frame import RUNS, Frame
from bench.machine import machine

# Where each is: module and function.
BENCHMARKS = {
    "submit": "bench.submit:run",
    "pages": "bench.pages:run",
    "start": "bench.start:run",
    "release": "bench.release:run",
    "report": "bench.report:run",
    "batch": "bench.batch:run",
    "comparison": "bench.comparison:run",
    "import": "bench.importing:run",
    "mail": "bench.mail:run",
}
LONG_ONES = {"batch-of-200": "bench.batch:run_long", "many-organisations": "bench.many_organisations:run"}


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="name", help=", ".join([*BENCHMARKS, *LONG_ONES]))
    parser.add_argument("--runs", type=int, default=RUNS, help="interleaved runs of each (default: %(default)s)")
    parser.add_argument("--readme", action="store_true", help="print the newest results as Markdown")
    options = parser.parse_args(arguments)
    if unknown := set(options.names) - BENCHMARKS.keys() - LONG_ONES.keys():
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    if options.readme:
        print(table.readme())
        return 0
    return _measure(options.names or list(BENCHMARKS), options.runs)


def _measure(names: list[str], runs: int) -> int:
    about, missed = machine(), 0
    print(table.heading())
    with tempfile.TemporaryDirectory(prefix="leerscan-bench-") as home:
        _set_up(home)
        for name in names:
            frame = Frame(lambda result: print(table.line(result), flush=True), runs)
            module, _colon, function = (BENCHMARKS | LONG_ONES)[name].partition(":")
            getattr(importlib.import_module(module), function)(frame)
            # Each when it is done, so that whoever ends a long run keeps what it measured.
            file = table.write({name: frame.results}, about)
            missed |= frame.exit_code
    print(f"\n{table.MACHINE.format(**about)}\nWritten to {file}")
    return missed


def _set_up(home: str) -> None:
    """For those that measure in this process: an empty installation."""
    os.environ["LEERSCAN_HOME"] = home
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- after the environment

    django.setup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
