"""Run by test_single_sign_on.py in a process of its own, with single sign-on switched on.

Prints one line for each arrival at the fake login server: where it ended, and the heading of that page.
"""

import re
import sys
from urllib.parse import parse_qs, urlsplit

import django

django.setup()

from django.conf import settings  # noqa: E402 -- after the setup
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402

from organisations.models import User  # noqa: E402


def main(arrivals: list[str]) -> None:
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    call_command("migrate", verbosity=0)
    User.objects.create_user("anna@example.test", name="Anna")
    for arrival in arrivals:
        client = Client(HTTP_HOST="127.0.0.1", HTTP_ACCEPT_LANGUAGE="en")
        login = client.get("/accounts/login/").content.decode()
        found = re.search(r'href="(/accounts/oidc/sso/login/[^"]*)">Log in with De Linde<', login)
        leaves = client.get(found[1] if found else "")
        state = parse_qs(urlsplit(leaves.headers["Location"]).query)["state"][0]
        back = client.get(f"/accounts/oidc/sso/login/callback/?code={arrival}&state={state}", follow=True)
        heading = re.search(r"<h1>(.*?)</h1>", back.content.decode())
        print(client.session.get("_auth_user_id") is not None, heading[1] if heading else "")  # noqa: T201
    print(User.objects.count())  # noqa: T201


main(sys.argv[1:])
