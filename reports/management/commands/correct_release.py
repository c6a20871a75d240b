"""Make the results of a closed round again, after a fault in them was mended."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.commands import OwnCommand
from reports.correcting import correct_release
from reports.named_rounds import find_round


class Command(OwnCommand):
    help = (
        "Compute the results of a closed round again, while its answers are kept. They become a new release only when "
        "they cannot betray anybody beside the earlier one; otherwise the earlier one stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="organisation/round")

    def work(self, options: dict[str, Any]) -> None:
        round_ = find_round(options["round"])
        with scope(organisation=round_.organisation):
            release = correct_release(round_)
        if release is None:
            self.stdout.write(_("The results come out the same: nothing was changed."))
        else:
            values = {"round": round_.reference, "number": release.number}
            self.stdout.write(_("%(round)s: release %(number)s replaces the one before.") % values)
