"""Who gets a client in hand."""

from collections.abc import Iterable

from django import forms

from partners.models import User


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
