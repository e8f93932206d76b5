"""What is typed about where a client is, how he is reached and who is round him: a form a kind."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from cases.forms.victims import Party
from cases.models import SORTS, DatedFact, FactKind
from cases.operations import AboutFact
from veiligheidshuis.fields import (
    CHOOSE,
    DutchDateField,
    EmailField,
    PhoneField,
    PlainCharField,
    ask_for,
    asked_if,
)


def sort_field(kind: FactKind, label: str) -> forms.ChoiceField:
    """What it is, in the words of its kind."""
    words = [(value, capfirst(word)) for value, word in SORTS[kind].items()]
    return forms.ChoiceField(label=label, choices=[("", "Kies"), *words], error_messages=CHOOSE)


class FactForm(forms.Form):
    """What every kind asks: since when, until when, and who said so."""

    kind: FactKind
    from_on = DutchDateField(label="Vanaf", past=True)
    until_on = DutchDateField(
        label="Tot en met",
        past=True,
        required=False,
        help_text="Laat leeg als het nog zo is.",
    )
    supplier = Party(
        label="Van wie komt dit?",
        required=False,
        empty_label="De cliënt zelf",
    )
    field_order = (
        "sort", "what", "phone", "secret", "from_on", "expected_end", "until_on", "supplier",
    )  # fmt: skip

    @property
    def about(self) -> AboutFact:
        """As the operation takes it."""
        return AboutFact(kind=self.kind, **self.cleaned_data)


class AddressForm(FactForm):
    """Where he is; `may_hide` when who types may see and write a secret address."""

    kind = FactKind.ADRES
    sort = sort_field(FactKind.ADRES, "Wat is dit voor adres?")
    what = PlainCharField(
        label="Adres",
        max_length=200,
        help_text="Straat, nummer, postcode en plaats. Of waar hij meestal slaapt.",
    )
    secret = forms.BooleanField(
        label="Dit adres is geheim",
        required=False,
        help_text="Een geheim adres zien alleen jij en wie jij met naam toegang geeft.",
    )

    def __init__(self, *args: Any, may_hide: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_hide:
            del self.fields["secret"]


class ReachForm(FactForm):
    """How he is reached."""

    kind = FactKind.BEREIK
    sort = sort_field(FactKind.BEREIK, "Hoe is hij te bereiken?")
    what = PlainCharField(label="Nummer of e-mailadres", max_length=200)

    def clean_what(self) -> str:
        """A number is a number, and an address for e-mail is one."""
        fields = {"telefoon": PhoneField(), "email": EmailField()}
        typed: str = self.cleaned_data["what"]
        field = fields.get(self.cleaned_data.get("sort", ""))
        return str(field.clean(typed)) if field else typed


class AroundForm(FactForm):
    """Who is round him, and what he is to him: of a third person no more than is needed."""

    kind = FactKind.OMGEVING
    sort = sort_field(FactKind.OMGEVING, "Wie is dit voor de cliënt?")
    what = PlainCharField(
        label="Naam",
        max_length=120,
        help_text="Geen slachtoffer: die gegevens staan apart. Schrijf niet meer op dan nodig is.",
    )
    phone = PhoneField(label="Telefoon", required=False)


class MeasureForm(FactForm):
    """What a judge decided: until when it will probably last."""

    expected_end = DutchDateField(
        label="Verwacht einde",
        term="verwacht_einde",
        required=False,
        help_text="Laat leeg als het niet bekend is.",
    )


class DetentionForm(MeasureForm):
    """That he is locked up, and where."""

    kind = FactKind.DETENTIE
    sort = sort_field(FactKind.DETENTIE, "Waarom zit hij vast?")
    what = PlainCharField(label="Waar?", max_length=120, help_text="De inrichting en de plaats.")


class FrameForm(MeasureForm):
    """Under which measure he is, and who sees to it."""

    kind = FactKind.KADER
    sort = sort_field(FactKind.KADER, "Welk kader?")
    what = PlainCharField(
        label="Door wie?",
        max_length=200,
        help_text="Wie het oplegde en wie toezicht houdt. Schrijf het delict niet op.",
    )


FORMS: dict[str, type[FactForm]] = {
    form.kind: form for form in (AddressForm, ReachForm, AroundForm, DetentionForm, FrameForm)
}


def as_typed(fact: DatedFact) -> dict[str, object]:
    """What stands in the form when a fact is corrected."""
    return {
        "sort": fact.sort,
        "what": fact.what,
        "phone": fact.phone,
        "secret": fact.is_secret,
        "from_on": fact.from_on,
        "until_on": fact.until_on,
        "expected_end": fact.expected_end,
        "supplier": fact.supplier_id,
    }


class WhyWrongForm(forms.Form):
    """Why what stood there was wrong; it stays to be read with it."""

    because = PlainCharField(label="Waarom klopte het niet?", max_length=300)


class EndFactForm(forms.Form):
    """That it is over, or was never true."""

    how = forms.ChoiceField(
        label="Wat is er aan de hand?",
        choices=[("over", "Het is niet meer zo"), ("fout", "Het heeft nooit geklopt")],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    until_on = asked_if("het niet meer zo is", DutchDateField(label="Tot en met", past=True))
    because = asked_if(
        "het nooit heeft geklopt", PlainCharField(label="Waarom klopte het niet?", max_length=300)
    )

    def clean(self) -> dict[str, Any]:
        """The answer that goes with what is the matter."""
        cleaned = super().clean() or {}
        if asked := {"over": "until_on", "fout": "because"}.get(cleaned.get("how", "")):
            ask_for(self, str(self.fields[asked].error_messages["required"]), asked)
        return cleaned

    @property
    def until(self) -> Any:
        """The last day; None when it was never true."""
        return self.cleaned_data["until_on"] if self.cleaned_data["how"] == "over" else None
