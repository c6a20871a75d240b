"""What `manage.py check --deploy` warns of, in plain words where we have them."""

import time
from dataclasses import dataclass

from django.core import checks

from reports.watching.safety_words import SAME, WORDS

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
        name = SAME.get(str(message.id), str(message.id))
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
    if name in WORDS:
        return Warned(str(WORDS[name]), is_ours=True)
    return Warned(" ".join(part for part in (message.msg, message.hint or "") if part), is_ours=False)
