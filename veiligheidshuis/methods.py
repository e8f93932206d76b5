"""Which methods a page answers to, and what somebody gets who comes in another way.

The address of a deed (to send only) is sometimes typed, kept as a bookmark or opened again by a
browser. Nothing was done then, and an empty page would not say so.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_http_methods

# A page with a form: to look at, and to send.
page_methods = require_http_methods(["GET", "HEAD", "POST"])
READING = {"GET", "HEAD"}


class NotAllowedMiddleware:
    """Tells who opened the address of a deed that nothing was done, and where its page is.

    The answer knows nothing but the shape of the address. Its link is relative, so what is hidden
    and what is absent answer byte for byte alike, and the page behind the link decides as always.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not isinstance(response, HttpResponseNotAllowed):
            return response
        told = render(request, "405.html", {"way_back": way_back(request)}, status=405)
        told.headers["Allow"] = response.headers["Allow"]
        return told


def way_back(request: HttpRequest) -> str:
    """The nearest address above this one that is a page; this one itself when it can be read."""
    if request.method not in READING:
        return "."
    steps = [part for part in request.path.split("/") if part]
    for up in range(1, len(steps)):
        if _is_there("/" + "".join(f"{part}/" for part in steps[:-up])):
            return "../" * up
    return "/"


def _is_there(path: str) -> bool:
    """Whether the house has such an address; what is behind it is not asked."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
