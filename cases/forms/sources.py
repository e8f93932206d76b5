"""What is typed to ask the partners for candidates."""

from collections.abc import Iterable

from django import forms

from partners.models import Organisation

REMIND, NOBODY = "herinner", "niemand"


class SourcesForm(forms.Form):
    """Which partners are asked."""

    partners = forms.MultipleChoiceField(
        label="Wie vraag je om kandidaten?",
        help_text="Hun contactpunten krijgen een mail, zonder namen.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één partner.",
            "invalid_choice": "Een van je keuzes is intussen gevraagd. Kies opnieuw.",
        },
    )

    def __init__(
        self, *args: object, organisations: Iterable[Organisation], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.by_pk = {str(each.pk): each for each in organisations}
        self.fields["partners"].choices = [  # type: ignore[attr-defined]
            (pk, each.name) for pk, each in self.by_pk.items()
        ]

    @property
    def chosen(self) -> list[Organisation]:
        return [self.by_pk[pk] for pk in self.cleaned_data["partners"]]


class SourceForm(forms.Form):
    """What is done about one partner who is silent: a button in a table."""

    wat = forms.ChoiceField(
        choices=[(REMIND, "Herinneren"), (NOBODY, "Heeft niemand")],
        error_messages={
            "required": "Kies ‘Herinneren’ of ‘Heeft niemand’.",
            "invalid_choice": "Kies ‘Herinneren’ of ‘Heeft niemand’.",
        },
    )
