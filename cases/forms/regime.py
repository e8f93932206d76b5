"""What is said when a dossier goes from the one regime to the other."""

from typing import Any

from django import forms

from cases.models import Regime
from partners.models import Organisation
from veiligheidshuis.fields import (
    CHOOSE,
    LOST_PAGE,
    DutchDateField,
    OneField,
    PlainTextField,
    always,
)


class RegimeForm(forms.Form):
    """Why, on what ground, and who decided it; `to` is the step that the page was about, also when
    a colleague made it meanwhile. PRV-20."""

    to = forms.ChoiceField(
        choices=Regime.choices, widget=forms.HiddenInput, error_messages=always(LOST_PAGE)
    )
    reason = PlainTextField(
        label="Waarom is dit nodig?",
        max_length=300,
        rows=3,
        help_text="Kort, en zonder details over de cliënt.",
    )
    ground = PlainTextField(label="Op welke grond?", max_length=300, rows=2)
    decided_by = OneField(
        Organisation.objects.none(),
        label="Wie heeft dit besloten?",
        empty_label="Kies een organisatie",
        error_messages=CHOOSE,
    )
    decided_on = DutchDateField(label="Wanneer is dat besloten?", past=True, term="besluit")

    def __init__(self, *args: Any, regime: str, ground: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].initial = regime
        self.fields["ground"].initial = ground
        partners = Organisation.objects
        who = partners.core() if regime == Regime.WGS else partners.under(regime)
        self.fields["decided_by"].queryset = who.in_covenant_order()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """What the step asks; which step it is, the page knew before."""
        return {name: said for name, said in self.cleaned_data.items() if name != "to"}
