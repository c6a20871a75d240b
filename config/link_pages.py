"""What is answered at the address of a link is kept nowhere: not by the browser, a proxy or a search engine.

Nor does a browser keep any other page that says nothing of it: the next person at that computer could go back to what
a report said, or to the key of a second step. Static files say how long they may be kept.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

# /a/ answering, /s/ results for staff; also written wrongly, for then the link stands in the address too.
LINK = re.compile(r"/+(a|s)(/|$)", re.IGNORECASE)


class LinkPagesMiddleware:
    """The outermost of all: redirects, refusals and failures are answers too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self._get_response(request)
        if LINK.match(request.path_info):
            add_never_cache_headers(response)
            response["X-Robots-Tag"] = "noindex, nofollow"
        elif "Cache-Control" not in response:
            add_never_cache_headers(response)
        return response
