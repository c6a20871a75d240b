"""The comparison page of 500 units, against a bare Django view that renders a table of 500 x 11 cells.

And the same page of a round with 1,000,000 answers against that of a round with 10,000: it reads none of them.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client, RequestFactory

from bench.many_units import IN_A_UNIT, MANY, UNITS, make
from scan.models import Round

THEMES = 11
TABLE = Engine().from_string(
    "<!doctype html><html lang=nl><title>Tabel</title><table>"
    "{% for name, cells in rows %}<tr><th>{{ name }}</th>{% for cell in cells %}<td>{{ cell }}</td>{% endfor %}</tr>"
    "{% endfor %}</table>"
)


def run(compare: Callable[..., None]) -> None:
    user, few, many = make()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    organisation = few.organisation.slug

    def page(round_: Round) -> bytes:
        answer = client.get(f"/o/{organisation}/r/{round_.slug}/comparison/")
        assert answer.content.count(b'scope="row"') == UNITS, answer.status_code  # noqa: S101 -- a page with everything
        return answer.content

    rows = [(f"Afdeling {number:03d}", [number % 30 - theme for theme in range(THEMES)]) for number in range(UNITS)]
    request = RequestFactory().get("/")
    bare = f"{UNITS} units; a bare view of such a table"
    compare("comparison", lambda: page(few), lambda: _bare(request, rows), bare, at_most=5)
    what = f"a round with {MANY} answers; one with {UNITS * IN_A_UNIT}"
    compare("with many", lambda: page(many), lambda: page(few), what, at_most=1.1)


def _bare(_request: HttpRequest, rows: list[tuple[str, list[int]]]) -> HttpResponse:
    return HttpResponse(TABLE.render(Context({"rows": rows})))
