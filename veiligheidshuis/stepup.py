"""A fresh proof that it is still you, before what reaches far: break-glass, export, signing.

`@fresh_factor` on a view asks the second factor again when the last time is more than five minutes
ago, and leads back. `fresh(request)` is the question without the page. AUTH-11.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from veiligheidshuis import accesslog, drafts
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import posted
from veiligheidshuis.proof import ProofForm

View = Callable[..., HttpResponse]
PROVED_AT = "bewezen_om"
FRESH_FOR = timedelta(minutes=5)


def mark(request: HttpRequest, at: float | None = None) -> None:
    """Somebody proved by a second factor that he is who this session says: just now, or then."""
    request.session[PROVED_AT] = timezone.now().timestamp() if at is None else at


def go_on(request: HttpRequest, on: str, *, at: float | None = None) -> HttpResponse:
    """He proved himself anew: a new session id, and back to where that was needed."""
    request.session.cycle_key()
    mark(request, at)
    return redirect("draft" if drafts.newest() else on)


def fresh(request: HttpRequest) -> bool:
    """Whether the second factor of this session was asked less than five minutes ago."""
    proved_at = request.session.get(PROVED_AT, 0.0)
    return timezone.now().timestamp() - proved_at < FRESH_FOR.total_seconds()


def fresh_factor(view: View) -> View:
    """View decorator: only with a fresh factor; without it the page that asks for one, and back."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if fresh(request):
            return view(request, *args, **kwargs)
        if request.method == "POST" and drafts.is_kept(view):
            drafts.keep(request, request.user.pk)
        where = f"{reverse('confirm')}?{urlencode({'next': _here(request)})}"
        if request.headers.get("HX-Request"):
            return HttpResponse(status=204, headers={"HX-Redirect": where})
        return redirect(where)

    return guarded


def _here(request: HttpRequest) -> str:
    """The page somebody is on: of a form that is the page it stands on."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return request.get_full_path()
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
    context = {"form": form, "next": wanted(request), "passkey": form.passkey_question()}
    status = 422 if form.is_bound else 200
    return render(request, "huis/bevestigen.html", context, status=status)


urlpatterns = [path("bevestigen/", confirm, name="confirm")]
