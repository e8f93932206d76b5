"""Who gets a client in hand."""

from collections.abc import Iterable

from django import forms

from cases.models import Case
from partners.models import User
from veiligheidshuis.fields import PlainTextField


class AssignForm(forms.Form):
    """One interventiemanager; the page draws the choice beside his caseload."""

    manager = forms.ChoiceField(
        label="Interventiemanager",
        error_messages={
            "required": "Kies een interventiemanager.",
            "invalid_choice": "Kies een interventiemanager uit de lijst.",
        },
    )

    def __init__(self, *args: object, managers: Iterable[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.by_pk = {str(manager.pk): manager for manager in managers}
        self.fields["manager"].choices = [  # type: ignore[attr-defined]
            (pk, str(manager)) for pk, manager in self.by_pk.items()
        ]

    @property
    def chosen(self) -> User:
        return self.by_pk[self.cleaned_data["manager"]]


def note_field() -> PlainTextField:
    """What the next interventiemanager must know; he alone reads it."""
    return PlainTextField(
        label="Wat moet de nieuwe interventiemanager weten?",
        rows=3,
        required=False,
        help_text="Alleen de interventiemanager leest dit.",
    )


class HandOverForm(AssignForm):
    """One client to his next interventiemanager."""

    note = note_field()


class HandOverAllForm(forms.Form):
    """Every client of somebody who leaves, each with his next interventiemanager."""

    note = note_field()

    def __init__(
        self, *args: object, cases: Iterable[Case], managers: Iterable[User], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.cases = list(cases)
        self.by_pk = {str(manager.pk): manager for manager in managers}
        people = [(pk, str(manager)) for pk, manager in self.by_pk.items()]
        choices = [("", "Kies een interventiemanager"), *people]
        for case in self.cases:
            self.fields[case.number] = forms.ChoiceField(
                label=f"{case.client.display_name} ({case.number})",
                choices=choices,
                error_messages={
                    "required": "Kies een interventiemanager.",
                    "invalid_choice": "Kies een interventiemanager uit de lijst.",
                },
            )
        self.order_fields([*(case.number for case in self.cases), "note"])

    @property
    def chosen(self) -> list[tuple[Case, User]]:
        return [(case, self.by_pk[self.cleaned_data[case.number]]) for case in self.cases]
