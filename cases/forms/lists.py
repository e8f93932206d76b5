"""What is typed round the prioriteitenlijst."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from django import forms
from django.core.validators import RegexValidator

from cases.models import Case, Regime
from partners.models import User
from veiligheidshuis.fields import DutchDateField, PlainCharField, VersionField, always, asked_if
from veiligheidshuis.terms import said

EMPTY, FORMER = "leeg", "vorige"
UP, DOWN = "op", "neer"
MARK = r"[0-9]{4}-[0-9]{1,3}"


class ListForm(forms.Form):
    """A new list: its mark, its meeting and who weighs."""

    code = PlainCharField(
        label="Kenmerk",
        max_length=10,
        help_text="Jaar en volgnummer, bijvoorbeeld 2026-2",
        validators=[
            RegexValidator(rf"^{MARK}\Z", "Schrijf het jaar en een volgnummer, zoals 2026-2.")
        ],
    )
    meeting_on = DutchDateField(label="Datum van het selectieoverleg", term="selectieoverleg")
    regime = forms.ChoiceField(
        label="Onder welk regime?",
        help_text="Op een lijst staan alleen kandidaten van dit regime.",
        choices=Regime.choices,
        widget=forms.RadioSelect,
        error_messages=always("Kies het regime van deze lijst."),
    )
    start_from = forms.ChoiceField(
        label="Waarmee begint de lijst?",
        choices=[
            (FORMER, "Met de volgorde van de vorige lijst"),
            (EMPTY, "Leeg: ik kies alle kandidaten zelf"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies hoe de lijst begint.",
            "invalid_choice": "Kies hoe de lijst begint.",
        },
    )
    members = forms.MultipleChoiceField(
        label="Leden van het selectieoverleg",
        help_text="Zij zien de kandidaten van deze lijst, tot de lijst is vastgesteld.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één lid.",
            "invalid_choice": "Kies leden uit de lijst.",
        },
    )

    def __init__(self, *args: object, members: Iterable[User], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        by_organisation = groupby(members, key=lambda member: member.organisation.name)
        self.fields["members"].choices = [  # type: ignore[attr-defined]
            (organisation, [(str(member.pk), str(member)) for member in group])
            for organisation, group in by_organisation
        ]


class CandidatesForm(forms.Form):
    """Which candidates go on the list. The page draws the boxes itself, in a table."""

    candidates = forms.MultipleChoiceField(
        label="Kandidaten",
        error_messages={
            "required": "Kies minstens één kandidaat.",
            "invalid_choice": "Iemand van je keuze staat intussen op de lijst. Kies opnieuw.",
        },
    )

    def __init__(self, *args: object, candidates: Sequence[Case], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.by_number = {case.number: case for case in candidates}
        self.fields["candidates"].choices = [  # type: ignore[attr-defined]
            (number, number) for number in self.by_number
        ]

    @property
    def chosen(self) -> list[Case]:
        return [self.by_number[number] for number in self.cleaned_data["candidates"]]


class MoveForm(forms.Form):
    """Where a candidate goes: an arrow or a place, and why when it is far."""

    plaats = forms.IntegerField(
        label="Nieuwe plaats",
        min_value=1,
        max_value=9999,
        localize=False,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "class": "vh-plaats", "autocomplete": "off"}
        ),
        error_messages={
            "required": "Typ de plaats als getal.",
            "invalid": "Typ de plaats als getal.",
            "min_value": "De eerste plaats is 1.",
            "max_value": "Zo lang is de lijst niet.",
        },
    )
    reden = PlainCharField(
        label="Waarom?",
        max_length=300,
        help_text="Kort, voor de andere leden van het overleg.",
        error_messages={"required": "Schrijf kort op waarom."},
    )
    versie = VersionField()

    def __init__(self, *args: object, asks_reason: bool = False, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        far = f"iemand {said('big_move')} plaatsen of meer verschuift"
        asked_if(far, self.fields["reden"]).required = asks_reason
        self.fields["plaats"].required = self.arrow is None

    @property
    def arrow(self) -> str | None:
        """Up or down by one, when an arrow was pressed."""
        pressed = self.data.get("richting")
        return pressed if pressed in (UP, DOWN) else None

    def to_place(self, now: int) -> int:
        """The place that is meant: arrows count from where the candidate stands."""
        if self.arrow:
            return now - 1 if self.arrow == UP else now + 1
        return int(self.cleaned_data["plaats"])


class PlaceForm(forms.Form):
    """The place on a long list to which somebody wants to jump."""

    plaats = forms.IntegerField(
        label="Ga naar plaats",
        min_value=1,
        max_value=9999,
        localize=False,
        error_messages={
            "required": "Typ de plaats als getal.",
            "invalid": "Typ de plaats als getal.",
            "min_value": "De eerste plaats is 1.",
            "max_value": "Zo lang is de lijst niet.",
        },
    )


class TakeOffForm(forms.Form):
    """Why somebody need not be on the list any more."""

    reason = PlainCharField(
        label="Waarom hoort deze persoon niet meer op de lijst?",
        max_length=300,
        help_text="Dit komt in het dossier. Op de lijst blijft niets staan.",
        error_messages={"required": "Schrijf kort op waarom."},
    )


class AdoptForm(forms.Form):
    """The version of the list that is adopted: exactly the one on the screen."""

    versie = VersionField()


def next_code(meeting_on: date, taken: Iterable[str]) -> str:
    """The mark that follows on the highest one: 2026-3 after 2026-2, 2027-2 when there is a list
    of next year already, and 2026-1 when none is of this year or later."""
    numbers = (tuple(map(int, code.split("-"))) for code in taken if re.fullmatch(MARK, code))
    near = ((year, number) for year, number in numbers if year <= meeting_on.year + 1)
    year, number = max(near, default=(0, 0))
    return f"{year}-{number + 1}" if year >= meeting_on.year else f"{meeting_on.year}-1"
