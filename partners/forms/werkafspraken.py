"""What the bedrijfsbureau types about how the house works, and which day somebody asks about."""

from typing import Any

from django import forms

from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField
from veiligheidshuis.werkafspraken import Subject


class DayForm(forms.Form):
    """Of which day one wants to see what was agreed."""

    dag = DutchDateField(label="Zoals het was of wordt op", required=False)


class AgreementForm(forms.Form):
    """The next version of something the house keeps to, as the stuurgroep decided it."""

    valid_from = DutchDateField(label="Geldt vanaf", term="werkafspraak")
    source = PlainCharField(
        label="Bron",
        max_length=300,
        help_text="Een wet met het artikel, een richtlijn, of ‘keuze van het huis’.",
    )
    changes = PlainTextField(
        label="Wat verandert er, en waarom?",
        max_length=1000,
        help_text="In een paar zinnen, voor wie ermee werkt.",
    )
    decided_on = DutchDateField(label="Stuurgroep van")
    decision = PlainCharField(
        label="Besluit",
        max_length=300,
        help_text="Zoals het in het verslag staat, met het nummer van het besluit.",
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {"label": "Wat spreken we af?", "help_text": subject.kind.hint}
        self.fields["content"] = (
            PlainTextField(max_length=8000, rows=12, **asked)
            if subject.kind.lines
            else PlainCharField(max_length=20, **asked)
        )
        self.order_fields(["content", *self.base_fields])

    def clean_content(self) -> str:
        """Without empty lines and spaces at the ends, so that the same words are the same."""
        lines = (line.strip() for line in self.cleaned_data["content"].splitlines())
        return "\n".join(line for line in lines if line)
