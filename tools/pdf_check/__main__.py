"""Make every kind of PDF from the demo and from rounds that are hard to print, check each, and print what fails.

The PDFs are left in build/pdf-check, to be looked at. Exit code 1 when one of them fails.
`python -m tools.pdf_check poster nl` checks only those with both words in their name.
"""

import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

TARGET = Path("build") / "pdf-check"


def main() -> int:
    os.environ["LEERSCAN_HOME"] = tempfile.mkdtemp(prefix="leerscan-pdf-check-")
    os.environ["LEERSCAN_BASE_URL"] = "https://scan.example.org"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 -- after the environment

    django.setup()
    try:
        return _check_all()
    finally:
        shutil.rmtree(os.environ["LEERSCAN_HOME"])


def _check_all() -> int:
    from tools.pdf_check.checking import Checker  # noqa: PLC0415 -- after django.setup
    from tools.pdf_check.kinds import KINDS  # noqa: PLC0415
    from tools.pdf_check.world import make_world  # noqa: PLC0415

    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir(parents=True)
    checker, world, failed = Checker(), make_world(), 0
    print(f"{'file':48} pages  rules passed  failed")
    for kind in KINDS:
        for printed in kind(world):
            if not set(sys.argv[1:]) <= set(printed.name.split()):
                continue
            checked = checker.check(printed)
            (TARGET / f"{printed.name}.pdf").write_bytes(checked.content)
            print(f"{printed.name:48} {checked.pages:5}  {checked.passed:12}  {checked.failed:6}")
            for fault in checked.faults:
                print(f"    {fault}")
            failed += bool(checked.faults)
    print(f"{failed} of the files fail" if failed else f"All pass; they are in {TARGET}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
