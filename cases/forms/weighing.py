"""What is typed when core participants weigh a report, and when it is screened."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from django import forms

from cases.models import Criterium, ScreeningOutcome, Vervolg
from partners.models import User
from veiligheidshuis.fields import CHOOSE, PlainTextField
from veiligheidshuis.terms import said

YES, NO = "ja", "nee"


class AskWeighingForm(forms.Form):
    """Who of the core participants weighs this report."""

    people = forms.MultipleChoiceField(
        label="Wie weegt mee?",
        help_text="Zij lezen de aanmelding, tot er is besloten. Kies mensen uit minstens "
        f"{said('WEIGHING_CHAINS')} ketens.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één persoon.",
            "invalid_choice": "Kies mensen uit de lijst.",
        },
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_id = {str(each.pk): each for each in people}
        grouped = groupby(self.by_id.values(), key=lambda each: each.organisation.name)
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (organisation, [(str(each.pk), str(each)) for each in group])
            for organisation, group in grouped
        ]

    @property
    def chosen(self) -> Sequence[User]:
        return [self.by_id[pk] for pk in self.cleaned_data["people"]]


class WeighForm(forms.Form):
    """For each criterion of BGS 2.20 whether it is met, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Criterium:
            self.fields[f"met_{each.value}"] = forms.ChoiceField(
                label=f"Criterium {each.value}: {each.label}",
                choices=[(YES, "Voldoet"), (NO, "Voldoet niet")],
                widget=forms.RadioSelect,
                error_messages=CHOOSE,
            )
            self.fields[f"reason_{each.value}"] = PlainTextField(
                label=f"Waarom? (criterium {each.value})", max_length=1000, rows=3
            )

    @property
    def verdicts(self) -> dict[str, tuple[bool, str]]:
        """Of each criterion whether it is met, and why."""
        said = self.cleaned_data
        return {
            each.value: (said[f"met_{each.value}"] == YES, said[f"reason_{each.value}"])
            for each in Criterium
        }


class DeclineForm(forms.Form):
    """Where somebody goes who is not admitted, and what we advise whoever reported him."""

    route = forms.ChoiceField(
        label="Wat gebeurt er dan?",
        choices=Vervolg.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    advice = PlainTextField(
        label="Advies aan wie de persoon aandroeg",
        max_length=2000,
        help_text="Wat kan hij zelf doen, of bij wie kan hij terecht? Noem geen gegevens van de "
        "persoon.",
    )


class ScreeningForm(forms.Form):
    """Which chain takes a report of domestic violence up."""

    outcome = forms.ChoiceField(
        label="Uitkomst",
        choices=[("", "Kies een uitkomst"), *ScreeningOutcome.choices],
        error_messages=CHOOSE,
    )
