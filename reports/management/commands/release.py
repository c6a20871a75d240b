"""Print what a release holds."""

import json
from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _
from django_scopes import scope

from organisations.commands import OwnCommand
from reports.named_rounds import find_round, published_of
from reports.published import Published, ShownUnit, as_json
from reports.wording import points


class Command(OwnCommand):
    help = "Print the results of a closed round: a line for each unit, or everything as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="organisation/round")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def work(self, options: dict[str, Any]) -> None:
        round_ = find_round(options["round"])
        with scope(organisation=round_.organisation):
            published = published_of(round_)
        if options["json"]:
            self.stdout.write(json.dumps(as_json(published), ensure_ascii=False, indent=2))
        else:
            self._print_lines(published)

    def _print_lines(self, published: Published) -> None:
        for unit in published.units:
            name = unit.path or published.round.organisation.name
            if isinstance(unit, ShownUnit):
                values = {"unit": name, "n": unit.n, "total": points(unit.scores["total"])}
                self.stdout.write(_("%(unit)s: %(n)s questionnaires, score %(total)s") % values)
            else:
                self.stdout.write(_("%(unit)s: too few questionnaires to show") % {"unit": name})
