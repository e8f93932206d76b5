"""What is typed when a partner is held to what it agreed. REG-05."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maatwerkplan.models import WITH_POWER, CallStage
from maatwerkplan.states import AansprekingStatus
from partners.models import Organisation
from veiligheidshuis.fields import CHOOSE, DutchDateField, OneField, PlainTextField

WHAT_NEXT = {
    CallStage.HERINNERING: "Herinnering aan de partner",
    CallStage.OPROEP: "Formele oproep aan de partner",
    CallStage.MANAGER: "Naar de manager, als het niet kan wachten of niet hielp",
}


class CallForm(forms.Form):
    """Which step who leads takes, what he asks, and by when."""

    stage = forms.ChoiceField(
        label="Welke stap zet je?", choices=(), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    text = PlainTextField(
        label="Wat vraag je?",
        rows=4,
        max_length=1000,
        help_text=(
            "De partner leest dit, en de manager als het bij hem komt. De rest van het plan ziet "
            "hij niet. Schrijf alleen op wat nodig is."
        ),
        error_messages={"required": "Schrijf op wat je vraagt."},
    )
    answer_by = DutchDateField(
        label="Voor welke dag moet dit geregeld zijn?",
        term="aanspreken",
        error_messages={"required": "Kies voor welke dag dit geregeld moet zijn."},
    )

    def __init__(self, *args: Any, stages: Sequence[CallStage], **kwargs: Any) -> None:
        """`stages`: the steps that can be taken now, the one that comes next first."""
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [(s, WHAT_NEXT[s]) for s in stages]  # type: ignore[attr-defined]
        self.fields["stage"].initial = stages[0]


class OutcomeForm(forms.Form):
    """What came of it."""

    helped = forms.ChoiceField(
        label="Hielp het?",
        choices=[
            (AansprekingStatus.GELUKT, "Ja: de partner doet het, of het is anders geregeld"),
            (AansprekingStatus.NIET_GELUKT, "Nee: er is een volgende stap nodig"),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    outcome = PlainTextField(
        label="Wat kwam eruit?",
        rows=3,
        max_length=1000,
        help_text="Dit blijft staan. Ook de partner leest het.",
        error_messages={"required": "Schrijf op wat eruit kwam."},
    )

    @property
    def has_helped(self) -> bool:
        return bool(self.cleaned_data["helped"] == AansprekingStatus.GELUKT)


class PowerForm(forms.Form):
    """Of whom the manager asks doorzettingsmacht, and for what."""

    asked_of = OneField(
        label="Aan wie vraag je het?",
        queryset=Organisation.objects.none(),
        empty_label="Kies een organisatie",
        help_text="De gemeente of het Openbaar Ministerie. Het systeem stuurt hun niets: bel zelf.",
        error_messages={
            "required": "Kies aan wie je het vraagt.",
            "invalid_choice": "Kies een organisatie uit de lijst.",
        },
    )
    text = PlainTextField(
        label="Wat vraag je?",
        rows=4,
        max_length=1000,
        help_text="De interventiemanager en de partner lezen dit ook.",
        error_messages={"required": "Schrijf op wat je vraagt."},
    )
    answer_by = DutchDateField(
        label="Voor welke dag moet dit geregeld zijn?",
        term="aanspreken",
        error_messages={"required": "Kies voor welke dag dit geregeld moet zijn."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = Organisation.objects.seated().filter(regie__in=WITH_POWER).in_covenant_order()
        self.fields["asked_of"].queryset = found  # type: ignore[attr-defined]
