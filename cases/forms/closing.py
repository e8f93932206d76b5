"""What is said when a dossier is closed."""

from typing import Any

from django import forms

from cases.models import ClosingReason
from partners.models import Organisation
from veiligheidshuis.fields import CHOOSE, DutchDateField, OneField, PlainTextField


class ClosingForm(forms.Form):
    """Why, what was reached, and which core participant decided it. WGS 2.31 lid 8."""

    reason = forms.ChoiceField(
        label="Waarom sluit je dit dossier af?",
        choices=ClosingReason.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    result = PlainTextField(
        label="Wat is er bereikt?",
        rows=5,
        help_text="Kort, per leefgebied waarop iets veranderde. Na het afsluiten leest niemand "
        "dit meer.",
    )
    decided_by = OneField(
        Organisation.objects.none(),
        label="Welke kerndeelnemer heeft dit besloten?",
        empty_label="Kies een organisatie",
        error_messages=CHOOSE,
    )
    decided_on = DutchDateField(label="Wanneer is dat besloten?", past=True, term="besluit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        core = Organisation.objects.core().in_covenant_order()
        self.fields["decided_by"].queryset = core  # type: ignore[attr-defined]
