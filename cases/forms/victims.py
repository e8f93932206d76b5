"""What is typed about a victim, and why somebody opens it."""

from typing import Any

from django import forms

from cases.forms.dossier import Colleague, VersionForm
from cases.models import InformationWish, VictimPurpose, VictimRelation
from cases.operations import AboutVictim
from partners.models import Organisation, User
from veiligheidshuis.fields import (
    CHOOSE,
    DutchDateField,
    OneField,
    PlainCharField,
    PlainTextField,
    ask_for,
    asked_if,
)


class Party(OneField):
    """A partner of the covenant, by its name; also one that left, as it may stand there already."""

    def __init__(self, **kwargs: Any) -> None:
        every = Organisation.objects.ever_partners().in_covenant_order()
        super().__init__(every, error_messages=CHOOSE, **kwargs)


class PurposeForm(forms.Form):
    """Why somebody opens the data of victims; in the address, so that it can be opened again."""

    reden = forms.ChoiceField(
        label="Waarvoor zijn de gegevens nodig?",
        choices=VictimPurpose.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Kies waarvoor de gegevens nodig zijn.",
            "invalid_choice": "Kies waarvoor de gegevens nodig zijn.",
        },
    )


class VictimForm(VersionForm):
    """Who was hurt, what he wants to be told, and by whom."""

    name = PlainCharField(
        label="Hoe noemen we het slachtoffer?",
        max_length=120,
        help_text="Zoals het slachtoffer zelf wil. Schrijf geen adres of telefoonnummer op.",
    )
    relation = forms.ChoiceField(
        label="Wie is dit voor de cliënt?",
        choices=[("", "Kies"), *VictimRelation.choices],
        error_messages=CHOOSE,
    )
    supplier = Party(label="Van wie komen deze gegevens?", empty_label="Kies een organisatie")
    wish = forms.ChoiceField(
        label="Wil het slachtoffer horen hoe het verdergaat?",
        choices=InformationWish.choices,
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    wish_about = asked_if(
        "het slachtoffer iets wil horen",
        PlainCharField(
            label="Wat wil het slachtoffer horen?",
            max_length=300,
            help_text="Bijvoorbeeld: wanneer de cliënt vrijkomt.",
        ),
    )
    contact = Party(
        label="Wie heeft contact met het slachtoffer?",
        empty_label="Nog niemand",
        required=False,
        help_text="Het slachtoffer hoort alles via deze organisatie, niet van ons.",
    )
    safety = PlainTextField(
        label="Waar letten we op voor de veiligheid?",
        rows=3,
        required=False,
        help_text="Bijvoorbeeld: laat cliënt en slachtoffer elkaar niet treffen op het bureau.",
    )

    def clean(self) -> dict[str, Any]:
        """What somebody wants to hear is asked of who wants to hear, and of nobody else."""
        cleaned = super().clean() or {}
        wants = cleaned.get("wish") == InformationWish.HOREN
        if wants:
            ask_for(self, "Schrijf op wat het slachtoffer wil horen.", "wish_about")
        if cleaned.get("wish_about") and "wish" in cleaned and not wants:
            self.add_error("wish", "Kies ‘wil op de hoogte blijven’, of maak het vak leeg.")
        return cleaned

    @property
    def about(self) -> AboutVictim:
        """As the operation takes it."""
        return AboutVictim(**{k: v for k, v in self.cleaned_data.items() if k != "version"})


class EndVictimForm(forms.Form):
    """Why these data are not needed any more."""

    because = PlainCharField(label="Waarom zijn deze gegevens niet meer nodig?", max_length=300)


class SupportForm(forms.Form):
    """Who may see this one victim, until when and why."""

    person = Colleague(
        label="Wie staat dit slachtoffer bij?",
        queryset=User.objects.none(),
        empty_label="Kies een collega",
        error_messages={
            "required": "Kies wie dit slachtoffer bijstaat.",
            "invalid_choice": "Kies iemand uit de lijst.",
        },
    )
    end_date = DutchDateField(label="Tot en met", term="toegang")
    reason = PlainCharField(
        label="Waarom is dit nodig?",
        max_length=300,
        help_text="Het bedrijfsbureau en de manager lezen dit ook. Noem het slachtoffer niet.",
    )

    def __init__(self, *args: Any, people: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among = User.objects.filter(pk__in=[person.pk for person in people])
        self.fields["person"].queryset = (  # type: ignore[attr-defined]
            among.select_related("organisation", "personal_group").by_name()
        )
