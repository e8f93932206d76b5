"""Your own account: who you are for the house, until when, and your password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters

from veiligheidshuis import accesslog
from veiligheidshuis.fields import PlainCharField
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import posted, status_of


def secret_field(label: str, autocomplete: str, **named: Any) -> PlainCharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return PlainCharField(label=label, max_length=200, strip=False, widget=widget, **named)


class PasswordForm(forms.Form):
    """A new password, for who knows the old one."""

    current = secret_field("Huidig wachtwoord", "current-password")
    new = secret_field(
        "Nieuw wachtwoord",
        "new-password",
        help_text="Minstens 12 tekens. Een zin van een paar woorden onthoudt u goed.",
    )
    again = secret_field("Nieuw wachtwoord, nog een keer", "new-password")

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_current(self) -> str:
        if not self.user.check_password(self.cleaned_data["current"]):
            raise forms.ValidationError("Dit is niet uw huidige wachtwoord.", code="wrong")
        return self.cleaned_data["current"]

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return self.cleaned_data["new"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "Dit is anders dan het nieuwe wachtwoord. Typ het opnieuw.")
        return cleaned


@sensitive_post_parameters()
@page_methods
def account(request: HttpRequest) -> HttpResponse:
    """Who you are for the house; a new password ends your sessions elsewhere."""
    form = PasswordForm(request.user, posted(request))
    if form.is_valid():
        form.user.change_password(form.cleaned_data["new"])
        update_session_auth_hash(request, form.user)
        accesslog.look(request, "wijzigen", ["eigen wachtwoord"], outcome="gedaan")
        messages.success(request, "Uw nieuwe wachtwoord geldt vanaf nu.")
        return redirect("account")
    if form.is_bound:
        accesslog.look(request, "wijzigen", ["eigen wachtwoord"], outcome="geweigerd")
    return render(request, "huis/account.html", {"form": form}, status=status_of(form, []))
