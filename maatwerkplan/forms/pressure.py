"""What is typed when a client does not take part."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from maatwerkplan.models import PartnerAction
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField


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
            "Wat je niet aanvinkt, eindigt vandaag. Een partner van wie niets doorgaat, ziet dit "
            "dossier daarna niet meer."
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
