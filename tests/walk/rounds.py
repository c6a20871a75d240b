"""Preparing and following a round."""

from urllib.parse import urlsplit

from django_scopes import scope

from organisations.departments import by_path
from scan.results_link import results_link
from scan.rounds import create_round
from tests.cast import CLOSES, OPENS
from tests.reports.sharing.links import OWN, shared_page
from tests.walk.roles import HR, METHOD, PUBLIC, WHOLE, WRONG_METHOD, Expected, World, for_otto, for_roles

ROUND = "o/<slug:organisation>/r/<slug:round_slug>/"
PREPARE = ROUND + "prepare/"
FAULT = for_roles("hr_advisor", status=422)
SENT_ON = for_roles("hr_advisor", status=302)
NOT_THERE = for_roles("hr_advisor", status=404)
PROMISE = for_roles(*WHOLE)

EXPECTED: Expected = {
    "o/<slug:organisation>/rounds/new/": {
        "new round": (HR, FAULT),
        "new round elsewhere": (for_otto(), for_otto(422)),
    },
    PREPARE: {
        "prepare": (HR, WRONG_METHOD),
        "prepare a launched one": (SENT_ON, WRONG_METHOD),
        "prepare elsewhere": (for_otto(), WRONG_METHOD),
    },
    PREPARE + "basics/": {"basics": (HR, FAULT)},
    PREPARE + "people/": {"who takes part": (HR, SENT_ON)},
    PREPARE + "promise/": {"prepare promise": (HR, FAULT)},
    PREPARE + "mails/": {"prepare mails": (HR, FAULT)},
    PREPARE + "mails/<slug:kind>/<language:language>/": {
        "mail text": (HR, FAULT),
        "unknown mail text": (NOT_THERE, NOT_THERE),
    },
    PREPARE + "launch/": {"launch": (HR, SENT_ON)},
    PREPARE + "delete/": {"delete a launched one": (SENT_ON, SENT_ON), "delete": (HR, SENT_ON)},
    ROUND + "preview/": {"preview": (HR, WRONG_METHOD)},
    ROUND + "forecast/": {"forecast": (HR, WRONG_METHOD)},
    ROUND + "forecast/join/": {"join": (WRONG_METHOD, NOT_THERE)},
    ROUND + "forecast/separate/<uuid:department_id>/": {
        "separate": (WRONG_METHOD, SENT_ON),
        "separate elsewhere": (WRONG_METHOD, NOT_THERE),
    },
    ROUND + "annex/": {
        "annex": (for_roles("hr_advisor", "consultant"), WRONG_METHOD),
        "annex of an open round": (for_roles("hr_advisor", "consultant", status=404), WRONG_METHOD),
        "annex elsewhere": (for_otto(), WRONG_METHOD),
    },
    ROUND + "promise/": {
        "promise": (PROMISE, WRONG_METHOD),
        "promise of a draft": (
            for_roles("hr_advisor") | dict.fromkeys(("consultant", "works_council"), 404),
            WRONG_METHOD,
        ),
    },
    ROUND + "promise/pdf/<language:language>/": {
        "privacy file": (PROMISE, for_roles(*WHOLE, status=302)),
        "privacy file of a draft": (
            for_roles("hr_advisor") | dict.fromkeys(("consultant", "works_council"), 404),
            SENT_ON | dict.fromkeys(("consultant", "works_council"), 404),
        ),
        "privacy file of an imported round": (for_roles(*WHOLE, status=302), for_roles(*WHOLE, status=302)),
        "privacy file of other organisation": (for_otto(302), for_otto(302)),
    },
    ROUND + "last-day/": {"last day": (HR, FAULT)},
    ROUND + "close/": {"close": (HR, SENT_ON)},
    "s/<str:token>/": {
        "results to come": (PUBLIC, METHOD),
        "results of a closed round": (PUBLIC, METHOD),
        "shared report": (PUBLIC, METHOD),
        "unknown results": (dict.fromkeys(PUBLIC, 404), METHOD),
    },
}


def addresses(world: World) -> dict[str, str]:
    cast = world.cast
    with scope(organisation=cast.organisation):
        draft, unwanted = (create_round(cast.organisation, title, OPENS, CLOSES) for title in ("Najaar", "Weg"))
        department = cast.departments["zorg"]
    with scope(organisation=cast.other_organisation):
        theirs = create_round(cast.other_organisation, "Van hen", OPENS, CLOSES)
        their_department = by_path(cast.other_organisation)["zorg"]
    prepare, running = f"{world.base}r/{draft.slug}/prepare/", f"{world.base}r/{world.running.slug}/"
    forecast = f"{world.base}r/{draft.slug}/forecast/"
    return {
        "new round": f"{world.base}rounds/new/",
        "new round elsewhere": f"{world.other_base}rounds/new/",
        "prepare": prepare,
        "prepare a launched one": f"{running}prepare/",
        "prepare elsewhere": f"{world.other_base}r/{theirs.slug}/prepare/",
        "basics": f"{prepare}basics/",
        "who takes part": f"{prepare}people/",
        "prepare promise": f"{prepare}promise/",
        "prepare mails": f"{prepare}mails/",
        "mail text": f"{prepare}mails/invitation/en/",
        "unknown mail text": f"{prepare}mails/birthday/en/",
        "launch": f"{prepare}launch/",
        "delete a launched one": f"{running}prepare/delete/",
        "delete": f"{world.base}r/{unwanted.slug}/prepare/delete/",
        "preview": f"{running}preview/",
        "forecast": forecast,
        "join": f"{forecast}join/",
        "separate": f"{forecast}separate/{department.pk}/",
        "separate elsewhere": f"{forecast}separate/{their_department.pk}/",
        "annex": f"{world.base}r/{world.closed.slug}/annex/",
        "annex of an open round": f"{running}annex/",
        "annex elsewhere": f"{world.other_base}r/{world.closed_elsewhere.slug}/annex/",
        "promise": f"{running}promise/",
        "promise of a draft": f"{world.base}r/{draft.slug}/promise/",
        "privacy file": f"{running}promise/pdf/nl/",
        "privacy file of a draft": f"{world.base}r/{draft.slug}/promise/pdf/en/",
        "privacy file of an imported round": f"{world.base}r/{world.closed.slug}/promise/pdf/nl/",
        "privacy file of other organisation": f"{world.other_base}r/{world.closed_elsewhere.slug}/promise/pdf/nl/",
        "last day": f"{running}last-day/",
        "close": f"{running}close/",
        "results to come": urlsplit(results_link(world.running)).path,
        "results of a closed round": urlsplit(results_link(world.closed)).path,
        "shared report": shared_page(world.closed, OWN, cast.anna),
        "unknown results": "/s/onbekend/",
    }
