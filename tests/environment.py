"""Loaded before everything else (pyproject.toml, -p): keys, files and database of a test run are its own."""

import atexit
import os
import shutil
import tempfile

# Workers of pytest-xdist inherit the home of the process that started them, which throws it away at the end.
if "LEERSCAN_HOME" not in os.environ:
    os.environ["LEERSCAN_HOME"] = tempfile.mkdtemp(prefix="leerscan-tests-")
    atexit.register(shutil.rmtree, os.environ["LEERSCAN_HOME"], ignore_errors=True)
# A thread for every core in every worker: on small matrices they wait for each other, and burn the cores with it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
