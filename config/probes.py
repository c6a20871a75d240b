"""Whoever looks whether a process answers is answered before anything is asked of the request.

A load balancer asks each process by its own address, over plain http: no name of a host that we know, no cookie, no
language. That is why this stands above the check of the host; below the headers of safety, which every answer has.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import resolve

PATHS = ("/healthz", "/readyz")


class ProbeMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info not in PATHS:
            return self._get_response(request)
        answer: HttpResponse = resolve(request.path_info).func(request)
        return answer
