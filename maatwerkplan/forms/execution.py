"""What is filled in about an action that is carried out."""

from typing import Any

from django import forms

from maatwerkplan import rules
from maatwerkplan.models import Channel, PartnerAction, ProgressKind
from maatwerkplan.operations.delivery import lawful_ground
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField
from veiligheidshuis.formats import today

ENDINGS = [
    (ProgressKind.VOORTGANG, "Het loopt nog"),
    (ProgressKind.AFGEROND, "Het is afgerond"),
    (ProgressKind.GESTOPT, "Het is gestopt"),
]


class ReportForm(forms.Form):
    """A start, how it goes, or the end. The page offers what fits; the rules decide."""

    kind = forms.ChoiceField(
        label="Hoe staat het ervoor?",
        choices=ProgressKind,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies hoe het ervoor staat.",
            "invalid_choice": "Kies hoe het ervoor staat.",
        },
    )
    happened_on = DutchDateField(label="Op welke dag?")
    text = PlainTextField(
        label="Toelichting",
        help_text="Schrijf alleen op wat nodig is voor het plan. Noteer geen medische details.",
        required=False,
        max_length=500,
        rows=3,
    )

    def __init__(self, *args: Any, action: PartnerAction, **kwargs: Any) -> None:
        """`action` with its state (`with_state()`)."""
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = today()
        if action.started_on:  # type: ignore[attr-defined]
            self.fields["kind"].widget.choices = ENDINGS
        else:
            self.fields["kind"].widget = forms.HiddenInput()
            self.fields["kind"].initial = ProgressKind.START
            self.fields["happened_on"].label = "Op welke dag is het begonnen?"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, text = cleaned.get("kind", ""), cleaned.get("text", "")
        if "text" not in self.errors:
            for missing in rules.obstacles_to_stopping(kind, text):
                self.add_error("text", missing.message)
        return cleaned


class RecordedReportForm(ReportForm):
    """What a partner without an account said or wrote to the interventiemanager."""

    channel = forms.ChoiceField(
        label="Hoe hoorde je dit?",
        choices=[(c.value, c.label) for c in Channel if c != Channel.HUIS],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies hoe je dit hoorde.",
            "invalid_choice": "Kies hoe je dit hoorde.",
        },
    )
    received_from = PlainCharField(
        label="Van wie?", help_text="Naam of functie van wie het zei of schreef", max_length=120
    )
    received_on = DutchDateField(label="Wanneer hoorde je dit?", initial=today)
    disclosed = PlainCharField(
        label="Wat vertelde je zelf?",
        help_text="Alleen wat nodig was.",
        max_length=300,
        initial="Niets nieuws.",
    )
    ground = PlainCharField(label="Op welke grond?", max_length=200)

    def __init__(self, *args: Any, action: PartnerAction, **kwargs: Any) -> None:
        super().__init__(*args, action=action, **kwargs)
        self.fields["ground"].initial = lawful_ground(action.organisation)
