"""Middleware about accounts does not even look at the session of who answers in a browser that is logged in."""

from typing import Any

from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import Client

from config import office
from tests.cast import Cast
from tests.rounds import open_round, tokens


def test_a_colleague_who_is_logged_in_answers_without_a_look_at_their_session(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    round_ = open_round(cast)
    token = tokens(round_)[0]
    path = f"/a/{token}/check/"
    client.get(path)
    client.force_login(cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    with django_assert_num_queries(2) as queries:  # the invitation, and the draft
        response = client.get(path)
    assert response.status_code == 200
    assert Session._meta.db_table not in "".join(query["sql"] for query in queries.captured_queries)
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")


def test_every_other_page_has_both(cast: Cast, client: Client) -> None:
    client.force_login(cast.anna, backend="allauth.account.auth_backends.AuthenticationBackend")
    for path in ("/", "/accounts/", "/s/nothing/", "//a/", "/A/"):
        request = client.get(path).wsgi_request
        assert request.user == cast.anna, path


def test_only_addresses_of_answering_pass(rf: Any) -> None:
    seen: list[bool] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(hasattr(request, "session"))
        return HttpResponse()

    middleware = office.SessionMiddleware(view)
    for path in ("/a/", "/a/token/1/", "/accounts/", "/ab/", "/o/a/"):
        middleware(rf.get(path))
    assert seen == [False, False, True, True, True]
