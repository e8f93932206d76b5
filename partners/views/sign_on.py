"""Logging in by way of somebody's own organisation, and linking your account to it. AUTH-13.

Somebody leaves for the login service of his organisation and comes back with a proof: to log in, to
link his account, or to prove anew that it is he. What he went for is remembered in his session and
counts once. Whatever is wrong, the answer is the same; what it was stands in the access log.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from partners import access, operations, presenters, rules
from partners.models import IdentityProvider
from veiligheidshuis import accesslog, door, once, openid, sessions, stepup
from veiligheidshuis.obstacles import Obstacle

AWAY = "naar_inlogdienst"
LOG_IN, LINK, PROVE = "inloggen", "koppelen", "bewijzen"


@login_not_required
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Say for which organisation you work."""
    services = presenters.login_services()
    if not services:
        raise Http404
    context = {"services": services, "next": stepup.wanted(request)}
    return render(request, "partners/sign_on.html", context)


@login_not_required
@never_cache
@require_GET
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave for the login service. Only from a page of ours: nobody is sent there by a stranger."""
    provider = service(slug)
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return redirect("partners:sign_on")
    if request.user.is_authenticated:
        return redirect("home")
    try:
        return redirect(_leave(request, provider, purpose=LOG_IN, on=stepup.wanted(request)))
    except openid.Distrusted as reason:
        return _refused(request, provider, reason)


@never_cache
@require_GET
def prove(request: HttpRequest) -> HttpResponse:
    """Leave for the login service to prove anew that it is you, where its second factor counts."""
    provider = presenters.proving_service(request.user)
    if provider is None:
        raise Http404
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return redirect("confirm")
    how = {"purpose": PROVE, "afresh": True, "on": stepup.wanted(request)}
    try:
        return redirect(_leave(request, provider, **how))
    except openid.Distrusted as reason:
        return _refused(request, provider, reason)


@login_not_required
@never_cache
@require_GET
def come_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Back from the login service, with what somebody went for; else one answer for all."""
    provider = service(slug)
    went_for = {LOG_IN: _let_in, LINK: _link, PROVE: _prove}
    try:
        attempt, claims = _proved(request, provider)
        return went_for[attempt.purpose](request, provider, claims, attempt.next)
    except openid.Distrusted as reason:
        return _refused(request, provider, reason)


@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Whether your account is linked to the login service of your organisation."""
    return _show_own(request, _own_service(request), [])


@require_POST
@stepup.fresh_to_send
def link(request: HttpRequest) -> HttpResponse:
    """The way to the login service, to prove there who you are; then the link is made.

    A page with the way on and no redirect: our pages send forms to this house alone (CSP).
    """
    provider = _own_service(request)
    if obstacles := rules.obstacles_to_linking(request.user, provider):
        return _show_own(request, provider, obstacles)
    try:
        address = _leave(request, provider, purpose=LINK, afresh=True)
    except openid.Distrusted as reason:
        return _refused(request, provider, reason)
    context = {"provider": provider, "address": address}
    return render(request, "partners/sign_on_leave.html", context)


@require_POST
@stepup.fresh_to_send
def unlink(request: HttpRequest) -> HttpResponse:
    """Log in with your password again, and not by way of your organisation."""
    _own_service(request)
    me = request.user
    once.attempt(request, lambda: operations.unlink_sign_on(me, by=me))
    accesslog.look(request, "wijzigen", ["eigen inlogdienst"], ground="weg", outcome="gedaan")
    messages.success(request, "De koppeling met uw organisatie is weg.")
    return redirect("partners:own_sign_on")


def service(slug: str) -> IdentityProvider:
    """The login service of this organisation, while it is on."""
    provider = presenters.login_services().filter(organisation__slug=slug).first()
    if provider is None:
        raise Http404
    return provider


def _own_service(request: HttpRequest) -> IdentityProvider:
    return service(request.user.organisation.slug)


def _back(provider: IdentityProvider) -> str:
    """Where somebody comes back: each login service has an address of its own."""
    path = reverse("partners:sign_on_return", args=[provider.organisation.slug])
    return f"{settings.BASE_URL}{path}"


def _leave(request: HttpRequest, provider: IdentityProvider, **how: Any) -> str:
    """The address of the login service; the session remembers what was asked there."""
    address, attempt = openid.begin(provider.as_party(), _back(provider), **how)
    request.session[AWAY] = attempt.as_kept()
    return address


def _proved(
    request: HttpRequest, provider: IdentityProvider
) -> tuple[openid.Attempt, Mapping[str, Any]]:
    """What was asked and what came back; an attempt counts once, also when two come at once."""
    kept = request.session.pop(AWAY, None)
    if kept is None or not once.claim(kept["once"], 0):
        raise openid.Distrusted("geen poging")
    attempt = openid.Attempt(**kept)
    return attempt, openid.finish(provider.as_party(), attempt, request.GET, _back(provider))


def _let_in(
    request: HttpRequest, provider: IdentityProvider, claims: Mapping[str, Any], on: str
) -> HttpResponse:
    """In when the login service proved him twice, as was agreed; else to our second step."""
    user = access.who_signs_on(provider, claims["sub"])
    if user is None:
        raise openid.Distrusted("geen account")
    door.arrive(request, user, on)
    sessions.lean_on(request, provider.issuer, claims["sub"], claims.get("sid", ""))
    if provider.proved_twice(claims):
        response = door.enter(request, user, ground=ground(provider))
        stepup.mark(request, at=openid.proved_at(claims))
        return response
    subjects = [door.account_of(user)]
    accesslog.look(
        request, "inloggen", subjects, ground=ground(provider), outcome="eerste stap klopt"
    )
    return redirect("second_step")


def _prove(
    request: HttpRequest, provider: IdentityProvider, claims: Mapping[str, Any], on: str
) -> HttpResponse:
    """A fresh proof: of the same person, by a second factor there, as was agreed. AUTH-11."""
    user = access.who_signs_on(provider, claims["sub"])
    if user is None or user.pk != request.user.pk:
        raise openid.Distrusted("iemand anders")
    if not provider.proved_twice(claims):
        raise openid.Distrusted("geen tweede stap")
    accesslog.look(request, "opnieuw bewijzen", ground=ground(provider), outcome="gelukt")
    return stepup.go_on(request, on, at=openid.proved_at(claims))


def _link(
    request: HttpRequest, provider: IdentityProvider, claims: Mapping[str, Any], on: str
) -> HttpResponse:
    """Link who is logged in here with who proved himself there."""
    if not request.user.is_authenticated:
        raise openid.Distrusted("uitgelogd")
    me, subject = request.user, claims["sub"]
    obstacles = once.attempt(request, lambda: operations.link_sign_on(me, provider, subject, by=me))
    outcome = "geweigerd" if obstacles else "gedaan"
    accesslog.look(request, "wijzigen", ["eigen inlogdienst"], ground="koppelen", outcome=outcome)
    if obstacles:
        return _show_own(request, provider, obstacles)
    messages.success(request, f"U kunt nu inloggen via {provider.organisation.short_name}.")
    return redirect("partners:own_sign_on")


def _show_own(
    request: HttpRequest, provider: IdentityProvider, obstacles: list[Obstacle]
) -> HttpResponse:
    linked = request.user.sign_on_links.filter(ended_at=None).first()
    context = {"provider": provider, "linked": linked, "obstacles": obstacles}
    status = 409 if obstacles else 200
    return render(request, "partners/own_sign_on.html", context, status=status)


def ground(provider: IdentityProvider) -> str:
    """How the access log names a login service."""
    return f"eigen organisatie: {provider.organisation.slug}"


def _refused(
    request: HttpRequest, provider: IdentityProvider, reason: openid.Distrusted
) -> HttpResponse:
    """One answer for every reason; which it was stands in the access log."""
    why = f"{ground(provider)} ({reason})"
    accesslog.look(request, "inloggen", ground=why, outcome="mislukt")
    return render(request, "partners/sign_on_refused.html", status=422)
