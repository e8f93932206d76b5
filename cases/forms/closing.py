"""What is said when a dossier is closed."""

from django import forms

from cases.models import ClosingReason
from partners.models import Organisation, WgsClass
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
        Organisation.objects.filter(wgs_class=WgsClass.LID_1).in_covenant_order(),
        label="Welke kerndeelnemer heeft dit besloten?",
        empty_label="Kies een organisatie",
        error_messages=CHOOSE,
    )
    decided_on = DutchDateField(label="Wanneer is dat besloten?", past=True, term="besluit")
