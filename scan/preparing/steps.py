"""One line of the checklist, and where it leads."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from scan.models import Round


@dataclass(frozen=True)
class Link:
    """To another page that helps with this step."""

    text: str
    address: str


@dataclass(frozen=True)
class Step:
    """One line of the checklist. `todo`: what is still missing; `note`: what is good to know. Both may be empty."""

    title: str
    address: str
    summary: str
    todo: str = ""
    note: str = ""
    is_optional: bool = False
    was_seen: bool = True
    links: tuple[Link, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.todo and self.was_seen and not self.is_optional

    @property
    def state(self) -> str:
        """In words, for who does not see the mark."""
        if self.todo:
            return _("(to do)")
        if self.is_optional:
            return _("(optional)")
        return _("(ready)") if self.was_seen else _("(advised, not looked at yet)")


def page_of(round_: Round, name: str) -> str:
    """The address of a page of this round."""
    return reverse(name, args=[round_.organisation.slug, round_.slug])
