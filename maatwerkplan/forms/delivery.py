"""What a partner answers; and what the interventiemanager heard on the telephone."""

from typing import Any

from django import forms
from django.utils import timezone

from maatwerkplan.models import FROM_OUTSIDE, Answer, WhyNot
from maatwerkplan.operations.delivery import DISCLOSED, lawful_ground
from partners.models import Mandaat, MandaatQuerySet, Organisation
from veiligheidshuis.fields import (
    CHOOSE,
    DutchDateField,
    OneField,
    PlainCharField,
    PlainTextField,
    ask_for,
    asked_if,
)

# A condition that somebody typed is never lost because another button was chosen.
AMBIGUOUS = "U vulde ook {} in. Kies het antwoord dat daarbij hoort, of maak dat vak leeg."


class AnswerForm(forms.Form):
    """Can you deliver this? Three answers, and a word with two of them. A minute's work."""

    answer = forms.ChoiceField(
        label="Kan uw organisatie dit leveren?",
        choices=[
            (Answer.JA, "Ja, zoals gevraagd"),
            (Answer.JA_MET_WIJZIGING, "Ja, met een voorwaarde of een andere datum"),
            (Answer.NEE, "Nee, dit kan niet"),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies een antwoord.",
            "invalid_choice": "Kies een van de antwoorden.",
        },
    )
    other_start = asked_if(
        "het op een andere datum kan",
        DutchDateField(
            label="Vanaf welke datum kan het wel?",
            term="levering",
            help_text="Alleen bij een andere datum. Bijvoorbeeld 7-12-2026",
        ),
        answers=Answer.JA_MET_WIJZIGING,
    )
    condition = asked_if(
        "het op een voorwaarde kan",
        PlainCharField(
            label="Wat is de voorwaarde?",
            max_length=300,
            help_text="De cliënt leest dit in het plan. Noteer geen medische gegevens.",
        ),
        answers=Answer.JA_MET_WIJZIGING,
    )
    why_not = asked_if(
        "het niet kan",
        forms.ChoiceField(
            label="Waarom kan het niet?",
            required=False,
            choices=[("", "Kies een reden"), *WhyNot.choices],
            error_messages={"invalid_choice": "Kies een reden uit de lijst."},
        ),
        answers=Answer.NEE,
    )
    reason = asked_if(
        "het niet kan",
        PlainCharField(
            label="Licht dit kort toe",
            max_length=300,
            help_text="Alleen bij nee. Noteer geen medische gegevens.",
        ),
        answers=Answer.NEE,
    )

    mandaat = asked_if(
        "het kan",
        OneField(
            Mandaat.objects.none(),
            label="Op welk mandaat rust dit?",
            empty_label="Kies wie dit mag toezeggen",
            error_messages=CHOOSE,
        ),
        answers=f"{Answer.JA} {Answer.JA_MET_WIJZIGING}",
    )

    def __init__(self, *args: Any, mandaten: MandaatQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mandaat"].queryset = mandaten  # type: ignore[attr-defined]
        if not mandaten:  # nobody wrote down who may promise: then it is not asked
            del self.fields["mandaat"]
        elif len(mandaten) == 1:  # a yes is one choice and one button
            self.fields["mandaat"].initial = mandaten[0]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        answer = cleaned.get("answer")
        if answer == Answer.NEE:
            ask_for(self, "Licht kort toe waarom het niet kan.", "reason")
            ask_for(self, "Kies waarom het niet kan.", "why_not")
        if answer == Answer.JA_MET_WIJZIGING:
            either = "Vul de datum in waarop het wel kan, of vul de voorwaarde in."
            ask_for(self, either, "other_start", "condition")
        if "mandaat" in self.fields and answer in (Answer.JA, Answer.JA_MET_WIJZIGING):
            ask_for(self, "Kies op welk mandaat deze toezegging rust.", "mandaat")
        changed = cleaned.get("condition") or cleaned.get("other_start")
        if changed and answer in (Answer.JA, Answer.NEE):
            self.add_error("answer", AMBIGUOUS.format("een voorwaarde of een andere datum"))
        because = cleaned.get("reason") or cleaned.get("why_not")
        if because and answer in (Answer.JA, Answer.JA_MET_WIJZIGING):
            self.add_error("answer", AMBIGUOUS.format("een reden waarom het niet kan"))
        if answer == Answer.NEE and "mandaat" in cleaned:
            cleaned["mandaat"] = None  # it stood there already, and a no rests on nothing
        return cleaned

    @property
    def given(self) -> dict[str, Any]:
        """The answer with its words, as the operation takes it."""
        return dict(self.cleaned_data)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody filled in, to read when it can be sent no more."""
        filled = [(field, str(field.value() or "")) for field in self]
        return [
            (str(field.label), str(dict(getattr(field.field, "choices", ())).get(value, value)))
            for field, value in filled
            if value
        ]


class HeardForm(AnswerForm):
    """The same answer, by telephone or letter: from whom, when, and what was told for it.

    A third party also has to have signed for secrecy (rules.obstacles_to_telling).
    """

    channel = forms.ChoiceField(
        label="Hoe kwam het antwoord?",
        choices=[(each.value, each.label) for each in FROM_OUTSIDE],
        widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
        error_messages={
            "required": "Kies telefoon of brief.",
            "invalid_choice": "Kies telefoon of brief.",
        },
    )
    received_from = PlainCharField(
        label="Van wie?", max_length=120, help_text="Naam of functie bij de partner."
    )
    received_on = DutchDateField(label="Wanneer?", initial=timezone.localdate)
    disclosed = PlainTextField(
        label="Wat vertelde je over de cliënt?",
        help_text="Alleen wat nodig was voor deze vraag. Haal weg wat je niet vertelde.",
        max_length=300,
        rows=2,
        initial=DISCLOSED,
    )
    ground = PlainTextField(label="Op welke grond?", max_length=200, rows=2)
    secrecy = forms.BooleanField(
        label="De geheimhoudingsverklaring is getekend",
        help_text="Deze organisatie is geen deelnemer. Je vertelt pas iets als er is getekend.",
        error_messages={"required": "Laat eerst de geheimhoudingsverklaring tekenen."},
    )
    secrecy_signed_on = DutchDateField(label="Wanneer is die getekend?", term="papieren")

    def __init__(self, *args: Any, asked: Organisation, regime: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = f"Kan {asked.short_name} dit leveren?"
        self.fields["ground"].initial = lawful_ground(asked, regime)
        if asked.may_take_part(regime):
            del self.fields["secrecy"], self.fields["secrecy_signed_on"]

    @property
    def given(self) -> dict[str, Any]:
        """The tick only makes sure that the day was not filled in by the way."""
        return {name: value for name, value in super().given.items() if name != "secrecy"}
