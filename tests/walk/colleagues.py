"""Settings, colleagues and the log."""

from organisations.models import Membership, User
from tests.walk.roles import HR, WRONG_METHOD, Expected, World, for_otto, for_roles

FAULTY = for_roles("hr_advisor", status=422)
DONE = for_roles("hr_advisor", status=302)
NOT_HERE = for_roles("hr_advisor", status=404)
COLLEAGUE = "o/<slug:organisation>/colleagues/<uuid:membership_id>/"

EXPECTED: Expected = {
    "o/<slug:organisation>/colleagues/": {
        "colleagues": (HR, WRONG_METHOD),
        "colleagues elsewhere": (for_otto(), WRONG_METHOD),
    },
    "o/<slug:organisation>/colleagues/new/": {
        "invite": (HR, FAULTY),
        "invite elsewhere": (for_otto(), for_otto(422)),
    },
    COLLEAGUE: {
        "colleague": (HR, FAULTY),
        "colleague elsewhere": (for_otto(), for_otto(422)),
        "colleague of other organisation": (NOT_HERE, NOT_HERE),
    },
    COLLEAGUE + "again/": {
        "invite again": (WRONG_METHOD, DONE),
        "invite again of other organisation": (WRONG_METHOD, NOT_HERE),
    },
    COLLEAGUE + "withdraw/": {
        "withdraw": (HR, DONE),
        "withdraw of other organisation": (NOT_HERE, NOT_HERE),
    },
    "o/<slug:organisation>/settings/": {
        "settings": (HR, FAULTY),
        "settings elsewhere": (for_otto(), for_otto(422)),
    },
    "o/<slug:organisation>/settings/words/": {
        "words": (HR, DONE),
        "words elsewhere": (for_otto(), for_otto(302)),
    },
    "o/<slug:organisation>/log/": {
        "log": (HR, WRONG_METHOD),
        "log elsewhere": (for_otto(), WRONG_METHOD),
    },
}


def addresses(world: World) -> dict[str, str]:
    here, there = f"{world.base}colleagues/", f"{world.other_base}colleagues/"
    nel, wil, otto = _role_of(world.cast.nel), _role_of(world.cast.wil), _role_of(world.cast.otto)
    return {
        "colleagues": here,
        "colleagues elsewhere": there,
        "invite": f"{here}new/",
        "invite elsewhere": f"{there}new/",
        "colleague": f"{here}{nel}/",
        "colleague elsewhere": f"{there}{otto}/",
        "colleague of other organisation": f"{here}{otto}/",
        "invite again": f"{here}{nel}/again/",
        "invite again of other organisation": f"{here}{otto}/again/",
        "withdraw": f"{here}{wil}/withdraw/",
        "withdraw of other organisation": f"{here}{otto}/withdraw/",
        "settings": f"{world.base}settings/",
        "settings elsewhere": f"{world.other_base}settings/",
        "words": f"{world.base}settings/words/",
        "words elsewhere": f"{world.other_base}settings/words/",
        "log": f"{world.base}log/",
        "log elsewhere": f"{world.other_base}log/",
    }


def _role_of(user: User) -> object:
    return Membership.objects.get(user=user).pk
