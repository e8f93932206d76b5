"""What is typed when somebody is put forward: long, in a few calm parts. INT-01..04; BGS 2.20."""

from collections.abc import Sequence
from typing import Any

from django import forms

from cases import rules
from cases.models import Criterium, Doelgroep, Meldformulier, Onderdeel, Regime, Report, Spoed
from veiligheidshuis.fields import (
    CHOOSE,
    DutchDateField,
    PlainCharField,
    PlainTextField,
    always,
    ask_for,
    asked_if,
)

YES, NO = "ja", "nee"
WHO = ("first_name", "name_prefix", "last_name", "birth_date", "municipality")
UNDER = ("regime", "regime_reason")
SPOKEN = ("discussed", "why_not", "ask_again_on")
# What a form asks of an Onderdeel; of a leefgebied only what matters.
HINTS = {
    Onderdeel.GEPROBEERD: "Welke hulp of aanpak was er al, en waarom hielp die niet genoeg?",
    Onderdeel.GEZIN: "Wie wonen er in huis of zijn nauw betrokken? Alleen wie ertoe doet.",
    Onderdeel.GEZONDHEID: "Alleen wat nodig is. Noteer geen medische details.",
}
SHOWN_BY = {
    Criterium.A: "Welke problemen zijn er, en bij wie?",
    Criterium.B: "Op welke leefgebieden, en hoe hangen ze samen met delicten of overlast?",
    Criterium.C: "Waaruit blijkt dat?",
    Criterium.D: "Wie zijn er nodig, en waarom lukt het niet met één organisatie?",
}


class NominateForm(forms.Form):
    """Somebody is put forward by a participant, by the form of where the report comes from."""

    first_name = PlainCharField(label="Voornaam", max_length=80)
    name_prefix = PlainCharField(
        label="Voorvoegsel", max_length=20, required=False, help_text="Bijvoorbeeld ‘van der’"
    )
    last_name = PlainCharField(label="Achternaam", max_length=80)
    birth_date = DutchDateField(
        label="Geboortedatum", past=True, help_text="Bijvoorbeeld 7-12-1990"
    )
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
        label="Wat is er aan de hand?",
        max_length=4000,
        rows=6,
        help_text="Schrijf alleen op wat nodig is. Noteer geen medische details.",
    )
    result = PlainTextField(label="Welk resultaat wilt u bereiken?", max_length=2000, rows=3)
    urgency = forms.ChoiceField(
        label="Hoe dringend is het?",
        choices=Spoed.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
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
    ask_again_on = asked_if(
        "u nee kiest",
        DutchDateField(
            label="Wanneer bekijkt u of het wel kan?",
            term="opnieuw_bespreken",
            help_text="Hooguit een half jaar vooruit.",
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

    def __init__(
        self, *args: Any, formulier: Meldformulier, regimes: Sequence[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.formulier = formulier
        self._offer(regimes)
        for part in self.asked:
            self.fields[part.value] = PlainTextField(
                label=part.label.capitalize(),
                max_length=2000,
                rows=3,
                required=part == Onderdeel.GEPROBEERD,
                help_text=HINTS.get(part, ""),
            )
        for each in Criterium:
            self.fields[each.value] = PlainTextField(
                label=each.label.capitalize(), max_length=1000, rows=3, help_text=SHOWN_BY[each]
            )
        # As on the page: what is wrong is summed up in the order of the fields.
        self.order_fields(name for names in self._named().values() for name in names)

    def _offer(self, regimes: Sequence[str]) -> None:
        """The regimes under which who reports may take part; one alone is chosen already."""
        offered = [(each.value, each.label) for each in Regime if each in regimes]
        self.fields["regime"].choices = offered  # type: ignore[attr-defined]
        if len(offered) == 1:
            self.fields["regime"].initial = offered[0][0]

    @property
    def asked(self) -> list[Onderdeel]:
        """The parts that this form asks, in the order of the house."""
        return [part for part in Onderdeel if part in self.formulier.asks]

    def _named(self) -> dict[str, list[str]]:
        """Which fields stand in each part, by their names."""
        about = [part.value for part in self.asked]
        return {
            "Wie is het?": [*WHO, "doelgroep"],
            "De situatie": ["reason", *about, "result", "urgency"],
            "Waarom hoort dit in het veiligheidshuis?": [each.value for each in Criterium],
            "Zorgvuldig": [*SPOKEN, *UNDER, "correct"],
        }

    @property
    def chapters(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The form in a few calm parts, each under its own heading."""
        return [(title, [self[name] for name in names]) for title, names in self._named().items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("discussed") == NO:
            ask_for(self, "Schrijf op waarom u er niet met de persoon over sprak.", "why_not")
            again = "Kies wanneer u bekijkt of het nu wel besproken kan worden."
            ask_for(self, again, "ask_again_on")
        if cleaned.get("regime") == Regime.LOKALE_PGA:
            ask_for(self, "Schrijf op waarom de lokale aanpak hier past.", "regime_reason")
        if cleaned.get("doelgroep") and cleaned.get("birth_date"):
            for wrong in rules.obstacles_to_doelgroep(cleaned["doelgroep"], cleaned["birth_date"]):
                self.add_error("doelgroep", wrong.message)
        return cleaned

    @property
    def person(self) -> dict[str, Any]:
        """Who it is, apart from why."""
        return {name: self.cleaned_data[name] for name in WHO}

    @property
    def report(self) -> Report:
        """What is told of him."""
        said = self.cleaned_data
        parts = [*self.asked, *Criterium]
        return Report(
            form=self.formulier,
            reason=said["reason"],
            result=said["result"],
            correct=said["correct"],
            discussed=said["discussed"] == YES,
            why_not=said["why_not"],
            ask_again_on=said["ask_again_on"],
            urgency=said["urgency"],
            parts={part.value: said[part.value] for part in parts},
        )
