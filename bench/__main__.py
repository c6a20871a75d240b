"""`make bench`: each benchmark against the simplest correct program, in the same run, interleaved; prints ratios.

python -m bench            all of them
python -m bench report     one by name
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


def compare(name: str, ours: Callable[[], object], reference: Callable[[], object], what: str) -> None:
    """Median of 7 interleaved runs of both, after one that is not counted."""
    ours()
    reference()
    pairs = [(seconds(ours), seconds(reference)) for _run in range(RUNS)]
    mine, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(ours_ / reference_ for ours_, reference_ in pairs)
    print(f"{name:10} {mine * 1000:9.1f} ms   reference {theirs * 1000:9.1f} ms   ratio {ratio:5.2f}   ({what})")


def main() -> None:
    os.environ["LEERSCAN_HOME"] = tempfile.mkdtemp(prefix="leerscan-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- after the environment

    django.setup()
    from bench import comparison, release, report  # noqa: PLC0415 -- after django.setup

    benchmarks = {"release": release.run, "report": report.run, "comparison": comparison.run}
    for name in sys.argv[1:] or benchmarks:
        benchmarks[name](compare)


if __name__ == "__main__":
    main()
