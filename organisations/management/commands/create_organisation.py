"""Make an organisation and its first HR adviser."""

from argparse import ArgumentParser
from typing import Any

from django.utils.translation import gettext as _

from organisations.commands import OwnCommand
from organisations.links import absolute, password_link
from organisations.password_tokens import INVITATION_DAYS
from organisations.starting import start_organisation


class Command(OwnCommand):
    help = "Make an organisation and its first HR adviser, who then invites all others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("organisation", help="its name, as it will stand in reports")
        parser.add_argument("--advisor", required=True, metavar="EMAIL", help="the first HR adviser's e-mail address")
        parser.add_argument("--name", default="", help="the first HR adviser's full name")

    def work(self, options: dict[str, Any]) -> None:
        membership, is_new = start_organisation(options["organisation"], options["advisor"], options["name"])
        user = membership.user
        about = {"organisation": membership.organisation.name, "email": user.email}
        if is_new:
            self.stdout.write(_("%(organisation)s has been made. Its HR adviser is %(email)s.") % about)
        else:
            text = _("%(organisation)s was there already. Its HR adviser %(email)s has not logged in yet.")
            self.stdout.write(text % about)
        if user.has_usable_password():
            self.stdout.write(_("This adviser has a password already, and logs in here:"))
            self.stdout.write(f"  {absolute('account_login')}")
            return
        self.stdout.write(
            _("Next: let the adviser choose a password at this address. It works once, within %(days)s days:")
            % {"days": INVITATION_DAYS}
        )
        self.stdout.write(f"  {password_link(user)}")
        self.stdout.write(_("As soon as mails can be sent, the adviser can also have a code mailed, at:"))
        self.stdout.write(f"  {absolute('account_request_login_code')}")
