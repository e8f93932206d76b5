"""The question "mag X dit zien, en waarom?" as it is asked."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from cases.forms.dossier import Colleague
from cases.models import Scope
from cases.rules import obstacles_to_explaining
from partners.models import User
from veiligheidshuis.fields import DutchDateField, PlainCharField


class WhoMayForm(forms.Form):
    """About whom, which part, and on which day. Everybody with an account can be asked about."""

    person = Colleague(
        label="Over wie gaat het?",
        queryset=User.objects.none(),
        empty_label="Kies iemand",
        error_messages={
            "required": "Kies over wie het gaat.",
            "invalid_choice": "Kies iemand uit de lijst.",
        },
    )
    scope = forms.ChoiceField(
        label="Wat zou deze persoon zien of doen?",
        choices=[(scope.value, capfirst(scope.label)) for scope in Scope],
        initial=Scope.KNOW_CASE,
        error_messages={
            "required": "Kies wat deze persoon zou zien.",
            "invalid_choice": "Kies uit de lijst.",
        },
    )
    day = DutchDateField(label="Op welke dag?", initial=timezone.localdate)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.select_related("organisation").by_name()
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        for obstacle in obstacles_to_explaining(day):
            raise ValidationError(obstacle.message, code=obstacle.code)
        return day


class WhoMayInCaseForm(WhoMayForm):
    """The same about any case: what the privacy officer asks."""

    number = PlainCharField(
        label="Dossiernummer",
        max_length=14,
        required=False,
        help_text="Leeg betekent: welk dossier dan ook.",
    )
    field_order = ("person", "number", "scope", "day")

    def clean_number(self) -> str:
        return self.cleaned_data["number"].strip().upper()
