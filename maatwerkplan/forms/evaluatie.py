"""What is filled in when a plan was evaluated. EXE-07."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maatwerkplan import rules
from maatwerkplan.models import Conclusion
from veiligheidshuis.fields import CHOOSE, DutchDateField, PlainTextField, asked_if
from veiligheidshuis.formats import today


class EvaluationForm(forms.Form):
    """When, with whom, what it brought, how it goes on, and when the next one is."""

    held_on = DutchDateField(label="Op welke dag was de evaluatie?")
    with_whom = forms.MultipleChoiceField(
        label="Wie was erbij?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kruis aan wie erbij was.",
            "invalid_choice": "Kies partners uit de lijst.",
        },
    )
    reached = PlainTextField(
        label="Wat is er bereikt, en wat niet?",
        rows=4,
        max_length=2000,
        help_text="Kort, per leefgebied of doel. Noteer geen medische details.",
        error_messages={"required": "Schrijf kort op wat er is bereikt."},
    )
    conclusion = forms.ChoiceField(
        label="Hoe gaat het verder?",
        choices=[
            (Conclusion.DOORGAAN, "Het plan gaat door"),
            (Conclusion.HERZIEN, "Het plan moet anders"),
            (Conclusion.AFRONDEN, "Het plan kan worden afgerond"),
        ],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    next_on = asked_if(
        "het plan niet wordt afgerond",
        DutchDateField(label="Wanneer is de volgende evaluatie?", term="evaluatie"),
    )

    def __init__(self, *args: Any, partners: Sequence[str], **kwargs: Any) -> None:
        """`partners`: the names of those that carry out the plan."""
        super().__init__(*args, **kwargs)
        self.fields["with_whom"].choices = [(name, name) for name in partners]  # type: ignore[attr-defined]
        self.fields["held_on"].initial = today()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "conclusion" in cleaned and "next_on" not in self.errors:
            missing = rules.obstacles_to_next(cleaned["conclusion"], cleaned.get("next_on"))
            for each in missing:
                self.add_error("next_on", each.message)
        return cleaned
