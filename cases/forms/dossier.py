"""What is typed in a dossier: notes, judgements, access."""

from typing import Any

from django import forms
from django.utils.text import capfirst

from cases import rules
from cases.models import DEFICIT_WORDS, NOT_BY_HAND, UNKNOWN, Interview, Scope, SelfReliance
from partners.models import User
from veiligheidshuis.fields import (
    CHOOSE,
    DutchDateField,
    OneField,
    PlainCharField,
    PlainTextField,
    VersionField,
    asked_if,
)

CHOOSE_YES_OR_NO = {"required": "Kies ja of nee.", "invalid_choice": "Kies ja of nee."}


def scope_choices(scopes: list[Scope]) -> list[tuple[str, str]]:
    """Who sees a note: in the words of the people who see it, narrowest first."""
    words = {
        Scope.LEAD_CASE: "Alleen de interventiemanager (jij)",
        Scope.KNOW_CASE: "Iedereen die van dit dossier weet",
        Scope.VIEW_PLAN: "Wie het hele plan mag zien",
        Scope.VIEW_JUSTICE: "Wie justitiële gegevens mag zien",
        Scope.VIEW_CONTACT: "Wie adres, telefoon en omgeving mag zien",
        Scope.VIEW_SECRET_ADDRESS: "Wie een geheim adres mag zien",
    }
    hidden = {Scope.VIEW_BSN, Scope.MINUTES, Scope.VIEW_VICTIM}
    ordered = sorted(scopes, key=lambda s: s != Scope.LEAD_CASE)
    return [(s.value, words.get(s, capfirst(s.label))) for s in ordered if s not in hidden]


class NoteForm(forms.Form):
    """A contact or note in the timeline."""

    title = PlainCharField(label="Onderwerp", max_length=120)
    text = PlainTextField(
        label="Wat is er besproken?",
        rows=3,
        required=False,
        help_text="Schrijf alleen op wat nodig is voor het plan.",
    )
    happened_on = DutchDateField(
        label="Op welke dag was dit?",
        past=True,
        term="notitie",
        required=False,
        help_text="Laat leeg als het vandaag was. Anders bijvoorbeeld 7-12-2025.",
    )
    scope = forms.ChoiceField(
        label="Wie mag dit zien?",
        initial=Scope.LEAD_CASE,  # the narrowest; whoever wants more readers chooses them
        error_messages={
            "required": "Kies wie dit mag zien.",
            "invalid_choice": "Kies wie dit mag zien uit de lijst.",
        },
    )

    def __init__(self, *args: Any, scopes: list[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"].choices = scope_choices(scopes)  # type: ignore[attr-defined]


class VersionForm(forms.Form):
    """A form that knows which version it was made from."""

    version = VersionField()


# What a judgement says besides how much is lacking, as its fields are called.
WORDS = ("find_out", "protective", "need", "running_help", "source")


class ScoreForm(VersionForm):
    """The judgement on one leefgebied."""

    deficit = forms.ChoiceField(
        label="Hoe groot is het tekort?",
        choices=[
            (UNKNOWN, "nog onbekend"),
            *((str(n), f"{n} {word}") for n, word in enumerate(DEFICIT_WORDS)),
        ],
        widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
        error_messages={
            "required": "Kies hoe groot het tekort is, of ‘nog onbekend’.",
            "invalid_choice": "Kies een van de antwoorden.",
        },
    )
    explanation = asked_if(
        "er een tekort is, of als het nog onbekend is",
        PlainTextField(
            label="Toelichting",
            rows=4,
            help_text="Wat is er aan de hand, of waarom is het nog niet bekend? "
            "Noteer geen medische details.",
        ),
    )
    find_out = asked_if(
        "het nog onbekend is",
        PlainCharField(
            label="Wat zoek je nog uit, en hoe?",
            max_length=300,
            help_text="Bijvoorbeeld: vragen aan Mondriaan, voor 1 maart.",
        ),
    )
    criminogenic = asked_if(
        "er een tekort is",
        forms.ChoiceField(
            label="Hangt dit samen met delicten of overlast?",
            choices=[("ja", "Ja"), ("nee", "Nee"), ("", "Nog onbekend")],
            widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
            error_messages=CHOOSE_YES_OR_NO,
        ),
    )

    protective = PlainTextField(
        label="Wat gaat goed?",
        rows=2,
        required=False,
        help_text="Wat de cliënt beschermt of vooruithelpt, ook mensen om hem heen.",
    )
    need = PlainTextField(label="Wat is er nodig?", rows=2, required=False)
    running_help = PlainTextField(label="Welke hulp loopt al?", rows=2, required=False)
    source = PlainCharField(
        label="Van wie of waaruit weet je dit?",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: gesprek met de cliënt, of rapport van de reclassering.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "deficit" in self.errors:  # what goes with it follows from it
            return cleaned
        for missing in rules.obstacles_to_judgement(**self._judged()):
            field = missing.code.removesuffix("_missing")
            if field not in self.errors:
                self.add_error(field, missing.message)
        return cleaned

    def _judged(self) -> dict[str, Any]:
        """What could be read of the judgement, as the rule and the operation take it."""
        data = self.cleaned_data
        deficit = data["deficit"]
        return {
            "deficit": None if deficit == UNKNOWN else int(deficit),
            "explanation": data.get("explanation", ""),
            "criminogenic": {"ja": True, "nee": False}.get(data.get("criminogenic", "")),
            **{name: data.get(name, "") for name in WORDS},
        }

    @property
    def judgement(self) -> dict[str, Any]:
        """As the operation takes it."""
        return self._judged() | {"seen": self.cleaned_data["version"]}


class SelfRelianceForm(VersionForm):
    """Whether the client can carry out the plan himself. S2, voetnoot 8."""

    self_reliance = forms.ChoiceField(
        label="Kan de cliënt het plan zelf uitvoeren?",
        choices=SelfReliance.choices,
        widget=forms.RadioSelect,
        help_text="Kies je ‘niet’? Dan hoort trajectbegeleiding in het plan.",
        error_messages={
            "required": "Kies of de cliënt het plan zelf kan uitvoeren.",
            "invalid_choice": "Kies een van de antwoorden.",
        },
    )
    instrument = PlainCharField(
        label="Gebruikt instrument",
        max_length=80,
        required=False,
        help_text="Bijvoorbeeld RISC. Neem alleen de uitkomst over.",
    )
    interview = asked_if(
        "je de diagnose vaststelt",
        forms.ChoiceField(
            label="Is er met de cliënt gesproken?",
            choices=[
                (Interview.GEHOUDEN.value, "Ja, er was een gesprek"),
                (Interview.GEWEIGERD.value, "Nee, de cliënt weigerde een gesprek"),
                ("", "Nog niet"),
            ],
            widget=forms.RadioSelect,
            error_messages=CHOOSE,
        ),
    )
    interview_on = asked_if(
        "er een gesprek was of de cliënt het weigerde",
        DutchDateField(label="Op welke dag was dat?", past=True),
    )
    interview_by = PlainCharField(
        label="Wie voerde het gesprek, of vroeg erom?", max_length=120, required=False
    )
    refused_because = asked_if(
        "de cliënt het gesprek weigerde",
        PlainCharField(label="Waarom wilde de cliënt niet praten?", max_length=300),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "interview" in self.errors:
            return cleaned
        told = [cleaned.get(name) for name in ("interview", "interview_on", "refused_because")]
        for missing in rules.obstacles_to_interview(told[0] or "", told[1], told[2] or ""):
            field = missing.code.removesuffix("_missing").removesuffix("_too_much")
            if field not in self.errors:
                self.add_error(field, missing.message)
        return cleaned


class AgainForm(forms.Form):
    """Why a diagnosis that was established is judged again."""

    reason = PlainCharField(
        label="Waarom beoordeel je opnieuw?",
        max_length=300,
        help_text="Bijvoorbeeld: een half jaar verder, of hij is zijn woning kwijt.",
    )


class Colleague(OneField):
    """A person, with the organisation he works for."""

    def label_from_instance(self, obj: User) -> str:
        return f"{obj} ({obj.organisation.short_name})"


class GrantForm(forms.Form):
    """Access by hand, for one person and a time."""

    person = Colleague(
        label="Wie krijgt toegang?",
        queryset=User.objects.none(),
        empty_label="Kies een collega",
        error_messages={
            "required": "Kies wie toegang krijgt.",
            "invalid_choice": "Kies iemand uit de lijst.",
        },
    )
    scopes = forms.MultipleChoiceField(
        label="Wat mag deze persoon zien?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies wat deze persoon mag zien.",
            "invalid_choice": "Kies uit de lijst.",
        },
    )
    end_date = DutchDateField(label="Tot en met", term="toegang")
    reason = PlainCharField(label="Waarom is dit nodig?", max_length=300)

    def __init__(self, *args: Any, people: Any, scopes: list[Scope], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["scopes"].choices = [  # type: ignore[attr-defined]
            (s.value, capfirst(s.label)) for s in scopes if s not in NOT_BY_HAND
        ]


class BarForm(forms.Form):
    """Who is kept out of a case, and why."""

    person = Colleague(
        label="Wie sluit je uit?",
        queryset=User.objects.none(),
        empty_label="Kies iemand",
        error_messages={
            "required": "Kies wie je uitsluit.",
            "invalid_choice": "Kies iemand uit de lijst.",
        },
    )
    reason = PlainCharField(
        label="Waarom?",
        max_length=300,
        help_text="Bijvoorbeeld: familie. Dit lezen alleen bedrijfsbureau en manager.",
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class LiftBarForm(forms.Form):
    """Why somebody may come at a case again."""

    reason = PlainCharField(label="Waarom kan dit nu wel?", max_length=300)
