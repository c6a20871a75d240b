"""Loaded before everything else (pyproject.toml, -p): keys, files and database of a test run are its own."""

import os
import tempfile

os.environ.setdefault("LEERSCAN_HOME", tempfile.mkdtemp(prefix="leerscan-tests-"))
