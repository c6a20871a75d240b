"""Answering: /a/<token>/, and the ways in without a personal address."""

from scan.links import open_links
from tests.walk.links import open_link_in
from tests.walk.roles import METHOD, PUBLIC, ROLES, Expected, World

SENT_ON = dict.fromkeys(ROLES, 302)
NOT_THERE = dict.fromkeys(ROLES, 404)

EXPECTED: Expected = {
    "a/": {"code": (PUBLIC, dict.fromkeys(ROLES, 422))},
    "a/open/<str:token>/": {"open link": (PUBLIC, SENT_ON), "unknown open link": (NOT_THERE, NOT_THERE)},
    "a/<str:token>/": {"start": (PUBLIC, METHOD), "unknown link": (dict.fromkeys(ROLES, 404), METHOD)},
    "a/<str:token>/<part:number>/": {"part": (PUBLIC, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/closing/": {"closing": (PUBLIC, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/check/": {"check": (PUBLIC, METHOD)},
    "a/<str:token>/erase/": {"erase": (PUBLIC, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/save/": {"save": (METHOD, dict.fromkeys(ROLES, 400))},
    "a/<str:token>/send/": {"send": (METHOD, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/result/": {"result": (dict.fromkeys(ROLES, 302), METHOD)},
    "a/<str:token>/next/": {"next": (METHOD, SENT_ON)},
    "a/<str:token>/language/": {"token language": (METHOD, dict.fromkeys(ROLES, 400))},
}


def addresses(world: World) -> dict[str, str]:
    base = f"/a/{world.token}/"
    return {
        "code": "/a/",
        "open link": f"/a/open/{open_links.token_of(open_link_in(world.running))}/",
        "unknown open link": "/a/open/onbekend/",
        "next": f"{base}next/",
        "start": base,
        "unknown link": "/a/onbekend/",
        "part": f"{base}3/",
        "closing": f"{base}closing/",
        "check": f"{base}check/",
        "erase": f"{base}erase/",
        "save": f"{base}save/",
        "send": f"{base}send/",
        "result": f"{base}result/",
        "token language": f"{base}language/",
    }
