"""What the bedrijfsbureau types about the agreements between the partners."""

from typing import Any

from django import forms
from django.utils import timezone

from partners.models import Doelgroep, OrganisationQuerySet, RegelingKind, RegelingQuerySet
from veiligheidshuis.fields import (
    DutchDateField,
    OneField,
    PlainCharField,
    PlainTextField,
    ask_for,
    asked_if,
)


class RegelingForm(forms.Form):
    """The next version of an agreement between the partners, or its first."""

    kind = asked_if(
        "dit een nieuwe regeling is",
        forms.ChoiceField(
            label="Soort",
            choices=[
                ("", "Kies een soort"),
                *((k.value, k.label.capitalize()) for k in RegelingKind),
            ],
            error_messages={"invalid_choice": "Kies een soort uit de lijst."},
        ),
    )
    title = asked_if(
        "dit een nieuwe regeling is",
        PlainCharField(
            label="Titel",
            max_length=160,
        ),
    )
    dated_on = DutchDateField(label="Datum van de tekst", term="regeling", past=True)
    valid_from = DutchDateField(label="Geldig vanaf", term="regeling")
    valid_until = DutchDateField(label="Geldig tot en met", term="regeling", required=False)
    covers = forms.MultipleChoiceField(
        label="Voor welke doelgroepen?",
        choices=[(d.value, d.label.capitalize()) for d in Doelgroep],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één doelgroep.",
            "invalid_choice": "Kies een doelgroep uit de lijst.",
            "invalid_list": "Kies een doelgroep uit de lijst.",
        },
    )
    changes = PlainTextField(
        label="Wat verandert er?",
        max_length=1000,
        help_text="In een paar zinnen, voor de leden van de stuurgroep.",
    )

    def __init__(self, *args: Any, former: RegelingQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["former"] = OneField(
            label="Waarvan is dit een nieuwe versie?",
            queryset=former,
            required=False,
            empty_label="Dit is een nieuwe regeling",
            error_messages={"invalid_choice": "Kies een regeling uit de lijst."},
        )
        self.order_fields(["former", *self.base_fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if former := cleaned.pop("former", None):
            cleaned |= {"kind": former.kind, "title": former.title}
        elif "former" not in self.errors:
            ask_for(self, "Kies wat voor regeling dit is.", "kind")
            ask_for(self, "Vul de titel van de nieuwe regeling in.", "title")
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "De einddatum ligt vóór de begindatum. Kies een latere.")
        return cleaned


class ApprovalForm(forms.Form):
    """What the stuurgroep decided about a version."""

    decided_on = DutchDateField(label="Stuurgroep van")
    decision = PlainCharField(
        label="Besluit",
        max_length=300,
        help_text="Zoals het in het verslag staat, met het nummer van het besluit.",
    )


class OndertekeningForm(forms.Form):
    """A partner signed the declaration that goes with a version."""

    signed_on = DutchDateField(label="Getekend op", initial=timezone.localdate)
    function = PlainCharField(
        label="Functie van wie tekende",
        max_length=120,
        help_text="Bijvoorbeeld: directeur. Een naam is niet nodig.",
    )

    def __init__(self, *args: Any, waiting: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = OneField(
            label="Partner",
            queryset=waiting,
            empty_label="Kies een partner",
            error_messages={
                "required": "Kies welke partner tekende.",
                "invalid_choice": "Deze partner heeft al getekend, of staat niet in de lijst.",
            },
        )
        self.order_fields(["organisation", "signed_on", "function"])
