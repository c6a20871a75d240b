"""Run jobs until stopped: the worker of `manage.py serve`, and of every further machine of a fleet."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from jobs.arguments import a_number
from jobs.half_restored import HalfRestoredError
from jobs.working import work_here, work_in_processes


class Command(BaseCommand):
    help = "Do the long work (closing, reports, mail) until Ctrl-C (or a signal): the running job is finished first."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--processes", type=a_number, default=1, help="jobs at the same time (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["processes"] == 1:
            try:
                work_here()
            except HalfRestoredError as fault:
                raise CommandError(str(fault)) from fault
        elif not work_in_processes(options["processes"]):
            raise CommandError("A worker stopped by itself; its message stands above.")
