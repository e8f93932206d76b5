"""What is typed when a partner does not promise, and the manager decides."""

from django import forms

from maatwerkplan.states import DoorzettingStatus
from veiligheidshuis.fields import CHOOSE, PlainTextField


class LayBeforeForm(forms.Form):
    """Why the plan needs this action after all."""

    why = PlainTextField(
        label="Waarom moet dit doorgaan?",
        rows=4,
        max_length=1000,
        help_text=(
            "De manager leest dit, met de actie en het antwoord van de partner. De rest van het "
            "plan ziet hij niet. Schrijf alleen op wat hij nodig heeft om te beslissen."
        ),
        error_messages={"required": "Schrijf op waarom dit moet doorgaan."},
    )


class DecisionForm(forms.Form):
    """What the manager decides, and why."""

    outcome = forms.ChoiceField(
        label="Wat besluit je?",
        choices=[
            (DoorzettingStatus.DOORGEZET, "Doorzetten: het plan gaat uit van deze actie"),
            (DoorzettingStatus.NIET_DOORGEZET, "Niet doorzetten: het plan moet anders"),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    reason = PlainTextField(
        label="Waarom?",
        rows=4,
        max_length=1000,
        help_text=(
            "Dit blijft staan. De interventiemanager leest het, en als je doorzet ook de partner."
        ),
        error_messages={"required": "Schrijf op waarom je dit besluit."},
    )

    @property
    def pushes_through(self) -> bool:
        return bool(self.cleaned_data["outcome"] == DoorzettingStatus.DOORGEZET)
