"""Home, rounds, reports."""

from tests.rounds import unit_id
from tests.walk.roles import EVERY_MEMBER, LOGIN, METHOD, PUBLIC, ROLES, WHOLE, Expected, World, for_roles

EXPECTED: Expected = {
    "": {"home": (PUBLIC | {"nobody": LOGIN}, METHOD | {"nobody": LOGIN})},
    "compare-organisations/": {
        "organisations compared": (
            dict.fromkeys(ROLES, 403) | {"hr_advisor": 200, "consultant": 200, "outsider": 200, "nobody": LOGIN},
            METHOD | {"nobody": LOGIN},
        ),
    },
    "healthz": {"healthz": (PUBLIC, METHOD)},
    "language/": {"language": (METHOD, dict.fromkeys(ROLES, 400))},
    "o/<slug:organisation>/": {
        "organisation": (EVERY_MEMBER, METHOD | {"nobody": LOGIN}),
        "other organisation": (for_roles("outsider", members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/": {
        "open round": (EVERY_MEMBER, METHOD | {"nobody": LOGIN}),
        "closed round": (EVERY_MEMBER, METHOD | {"nobody": LOGIN}),
        "round of other organisation": (for_roles("outsider", members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/": {
        "organisation report": (for_roles(*WHOLE), METHOD | {"nobody": LOGIN}),
        "own unit of manager": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "hidden unit of manager": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "unit of other manager": (for_roles("hr_advisor", "consultant", "other_manager"), METHOD | {"nobody": LOGIN}),
        "unit of other organisation": (for_roles(members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/pdf/<language:language>/": {
        "organisation pdf": (for_roles(*WHOLE), for_roles(*WHOLE, status=302)),
        "own unit pdf": (
            for_roles("hr_advisor", "consultant", "manager"),
            for_roles("hr_advisor", "consultant", "manager", status=302),
        ),
        "hidden unit pdf": (
            for_roles("hr_advisor", "consultant", "manager", status=302),
            for_roles("hr_advisor", "consultant", "manager", status=302),
        ),
        "unit pdf of other organisation": (for_roles(members=404), for_roles(members=404)),
    },
}


def addresses(world: World) -> dict[str, str]:
    base = world.base
    unit = f"{base}r/leerscan-2026/u/"
    mine, hidden = unit_id(world.closed, "Zorg / Wijkteam Oost"), unit_id(world.closed, "Zorg / Nachtdienst")
    foreign = unit_id(world.closed_elsewhere, "Zorg / Wijkteam Oost")
    return {
        "home": "/",
        "organisations compared": "/compare-organisations/",
        "healthz": "/healthz",
        "language": "/language/",
        "organisation": base,
        "other organisation": world.other_base,
        "open round": f"{base}r/{world.running.slug}/",
        "closed round": f"{base}r/leerscan-2026/",
        "round of other organisation": f"{world.other_base}r/leerscan-2026/",
        "organisation report": f"{unit}{unit_id(world.closed, '')}/",
        "own unit of manager": f"{unit}{mine}/",
        "hidden unit of manager": f"{unit}{hidden}/",
        "unit of other manager": f"{unit}{unit_id(world.closed, 'Facilitair / Keuken')}/",
        "unit of other organisation": f"{unit}{foreign}/",
        "organisation pdf": f"{unit}{unit_id(world.closed, '')}/pdf/nl/",
        "own unit pdf": f"{unit}{mine}/pdf/en/",
        "hidden unit pdf": f"{unit}{hidden}/pdf/nl/",
        "unit pdf of other organisation": f"{unit}{foreign}/pdf/nl/",
    }
