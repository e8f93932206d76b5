"""What is said of each colleague: does he still need his account?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from partners.models import User
from veiligheidshuis.fields import PlainCharField

NEEDED, NO_LONGER = "nodig", "niet_nodig"
CHOICES = [(NEEDED, "Nodig"), (NO_LONGER, "Niet meer nodig")]


@dataclass(frozen=True)
class Said:
    """What was chosen about one colleague."""

    user: User
    needed: bool
    reason: str


class ConfirmForm(forms.Form):
    """All colleagues of one organisation in one form; who is left open waits."""

    def __init__(
        self, *args: Any, people: Iterable[tuple[User, bool | None, str]], **kwargs: Any
    ) -> None:
        """`people`: each with what was said of him before (nothing, yet), and why."""
        super().__init__(*args, **kwargs)
        self.people = list(people)
        for person, needed, reason in self.people:
            chosen = "" if needed is None else NEEDED if needed else NO_LONGER
            self.fields[f"nodig_{person.pk}"] = forms.ChoiceField(
                label=f"Heeft {person} het account nog nodig?",
                choices=CHOICES,
                required=False,
                initial=chosen,
                widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
                error_messages={"invalid_choice": "Kies ‘Nodig’ of ‘Niet meer nodig’."},
            )
            self.fields[f"reden_{person.pk}"] = PlainCharField(
                label="Reden", max_length=300, required=False, initial=reason
            )

    def clean(self) -> dict[str, Any]:
        """A reason belongs to a choice; without one it would be lost."""
        cleaned = super().clean() or {}
        for person, _, _ in self.people:
            chosen, reason = f"nodig_{person.pk}", cleaned.get(f"reden_{person.pk}")
            if reason and chosen not in self.errors and not cleaned.get(chosen):
                self.add_error(chosen, "Kies ook ‘Nodig’ of ‘Niet meer nodig’.")
        return cleaned

    def fields_of(self, person: User) -> list[BoundField]:
        """What is asked about this one; nothing about whom another confirms."""
        names = (f"nodig_{person.pk}", f"reden_{person.pk}")
        return [self[name] for name in names if name in self.fields]

    def said(self) -> list[Said]:
        """What is new: of whom nothing was chosen, or what was said already, nothing."""
        found = []
        for person, needed, reason in self.people:
            chosen = self.cleaned_data[f"nodig_{person.pk}"]
            said = Said(person, chosen == NEEDED, self.cleaned_data[f"reden_{person.pk}"])
            if chosen and (said.needed, said.reason) != (needed, reason):
                found.append(said)
        return found
