"""Write figures as a file, or all reports of a round as one ZIP."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django_scopes import scope

from jobs.arguments import a_path
from organisations.commands import InputError, OwnCommand
from reports.exports import all_pdfs, job
from reports.exports.formats import FORMATS, ROUND_FORMATS
from reports.named_rounds import find_round, find_unit, published_of
from reports.written_files import write_job_file


class Command(OwnCommand):
    help = "Write the figures of a closed round, or of one unit, as XLSX, CSV or JSON; or all its PDFs as one ZIP."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="organisation/round")
        parser.add_argument("--format", required=True, choices=[*FORMATS, all_pdfs.FORMAT])
        parser.add_argument("--unit", metavar="PATH", help='only this unit, such as "Zorg / Wijkteam Oost"')
        parser.add_argument("--language", choices=["nl", "en"], help="default: the organisation's")
        parser.add_argument("--out", type=a_path, metavar="FILE", required=True, help="where to write it")

    def work(self, options: dict[str, Any]) -> None:
        round_ = find_round(options["round"])
        language, code = options["language"] or round_.organisation.language, options["format"]
        _check_scope(code, is_unit=options["unit"] is not None)
        _check_name(code, options["out"])
        with scope(organisation=round_.organisation):
            published = published_of(round_)
            unit = None if options["unit"] is None else find_unit(published, options["unit"])
            if code == all_pdfs.FORMAT:
                kind, key = all_pdfs.KIND, all_pdfs.job_key(published, language)
            else:
                kind, key = job.KIND, job.job_key(published, unit, code, language)
            self.stdout.write(write_job_file(kind, key, options["out"]))


def _check_scope(code: str, *, is_unit: bool) -> None:
    if is_unit and code == all_pdfs.FORMAT:
        raise InputError(_("--format zip holds the reports of all units: leave out --unit, or use manage.py report."))
    if not is_unit and code not in (*ROUND_FORMATS, all_pdfs.FORMAT):
        raise InputError(_("--format %(code)s is of one unit: name it with --unit.") % {"code": code})


def _check_name(code: str, file: Path) -> None:
    """CSV is two tables in a ZIP: under another name nobody could open it."""
    extension = FORMATS[code].extension if code in FORMATS else all_pdfs.FORMAT
    if file.suffix.lower() != f".{extension}":
        values = {"code": code, "extension": extension, "file": file, "right": file.with_suffix(f".{extension}")}
        raise InputError(
            _("--format %(code)s makes a .%(extension)s file: write --out %(right)s, not %(file)s.") % values
        )
