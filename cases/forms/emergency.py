"""What is asked of who breaks the glass, and of who judges it afterwards."""

from typing import Any

from django import forms
from django.conf import settings

from veiligheidshuis.fields import CHOOSE, PlainCharField


class EmergencyForm(forms.Form):
    """Why a dossier must be opened, and for how long."""

    tried = forms.BooleanField(
        label="Ik heb geprobeerd de interventiemanager en wie waarneemt te bereiken",
        error_messages={"required": "Probeer eerst de interventiemanager te bereiken."},
    )
    reason = PlainCharField(
        label="Waarom kan het niet wachten?",
        max_length=300,
        help_text=(
            "Dit lezen de interventiemanager, de manager en de functionaris gegevensbescherming."
        ),
    )
    hours = forms.TypedChoiceField(
        label="Hoelang heb je het dossier nodig?", coerce=int, error_messages=CHOOSE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.EMERGENCY_HOURS
        self.fields["hours"].choices = [(n, f"{n} uur") for n in range(1, most + 1)]  # type: ignore[attr-defined]
        self.fields["hours"].initial = most


class ReviewForm(forms.Form):
    """The judgement on a dossier that was opened in nood."""

    justified = forms.TypedChoiceField(
        label="Was deze noodtoegang terecht?",
        choices=[("ja", "Ja"), ("nee", "Nee")],
        coerce=lambda answer: answer == "ja",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    review = PlainCharField(label="Waarom?", max_length=300)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody filled in, to read when another judged already."""
        answers = {"ja": "Ja", "nee": "Nee"}
        both = [(str(field.label), str(field.value() or "")) for field in self]
        return [(label, answers.get(said, said)) for label, said in both if said]
