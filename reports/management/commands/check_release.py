"""Check whether what is shown of a round can betray anybody."""

import sys
from argparse import ArgumentParser
from typing import Any

from django_scopes import scope

from organisations.commands import OwnCommand
from reports.checking import check_release
from reports.named_rounds import find_round, published_of


class Command(OwnCommand):
    help = (
        "Check the results of a closed round, from the groups that the release keeps and from everything it shows. "
        "Ends with code 1 when something shown is not put together from whole groups, or a group is too small."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="organisation/round")

    def work(self, options: dict[str, Any]) -> None:
        round_ = find_round(options["round"])
        with scope(organisation=round_.organisation):
            result = check_release(published_of(round_).release)
            for line in result.lines():
                self.stdout.write(line)
        if not result.passed:
            sys.exit(1)
