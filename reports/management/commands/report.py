"""Write reports as PDF files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import translation
from django_scopes import scope

from jobs.arguments import a_path
from organisations.commands import OwnCommand
from reports import pdf_job
from reports.document import file_name
from reports.named_rounds import find_round, find_unit, published_of
from reports.published import HiddenUnit, Published, PublishedUnit
from reports.wording import hidden_text
from reports.written_files import write_job_file


class Command(OwnCommand):
    help = (
        "Write the report of the organisation, of one unit, or of every unit. "
        "A unit without results of its own gets the picture of the group around it."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="organisation/round")
        parser.add_argument("--unit", default="", help='path of the unit, such as "Zorg / Wijkteam Oost"')
        parser.add_argument("--language", choices=["nl", "en"], help="default: the organisation's")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--output", type=a_path, metavar="FILE.pdf", help="write one report")
        where.add_argument("--all", type=a_path, metavar="DIR", help="write the report of every unit to this folder")

    def work(self, options: dict[str, Any]) -> None:
        round_ = find_round(options["round"])
        language = options["language"] or round_.organisation.language
        with scope(organisation=round_.organisation):
            published = published_of(round_)
            if options["all"]:
                self._write_all(published, language, options["all"])
                return
            self._write(published, find_unit(published, options["unit"]), language, options["output"])

    def _write_all(self, published: Published, language: str, folder: Path) -> None:
        for unit in published.units:
            self._write(published, unit, language, folder / file_name(published, unit, language))

    def _write(self, published: Published, unit: PublishedUnit, language: str, file: Path) -> None:
        self.stdout.write(write_job_file(pdf_job.KIND, pdf_job.job_key(published, unit, language), file))
        if isinstance(unit, HiddenUnit):
            with translation.override(language):
                above = published.nearest_shown(unit)
                self.stdout.write(f"{unit.path}: {hidden_text(above, published.round.organisation.name)}")
