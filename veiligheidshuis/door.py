"""The front door: logging in and out. Every try is known; guessing is slowed down."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from veiligheidshuis import accesslog, cipher, needtoknow
from veiligheidshuis.fields import PlainCharField
from veiligheidshuis.once import posted

TRIES, MINUTES = 10, 15
WRONG = (
    "De inlognaam of het wachtwoord klopt niet. Probeer het nog een keer. "
    "Lukt het niet? Bel het bedrijfsbureau."
)
TOO_OFTEN = (
    f"Er is te vaak geprobeerd om in te loggen. Wacht {MINUTES} minuten en probeer het dan opnieuw."
)


class LoginForm(forms.Form):
    """Name and password. Every mistake gets the same answer, so that nobody learns a name."""

    username = PlainCharField(
        label="Inlognaam",
        max_length=150,
        error_messages={"required": "Vul je inlognaam in."},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = PlainCharField(
        label="Wachtwoord",
        max_length=200,
        strip=False,
        error_messages={"required": "Vul je wachtwoord in."},
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
        counter = _counter(self.request, cleaned["username"])
        if cache.get(counter, 0) >= TRIES:
            raise forms.ValidationError(TOO_OFTEN, code="too_often")
        self.user = authenticate(self.request, **cleaned)
        if self.user is None:
            cache.add(counter, 0, MINUTES * 60)
            cache.incr(counter)
            raise forms.ValidationError(WRONG, code="wrong")
        cache.delete(counter)
        return cleaned


def _counter(request: HttpRequest, username: str) -> str:
    """Tries are counted for one name from one address: an office behind one address stays in."""
    address = request.META.get("REMOTE_ADDR", "")
    return f"inlogpogingen:{address}:{cipher.digest(username.casefold())}"


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def log_in(request: HttpRequest) -> HttpResponse:
    """Let somebody in, and write down that he came, or that somebody tried."""
    if request.user.is_authenticated:
        return redirect("home")
    form = LoginForm(request, posted(request))
    if form.is_valid() and form.user is not None:
        login(request, form.user)
        needtoknow.tell(form.user.pk)
        accesslog.look(request, "inloggen", outcome="gelukt")
        return redirect(_wanted(request))
    if form.is_bound:
        accesslog.look(request, "inloggen", outcome="mislukt")
    context = {"form": form, "next": request.GET.get("next", request.POST.get("next", ""))}
    return render(request, "huis/inloggen.html", context, status=422 if form.is_bound else 200)


def _wanted(request: HttpRequest) -> str:
    """The page somebody came for, if it is one of ours; else his own first page."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else reverse("home")


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
    path("uitloggen/", log_out, name="logout"),
]
