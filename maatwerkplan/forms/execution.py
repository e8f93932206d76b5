"""What is filled in about an action that is carried out."""

from typing import Any

from django import forms

from maatwerkplan import rules
from maatwerkplan.models import FROM_OUTSIDE, PartnerAction, ProgressKind
from maatwerkplan.operations.delivery import lawful_ground
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField, always, asked_if
from veiligheidshuis.formats import today

MISSED = (ProgressKind.GEMIST, "De cliënt kwam niet op een afspraak")
NEVER = (ProgressKind.GESTOPT, "Het begint niet")
STARTS = [
    (ProgressKind.START, "Het is begonnen"),
    (ProgressKind.UITGESTELD, "Het begint later"),
    MISSED,
    NEVER,
]
ENDS = [(ProgressKind.AFGEROND, "Het is afgerond"), (ProgressKind.GESTOPT, "Het is gestopt")]
RUNS = [(ProgressKind.VOORTGANG, "Het loopt nog"), MISSED, *ENDS]
# Its partner never reported a start: it ended all the same, or it never began.
NEVER_REPORTED = [(ProgressKind.AFGEROND, "Het is afgerond"), NEVER]
HOW_IT_STANDS = always("Kies hoe het ervoor staat.")


class ReportForm(forms.Form):
    """A start, also a later one, how it goes, or the end. The page offers what fits."""

    kind = forms.ChoiceField(
        label="Hoe staat het ervoor?",
        choices=ProgressKind,
        widget=forms.RadioSelect,
        error_messages=HOW_IT_STANDS,
    )
    happened_on = DutchDateField(label="Op welke dag?")
    until = asked_if(
        "het later begint",
        DutchDateField(label="Wanneer begint het dan?"),
        answers=ProgressKind.UITGESTELD,
    )
    text = asked_if(
        "het later of niet begint, of stopt",
        PlainTextField(
            label="Toelichting",
            help_text="Schrijf alleen op wat nodig is voor het plan. Noteer geen medische details.",
            max_length=500,
            rows=3,
        ),
    )

    def __init__(self, *args: Any, action: PartnerAction, **kwargs: Any) -> None:
        """`action` with its state (`with_state()`)."""
        super().__init__(*args, **kwargs)
        self.action = action
        self.fields["happened_on"].initial = today()
        if action.started_on:
            self.fields["kind"].widget.choices = RUNS
        else:
            self.fields["kind"].widget.choices = STARTS
            self.fields["kind"].initial = ProgressKind.START
            self.fields["happened_on"].help_text = "Begint het later? Dan de dag waarop dat bleek."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind, text = cleaned.get("kind", ""), cleaned.get("text", "")
        if kind != ProgressKind.UITGESTELD:
            cleaned["until"] = None
        until = cleaned.get("until")
        missing = rules.obstacles_to_stopping(kind, text)
        for each in (*missing, *rules.obstacles_to_putting_off(self.action, kind, until, text)):
            name = "until" if each.code.startswith("new_day") else "text"
            if name not in self.errors:
                self.add_error(name, each.message)
        return cleaned


class RecordedReportForm(ReportForm):
    """What a partner without an account said or wrote to the interventiemanager."""

    channel = forms.ChoiceField(
        label="Hoe hoorde je dit?",
        choices=[(each.value, each.label) for each in FROM_OUTSIDE],
        widget=forms.RadioSelect,
        error_messages=always("Kies hoe je dit hoorde."),
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
    ground = PlainTextField(label="Op welke grond?", max_length=200, rows=2)

    def __init__(self, *args: Any, action: PartnerAction, **kwargs: Any) -> None:
        super().__init__(*args, action=action, **kwargs)
        self.fields["ground"].initial = lawful_ground(action.organisation, action.case.regime)


class EndForm(forms.Form):
    """An action is over and its partner does not say so: who leads the case does."""

    kind = forms.ChoiceField(
        label="Hoe is het geëindigd?",
        choices=ENDS,
        widget=forms.RadioSelect,
        error_messages=always("Kies hoe het is geëindigd."),
    )
    happened_on = DutchDateField(label="Op welke dag?", initial=today)
    text = PlainTextField(
        label="Hoe weet je dit?",
        help_text="De partner leest dit bij de eigen actie. Noteer geen medische details.",
        max_length=500,
        rows=3,
    )

    def __init__(self, *args: Any, action: PartnerAction, **kwargs: Any) -> None:
        """`action` with its state (`with_state()`)."""
        super().__init__(*args, **kwargs)
        if not action.started_on:
            self.fields["kind"].widget.choices = NEVER_REPORTED
