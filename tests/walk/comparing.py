"""The pages that compare departments."""

from tests.walk.roles import LOGIN, METHOD, Expected, World, for_roles

READERS = for_roles("hr_advisor", "consultant")
GET_ONLY = METHOD | {"nobody": LOGIN}
ROUND = "o/<slug:organisation>/r/<slug:round_slug>/"
PAGES = {
    "comparison": "",
    "comparison theme": "theme/",
    "comparison profiles": "profiles/",
    "comparison steps": "steps/",
}

EXPECTED: Expected = {
    f"{ROUND}comparison/{page}": {
        name: (READERS, GET_ONLY),
        # There are no results of a scan that is open.
        f"{name} of open round": (for_roles("hr_advisor", "consultant", status=404), GET_ONLY),
        f"{name} of other organisation": (for_roles("outsider", members=404), GET_ONLY),
    }
    for name, page in PAGES.items()
}


def addresses(world: World) -> dict[str, str]:
    found = {}
    for name, page in PAGES.items():
        found[name] = f"{world.base}r/leerscan-2026/comparison/{page}"
        found[f"{name} of open round"] = f"{world.base}r/{world.running.slug}/comparison/{page}"
        found[f"{name} of other organisation"] = f"{world.other_base}r/leerscan-2026/comparison/{page}"
    return found
