"""Set up the demo and run it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils.translation import gettext as _

from jobs.management.web_options import add_web_options, address_of
from jobs.serving import ServingError, serve
from organisations.commands import InputError, OwnCommand
from reports.demo import ADMINISTRATOR, LOGINS, PASSWORD, address, build_demo, scan_link


class Command(OwnCommand):
    help = "Make the demo organisation (once), say how to log in, and run the server until stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_web_options(parser)
        parser.add_argument("--only-data", action="store_true", help="do not run the server")

    def work(self, options: dict[str, Any]) -> None:
        place = address_of(options)
        call_command("migrate", verbosity=0)
        link = scan_link(build_demo())
        if options["only_data"]:
            self._say_how(link)
            return
        try:
            serve(place, options["processes"], settings.HOME / "mail", lambda: self._say_how(link))
        except ServingError as fault:
            raise InputError(str(fault)) from fault

    def _say_how(self, link: str) -> None:
        self.stdout.write("\n" + _("Leerscan runs on %(address)s (stop with Ctrl-C)") % {"address": settings.BASE_URL})
        self.stdout.write("\n" + _("Log in with the password %(password)s as:") % {"password": PASSWORD})
        for local_part, name, role, _department in LOGINS:
            self.stdout.write(f"  {address(local_part):34} {role.label} ({name})")
        local_part, name = ADMINISTRATOR
        self.stdout.write(f"  {address(local_part):34} {_('Administrator')} ({name})")
        self.stdout.write("\n" + _("Fill in the open scan:") + f"\n  {link}\n")
        self.stdout.flush()
