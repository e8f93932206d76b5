"""What a supplier of judicial data types when he counts offences."""

from typing import Any

from django import forms

from veiligheidshuis.fields import DutchDateField, PlainCharField, asked_if

MOST = 999


class CountForm(forms.Form):
    """How many offences, over which days, and when the last one was."""

    count = forms.IntegerField(
        label="Hoeveel delicten?",
        min_value=0,
        max_value=MOST,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "vh-plaats"}),
        error_messages={
            "required": "Typ het aantal als getal. Is er niets? Typ dan 0.",
            "invalid": "Typ het aantal als getal.",
            "min_value": "Minder dan nul kan niet.",
            "max_value": f"Het kan hoogstens {MOST} zijn.",
        },
    )
    counted_from = DutchDateField(label="Geteld vanaf", past=True)
    counted_until = DutchDateField(label="Geteld tot en met", past=True)
    last_offence_on = asked_if(
        "er iets is geteld", DutchDateField(label="Dag van het laatste feit", past=True)
    )
    source_note = PlainCharField(
        label="Waaruit is geteld?",
        max_length=120,
        help_text="Bijvoorbeeld: de veelplegerlijst. Noem geen namen.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned.setdefault("last_offence_on", None)
        return cleaned
