"""Who gets a client in hand."""

from collections.abc import Iterable
from typing import Any

from django import forms

from cases.models import Case
from partners.models import User
from veiligheidshuis.fields import PlainTextField, ask_for, asked_if


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


def note_field(help_text: str = "Alleen de interventiemanager leest dit.") -> PlainTextField:
    """What the next interventiemanager must know; he alone reads it."""
    return PlainTextField(
        label="Wat moet de nieuwe interventiemanager weten?",
        rows=3,
        required=False,
        help_text=help_text,
    )


class HandOverForm(AssignForm):
    """One client to his next interventiemanager."""

    note = note_field()


class HandOverAllForm(forms.Form):
    """Every client of somebody who leaves, each with his next interventiemanager."""

    everyone = forms.ChoiceField(
        label="Allemaal naar",
        help_text="Gaat een cliënt naar iemand anders? Kies die dan hieronder bij de cliënt.",
        required=False,
        error_messages={"invalid_choice": "Kies een interventiemanager uit de lijst."},
    )
    note = note_field(
        "Dit komt in elk van deze dossiers: noem geen cliënt. Alleen wie leidt, leest het."
    )

    def __init__(
        self, *args: object, cases: Iterable[Case], managers: Iterable[User], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.cases = list(cases)
        self.by_pk = {str(manager.pk): manager for manager in managers}
        people = [(pk, str(manager)) for pk, manager in self.by_pk.items()]
        self.fields["everyone"].choices = [  # type: ignore[attr-defined]
            ("", "Kies een interventiemanager"),
            *people,
        ]
        for case in self.cases:
            self.fields[case.number] = asked_if(
                "je hierboven niemand kiest",
                forms.ChoiceField(
                    label=f"{case.client.display_name} ({case.number})",
                    choices=[("", "Zoals hierboven"), *people],
                    error_messages={"invalid_choice": "Kies een interventiemanager uit de lijst."},
                ),
            )
        self.order_fields(["everyone", *(case.number for case in self.cases), "note"])

    def clean(self) -> dict[str, Any]:
        """Without one for all of them each client names his own."""
        cleaned = super().clean() or {}
        either = "Kies een interventiemanager, of kies hierboven wie ze allemaal krijgt."
        for case in self.cases:
            ask_for(self, either, case.number, "everyone")
        return cleaned

    @property
    def chosen(self) -> list[tuple[Case, User]]:
        """Each client with his next one: his own exception, or else who gets them all."""
        said = self.cleaned_data
        return [(case, self.by_pk[said[case.number] or said["everyone"]]) for case in self.cases]
