"""Write the privacy file of a round as a PDF file."""

from argparse import ArgumentParser
from typing import Any

from jobs.arguments import a_path
from organisations.commands import OwnCommand
from reports import privacy_job
from reports.named_rounds import find_round
from reports.privacy_file import check_possible
from reports.written_files import write_job_file


class Command(OwnCommand):
    help = "Write the file for works council and privacy officer, made from the settings of a round."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="organisation/round")
        parser.add_argument("--output", type=a_path, metavar="FILE.pdf", required=True, help="where to write it")
        parser.add_argument("--language", choices=["nl", "en"], help="default: the organisation's")

    def work(self, options: dict[str, Any]) -> None:
        round_ = find_round(options["round"])
        check_possible(round_)
        language = options["language"] or round_.organisation.language
        key = privacy_job.job_key(round_, language)
        self.stdout.write(write_job_file(privacy_job.KIND, key, options["output"]))
