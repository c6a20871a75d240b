"""Logging in and out, passwords, the second step."""

from tests.walk.roles import LOGIN, ONLY_NOBODY, PUBLIC, ROLES, Expected, World

LOGGED_IN = PUBLIC | {"nobody": LOGIN}
SENT_ON = dict.fromkeys(ROLES, 302)
# Nobody in the cast has a password or a second step that could be asked for again.
REFUSED = dict.fromkeys(ROLES, 403) | {"nobody": LOGIN}
NONE_YET = dict.fromkeys(ROLES, 404) | {"nobody": LOGIN}
WRONG_METHOD = dict.fromkeys(ROLES, 405) | {"nobody": LOGIN}

EXPECTED: Expected = {
    "accounts/": {"account": (LOGGED_IN, SENT_ON)},
    "accounts/login/": {"login": (ONLY_NOBODY, ONLY_NOBODY)},
    "accounts/login/code/": {"mailed code": (ONLY_NOBODY, ONLY_NOBODY)},
    "accounts/login/code/confirm/": {"confirm code": (SENT_ON, SENT_ON)},
    "accounts/logout/": {"logout": (LOGGED_IN, SENT_ON)},
    "accounts/inactive/": {"inactive": (PUBLIC, dict.fromkeys(ROLES, 405))},
    "accounts/signup/": {"signup": (ONLY_NOBODY, ONLY_NOBODY)},
    "accounts/reauthenticate/": {"reauthenticate": (REFUSED, REFUSED)},
    "accounts/password/change/": {"change password": (SENT_ON, SENT_ON)},
    "accounts/password/set/": {"set password": (LOGGED_IN, LOGGED_IN)},
    "accounts/password/reset/": {"reset password": (PUBLIC, PUBLIC)},
    "accounts/password/reset/done/": {"reset mailed": (PUBLIC, dict.fromkeys(ROLES, 405))},
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": {"choose password": (PUBLIC, PUBLIC)},
    "accounts/password/reset/key/done/": {"password chosen": (PUBLIC, dict.fromkeys(ROLES, 405))},
    "accounts/2fa/": {"second step": (LOGGED_IN, WRONG_METHOD)},
    "accounts/2fa/authenticate/": {"authenticate": (SENT_ON, SENT_ON)},
    "accounts/2fa/reauthenticate/": {"second step again": (REFUSED, REFUSED)},
    "accounts/2fa/totp/activate/": {"set up app": (LOGGED_IN, LOGGED_IN)},
    "accounts/2fa/totp/deactivate/": {"stop app": (NONE_YET, NONE_YET)},
    "accounts/2fa/recovery-codes/": {"spare codes": (NONE_YET, WRONG_METHOD)},
    "accounts/2fa/recovery-codes/generate/": {"new spare codes": (LOGGED_IN, LOGGED_IN)},
    "accounts/2fa/recovery-codes/download/": {"spare codes as file": (NONE_YET, NONE_YET)},
}


def addresses(world: World) -> dict[str, str]:
    return {
        "account": "/accounts/",
        "login": "/accounts/login/",
        "mailed code": "/accounts/login/code/",
        "confirm code": "/accounts/login/code/confirm/",
        "logout": "/accounts/logout/",
        "inactive": "/accounts/inactive/",
        "signup": "/accounts/signup/",
        "reauthenticate": "/accounts/reauthenticate/",
        "change password": "/accounts/password/change/",
        "set password": "/accounts/password/set/",
        "reset password": "/accounts/password/reset/",
        "reset mailed": "/accounts/password/reset/done/",
        "choose password": "/accounts/password/reset/key/0123abc-used-up/",
        "password chosen": "/accounts/password/reset/key/done/",
        "second step": "/accounts/2fa/",
        "authenticate": "/accounts/2fa/authenticate/",
        "second step again": "/accounts/2fa/reauthenticate/",
        "set up app": "/accounts/2fa/totp/activate/",
        "stop app": "/accounts/2fa/totp/deactivate/",
        "spare codes": "/accounts/2fa/recovery-codes/",
        "new spare codes": "/accounts/2fa/recovery-codes/generate/",
        "spare codes as file": "/accounts/2fa/recovery-codes/download/",
    }
