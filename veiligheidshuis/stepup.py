"""A fresh proof that it is still you, before what reaches far: break-glass, export, signing, and
every change of who may see what.

Three decorators on a view ask the second factor again when the last time is more than five minutes
ago, and lead back: `@fresh_factor` before the page, `@fresh_to_send` before what its form does, and
`@fresh_to_take_along` before a file. What was typed is kept. AUTH-11.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from veiligheidshuis import accesslog, drafts, tablet
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import posted
from veiligheidshuis.proof import ProofForm

View = Callable[..., HttpResponse]
PROVED_AT = "bewezen_om"
FRESH_FOR = timedelta(minutes=settings.FRESH_MINUTES)
LOOKING, SENDING = frozenset({"GET", "HEAD"}), frozenset({"POST"})
STILL_TO_DO = "nog_te_doen"


class Again(NamedTuple):
    """What somebody must do once more: told while he proves himself, and when he is back."""

    before: str
    after: str


CLICK_AGAIN = Again(
    "Klik daarna nog een keer op de link. Dan krijgt u het bestand.",
    "Klik nog een keer op de link. Dan krijgt u het bestand.",
)
PRESS_AGAIN = Again(
    "Klik daarna nog een keer op de knop. Er is nog niets gedaan.",
    "Er is nog niets gedaan. Klik nog een keer op de knop.",
)
TYPE_AGAIN = Again(
    "Wat u had ingevuld, is te lang om te bewaren. Vul het formulier daarna opnieuw in, met minder "
    "tekst. Er is nog niets gedaan.",
    "Er is nog niets gedaan. Vul het formulier opnieuw in, met minder tekst.",
)


def mark(request: HttpRequest, at: float | None = None) -> None:
    """Somebody proved by a second factor that he is who this session says: just now, or then."""
    request.session[PROVED_AT] = timezone.now().timestamp() if at is None else at


def go_on(request: HttpRequest, on: str, *, at: float | None = None) -> HttpResponse:
    """He proved himself anew: a new session id, the tablet is his again, and back to where that was
    needed; what he must still do there stands on top of it."""
    request.session.cycle_key()
    tablet.take_back(request)
    mark(request, at)
    if said := request.session.pop(STILL_TO_DO, ""):
        messages.info(request, said)
    return redirect(on)


def fresh(request: HttpRequest) -> bool:
    """Whether the second factor of this session was asked less than five minutes ago."""
    proved_at = request.session.get(PROVED_AT, 0.0)
    return timezone.now().timestamp() - proved_at < FRESH_FOR.total_seconds()


def fresh_factor(view: View) -> View:
    """View decorator: only with a fresh factor; without it the page that asks for one, and back."""
    return _guarded(view, LOOKING | SENDING)


def fresh_to_send(view: View) -> View:
    """The same for what a page sends; to look at it, the proof at the door is enough."""
    return _guarded(view, SENDING)


def fresh_to_take_along(view: View) -> View:
    """The same for a file. The way back is the page with the link: a file takes nobody to a page,
    and he would stay behind before the question that he just answered."""
    return _guarded(view, LOOKING, takes_along=True)


def _guarded(view: View, methods: frozenset[str], *, takes_along: bool = False) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if fresh(request) or request.method not in methods or tablet.shows(request):
            return view(request, *args, **kwargs)
        request.session.pop(STILL_TO_DO, "")  # of a question that he never answered
        if takes_along:
            _again(request, CLICK_AGAIN)
        return _ask(request, _page(request) if takes_along else _way_back(request, view))

    guarded.fresh_for = methods  # type: ignore[attr-defined] # for the test that knows the rows
    return guarded


def _again(request: HttpRequest, told: Again) -> None:
    messages.info(request, told.before)
    request.session[STILL_TO_DO] = told.after


def _ask(request: HttpRequest, way_back: str) -> HttpResponse:
    """To the page that asks for a proof."""
    return tablet.lead(request, f"{reverse('confirm')}?{urlencode({'next': way_back})}")


def _way_back(request: HttpRequest, view: View) -> str:
    """Where somebody goes on after his proof: with what he was sending, or on his page."""
    if request.method in SENDING:
        kept = drafts.is_kept(view) and drafts.keep(request, request.user.pk)
        if not kept:  # nothing waits for him to be sent on: a button alone, or his own account
            lost = drafts.is_too_long(request)
            _again(request, TYPE_AGAIN if lost else PRESS_AGAIN)
        return reverse("draft") if kept else _page(request)
    return _page(request) if request.headers.get("HX-Request") else request.get_full_path()


def _page(request: HttpRequest) -> str:
    """The page on which the form, the link or the part of a page stands."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    return urlsplit(page).path or reverse("home")


def wanted(request: HttpRequest) -> str:
    """The page somebody came for, if it is one of ours; else his own first page."""
    typed: QueryDict = request.POST if request.method == "POST" else request.GET
    asked = typed.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        asked, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return asked if ours else reverse("home")


@page_methods
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask the second factor again, and go back to where it was needed."""
    form = ProofForm(request, request.user, posted(request))
    if form.is_valid():
        accesslog.look(request, "opnieuw bewijzen", ground=form.kind, outcome="gelukt")
        return go_on(request, wanted(request))
    if form.is_bound:
        accesslog.look(request, "opnieuw bewijzen", outcome="mislukt")
    held = tablet.in_their_hands(request)
    context = {"form": form, "next": wanted(request), "passkey": form.passkey_question()}
    page = "huis/tablet_terug.html" if held else "huis/bevestigen.html"
    return render(request, page, context, status=422 if form.is_bound else 200)


urlpatterns = [path("bevestigen/", confirm, name="confirm")]
