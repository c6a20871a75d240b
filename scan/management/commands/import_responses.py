"""Read answers kept elsewhere into a round."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from jobs.arguments import a_path
from organisations.commands import OwnCommand
from scan.importing import import_file


class Command(OwnCommand):
    help = "Read the answers in a CSV file (unit, q01..q40, obstacles, remark) into a round of their own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its name, or its short name in addresses")
        parser.add_argument("file", type=a_path, help="CSV in UTF-8")
        parser.add_argument("--round", required=True, dest="title", help="the title of the round")
        parser.add_argument("--create", action="store_true", help="make the organisation and departments that miss")
        parser.add_argument("--headcounts", type=a_path, help="CSV with the columns unit and invited")
        parser.add_argument("--dry-run", action="store_true", help="check everything, store nothing")

    def work(self, options: dict[str, Any]) -> None:
        done = import_file(
            options["organisation"],
            options["file"],
            options["title"],
            create=options["create"],
            headcounts=options["headcounts"],
            dry_run=options["dry_run"],
        )
        if not done.is_new:
            self.stdout.write(
                _("This file has already been imported into %(round)s; nothing changed.") % {"round": done.round}
            )
            return
        counts = {"responses": done.responses, "units": done.units, "round": done.round}
        if options["dry_run"]:
            self.stdout.write(
                _("No faults: %(responses)s questionnaires in %(units)s units. Nothing was stored.") % counts
            )
        else:
            self.stdout.write(
                _("%(responses)s questionnaires in %(units)s units were stored in the round %(round)s.") % counts
            )
