"""Run jobs until stopped: the worker of `manage.py serve`, and of every further machine of a fleet."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from jobs.sweep import Sweeper


class Command(BaseCommand):
    help = "Do the long work (closing, reports, mail) until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        sweeper = Sweeper()
        sweeper.start()
        try:
            call_command("db_worker", interval=0.3, startup_delay=False, reload=False, verbosity=0)
        finally:
            sweeper.stop()
