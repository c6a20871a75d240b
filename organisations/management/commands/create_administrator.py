"""Make the account of somebody who looks after this installation."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from organisations.commands import OwnCommand
from organisations.links import password_link
from organisations.password_tokens import INVITATION_DAYS
from organisations.starting import start_administrator


class Command(OwnCommand):
    help = "Make the account of a technical administrator, who has no role in any organisation and sees no reports."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", help="the administrator's e-mail address")
        parser.add_argument("--name", default="", help="the administrator's full name")

    def work(self, options: dict[str, Any]) -> None:
        user = start_administrator(options["email"], options["name"])
        self.stdout.write(
            _("%(email)s is an administrator now. Choose a password here; it works once, within %(days)s days:")
            % {"email": user.email, "days": INVITATION_DAYS}
        )
        self.stdout.write(f"  {password_link(user)}")
