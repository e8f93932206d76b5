"""What is typed when somebody is put forward, or when a list comes in."""

from django import forms

from veiligheidshuis.fields import PlainCharField, always

SAME, OTHER = "dezelfde", "ander"
KNOWN, NEW = "zelfde", "nieuw"


class ImportForm(forms.Form):
    """The file of the police."""

    bestand = forms.FileField(
        label="Bestand",
        help_text="CSV met puntkomma's, of Excel (.xlsx). Hooguit 5 MB en 2000 regels.",
        error_messages={
            "required": "Kies het bestand met de lijst.",
            "missing": "Kies het bestand met de lijst.",
            "empty": "Het bestand is leeg. Kies een lijst met een regel voor elke persoon.",
            "invalid": "Het bestand is niet aangekomen. Kies het opnieuw.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )


class DecideForm(forms.Form):
    """The two buttons beside a doubtful row of a list: somebody we know, or somebody new."""

    besluit = forms.ChoiceField(
        label="Besluit",
        choices=[(KNOWN, "Dezelfde persoon"), (NEW, "Iemand anders")],
        error_messages=always("Kies bij de regel ‘Dezelfde persoon’ of ‘Iemand anders’."),
    )

    @property
    def is_same(self) -> bool:
        return self.cleaned_data["besluit"] == KNOWN


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
