"""The settings that the communication pack needs and that are still empty, each with the page where it is filled in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from scan.models import Round
from scan.pack.texts import missing_in

# The mail server is a setting of the installation.
PROMISES, SENDER = {"contact", "privacy_officer", "results_date"}, "sender_address"
# Comes with the sender's address.
DOMAIN = "domain"


@dataclass(frozen=True)
class Gap:
    what: str
    """In the language of the screen."""
    address: str
    """Of the page; empty when there is none."""


def gaps_in(facts: Mapping[str, str], round_: Round) -> list[Gap]:
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    missing = missing_in(facts, language)
    return [Gap(what, _address(code, round_)) for code, what in missing.items() if code != DOMAIN]


def _address(code: str, round_: Round) -> str:
    slug = round_.organisation.slug
    if code == SENDER:
        return reverse("organisation_settings", args=[slug])
    # After launch what was promised cannot change.
    if code in PROMISES and round_.state == Round.State.DRAFT:
        return reverse("prepare_promise", args=[slug, round_.slug])
    return ""
