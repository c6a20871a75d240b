"""Home, rounds, reports."""

from tests.reports.learning.pairs import pair_of
from tests.reports.sharing.links import OWN, shared_page
from tests.rounds import unit_id
from tests.walk.roles import (
    EVERY_MEMBER,
    HR,
    LOGIN,
    METHOD,
    PUBLIC,
    ROLES,
    WHOLE,
    WRONG_METHOD,
    Expected,
    World,
    for_otto,
    for_roles,
)

ALL_UNITS = ("hr_advisor", "consultant")
# What has not been released is not there for whom it may be released to.
UNKNOWN = dict.fromkeys(("manager", "other_manager", "works_council"), 404)

READERS = ("hr_advisor", "consultant", "manager")

EXPECTED: Expected = {
    "": {"home": (PUBLIC | {"administrator": 302, "nobody": LOGIN}, METHOD | {"nobody": LOGIN})},
    "compare-organisations/": {
        "organisations compared": (
            dict.fromkeys(ROLES, 403) | {"hr_advisor": 200, "consultant": 200, "outsider": 200, "nobody": LOGIN},
            METHOD | {"nobody": LOGIN},
        ),
    },
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
    "o/<slug:organisation>/r/<slug:round_slug>/remarks/": {
        "remarks": (HR, for_roles("hr_advisor", status=400)),
        "remarks of other organisation": (for_otto(), for_otto(400)),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/remarks/finish/": {
        "finish remarks": (WRONG_METHOD, for_roles("hr_advisor", status=302)),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/": {
        "organisation report": (for_roles(*WHOLE), METHOD | {"nobody": LOGIN}),
        "own unit of manager": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "hidden unit of manager": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "unit of other manager": (for_roles("hr_advisor", "consultant", "other_manager"), METHOD | {"nobody": LOGIN}),
        "unit of other organisation": (for_roles(members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/over-time/": {
        "organisation over time": (for_roles(*WHOLE), METHOD | {"nobody": LOGIN}),
        "own unit over time": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "hidden unit over time": (for_roles("hr_advisor", "consultant", "manager"), METHOD | {"nobody": LOGIN}),
        "unit of other manager over time": (
            for_roles("hr_advisor", "consultant", "other_manager"),
            METHOD | {"nobody": LOGIN},
        ),
        "unit of other organisation over time": (for_roles(members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/over-time/": {
        "all units over time": (for_roles("hr_advisor", "consultant"), METHOD | {"nobody": LOGIN}),
        "other organisation over time": (for_roles("outsider", members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/pdf/<language:language>/": {
        "organisation pdf": (for_roles(*WHOLE), for_roles(*WHOLE, status=302)),
        "own unit pdf": (
            for_roles("hr_advisor", "consultant", "manager"),
            for_roles("hr_advisor", "consultant", "manager", status=302),
        ),
        "hidden unit pdf": (
            for_roles("hr_advisor", "consultant", "manager"),
            for_roles("hr_advisor", "consultant", "manager", status=302),
        ),
        "unit pdf of other organisation": (for_roles(members=404), for_roles(members=404)),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/share/": {
        "share the organisation's report": (for_roles(*ALL_UNITS), for_roles(*ALL_UNITS, status=422)),
        "share a report": (for_roles(*READERS), for_roles(*READERS, status=422)),
        "share a report of other organisation": (
            for_roles(members=404) | {"works_council": 403},
            for_roles(members=404) | {"works_council": 403},
        ),
    },
    "s/<str:token>/pdf/<language:language>/": {
        "shared pdf": (PUBLIC, dict.fromkeys(ROLES, 302)),
        "unknown shared pdf": (dict.fromkeys(ROLES, 404), dict.fromkeys(ROLES, 404)),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/comparison/board/<language:language>/": {
        "summary for the board": (for_roles(*ALL_UNITS), for_roles(*ALL_UNITS, status=302)),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/learning/": {
        "learning pairs": (for_roles(*ALL_UNITS), for_roles("hr_advisor", status=302)),
        "learning pairs of other organisation": (for_roles("outsider", members=404), for_otto(302)),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/learning/<uuid:pair_id>/": {
        "card of own pair": (for_roles(*ALL_UNITS, "manager"), METHOD | {"nobody": LOGIN}),
        "card of both managers": (for_roles(*ALL_UNITS, "manager", "other_manager"), METHOD | {"nobody": LOGIN}),
        "card of a pair that is not released": (for_roles(*ALL_UNITS) | UNKNOWN, METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/learning/<uuid:pair_id>/card/<language:language>/": {
        "pdf of the card of own pair": (
            for_roles(*ALL_UNITS, "manager"),
            for_roles(*ALL_UNITS, "manager", status=302),
        ),
        "pdf of the card of a pair that is not released": (
            for_roles(*ALL_UNITS) | UNKNOWN,
            for_roles(*ALL_UNITS, status=302) | UNKNOWN,
        ),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/u/<uuid:unit_id>/export/<slug:format_code>/<language:language>/": {
        "organisation export": (for_roles(*WHOLE), for_roles(*WHOLE, status=302)),
        "own unit export": (for_roles(*READERS), for_roles(*READERS, status=302)),
        "hidden unit export": (for_roles(*READERS), for_roles(*READERS, status=302)),
        "export of other manager": (
            for_roles("hr_advisor", "consultant", "other_manager"),
            for_roles("hr_advisor", "consultant", "other_manager", status=302),
        ),
        "unit export of other organisation": (for_roles(members=404), for_roles(members=404)),
        "unit export in no format": (for_roles(*READERS, status=404), for_roles(*READERS, status=404)),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/export/": {
        "files of round": (for_roles("hr_advisor", "consultant"), METHOD | {"nobody": LOGIN}),
        "files of open round": (for_roles("hr_advisor", "consultant", status=404), METHOD | {"nobody": LOGIN}),
        "files of round of other organisation": (for_roles("outsider", members=404), METHOD | {"nobody": LOGIN}),
    },
    "o/<slug:organisation>/r/<slug:round_slug>/export/<slug:format_code>/<language:language>/": {
        "round export": (for_roles("hr_advisor", "consultant"), for_roles("hr_advisor", "consultant", status=302)),
        "all pdfs": (for_roles("hr_advisor", "consultant"), for_roles("hr_advisor", "consultant", status=302)),
        "round export of other organisation": (
            for_roles("outsider", members=404),
            for_roles("outsider", members=404, status=302),
        ),
    },
}


def addresses(world: World) -> dict[str, str]:
    base = world.base
    unit = f"{base}r/leerscan-2026/u/"
    mine, hidden = unit_id(world.closed, "Zorg / Wijkteam Oost"), unit_id(world.closed, "Zorg / Nachtdienst")
    pairs = f"{base}r/leerscan-2026/learning/"
    north, kitchen = "Zorg / Verpleging Noord", "Facilitair / Keuken"
    own = pair_of(world.closed, "Zorg / Wijkteam Oost", north).pk
    of_both = pair_of(world.closed, kitchen, north).pk
    proposed = pair_of(world.closed, north, kitchen, released_on=None).pk
    foreign = unit_id(world.closed_elsewhere, "Zorg / Wijkteam Oost")
    return {
        "home": "/",
        "organisations compared": "/compare-organisations/",
        "language": "/language/",
        "organisation": base,
        "other organisation": world.other_base,
        "open round": f"{base}r/{world.running.slug}/",
        "closed round": f"{base}r/leerscan-2026/",
        "round of other organisation": f"{world.other_base}r/leerscan-2026/",
        "remarks": f"{base}r/leerscan-2026/remarks/",
        "remarks of other organisation": f"{world.other_base}r/leerscan-2026/remarks/",
        "finish remarks": f"{base}r/leerscan-2026/remarks/finish/",
        "organisation report": f"{unit}{unit_id(world.closed, '')}/",
        "own unit of manager": f"{unit}{mine}/",
        "hidden unit of manager": f"{unit}{hidden}/",
        "unit of other manager": f"{unit}{unit_id(world.closed, 'Facilitair / Keuken')}/",
        "unit of other organisation": f"{unit}{foreign}/",
        "share the organisation's report": f"{unit}{unit_id(world.closed, '')}/share/",
        "share a report": f"{unit}{mine}/share/",
        "share a report of other organisation": f"{unit}{foreign}/share/",
        "shared pdf": f"{shared_page(world.closed, OWN, world.cast.anna)}pdf/nl/",
        "unknown shared pdf": f"/s/{'a' * 42}/pdf/nl/",
        "organisation over time": f"{unit}{unit_id(world.closed, '')}/over-time/",
        "own unit over time": f"{unit}{mine}/over-time/",
        "hidden unit over time": f"{unit}{hidden}/over-time/",
        "unit of other manager over time": f"{unit}{unit_id(world.closed, 'Facilitair / Keuken')}/over-time/",
        "unit of other organisation over time": f"{unit}{foreign}/over-time/",
        "all units over time": f"{base}over-time/",
        "other organisation over time": f"{world.other_base}over-time/",
        "organisation pdf": f"{unit}{unit_id(world.closed, '')}/pdf/nl/",
        "own unit pdf": f"{unit}{mine}/pdf/en/",
        "hidden unit pdf": f"{unit}{hidden}/pdf/nl/",
        "unit pdf of other organisation": f"{unit}{foreign}/pdf/nl/",
        "summary for the board": f"{base}r/leerscan-2026/comparison/board/nl/",
        "learning pairs": pairs,
        "learning pairs of other organisation": f"{world.other_base}r/leerscan-2026/learning/",
        "card of own pair": f"{pairs}{own}/",
        "card of both managers": f"{pairs}{of_both}/",
        "card of a pair that is not released": f"{pairs}{proposed}/",
        "pdf of the card of own pair": f"{pairs}{own}/card/nl/",
        "pdf of the card of a pair that is not released": f"{pairs}{proposed}/card/en/",
        "organisation export": f"{unit}{unit_id(world.closed, '')}/export/json/nl/",
        "own unit export": f"{unit}{mine}/export/xlsx/nl/",
        "hidden unit export": f"{unit}{hidden}/export/csv/en/",
        "export of other manager": f"{unit}{unit_id(world.closed, 'Facilitair / Keuken')}/export/json/nl/",
        "unit export of other organisation": f"{unit}{foreign}/export/json/nl/",
        "unit export in no format": f"{unit}{mine}/export/docx/nl/",
        "files of round": f"{base}r/leerscan-2026/export/",
        "files of open round": f"{base}r/{world.running.slug}/export/",
        "files of round of other organisation": f"{world.other_base}r/leerscan-2026/export/",
        "round export": f"{base}r/leerscan-2026/export/xlsx/en/",
        "all pdfs": f"{base}r/leerscan-2026/export/zip/nl/",
        "round export of other organisation": f"{world.other_base}r/leerscan-2026/export/json/nl/",
    }
