"""What the bedrijfsbureau types when an organisation comes to the table or leaves it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from partners.models import Chain, OrganisationQuerySet, WgsClass, WgsMember
from veiligheidshuis.fields import (
    DutchDateField,
    OneField,
    PlainCharField,
    PlainTextField,
    ask_for,
    asked_if,
)

NEW = "het een nieuwe organisatie is"


class ProposalForm(forms.Form):
    """Who is proposed as a partner, and why: an organisation that is known, or a new one."""

    name = asked_if(NEW, PlainCharField(label="Naam", max_length=200))
    short_name = asked_if(
        NEW,
        PlainCharField(
            label="Korte naam", max_length=60, help_text="Zoals mensen aan tafel haar noemen."
        ),
    )
    chain = asked_if(
        NEW,
        forms.ChoiceField(
            label="Keten",
            choices=[("", "Kies een keten"), *((c.value, capfirst(c.label)) for c in Chain)],
            error_messages={"invalid_choice": "Kies een keten uit de lijst."},
        ),
    )
    proposal = PlainTextField(
        label="Waarom deze partner?",
        max_length=500,
        help_text="In een paar zinnen, voor de leden van de stuurgroep.",
    )
    proposed_on = DutchDateField(
        label="Voorgesteld op", term="toetreding", past=True, initial=timezone.localdate
    )

    def __init__(self, *args: Any, known: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = OneField(
            label="Welke organisatie?",
            queryset=known,
            required=False,
            empty_label="Een nieuwe organisatie",
            error_messages={"invalid_choice": "Kies een organisatie uit de lijst."},
        )
        self.order_fields(["organisation", *self.base_fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field, words in (
            ("name", "Vul de naam van de organisatie in."),
            ("short_name", "Vul een korte naam in."),
            ("chain", "Kies in welke keten de organisatie werkt."),
        ):
            ask_for(self, words, field, "organisation")
        return cleaned


class TestForm(forms.Form):
    """What the law says of who was proposed."""

    wgs_members = forms.MultipleChoiceField(
        label="Als welk orgaan neemt deze partner deel?",
        required=False,
        choices=[(m.value, f"{capfirst(m.label)} (lid {m[0]} {m[1]})") for m in WgsMember],
        widget=forms.CheckboxSelectMultiple,
        help_text="De burgemeester is niet het college. Leeg: de wet noemt de partner niet.",
        error_messages={
            "invalid_choice": "Kies een orgaan uit de lijst.",
            "invalid_list": "Kies een orgaan uit de lijst.",
        },
    )
    wgs_class = forms.ChoiceField(
        label="Plaats in de wet",
        choices=[("", "Kies een plaats"), *((c.value, c.label.capitalize()) for c in WgsClass)],
        error_messages={
            "required": "Kies de plaats in de wet.",
            "invalid_choice": "Kies een plaats uit de lijst.",
        },
    )
    test = PlainTextField(
        label="Grond in de wet, en wie toetste",
        rows=2,
        max_length=200,
        help_text="Bijvoorbeeld: WGS 2.27 lid 2 e, opvang voor het college; getoetst door de FG.",
    )
    tested_on = DutchDateField(
        label="Getoetst op", term="toetreding", past=True, initial=timezone.localdate
    )


class VerklaringForm(forms.Form):
    """The declaration that was signed and appended to the covenant."""

    signed_on = DutchDateField(label="Getekend op", term="toetreding", initial=timezone.localdate)
    function = PlainCharField(
        label="Functie van wie tekende",
        max_length=120,
        help_text="Bijvoorbeeld: directeur. Een naam is niet nodig.",
    )


class TurnDownForm(forms.Form):
    """Why somebody who was proposed becomes no partner."""

    reason = PlainCharField(label="Waarom niet?", max_length=300)


class LeavingForm(forms.Form):
    """From which day a partner is none any more."""

    leaves_on = DutchDateField(
        label="Uitgetreden per",
        term="toetreding",
        help_text="Vanaf deze dag werkt geen account van deze partner meer.",
    )
    reason = PlainCharField(label="Waarom?", max_length=300)
