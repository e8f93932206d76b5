"""What is typed when somebody is put forward."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cases import rules
from cases.models import Doelgroep, Regime
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField, always, asked_if

YES, NO = "ja", "nee"
SAME, OTHER = "dezelfde", "ander"


class NominateForm(forms.Form):
    """Somebody is put forward by a partner: no more than the house needs to choose. INT-01..04."""

    first_name = PlainCharField(label="Voornaam", max_length=80)
    name_prefix = PlainCharField(
        label="Voorvoegsel", max_length=20, required=False, help_text="Bijvoorbeeld ‘van der’"
    )
    last_name = PlainCharField(label="Achternaam", max_length=80)
    birth_date = DutchDateField(label="Geboortedatum", past=True)
    municipality = PlainCharField(label="Gemeente", max_length=60, required=False)
    doelgroep = forms.ChoiceField(
        label="Doelgroep",
        choices=[("", "Kies een doelgroep"), *Doelgroep.choices],
        error_messages={
            "required": "Kies een doelgroep.",
            "invalid_choice": "Kies een doelgroep uit de lijst.",
        },
    )
    reason = PlainTextField(
        label="Waarom draagt u deze persoon aan?",
        max_length=4000,
        rows=6,
        help_text="Wat is er aan de hand, en wat is al geprobeerd? Schrijf alleen op wat nodig is. "
        "Noteer geen medische details.",
    )
    discussed = forms.ChoiceField(
        label="Hebt u dit met de persoon besproken?",
        choices=[(YES, "Ja"), (NO, "Nee")],
        widget=forms.RadioSelect,
        error_messages={"required": "Kies ja of nee.", "invalid_choice": "Kies ja of nee."},
    )
    why_not = asked_if(
        "u nee kiest",
        PlainTextField(
            label="Waarom niet?",
            max_length=1000,
            rows=3,
            help_text="Kort. Laat dit leeg als u ja koos.",
        ),
    )
    regime = forms.ChoiceField(
        label="Onder welk regime?",
        help_text="Onder de WGS doen alleen deelnemers uit de wet mee. In de lokale aanpak doen de "
        "partners mee die het convenant tekenden.",
        choices=Regime.choices,
        widget=forms.RadioSelect,
        error_messages=always("Kies het regime."),
    )
    regime_reason = asked_if(
        "u de lokale aanpak kiest",
        PlainCharField(
            label="Waarom past de lokale aanpak?",
            max_length=300,
            help_text="Kort, en zonder details over de persoon.",
        ),
    )
    correct = forms.BooleanField(
        label="Ik heb deze gegevens zo goed mogelijk nagekeken en mag ze delen.",
        error_messages={"required": "Kruis dit aan als u de gegevens hebt nagekeken."},
    )

    def __init__(self, *args: Any, regimes: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(each.value, each.label) for each in Regime if each in regimes]
        self.fields["regime"].choices = offered  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["regime"].initial = offered[0][0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("regime") == Regime.LOKALE_PGA and not cleaned.get("regime_reason"):
            self.add_error("regime_reason", "Schrijf op waarom de lokale aanpak hier past.")
        unsaid = not cleaned.get("why_not") and "why_not" not in self.errors
        if cleaned.get("discussed") == NO and unsaid:
            self.add_error("why_not", "Schrijf op waarom u er niet met de persoon over sprak.")
        if cleaned.get("doelgroep") and cleaned.get("birth_date"):
            for wrong in rules.obstacles_to_doelgroep(cleaned["doelgroep"], cleaned["birth_date"]):
                self.add_error("doelgroep", wrong.message)
        return cleaned

    @property
    def person(self) -> dict[str, Any]:
        """Who it is, apart from why."""
        who = ("first_name", "name_prefix", "last_name", "birth_date", "municipality")
        return {name: self.cleaned_data[name] for name in who}


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
