"""The front door: in by a password and a second factor, and out. Every try is known.

Between the two steps somebody is nobody: the session only remembers whose password was right, for
ten minutes, and every page but the second step is shut. AUTH-01.
"""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth import authenticate, get_user_model, login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from veiligheidshuis import (
    accesslog,
    autosave,
    brake,
    drafts,
    factors,
    needtoknow,
    sessions,
    stepup,
)
from veiligheidshuis.fields import PlainCharField
from veiligheidshuis.methods import page_methods
from veiligheidshuis.newapp import NewAppForm
from veiligheidshuis.once import posted
from veiligheidshuis.proof import ProofForm, wait_first

ARRIVAL = "binnenkomst"
ARRIVAL_SECONDS = 600
WRONG = (
    "De inlognaam of het wachtwoord klopt niet. Probeer het nog een keer. "
    "Lukt het niet? Bel het bedrijfsbureau."
)

# What a higher floor shows first to somebody who comes in: its address, or nothing. They fill this
# in AppConfig.ready().
FIRST: list[Callable[[Any], str]] = []


class LoginForm(forms.Form):
    """Name and password. Every mistake gets the same answer, so that nobody learns a name."""

    username = PlainCharField(
        label="Inlognaam",
        max_length=150,
        error_messages={"required": "Vul uw inlognaam in."},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = PlainCharField(
        label="Wachtwoord",
        max_length=200,
        strip=False,
        error_messages={"required": "Vul uw wachtwoord in."},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    user: Any = None

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        name = cleaned["username"]
        if wait := brake.wait(self.request, name, brake.PASSWORD):
            raise wait_first(wait)
        self.user = authenticate(self.request, **cleaned)
        if self.user is None:
            brake.guessed_wrong(self.request, name, brake.PASSWORD)
            raise forms.ValidationError(WRONG, code="wrong")
        return cleaned


@login_not_required
@never_cache
@sensitive_post_parameters()
@page_methods
def log_in(request: HttpRequest) -> HttpResponse:
    """The first step: a name and a password. It opens nothing but the second step."""
    if request.user.is_authenticated:
        return redirect("home")
    form = LoginForm(request, posted(request))
    if form.is_valid() and form.user is not None:
        arrive(request, form.user, stepup.wanted(request))
        accesslog.look(request, "inloggen", [account_of(form.user)], outcome="wachtwoord klopt")
        return redirect("second_step")
    if form.is_bound:
        accesslog.look(request, "inloggen", outcome="mislukt")
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "huis/inloggen.html", context, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@page_methods
def second_step(request: HttpRequest) -> HttpResponse:
    """The second step: a code or a passkey. Who has neither yet sets one up first."""
    user = arriving(request)
    if user is None:
        return redirect("home")
    with needtoknow.acting_as(user.pk):
        if not factors.has_any(user):
            return redirect("set_up")
    form = ProofForm(request, user, posted(request))
    if form.is_valid():
        return enter(request, user, ground=form.kind)
    if form.is_bound:
        accesslog.look(request, "inloggen", [account_of(user)], outcome="tweede stap mislukt")
    context = {"form": form, "passkey": form.passkey_question()}
    status = 422 if form.is_bound else 200
    return render(request, "huis/tweede_stap.html", context, status=status)


@login_not_required
@never_cache
@page_methods
def set_up(request: HttpRequest) -> HttpResponse:
    """The very first time: link an app with codes, and get the recovery codes."""
    user = arriving(request)
    if user is None:
        return redirect("home")
    with needtoknow.acting_as(user.pk):
        if factors.has_any(user):
            return redirect("second_step")
    form = NewAppForm(request, user, posted(request))
    if form.is_valid():
        with needtoknow.acting_as(user.pk):
            form.link()
        return enter(request, user, ground="eerste keer", on="recovery_codes")
    context = {"form": form}
    return render(
        request, "huis/tweede_stap_instellen.html", context, status=422 if form.is_bound else 200
    )


def account_of(user: Any) -> str:
    return f"account {user.get_username()}"


def arrive(request: HttpRequest, user: Any, on: str) -> None:
    """Remember, under a new session id, who did the first step and where he was going."""
    request.session.flush()
    request.session[ARRIVAL] = {
        "user": user.pk,
        "seal": user.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
        "next": on,
    }


def arriving(request: HttpRequest) -> Any:
    """Who did the first step in this session, less than ten minutes ago; None when nobody's."""
    arrival = request.session.get(ARRIVAL)
    if arrival is None or timezone.now().timestamp() - arrival["at"] > ARRIVAL_SECONDS:
        return None
    user = get_user_model().objects.filter(pk=arrival["user"], is_active=True).first()
    if user and constant_time_compare(arrival["seal"], user.get_session_auth_hash()):
        return user
    return None


def enter(request: HttpRequest, user: Any, *, ground: str, on: str = "") -> HttpResponse:
    """In: a new session id, a fresh proof, a line in the log and a browser that is known."""
    arrival = request.session.pop(ARRIVAL)
    login(request, user)
    sessions.begin(request)
    needtoknow.tell(user.pk)
    accesslog.look(request, "inloggen", [account_of(user)], ground=ground, outcome="gelukt")
    autosave.begin(request)
    to_send_on = "draft" if drafts.newest() else ""
    shown_first = next(filter(None, (first(user) for first in FIRST)), "")
    response = redirect(on or shown_first or to_send_on or arrival["next"])
    brake.remember(request, response, user.get_username())
    return response


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Out, and nothing of the house stays behind in the browser."""
    if request.user.is_authenticated:
        accesslog.look(request, "uitloggen", outcome="gelukt")
        accesslog.write(request.user.pk, accesslog.looks_of(request), route="logout")
        accesslog.looks_of(request).clear()
    logout(request)
    response = redirect("login")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


urlpatterns = [
    path("inloggen/", log_in, name="login"),
    path("inloggen/tweede-stap/", second_step, name="second_step"),
    path("inloggen/tweede-stap/instellen/", set_up, name="set_up"),
    path("uitloggen/", log_out, name="logout"),
]
