"""What people may type about nuisance, and the words that say how to repair it."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from beheerscommissie import rules
from beheerscommissie.models import (
    Area,
    DayPart,
    Means,
    NuisanceKind,
    Overlastmelding,
    Party,
    Place,
    Route,
)
from beheerscommissie.operations import Contact, Nuisance
from veiligheidshuis.fields import (
    DutchDateField,
    DutchTimeField,
    EmailField,
    OneField,
    PhoneField,
    PlainCharField,
    PlainTextField,
    VersionField,
    always,
    ask_for,
    asked_if,
)

EXAMPLES = {
    NuisanceKind.CRIMINEEL: "geweld, bedreiging, diefstal of handel in drugs",
    NuisanceKind.OPENBARE_ORDE: (
        "drugs gebruiken op straat, dronkenschap, vechten, lastigvallen of rommel achterlaten"
    ),
    NuisanceKind.ZICHT_EN_GELUID: "schreeuwen, schelden, hinderlijk gedrag of verloedering",
}
KINDS = [(kind.value, f"{kind.label.capitalize()}: {EXAMPLES[kind]}") for kind in NuisanceKind]
NO_NAMES = (
    "Noem geen namen. Beschrijf alleen wat u zag of hoorde: wat gebeurde er, hoe lang, met hoeveel "
    "mensen?"
)
CONTACT_NEEDED = "Vul een telefoonnummer of een e-mailadres in, of kies ‘Nee’."


class ReportForm(forms.Form):
    """The public form of an area. A visitor without a name can use it."""

    kind = forms.ChoiceField(
        label="Wat voor overlast is het?",
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages=always("Kies wat voor overlast het is."),
    )
    place = OneField(
        label="Waar was het?",
        queryset=Place.objects.none(),
        empty_label="Kies een straat of plek",
        error_messages={
            "required": "Kies een straat of plek.",
            "invalid_choice": "Deze plek staat niet in de lijst. Kies een straat of plek.",
        },
    )
    place_detail = PlainCharField(
        label="Waar precies?", required=False, help_text="Bijvoorbeeld: bij de fietsenstalling"
    )
    happened_on = DutchDateField(label="Op welke dag?")
    day_part = forms.ChoiceField(
        label="Wanneer op de dag?",
        choices=DayPart.choices,
        widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
        error_messages=always("Kies een deel van de dag."),
    )
    conduct = PlainTextField(
        label="Wat gebeurde er?",
        help_text=NO_NAMES,
        rows=6,
        error_messages={"required": "Beschrijf kort wat er gebeurde."},
    )
    wants_contact = forms.ChoiceField(
        label="Wilt u dat wij u laten weten wat er is gedaan?",
        choices=[
            ("ja", "Ja, bel of mail mij"),
            ("nee", "Nee, ik kijk zelf met de code die ik straks krijg"),
        ],
        widget=forms.RadioSelect,
        error_messages=always("Kies ja of nee."),
    )
    name = PlainCharField(label="Uw naam", max_length=120, required=False)
    phone = asked_if(
        "u antwoord wilt en geen e-mailadres invult",
        PhoneField(label="Uw telefoonnummer"),
    )
    email = asked_if(
        "u antwoord wilt en geen telefoonnummer invult",
        EmailField(label="Uw e-mailadres"),
    )
    website = PlainCharField(
        label="Laat dit veld leeg",
        required=False,
        help_text="Dit veld herkent robots. Staat er iets in? Maak het leeg.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(OneField, self.fields["place"]).queryset = area.places.all()
        for name, kind in (("name", "name"), ("phone", "tel"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = kind

    def clean_happened_on(self) -> object:
        day = self.cleaned_data["happened_on"]
        for obstacle in rules.obstacles_to_reporting_on(day):
            raise ValidationError(obstacle.message, code=obstacle.code)
        return day

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError("Maak dit veld leeg en verstuur de melding opnieuw.")
        return ""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("wants_contact") == "ja":
            ask_for(self, CONTACT_NEEDED, "phone", "email")
        if "happened_on" in data and "day_part" in data:
            for obstacle in rules.obstacles_to_day_part(data["happened_on"], data["day_part"]):
                self.add_error("day_part", ValidationError(obstacle.message, code=obstacle.code))
        return data

    def nuisance(self) -> Nuisance:
        """What was told."""
        told = ("kind", "place", "happened_on", "day_part", "conduct", "place_detail")
        return Nuisance(**{name: self.cleaned_data[name] for name in told})

    def contact(self) -> Contact:
        """How to reach the melder; nothing is kept of somebody who wants no answer."""
        if self.cleaned_data["wants_contact"] == "nee":
            return Contact()
        return Contact(**{name: self.cleaned_data[name] for name in ("name", "phone", "email")})


class FollowForm(forms.Form):
    """The code that a melder got."""

    code = PlainCharField(
        label="Uw meldcode",
        max_length=20,
        help_text="Acht letters en cijfers, bijvoorbeeld K7MR-2FXA",
    )

    def clean_code(self) -> str:
        """As it is kept: capitals, four and four."""
        characters = "".join(c for c in self.cleaned_data["code"].upper() if c.isalnum())
        if not (len(characters) == 8 and characters.isascii()):
            raise ValidationError("Een meldcode heeft acht letters en cijfers. Controleer de code.")
        return f"{characters[:4]}-{characters[4:]}"


class StepForm(forms.Form):
    """A step with a report, made from one version of it: its address, heading and button."""

    step = address = heading = button = ""
    version = VersionField()

    def __init__(self, *args: Any, melding: Overlastmelding, **kwargs: Any) -> None:
        self.melding = melding
        kwargs["initial"] = {"version": melding.version}
        super().__init__(*args, **kwargs)

    def renewed(self, melding: Overlastmelding) -> "StepForm":
        """The same form with what was typed, made from the report as it stands now."""
        data = {**dict(self.data.items()), "version": melding.version}
        return type(self)(data, melding=melding)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What somebody filled in, to read when this step was taken already."""
        return [
            (str(field.label), str(dict(getattr(field.field, "choices", ())).get(value, value)))
            for field in self.visible_fields()
            for value in [str(field.value() or "")]
            if value
        ]


class AssignForm(StepForm):
    """To which party a report goes; the plan's route for its kind is chosen beforehand."""

    step = "assign_report"
    address = "beheerscommissie:assign_report"
    heading = "Volgende stap: toewijzen"
    button = "Melding toewijzen"
    party = OneField(
        label="Wie pakt deze melding op?",
        queryset=Party.objects.none(),
        empty_label="Kies een partij",
        error_messages={
            "required": "Kies een partij.",
            "invalid_choice": "Deze partij staat niet in het plan. Kies een partij uit de lijst.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plans = {"plan__area": self.melding.area_id}
        parties = Party.objects.filter(**plans).select_related("plan")
        cast(OneField, self.fields["party"]).queryset = parties
        if self.melding.party_id is None:
            route = Route.objects.filter(**plans, kind=self.melding.kind).first()
            self.initial["party"] = route and route.party_id


class HandleForm(StepForm):
    """What was done with a report; for the buurtregisseur, not for the commission."""

    step = "handle_report"
    address = "beheerscommissie:handle_report"
    heading = "Volgende stap: afhandelen"
    button = "Melding afhandelen"
    text = PlainTextField(
        label="Wat is er gedaan?",
        help_text="Alleen buurtregisseurs lezen dit. Schrijf niet meer over personen dan nodig is.",
        error_messages={"required": "Schrijf kort op wat er is gedaan."},
    )


class FeedbackForm(StepForm):
    """What the melder was told, how and when."""

    step = "give_feedback"
    address = "beheerscommissie:give_feedback"
    heading = "Volgende stap: terugkoppelen aan de melder"
    button = "Terugkoppeling vastleggen"
    means = forms.ChoiceField(
        label="Hoe hoort de melder het?",
        choices=Means.choices,
        widget=forms.RadioSelect(attrs={"class": "vh-seg vh-seg--kolom"}),
        error_messages=always("Kies hoe de melder het hoort."),
    )
    told_on = DutchDateField(label="Op welke dag?")
    text = PlainTextField(
        label="Wat is er gezegd?",
        help_text=(
            "Kies je de meldcode, dan leest de melder precies deze tekst op de website. "
            "Noem dus niemand."
        ),
        error_messages={"required": "Schrijf op wat de melder te horen kreeg."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["told_on"] = timezone.localdate()
        if not hasattr(self.melding, "melder"):
            self.initial["means"] = Means.MELDCODE


class VergaderingForm(forms.Form):
    """A meeting of the commission."""

    on = DutchDateField(label="Datum", term="vergadering")
    starts_at = DutchTimeField(
        label="Begint om",
        help_text="Bijvoorbeeld 19.30",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "vh-datum"}),
    )
    location = PlainCharField(label="Waar", max_length=120)
    topics = PlainTextField(
        label="Onderwerpen",
        help_text="Een onderwerp per regel. Noem geen personen: bewoners lezen dit.",
        error_messages={"required": "Noem minstens één onderwerp."},
    )


class RoutesForm(forms.Form):
    """Per kind of nuisance the party that is proposed first."""

    version = VersionField()

    def __init__(self, *args: Any, routes: list[Route], **kwargs: Any) -> None:
        kwargs["initial"] = {"version": Route.version_of(routes)}
        super().__init__(*args, **kwargs)
        for route in routes:
            self.fields[route.kind] = OneField(
                label=route.get_kind_display().capitalize(),
                queryset=Party.objects.filter(plan=route.plan_id),
                empty_label=None,
                initial=route.party_id,
                help_text=f"Nu: {route.party}.",
                error_messages=always("Kies een partij uit de lijst."),
            )

    def renewed(self, routes: list[Route]) -> "RoutesForm":
        """The same form with what was chosen, made from the routes as they stand now."""
        data = {**dict(self.data.items()), "version": Route.version_of(routes)}
        return RoutesForm(data, routes=routes)
