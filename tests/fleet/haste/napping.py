"""A job that only takes time."""

import time
from pathlib import Path

from jobs.progress import Progress

NAP = "nap"


def nap(key: str, progress: Progress) -> str:
    """Until the file of this name is there."""
    while not Path(key).exists():
        time.sleep(0.1)
        progress.beat()
    return "rested"
