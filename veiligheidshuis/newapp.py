"""Link an app with codes: the house shows a secret, the app proves that it has it."""

import base64
from typing import Any

from django import forms
from django.http import HttpRequest

from veiligheidshuis import cipher, factors
from veiligheidshuis.fields import PlainCharField

SECRET, CODES = "nieuwe_app", "nieuwe_herstelcodes"
WRONG = (
    "Deze code hoort niet bij de afbeelding hieronder. Voeg het huis opnieuw toe in uw app "
    "en typ de zes cijfers die er dan staan."
)


class NewAppForm(forms.Form):
    """The first code of a new app. The secret waits in the session, encrypted."""

    code = PlainCharField(
        label="Code uit uw app",
        max_length=20,
        help_text="Zes cijfers",
        error_messages={"required": "Vul de zes cijfers in die uw app toont."},
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    step = 0

    def __init__(self, request: HttpRequest, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request, self.user = request, user
        if SECRET not in request.session:
            request.session[SECRET] = cipher.encrypt(factors.new_secret())
        self.secret = cipher.decrypt(request.session[SECRET])

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].replace(" ", "")
        self.step = factors.step_of(self.secret, code) or 0
        if not self.step:
            raise forms.ValidationError(WRONG, code="wrong")
        return code

    def link(self) -> None:
        """This app counts from now on; new recovery codes lie ready to be shown once."""
        factors.give_app(self.user, self.secret, last_step=self.step)
        del self.request.session[SECRET]
        lay_ready(self.request, factors.give_recovery_codes(self.user))

    @property
    def picture(self) -> str:
        """The QR code, as the address of an image."""
        svg = factors.picture_of(self.user, self.secret)
        return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"

    @property
    def typed_over(self) -> str:
        """The secret in groups of four, for who cannot scan."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


def lay_ready(request: HttpRequest, codes: list[str]) -> None:
    """Keep new recovery codes, encrypted, until the page that shows them once."""
    request.session[CODES] = cipher.encrypt(" ".join(codes))


def take_codes(request: HttpRequest) -> list[str]:
    """The codes that lay ready; the second time there are none."""
    kept = request.session.pop(CODES, "")
    return cipher.decrypt(kept).split() if kept else []
