"""The form in which somebody proves himself by his second factor: a code or a passkey.

The same at the front door and before what reaches far, with the same brake on guessing.
"""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpRequest

from veiligheidshuis import brake, factors, outbox
from veiligheidshuis.fields import PlainCharField
from veiligheidshuis.needtoknow import acting_as

WRONG = (
    "Deze code klopt niet, of is al gebruikt. Wacht tot uw app een nieuwe code toont en typ die. "
    "Lukt het niet? Bel het bedrijfsbureau."
)

# In a demo house the roof says here what somebody's app shows now (DemoConfig.ready). Empty in
# production, where there is no such roof.
APP_SHOWS: list[Callable[[str], str]] = []


def wait_first(wait: timedelta) -> forms.ValidationError:
    """What is said to somebody who guessed wrong too often: how long to wait."""
    minutes = round(wait.total_seconds() / 60)
    while_ = f"{minutes} minuten" if minutes > 1 else "een minuut"
    return forms.ValidationError(
        f"Er is te vaak iets verkeerds ingevuld. Wacht {while_} en probeer het dan opnieuw.",
        code="too_often",
    )


class ProofForm(forms.Form):
    """A code of the app, a recovery code, or what a passkey answered."""

    code = PlainCharField(
        label="Code",
        max_length=40,
        error_messages={"required": "Vul de code in."},
        help_text="De zes cijfers uit uw app. Of een herstelcode van uw papier.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "none"}),
    )
    passkey = forms.JSONField(
        required=False, widget=forms.HiddenInput, error_messages={"invalid": WRONG}
    )
    kind = ""

    def __init__(self, request: HttpRequest, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user
        for shows in APP_SHOWS:
            self.fields["code"].help_text += shows(user.get_username())
        if self.data.get("passkey"):
            self.fields["code"].required = False

    def clean(self) -> dict[str, Any]:
        """Which factor was proved stands in `kind` afterwards; every wrong guess is counted."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        if code := cleaned["code"]:
            self._prove_by_code(code)
        else:  # nobody guesses what a passkey answers
            with acting_as(self.user.pk):
                self.kind = factors.check_passkey(self.user, cleaned["passkey"])
        if not self.kind:
            raise forms.ValidationError(WRONG, code="wrong")
        brake.proved(self.request, self.user.get_username())
        return cleaned

    def _prove_by_code(self, code: str) -> None:
        name = self.user.get_username()
        if wait := brake.wait(self.request, name, brake.CODE):
            raise wait_first(wait)
        with acting_as(self.user.pk):
            self.kind = factors.check_code(self.user, code)
            if self.kind == factors.RECOVERY:
                outbox.post("herstelcode", to=self.user.pk)
        if not self.kind:
            brake.guessed_wrong(self.request, name, brake.CODE)

    def passkey_question(self) -> str:
        """What the browser must ask a passkey, as JSON; empty when he has none."""
        with acting_as(self.user.pk):
            question = factors.ask_for_passkey(self.user)
        return json.dumps(question) if question else ""
