"""Of whom the bedrijfsbureau wants to see what he may see."""

from django import forms

from cases.models import Scope
from partners.models import Organisation
from veiligheidshuis.fields import OneField, PlainCharField, always


class WhoMayForm(forms.Form):
    """By organisation, by person, by part of a dossier; nothing filled in is everything."""

    organisatie = OneField(
        label="Organisatie",
        queryset=Organisation.objects.in_covenant_order(),
        required=False,
        empty_label="Alle organisaties",
        error_messages={"invalid_choice": "Kies een organisatie uit de lijst."},
    )
    wie = PlainCharField(
        label="Naam", max_length=80, required=False, help_text="Een deel van de naam mag ook."
    )
    deel = forms.ChoiceField(
        label="Deel van het dossier",
        choices=[("", "Alle delen"), *((s.value, s.label.capitalize()) for s in Scope)],
        required=False,
        error_messages=always("Kies uit de lijst."),
    )
