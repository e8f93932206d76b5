"""What the bedrijfsbureau types in the register of partners."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from partners.models import Attachment, Doelgroep, Organisation, Regie
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField, VersionField


class RegisterForm(forms.Form):
    """Who represents a partner, what it directs, how it is attached and what it promised."""

    legal_form = PlainCharField(
        label="Rechtsvorm", max_length=80, required=False, help_text="Bijvoorbeeld: stichting."
    )
    representative = PlainCharField(
        label="Vertegenwoordigd door",
        max_length=120,
        required=False,
        help_text="Wie voor deze partner tekent.",
    )
    representative_function = PlainCharField(
        label="Functie", max_length=120, required=False, help_text="Bijvoorbeeld: bestuurder."
    )
    regie = forms.ChoiceField(
        label="Waarover voert deze partner de regie?",
        required=False,
        choices=[("", "Geen regie over een keten"), *((r.value, capfirst(r.label)) for r in Regie)],
        error_messages={"invalid_choice": "Kies uit de lijst."},
    )
    attachment = forms.ChoiceField(
        label="Hoe is deze partner verbonden?",
        required=False,
        choices=[("", "Nog niet afgesproken"), *((a.value, capfirst(a.label)) for a in Attachment)],
        error_messages={"invalid_choice": "Kies uit de lijst."},
    )
    promised_hours = forms.IntegerField(
        label="Toegezegde uren per week",
        required=False,
        min_value=0,
        max_value=400,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": "Schrijf een heel getal.",
            "min_value": "Minder dan nul kan niet.",
            "max_value": "Het kan hoogstens 400 zijn.",
        },
    )
    presence = PlainCharField(
        label="Toegezegde aanwezigheid",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: maandag tot en met vrijdag, de ochtend.",
    )
    doelgroepen = forms.MultipleChoiceField(
        label="Voor welke doelgroepen werkt deze partner?",
        required=False,
        choices=[(each.value, capfirst(each.label)) for each in Doelgroep],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Kies uit de lijst."},
    )
    seen = VersionField()

    @staticmethod
    def typed(organisation: Organisation) -> dict[str, Any]:
        """A partner as its form begins."""
        names = [name for name in RegisterForm.base_fields if name != "seen"]
        kept = {name: getattr(organisation, name) for name in names}
        return {**kept, "seen": organisation.version}


class MandaatForm(forms.Form):
    """What somebody of a partner may decide or promise, and until when."""

    function = PlainCharField(
        label="Wie, in welke functie?",
        max_length=120,
        help_text="Bijvoorbeeld: teamleider. Een naam is niet nodig.",
    )
    may = PlainTextField(
        label="Wat mag hij beslissen of toezeggen?",
        rows=2,
        max_length=300,
        help_text="Bijvoorbeeld: een plaats in de opvang, tot drie maanden.",
    )
    valid_from = DutchDateField(label="Vanaf", term="mandaat", initial=timezone.localdate)
    valid_until = DutchDateField(label="Tot en met", term="mandaat")
