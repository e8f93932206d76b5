"""The tablet in the hands of somebody from outside: one page, and nothing else of the house.

Who opens such a page hands the tablet over with it. From then on this session answers that page and
a page of thanks; every other address leads to the question for the second factor, asked afresh of
whose session it is. Only his proof takes the tablet back (stepup.go_on). ui.md 4.1: the client sees
only the signing page; OFF-03.
"""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, path, resolve, reverse
from django.views.decorators.http import require_safe

from veiligheidshuis import drafts

HELD = "op_de_tablet"
# The page of thanks, and the ways in which its owner proves himself. A higher floor that knows
# another way adds it in AppConfig.ready().
OPEN = {"tablet_thanks", "confirm"}
CLOSED = {
    "title": "U hebt nog niets gekozen",
    "text": "U mag rustig nadenken. U kunt de tekst nog een keer lezen.",
}


def in_their_hands(request: HttpRequest) -> Mapping[str, Any] | None:
    """What was handed over: the page, where its owner goes on, and what the thanks say."""
    held: Mapping[str, Any] | None = request.session.get(HELD)
    return held


def shows(request: HttpRequest) -> bool:
    """Whether this is the page that was handed over: it was opened with a fresh proof, and who
    sends it for it needs no second one."""
    held = in_their_hands(request)
    return held is not None and request.path == held["page"]


def hand_over(request: HttpRequest, *, on: str) -> None:
    """From now on this page alone; its owner goes on at `on`. A new session id, so that a browser
    lets go of the pages that it kept to go back to."""
    if not shows(request):
        request.session.cycle_key()
        request.session[HELD] = {"page": request.path, "on": on, "again": True} | CLOSED


def thank(
    request: HttpRequest, *, title: str, text: str, on: str, again: bool = False
) -> HttpResponse:
    """It is done: to the page of thanks. `again` says that the page may be read once more."""
    hand_over(request, on=on)
    held = {"page": request.path, "on": on, "again": again, "title": title, "text": text}
    request.session[HELD] = held
    return redirect("tablet_thanks")


def take_back(request: HttpRequest) -> None:
    """Whose session it is proved himself: the whole house answers again."""
    request.session.pop(HELD, None)


def lead(request: HttpRequest, where: str) -> HttpResponse:
    """To another page; also for who asked for a part of one."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)


class TabletMiddleware:
    """While somebody from outside holds the tablet, every other address asks who it is. What its
    owner was sending from another tab waits for him until he proved that he is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        held = in_their_hands(request)
        if held is None or shows(request) or _is_open(request.path):
            return self.get_response(request)
        on = reverse("draft") if _keeps(request) else held["on"]
        return lead(request, f"{reverse('confirm')}?{urlencode({'next': on})}")


def _is_open(address: str) -> bool:
    page = _page_at(address)
    return page is not None and page.view_name in OPEN


def _keeps(request: HttpRequest) -> bool:
    page = _page_at(request.path) if request.method == "POST" else None
    return bool(page and drafts.is_kept(page.func) and drafts.keep(request, request.user.pk))


def _page_at(address: str) -> ResolverMatch | None:
    try:
        return resolve(address)
    except Resolver404:
        return None


@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """A calm end for who held the tablet: no menu, no names, and one way on, for its owner."""
    held = in_their_hands(request)
    if held is None:
        return redirect("home")
    return render(request, "huis/tablet_bedankt.html", {"held": held})


urlpatterns = [path("tablet/bedankt/", thanks, name="tablet_thanks")]
