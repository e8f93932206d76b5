"""What is typed round a casusoverleg."""

from typing import Any

from django import forms

from cases.models import Case
from partners.models import User
from veiligheidshuis.fields import (
    DutchDateField,
    DutchTimeField,
    OneField,
    PlainCharField,
    PlainTextField,
    VersionField,
)


class NoteTakerForm(forms.Form):
    """Who takes the notes from now on."""

    note_taker = OneField(
        label="Wie notuleert?",
        queryset=User.objects.none(),
        empty_label="Kies een collega",
        error_messages={
            "required": "Kies wie notuleert.",
            "invalid_choice": "Kies iemand uit de lijst.",
        },
    )

    def __init__(self, *args: Any, note_takers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note_taker"].queryset = note_takers  # type: ignore[attr-defined]


class MomentForm(forms.Form):
    """When and where a casusoverleg is."""

    on = DutchDateField(label="Datum", term="overleg")
    starts = DutchTimeField(label="Van", help_text="Bijvoorbeeld 9.30")
    ends = DutchTimeField(label="Tot", help_text="Bijvoorbeeld 11.00")
    place = PlainCharField(
        label="Waar?",
        max_length=120,
        help_text="Dit staat ook in de agenda van wie komt. Noem geen cliënt en geen huisadres.",
    )


class RescheduleForm(MomentForm):
    """Another moment or room for a meeting that was planned."""

    version = VersionField()


class PlanForm(MomentForm, NoteTakerForm):
    """A new casusoverleg."""

    field_order = ["on", "starts", "ends", "place", "note_taker"]


class PeopleForm(forms.Form):
    """Who comes to one point: only who has a role in its case can be chosen."""

    people = forms.MultipleChoiceField(
        label="Wie komt er bij dit punt?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Alleen wie een rol heeft in dit dossier staat in de lijst.",
        error_messages={
            "required": "Kies wie er komt.",
            "invalid_choice": "Iemand heeft geen rol meer in dit dossier. Kies opnieuw.",
        },
    )

    def __init__(self, *args: Any, case: Case, with_role: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.with_role = {str(person.pk): person for person in with_role}
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (pk, f"{person} ({person.organisation.short_name})")
            for pk, person in self.with_role.items()
        ]

    @property
    def chosen(self) -> list[User]:
        return [self.with_role[pk] for pk in self.cleaned_data["people"]]


class ItemForm(PeopleForm):
    """A case for the agenda: what must be answered, and who comes."""

    question = PlainCharField(
        label="Welke vraag moet worden beantwoord?",
        max_length=200,
        help_text="Kort. Alleen wie is uitgenodigd voor dit punt ziet de vraag.",
    )
    field_order = ["question", "people"]


class MinutesForm(forms.Form):
    """The minutes of one point: no more than the conclusions that are needed."""

    discussed = PlainTextField(
        label="Wat is besproken?", rows=4, help_text="Kort. Noteer geen medische details."
    )
    decision = PlainTextField(label="Besluit", rows=2, required=False)
    tasks = PlainTextField(label="Wie doet wat, en wanneer?", rows=3, required=False)
    version = VersionField()
