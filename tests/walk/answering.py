"""Answering: /a/<token>/."""

from tests.walk.roles import METHOD, PUBLIC, ROLES, Expected, World

EXPECTED: Expected = {
    "a/<str:token>/": {"start": (PUBLIC, METHOD), "unknown link": (dict.fromkeys(ROLES, 404), METHOD)},
    "a/<str:token>/<part:number>/": {"part": (PUBLIC, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/closing/": {"closing": (PUBLIC, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/check/": {"check": (PUBLIC, METHOD)},
    "a/<str:token>/send/": {"send": (METHOD, dict.fromkeys(ROLES, 302))},
    "a/<str:token>/result/": {"result": (dict.fromkeys(ROLES, 302), METHOD)},
    "a/<str:token>/language/": {"token language": (METHOD, dict.fromkeys(ROLES, 400))},
}


def addresses(world: World) -> dict[str, str]:
    base = f"/a/{world.token}/"
    return {
        "start": base,
        "unknown link": "/a/onbekend/",
        "part": f"{base}3/",
        "closing": f"{base}closing/",
        "check": f"{base}check/",
        "send": f"{base}send/",
        "result": f"{base}result/",
        "token language": f"{base}language/",
    }
