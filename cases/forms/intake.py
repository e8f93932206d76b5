"""What is typed when somebody who was put forward looks like another."""

from django import forms

from veiligheidshuis.fields import PlainCharField, always

SAME, OTHER = "dezelfde", "ander"


class LikenessForm(forms.Form):
    """Whether somebody who was put forward is the person whom he looks like, and how one knows."""

    verdict = forms.ChoiceField(
        label="Is dit dezelfde persoon?",
        choices=[
            (SAME, "Ja, dit is dezelfde persoon"),
            (OTHER, "Nee, dit zijn twee personen"),
        ],
        widget=forms.RadioSelect,
        error_messages=always("Kies of het dezelfde persoon is."),
    )
    reason = PlainCharField(
        label="Hoe weet je dat?",
        max_length=300,
        help_text="Kort. Bijvoorbeeld: gebeld met de politie, zelfde adres en zelfde moeder.",
        error_messages={"required": "Schrijf kort op hoe je dat weet."},
    )

    @property
    def is_same(self) -> bool:
        return self.cleaned_data["verdict"] == SAME
