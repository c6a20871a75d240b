"""Loaded before everything else (pyproject.toml, -p): keys, files and database of a test run are its own."""

import os
import tempfile

os.environ.setdefault("LEERSCAN_HOME", tempfile.mkdtemp(prefix="leerscan-tests-"))
# A thread for every core in every worker: on small matrices they wait for each other, and burn the cores with it.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
