"""What `manage.py check --deploy` warns of, in plain words where we have them."""

import time
from dataclasses import dataclass

from django.core import checks
from django.utils.translation import gettext as _

# All that Django says about a site without https comes from one setting.
ABOUT_HTTPS = frozenset(
    {"security.W004", "security.W005", "security.W008", "security.W012", "security.W016", "security.W021"}
)
COUNTS_FOR = 300.0


@dataclass(frozen=True)
class Warned:
    text: str
    is_ours: bool
    """Else it is Django's own English."""


_found: list[tuple[float, list[checks.CheckMessage]]] = []


def warnings() -> list[Warned]:
    said: dict[str, Warned] = {}
    for message in _messages():
        name = "https" if message.id in ABOUT_HTTPS else str(message.id)
        said.setdefault(name, _in_words(name, message))
    return list(said.values())


def _messages() -> list[checks.CheckMessage]:
    """Looked at again after some minutes: settings do not change while a process runs, what they name may."""
    if not _found or time.monotonic() - _found[0][0] > COUNTS_FOR:
        run = checks.run_checks(include_deployment_checks=True)
        serious = [message for message in run if message.level >= checks.WARNING and not message.is_silenced()]
        _found[:] = [(time.monotonic(), serious)]
    return _found[0][1]


def _in_words(name: str, message: checks.CheckMessage) -> Warned:
    words = {
        "https": _(
            "People reach this installation without https: whoever is on the network between can read links and "
            "answers. Put a web server with a certificate in front and let LEERSCAN_BASE_URL begin with https."
        ),
        "security.W018": _("LEERSCAN_DEBUG is on: pages of errors show links. Take it off."),
        "security.W009": _("LEERSCAN_SECRET_KEY is too easy to guess. Write at least 50 random characters."),
        "security.W020": _("LEERSCAN_ALLOWED_HOSTS is empty. Name the hosts that people use."),
    }
    if name in words:
        return Warned(words[name], is_ours=True)
    return Warned(" ".join(part for part in (message.msg, message.hint or "") if part), is_ours=False)
