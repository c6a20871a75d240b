"""The communication pack."""

from tests.walk.roles import HR, WRONG_METHOD, Expected, World, for_roles

_MOVED_ON = for_roles("hr_advisor", status=302)

EXPECTED: Expected = {
    "o/<slug:organisation>/r/<slug:round_slug>/pack/": {
        "pack": (HR, WRONG_METHOD),
        "pack of an imported round": (_MOVED_ON, WRONG_METHOD),
        "pack of other organisation": (for_roles("outsider", status=302, members=404), WRONG_METHOD),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/pack/<language:language>/": {
        "pack file": (HR, WRONG_METHOD),
        "pack file of other organisation": (for_roles("outsider", status=302, members=404), WRONG_METHOD),
    },
}


def addresses(world: World) -> dict[str, str]:
    mine = f"{world.base}r/{world.running.slug}/pack/"
    foreign = f"{world.other_base}r/{world.closed_elsewhere.slug}/pack/"
    return {
        "pack": mine,
        "pack of an imported round": f"{world.base}r/{world.closed.slug}/pack/",
        "pack of other organisation": foreign,
        "pack file": f"{mine}en/",
        "pack file of other organisation": f"{foreign}nl/",
    }
