"""What is typed when a plan is drawn up."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from cases.models import Leefgebied
from maatwerkplan.models import Financing, Framework, PartnerAction
from partners.models import Organisation
from veiligheidshuis.fields import (
    DutchDateField,
    OneField,
    PlainCharField,
    PlainTextField,
    VersionField,
)


class TakeOverForm(forms.Form):
    """The button that takes over the day of a partner, with the action as the page showed it."""

    version = VersionField()

    @property
    def seen(self) -> int:
        """The version on the page; without a readable one 0, which no action ever has."""
        return self.cleaned_data["version"] if self.is_valid() else 0


class RevisionForm(forms.Form):
    """Why the plan that is carried out must be otherwise."""

    reason = PlainTextField(
        label="Waarom moet het plan anders?",
        help_text=(
            "Schrijf alleen op wat nodig is. Wie het hele plan mag zien, leest dit ook. "
            "Noteer geen medische details."
        ),
        max_length=2000,
        rows=4,
    )


class ActionForm(forms.Form):
    """One action of the plan: who does what, when, in which framework."""

    leefgebied = forms.ChoiceField(
        label="Leefgebied",
        choices=Leefgebied.choices,
        error_messages={
            "required": "Kies het leefgebied.",
            "invalid_choice": "Kies een leefgebied uit de lijst.",
        },
    )
    description = PlainCharField(
        label="Wat gebeurt er?", max_length=200, help_text="Kort, zoals de cliënt het ook leest."
    )
    organisation = OneField(
        label="Welke partner doet dit?",
        queryset=Organisation.objects.none(),
        empty_label="Kies een partner",
        error_messages={
            "required": "Kies welke partner dit doet.",
            "invalid_choice": "Kies een partner uit de lijst.",
        },
    )
    start_date = DutchDateField(label="Vanaf", term="actie")
    end_date = DutchDateField(label="Tot en met", term="actie")
    framework = forms.ChoiceField(
        label="Kader",
        choices=Framework.choices,
        widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
        error_messages={
            "required": "Kies vrijwillig, drang of dwang.",
            "invalid_choice": "Kies vrijwillig, drang of dwang.",
        },
    )
    is_guidance = forms.BooleanField(
        label="Dit is trajectbegeleiding",
        required=False,
        help_text="Nodig als de cliënt het plan niet zelf kan uitvoeren.",
    )
    after = OneField(
        label="Na welke actie begint dit?",
        queryset=PartnerAction.objects.none(),
        required=False,
        empty_label="Dit wacht op niets",
        help_text="Als eerst iets anders klaar moet zijn.",
        error_messages={"invalid_choice": "Kies een actie uit de lijst."},
    )
    bridged_by = OneField(
        label="Wat overbrugt de tijd tot dit begint?",
        queryset=PartnerAction.objects.none(),
        required=False,
        empty_label="Niets",
        help_text="Bijvoorbeeld dagbesteding tot een opleiding begint.",
        error_messages={"invalid_choice": "Kies een actie uit de lijst."},
    )
    financing = forms.ChoiceField(
        label="Wie betaalt dit?",
        choices=Financing.choices,
        initial=Financing.ONBEKEND,
        help_text="De partner leest dit bij de vraag of hij het kan leveren.",
        error_messages={
            "required": "Kies wie betaalt, of ‘nog niet bekend’.",
            "invalid_choice": "Kies wie betaalt uit de lijst.",
        },
    )
    municipality = PlainCharField(
        label="Welke gemeente betaalt?",
        max_length=60,
        required=False,
        help_text="Alleen als een gemeente betaalt.",
    )
    version = VersionField()

    def __init__(
        self, *args: Any, others: QuerySet[PartnerAction] | None = None, **kwargs: Any
    ) -> None:
        """`others` are the actions of the same plan, for which this one can wait."""
        super().__init__(*args, **kwargs)
        if others is not None:
            for name in ("after", "bridged_by"):
                self.fields[name].queryset = others  # type: ignore[attr-defined]
        for day in ("start_date", "end_date"):  # what stands there already may lie in the past
            self.fields[day].kept = self.initial.get(day)  # type: ignore[attr-defined]
        partners = Organisation.objects.partners().in_covenant_order()
        self.fields["organisation"].queryset = partners  # type: ignore[attr-defined]

    @classmethod
    def typed(cls, action: PartnerAction) -> dict[str, Any]:
        """An action as its form begins."""
        kept = {field.name: field.attname for field in PartnerAction._meta.concrete_fields}
        return {name: getattr(action, kept[name]) for name in cls.base_fields}

    @property
    def about(self) -> dict[str, Any]:
        """The action itself, without what the page added."""
        return {k: v for k, v in self.cleaned_data.items() if k != "version"}
