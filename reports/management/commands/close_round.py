"""Close a round: seal the ballot box and build the release."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.commands import OwnCommand
from reports.closing import close_here
from reports.named_rounds import find_round, published_of


class Command(OwnCommand):
    help = "Close a round for good: nobody can answer any more, and the results are computed and frozen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="organisation/round")

    def work(self, options: dict[str, Any]) -> None:
        round_ = find_round(options["round"])
        with scope(organisation=round_.organisation):
            close_here(round_)
            published = published_of(round_)
        self.stdout.write(
            _("%(round)s is closed: results of %(shown)s of %(all)s units may be shown.")
            % {"round": round_.reference, "shown": len(published.shown), "all": len(published.units)}
        )
