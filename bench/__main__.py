"""`make bench`: each benchmark against the simplest correct program, in the same run, interleaved; prints ratios.

python -m bench                 all of them, but those that take long
python -m bench report          one by name
python -m bench batch-of-200    one that takes long

Exit code 1 when a ratio is higher than it may be.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

RUNS = 7


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


missed: list[str] = []


def compare(
    name: str,
    ours: Callable[[], object],
    reference: Callable[[], object],
    what: str,
    *,
    at_most: float | None = None,
    runs: int = RUNS,
) -> None:
    """Median of interleaved runs of both, after one that is not counted. `at_most`: how high the ratio may be."""
    ours()
    reference()
    pairs = [(seconds(ours), seconds(reference)) for _run in range(runs)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours_ / reference_ for ours_, reference_ in pairs)
    limit = "" if at_most is None else f", at most {at_most:.2f}"
    if at_most is not None and ratio > at_most:
        missed.append(name)
        limit += ": MISSED"
    print(f"{name:12} {mine * 1000:9.1f} ms   reference {theirs * 1000:9.1f} ms   ratio {ratio:5.2f}{limit}   ({what})")


def main() -> int:
    os.environ["LEERSCAN_HOME"] = tempfile.mkdtemp(prefix="leerscan-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- after the environment

    django.setup()
    from bench import batch, comparison, importing, mail, many_organisations, release, report  # noqa: PLC0415 -- after django.setup

    benchmarks = {"release": release.run, "report": report.run, "batch": batch.run, "comparison": comparison.run}
    benchmarks |= {"import": importing.run, "mail": mail.run}
    long_ones = {"batch-of-200": batch.run_long, "many-organisations": many_organisations.run}
    for name in sys.argv[1:] or benchmarks:
        (benchmarks | long_ones)[name](compare)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
