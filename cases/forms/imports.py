"""What is typed when a list comes in: the file, which column is which, who is the same person."""

from typing import Any

from django import forms

from cases.models import Doelgroep, Indeling, RowDecision
from cases.rules.columns import (
    LABELS,
    Layout,
    Sample,
    heading_key,
    is_refused,
    not_read,
    recognise,
)
from partners.models import Organisation
from veiligheidshuis.fields import DutchDateField, OneField, always
from veiligheidshuis.formats import today

SKIP, IN_COLUMN = "niet", "kolom"
NOT_CHOSEN = "Kies van wie de lijst is."


class ImportForm(forms.Form):
    """A list of the police or of another partner."""

    bestand = forms.FileField(
        label="Bestand",
        help_text="CSV of Excel (.xlsx), in elke volgorde. Hooguit 10 MB en 50.000 regels.",
        error_messages={
            "required": "Kies het bestand met de lijst.",
            "missing": "Kies het bestand met de lijst.",
            "empty": "Het bestand is leeg. Kies een lijst met een regel voor elke persoon.",
            "invalid": "Het bestand is niet aangekomen. Kies het opnieuw.",
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"}),
    )
    van_wie = OneField(
        label="Van wie is de lijst?",
        help_text="We onthouden per partner welke kolom wat is.",
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages=always(NOT_CHOSEN),
    )
    aangeleverd_op = DutchDateField(label="Aangeleverd op", term="aanlevering", initial=today)

    def __init__(self, *args: Any, sources: Any, usual: Organisation | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["van_wie"].queryset = sources  # type: ignore[attr-defined]
        self.fields["van_wie"].initial = usual and usual.pk


class ColumnsForm(forms.Form):
    """Which column of a list is which; asked of whatever its names did not say."""

    doelgroep = forms.ChoiceField(
        label="Doelgroep van iedereen op deze lijst",
        choices=[(IN_COLUMN, "Staat in een kolom"), *Doelgroep.choices],
        error_messages=always("Kies een doelgroep uit de lijst."),
    )

    def __init__(self, *args: Any, sample: Sample, indeling: Indeling, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sample, self.indeling = sample, indeling
        guessed = recognise(sample.headings, indeling.columns, indeling.doelgroep)
        columns = {place: column for column, place in guessed.places.items()}
        for place, heading in enumerate(sample.headings):
            if not is_refused(heading):
                self.fields[_field(place)] = self._asks(place, columns.get(place, ""))
        self.fields["doelgroep"].initial = guessed.doelgroep or IN_COLUMN
        self.order_fields([name for name in self.fields if name != "doelgroep"])

    def _asks(self, place: int, guessed: str) -> forms.ChoiceField:
        values = self.sample.values[place]
        return forms.ChoiceField(
            label=f"Kolom ‘{self.sample.headings[place] or place + 1}’",
            help_text="Bovenaan staat: " + ", ".join(values) if values else "Bovenaan is hij leeg",
            initial=guessed or SKIP,
            choices=[(SKIP, "Niet inlezen"), *LABELS.items()],
            error_messages=always("Kies wat er in deze kolom staat."),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._refuse_unread()
        taken: dict[str, str] = {}
        for name, column in self._chosen(cleaned).items():
            if column in taken:
                self.add_error(name, f"{LABELS[column]} koos je al bij een andere kolom.")
            taken.setdefault(column, name)
        layout = Layout({column: _place(name) for column, name in taken.items()}, self._of_all)
        if not self.errors:
            for column in layout.missing:
                where = "doelgroep" if column == "doelgroep" else None
                self.add_error(where, f"Zeg in welke kolom dit staat: {LABELS[column].lower()}.")
        if "doelgroep" in taken and self._of_all:
            self.add_error("doelgroep", "De doelgroep staat al in een kolom. Kies een van beide.")
        return cleaned

    def _refuse_unread(self) -> None:
        """What may not be read is not offered; who sends it all the same hears why. AVG 9."""
        for place, heading in enumerate(self.sample.headings):
            if is_refused(heading) and self.data.get(_field(place)):
                self.add_error(None, not_read(heading))

    def _chosen(self, cleaned: dict[str, Any]) -> dict[str, str]:
        return {
            name: column
            for name, column in cleaned.items()
            if name != "doelgroep" and column != SKIP
        }

    @property
    def _of_all(self) -> str:
        chosen = str(self.cleaned_data.get("doelgroep", ""))
        return "" if chosen == IN_COLUMN else chosen

    @property
    def layout(self) -> Layout:
        """Where everything stands, as it was chosen."""
        places = {c: _place(name) for name, c in self._chosen(self.cleaned_data).items()}
        return Layout(places, self._of_all)

    @property
    def columns(self) -> dict[str, str]:
        """What is remembered: by the name of the column what it holds, or that it is not read."""
        return {
            heading_key(self.sample.headings[_place(name)]): "" if column == SKIP else column
            for name, column in self.cleaned_data.items()
            if name != "doelgroep" and heading_key(self.sample.headings[_place(name)])
        }


class DecideForm(forms.Form):
    """The buttons beside a doubtful row: somebody we know, somebody new, or not read in."""

    besluit = forms.ChoiceField(
        label="Besluit",
        choices=RowDecision.choices,
        error_messages=always("Kies bij de regel wie het is, of laat hem weg."),
    )


def _field(place: int) -> str:
    return f"kolom_{place}"


def _place(name: str) -> int:
    return int(name.removeprefix("kolom_"))
