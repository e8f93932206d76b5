"""How you log in, on a page of your own: app, passkeys, recovery codes, and where you are now.

Every change asks a fresh proof, is a line in the access log and sends you a mail: whoever sits at
your browser cannot quietly make himself a key.
"""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from veiligheidshuis import accesslog, factors, needtoknow, newapp, outbox, sessions
from veiligheidshuis.fields import PlainCharField
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted
from veiligheidshuis.stepup import fresh_factor, fresh_to_send

BROKEN_PASSKEY = (
    "Deze passkey is niet bewaard: de browser gaf geen goed antwoord. Probeer het opnieuw."
)


class PasskeyForm(forms.Form):
    """A name you will recognise it by, and what the browser answered."""

    name = PlainCharField(
        label="Naam van deze passkey",
        max_length=60,
        help_text="Bijvoorbeeld: laptop van het werk",
        error_messages={"required": "Geef de passkey een naam, zodat u hem herkent."},
    )
    passkey = forms.JSONField(
        widget=forms.HiddenInput,
        error_messages={"required": BROKEN_PASSKEY, "invalid": BROKEN_PASSKEY},
    )


@require_safe
def credentials(request: HttpRequest) -> HttpResponse:
    """What you can prove yourself by, since when, and when you last did."""
    context = {"factors": factors.of(request.user), "sessions": sessions.of(request)}
    return render(request, "huis/inlogmiddelen.html", context)


@page_methods
@fresh_factor
def new_app(request: HttpRequest) -> HttpResponse:
    """Another telephone: its app takes the place of the old one."""
    form = newapp.NewAppForm(request, request.user, posted(request))
    if form.is_valid():
        _change(request, form.link, "nieuwe app")
        messages.success(request, "Uw nieuwe app telt vanaf nu. De oude werkt niet meer.")
        return redirect("recovery_codes")
    status = 422 if form.is_bound else 200
    return render(request, "huis/nieuwe_app.html", {"form": form}, status=status)


@require_safe
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Your new recovery codes, this once."""
    return render(request, "huis/herstelcodes.html", {"codes": newapp.take_codes(request)})


@require_POST
@fresh_to_send
def new_codes(request: HttpRequest) -> HttpResponse:
    """Ten new recovery codes; the old ones count no more."""

    def deed() -> None:
        newapp.lay_ready(request, factors.give_recovery_codes(request.user))

    _change(request, deed, "nieuwe herstelcodes")
    return redirect("recovery_codes")


@page_methods
@fresh_factor
def new_passkey(request: HttpRequest) -> HttpResponse:
    """Make a passkey on this device."""
    form = PasskeyForm(posted(request))
    if form.is_valid():
        if factors.give_passkey(request.user, **_typed(form)):
            _change(request, lambda: None, "nieuwe passkey")
            messages.success(request, "Uw passkey telt vanaf nu.")
            return redirect("credentials")
        form.add_error(None, BROKEN_PASSKEY)
    question = json.dumps(factors.ask_for_new_passkey(request.user))
    context = {"form": form, "question": question}
    status = 422 if form.is_bound else 200
    return render(request, "huis/nieuwe_passkey.html", context, status=status)


def _typed(form: PasskeyForm) -> dict[str, Any]:
    return {"name": form.cleaned_data["name"], "credential": form.cleaned_data["passkey"]}


@require_POST
@fresh_to_send
def passkey_away(request: HttpRequest, factor_id: int) -> HttpResponse:
    """Let go of a passkey, for instance of a laptop that you handed in."""
    name = factors.take_away(request.user, factor_id)
    if not name:
        raise Http404
    _change(request, lambda: None, "passkey weg")
    messages.success(request, f"De passkey ‘{name}’ telt niet meer.")
    return redirect("credentials")


@require_POST
def session_end(request: HttpRequest, mark: str) -> HttpResponse:
    """Log out on another device."""
    if not sessions.end(request, mark):
        raise Http404
    accesslog.look(request, "uitloggen", ["een ander apparaat"], outcome="gedaan")
    messages.success(request, "U bent uitgelogd op dat apparaat.")
    return redirect("credentials")


@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """Log out everywhere but here."""
    sessions.end_elsewhere(request)
    accesslog.look(request, "uitloggen", ["alle andere apparaten"], outcome="gedaan")
    messages.success(request, "U bent overal uitgelogd, behalve hier.")
    return redirect("credentials")


def _change(request: HttpRequest, deed: Any, what: str) -> None:
    """Change how somebody logs in, end his other sessions, tell him by mail, write it down."""

    def told() -> None:
        deed()
        sessions.end_elsewhere(request)
        outbox.post("tweede_stap", to=needtoknow.asking())

    attempt(request, told)
    accesslog.look(request, "wijzigen", ["eigen tweede stap"], ground=what, outcome="gedaan")


urlpatterns = [
    path("account/inloggen/", credentials, name="credentials"),
    path("account/inloggen/app/", new_app, name="new_app"),
    path("account/inloggen/herstelcodes/", recovery_codes, name="recovery_codes"),
    path("account/inloggen/herstelcodes/nieuw/", new_codes, name="new_codes"),
    path("account/inloggen/apparaten/uit/", sessions_end, name="sessions_end"),
    path("account/inloggen/apparaten/<slug:mark>/uit/", session_end, name="session_end"),
    path("account/inloggen/passkey/", new_passkey, name="new_passkey"),
    path("account/inloggen/passkey/<int:factor_id>/weg/", passkey_away, name="passkey_away"),
]
