"""What is typed when a client does not take part."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from maatwerkplan.models import Framework, Instrument, PartnerAction
from partners.models import Organisation
from veiligheidshuis.fields import (
    DutchDateField,
    OneField,
    PlainCharField,
    PlainTextField,
    always,
    asked_if,
)
from veiligheidshuis.formats import today


class RefusalForm(forms.Form):
    """The client says no: his reason, the message he got, and what happens next and when."""

    reason = PlainTextField(
        label="Waarom zegt de cliënt nee?",
        help_text="In de woorden van de cliënt. Schrijf alleen op wat nodig is voor het plan.",
        max_length=2000,
    )
    message_given = forms.BooleanField(
        label="Ik heb de cliënt verteld dat de partners hem niet loslaten",
        help_text=(
            "Weigeren wordt niet zomaar aanvaard. Vertel de cliënt dat de partners contact blijven "
            "zoeken, en dat drang en dwang kan volgen."
        ),
        required=False,
    )
    next_step = PlainCharField(
        label="Wat is de volgende stap?",
        help_text="Bijvoorbeeld: gesprek met reclassering en politie",
        max_length=200,
    )
    next_step_on = DutchDateField(
        label="Op welke dag?",
        term="vervolgstap",
        help_text="Die dag staat de stap in je werkvoorraad. Bijvoorbeeld 7-12-2026",
    )


class DropOutForm(RefusalForm):
    """The client steps out of the plan that he signed. What is not ticked ends with it."""

    goes_on = forms.MultipleChoiceField(
        label="Wat gaat gewoon door?",
        help_text=(
            "Wat je niet aanvinkt, eindigt vandaag. Een partner van wie niets doorgaat, leest nog "
            "even wat er stopte, en ziet dit dossier daarna niet meer."
        ),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Een actie is intussen geëindigd. Kijk opnieuw wat er doorgaat."
        },
    )
    field_order = ("reason", "message_given", "goes_on", "next_step", "next_step_on")

    def __init__(self, *args: Any, running: Sequence[PartnerAction], **kwargs: Any) -> None:
        """`running`: the actions that did not end yet, with their partners."""
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Waarom stapt de cliënt eruit?"
        self.fields["goes_on"].choices = [  # type: ignore[attr-defined]
            (str(action.pk), f"{action.description} ({action.organisation.short_name})")
            for action in running
        ]
        if not running:
            del self.fields["goes_on"]

    def clean_goes_on(self) -> set[UUID]:
        return {UUID(chosen) for chosen in self.cleaned_data["goes_on"]}


class StepForm(forms.Form):
    """One step of drang en dwang. `care` is what runs; without any nothing is asked about it."""

    organisation = OneField(
        label="Welke partner doet dit?",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Ik doe het zelf",
        error_messages={"invalid_choice": "Kies een partner uit de lijst."},
        help_text="Met een account krijgt hij bericht en ziet hij alleen deze stap. Anders bel je.",
    )
    secrecy_signed_on = asked_if(
        "de partner geen deelnemer is",
        DutchDateField(
            label="Wanneer is de geheimhoudingsverklaring getekend?",
            term="papieren",
            help_text="Een organisatie die geen deelnemer is, tekent voor je iets vertelt.",
        ),
    )
    instrument = forms.ChoiceField(
        label="Met welk middel?",
        choices=[("", "Kies een middel"), *Instrument.choices],
        error_messages=always("Kies een middel uit de lijst."),
    )
    description = PlainCharField(
        label="Wat gebeurt er?",
        max_length=200,
        help_text="Schrijf alleen op wat de partner moet weten.",
    )
    framework = forms.ChoiceField(
        label="Kader",
        choices=[(each.value, each.label) for each in (Framework.DRANG, Framework.DWANG)],
        widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
        error_messages=always("Kies drang of dwang."),
    )
    on = DutchDateField(
        label="Op welke dag?",
        term="vervolgstap",
        help_text="Die dag staat de stap in je werkvoorraad.",
    )
    care_seen = forms.BooleanField(
        label="Ik heb de zorg die loopt meegewogen",
        required=False,
        help_text="Nodig bij dwang: een maatregel kan de zorg afbreken.",
    )

    def __init__(self, *args: Any, care: Sequence[PartnerAction], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        partners = Organisation.objects.partners().in_covenant_order()
        self.fields["organisation"].queryset = partners  # type: ignore[attr-defined]
        if not care:
            del self.fields["care_seen"]


class OutcomeForm(forms.Form):
    """What came of a step."""

    text = PlainTextField(
        label="Wat leverde het op?",
        help_text="Schrijf alleen op wat nodig is voor het vervolg. Noteer geen medische details.",
        max_length=500,
        rows=3,
    )
    happened_on = DutchDateField(label="Op welke dag?", initial=today)
