"""What those who supervise ask of the access log."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from partners.models import Organisation, User
from privacy.access import Wanted
from veiligheidshuis.fields import DutchDateField, OneField, PlainCharField, PlainTextField, always
from veiligheidshuis.models import READING_THE_LOG, LogPurpose

# Every word that a line may bear as its action; a test compares them with the code.
ACTIONS = (
    "inzien",
    "zoeken",
    "opvragen",
    "wijzigen",
    "exporteren",
    "importeren",
    "terugdraaien",
    "inloggen",
    "uitloggen",
    "mailen",
    "noodtoegang openen",
    "noodtoegang sluiten",
    "noodtoegang beoordelen",
    "opnieuw bewijzen",
    "uitleg vragen",
    "voorproef",
    "vernietigen",
    "papier controleren",
    READING_THE_LOG,
)
OUTCOMES = {
    "gezien": ("getoond",),
    "gedaan": ("gedaan", "gelukt", "wachtwoord klopt", "eerste stap klopt", "aangeboden"),
    "afgewezen": ("niet gevonden", "geweigerd", "mislukt", "tweede stap mislukt", "geen adres"),
}


def _choices(first: str, *words: str) -> list[tuple[str, str]]:
    return [("", first), *((word, word.capitalize()) for word in words)]


class ReadingForm(forms.Form):
    """For which of the four lawful purposes, and of which days. WGS 1.8 lid 4."""

    doel = forms.ChoiceField(
        label="Doel van het lezen",
        choices=[("", "Kies een doel"), *LogPurpose.choices],
        error_messages={
            "required": "Kies een doel. De wet noemt er vier.",
            "invalid_choice": "Kies een doel uit de lijst.",
        },
        help_text="De keuze komt in het logboek te staan.",
    )
    wie = OneField(
        label="Wie keek",
        queryset=User.objects.by_name(),
        required=False,
        empty_label="Iedereen",
        error_messages={"invalid_choice": "Kies iemand uit de lijst."},
    )
    vanaf = DutchDateField(label="Vanaf", required=False)
    tot_en_met = DutchDateField(label="Tot en met", required=False)
    uitkomst = forms.ChoiceField(
        label="Uitkomst",
        choices=_choices("Alles", *OUTCOMES),
        required=False,
        error_messages=always("Kies uit de lijst."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last = data.get("vanaf"), data.get("tot_en_met")
        if first and last and last < first:
            self.add_error("tot_en_met", "Deze dag ligt vóór de dag bij ‘Vanaf’. Kies een latere.")
        return data

    def wanted(self) -> Wanted:
        """The lines that were asked for. Days are days in the Netherlands."""
        data = self.cleaned_data
        last = data["tot_en_met"]
        return Wanted(
            user=data["wie"],
            since=data["vanaf"] and _midnight(data["vanaf"]),
            until=last and _midnight(last + timedelta(days=1)),
            outcomes=OUTCOMES.get(data["uitkomst"]),
        )

    def in_words(self) -> str:
        """What was asked, as it stands in the log about the reading."""
        asked = {name: self.data.get(name, "").strip()[:60] for name in self.fields}
        return " ".join(f"{name}={value}" for name, value in asked.items() if value)


class OwnPeopleForm(ReadingForm):
    """What the privacyfunctionaris of a partner asks: about his own people only."""

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = User.objects.filter(organisation=organisation).by_name()
        self.fields["wie"].queryset = own  # type: ignore[attr-defined]


class LogForm(ReadingForm):
    """What the functionaris gegevensbescherming asks: about everybody."""

    organisatie = OneField(
        label="Organisatie",
        queryset=Organisation.objects.in_covenant_order(),
        required=False,
        empty_label="Alle organisaties",
        error_messages={"invalid_choice": "Kies een organisatie uit de lijst."},
    )
    dossier = PlainCharField(label="Dossiernummer", max_length=40, required=False)
    wat = forms.ChoiceField(
        label="Wat",
        choices=_choices("Alles", *ACTIONS),
        required=False,
        error_messages=always("Kies uit de lijst."),
    )
    field_order = ("doel", "wie", "organisatie", "dossier", "vanaf", "tot_en_met", "wat")

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return replace(
            super().wanted(),
            number=data["dossier"].upper() or None,
            organisation=data["organisatie"] and data["organisatie"].name,
            action=data["wat"] or None,
        )


class FindingForm(forms.Form):
    """What a signal turned out to be."""

    finding = PlainTextField(
        label="Wat was het?",
        max_length=1000,
        help_text="Bijvoorbeeld: invoer van een nieuwe lijst, op verzoek van de manager. "
        "Noem geen cliënten.",
        error_messages={"required": "Schrijf op wat het was. Zonder reden kun je niet afhandelen."},
    )


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
