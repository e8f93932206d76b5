"""What the bedrijfsbureau types: contact points, accounts, roles and absence."""

import secrets
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils import timezone

from partners.models import (
    Clearance,
    Doelgroep,
    Organisation,
    OrganisationQuerySet,
    RegelingKind,
    RegelingQuerySet,
    Role,
    User,
)
from veiligheidshuis.fields import (
    DutchDateField,
    EmailField,
    OneField,
    PhoneField,
    PlainCharField,
    PlainTextField,
    asked_if,
)

LOGIN_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]*$", "Gebruik kleine letters, cijfers, punt of streepje, zonder spaties."
)

# Letters and digits that nobody mistakes for another when they are read out by telephone.
CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password() -> str:
    """A password to start with: four groups of four."""
    return "-".join("".join(secrets.choice(CLEAR) for _ in range(4)) for _ in range(4))


def email_field(**named: Any) -> EmailField:
    widget = forms.EmailInput(attrs={"autocomplete": "off"})
    return EmailField(label="E-mailadres", widget=widget, **named)


def colleague_field(label: str, people: QuerySet[User], **named: Any) -> OneField:
    """One of these people; nobody is a choice when the field is not required."""
    return OneField(
        label=label,
        queryset=people,
        error_messages={
            "required": "Kies iemand uit de lijst.",
            "invalid_choice": "Kies iemand uit de lijst.",
        },
        **named,
    )


class RoleChoice(forms.ChoiceField):
    """One of the roles of the house."""

    def __init__(self, **named: Any) -> None:
        choices = [("", "Kies een rol"), *((r.value, r.label.capitalize()) for r in Role)]
        messages = {"required": "Kies een rol.", "invalid_choice": "Kies een rol uit de lijst."}
        super().__init__(label="Rol", choices=choices, error_messages=messages, **named)


class ContactPointForm(forms.Form):
    """Where an organisation is reached: a colleague with an account, or a desk."""

    label = asked_if(
        "je geen account kiest",
        PlainCharField(
            label="Naam of functie",
            max_length=120,
            help_text="Van de medewerker of de balie. Laat leeg als je een account kiest.",
        ),
    )
    phone = PhoneField(
        label="Telefoon",
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = email_field(required=False)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"] = colleague_field(
            "Medewerker met een account",
            people,
            required=False,
            empty_label="Geen account: wij bellen of schrijven",
            help_text="Een contactpunt met een account krijgt de vragen aan deze organisatie.",
        )
        self.order_fields(["user", "label", "phone", "email"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        person = cleaned.get("user")
        if person and not cleaned.get("label"):
            cleaned["label"] = str(person)
        if "label" not in self.errors and not cleaned.get("label"):
            self.add_error("label", "Vul een naam of functie in, of kies een account.")
        return cleaned


class UserForm(forms.Form):
    """A new account with its first role."""

    organisation = OneField(
        label="Organisatie",
        queryset=Organisation.objects.none(),
        empty_label="Kies een organisatie",
        error_messages={
            "required": "Kies een organisatie.",
            "invalid_choice": "Kies een organisatie uit de lijst.",
        },
    )
    role = RoleChoice()
    first_name = PlainCharField(label="Voornaam", max_length=150)
    last_name = PlainCharField(label="Achternaam", max_length=150)
    email = email_field()
    username = PlainCharField(
        label="Inlognaam",
        max_length=60,
        validators=[LOGIN_NAME],
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    password = PlainCharField(
        label="Eerste wachtwoord",
        max_length=200,
        strip=False,
        required=False,
        initial=first_password,
        help_text=(
            "Dit hebben we bedacht; je mag iets anders typen. Geef het door per telefoon. "
            "Na het opslaan zie je het niet meer. Maak het leeg als iemand alleen via zijn eigen "
            "organisatie inlogt."
        ),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    start_date = DutchDateField(label="Rol vanaf", term="aanstelling", initial=timezone.localdate)
    end_date = DutchDateField(label="Rol tot en met", term="aanstelling", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.in_covenant_order()
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if password := cleaned.get("password"):
            known = ("username", "first_name", "last_name", "email")
            try:
                validate_password(password, User(**{k: cleaned.get(k, "") for k in known}))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class AppointmentForm(forms.Form):
    """Another role for somebody who has an account."""

    role = RoleChoice()
    start_date = DutchDateField(label="Vanaf", term="aanstelling", initial=timezone.localdate)
    end_date = DutchDateField(label="Tot en met", term="aanstelling", required=False)


class ClearanceForm(forms.Form):
    """A paper that the office saw."""

    kind = forms.ChoiceField(
        label="Papier",
        choices=[("", "Kies een papier"), *Clearance.Kind.choices],
        error_messages={
            "required": "Kies welk papier je zag.",
            "invalid_choice": "Kies een papier uit de lijst.",
        },
    )
    seen_on = DutchDateField(label="Gezien op", term="papieren", initial=timezone.localdate)
    valid_until = DutchDateField(label="Geldig tot en met", term="papieren")


class SubjectForm(forms.Form):
    """Who somebody is at the login service of his organisation."""

    subject = PlainCharField(
        label="Kenmerk bij de inlogdienst",
        max_length=255,
        help_text=(
            "De beheerder van de organisatie geeft je dit (hij noemt het ‘sub’). Neem het letter "
            "voor letter over. Gebruik nooit een e-mailadres."
        ),
        error_messages={"required": "Vul het kenmerk in."},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class EndAppointmentForm(forms.Form):
    """The last day of a role."""

    end_date = DutchDateField(
        label="Laatste dag van de rol", term="aanstelling", initial=timezone.localdate
    )


class BlockForm(forms.Form):
    """Why somebody is kept out at once; a choice, because a choice is made in a second."""

    REASONS = (
        ("kwijt", "Een apparaat of wachtwoord is kwijt of gestolen"),
        ("misbruik", "Er is een vermoeden van misbruik"),
        ("weg", "Deze persoon werkt hier vanaf nu niet meer"),
    )
    reason = forms.ChoiceField(
        label="Waarom?",
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": "Kies waarom.", "invalid_choice": "Kies waarom."},
    )


class ResetForm(forms.Form):
    """That somebody lost his second factor, and how the office knows that it is he who asks."""

    reason = PlainTextField(
        label="Wat is er gebeurd?",
        rows=3,
        max_length=500,
        help_text="Bijvoorbeeld: telefoon gestolen, en de herstelcodes zaten erbij",
    )
    identity = PlainTextField(
        label="Hoe weet je dat deze persoon het zelf vraagt?",
        rows=3,
        max_length=500,
        help_text=(
            "Bijvoorbeeld: kwam langs met zijn pas. Of: teruggebeld op het nummer dat wij al "
            "hadden, en zijn leidinggevende bevestigde het."
        ),
    )


class AbsenceForm(forms.Form):
    """From when to when somebody is away, and who stands in."""

    start_date = DutchDateField(
        label="Eerste dag afwezig", term="afwezigheid", initial=timezone.localdate
    )
    end_date = DutchDateField(label="Laatste dag afwezig", term="afwezigheid")

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        # Beside the form for a role on one page, where an id must be unique.
        kwargs["auto_id"] = "afwezig_%s"
        super().__init__(*args, **kwargs)
        self.fields["stand_in"] = colleague_field(
            "Wie neemt waar?", people, required=False, empty_label="Niemand"
        )


class AnyonesAbsenceForm(AbsenceForm):
    """The same for anyone with an account, on the page of the whole house."""

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, people=people, **kwargs)
        self.fields["user"] = colleague_field(
            "Wie is er afwezig?", people, empty_label="Kies iemand"
        )
        self.order_fields(["user", "start_date", "end_date", "stand_in"])


class RegelingForm(forms.Form):
    """The next version of an agreement between the partners, or its first."""

    kind = asked_if(
        "dit een nieuwe regeling is",
        forms.ChoiceField(
            label="Soort",
            choices=[
                ("", "Kies een soort"),
                *((k.value, k.label.capitalize()) for k in RegelingKind),
            ],
            error_messages={"invalid_choice": "Kies een soort uit de lijst."},
        ),
    )
    title = asked_if(
        "dit een nieuwe regeling is",
        PlainCharField(
            label="Titel",
            max_length=160,
        ),
    )
    dated_on = DutchDateField(label="Datum van de tekst", term="regeling", past=True)
    valid_from = DutchDateField(label="Geldig vanaf", term="regeling")
    valid_until = DutchDateField(label="Geldig tot en met", term="regeling", required=False)
    covers = forms.MultipleChoiceField(
        label="Voor welke doelgroepen?",
        choices=[(d.value, d.label.capitalize()) for d in Doelgroep],
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Kies minstens één doelgroep.",
            "invalid_choice": "Kies een doelgroep uit de lijst.",
            "invalid_list": "Kies een doelgroep uit de lijst.",
        },
    )
    changes = PlainTextField(
        label="Wat verandert er?",
        max_length=1000,
        help_text="In een paar zinnen, voor de leden van de stuurgroep.",
    )

    def __init__(self, *args: Any, former: RegelingQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["former"] = OneField(
            label="Waarvan is dit een nieuwe versie?",
            queryset=former,
            required=False,
            empty_label="Dit is een nieuwe regeling",
            error_messages={"invalid_choice": "Kies een regeling uit de lijst."},
        )
        self.order_fields(["former", *self.base_fields])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if former := cleaned.pop("former", None):
            cleaned |= {"kind": former.kind, "title": former.title}
        elif "former" not in self.errors:
            self._ask_what_it_is(cleaned)
        first, last = cleaned.get("valid_from"), cleaned.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", "De einddatum ligt vóór de begindatum. Kies een latere.")
        return cleaned

    def _ask_what_it_is(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("kind") and "kind" not in self.errors:
            self.add_error("kind", "Kies wat voor regeling dit is.")
        if not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", "Vul de titel van de nieuwe regeling in.")


class ApprovalForm(forms.Form):
    """What the stuurgroep decided about a version."""

    decided_on = DutchDateField(label="Stuurgroep van")
    decision = PlainCharField(
        label="Besluit",
        max_length=300,
        help_text="Zoals het in het verslag staat, met het nummer van het besluit.",
    )


class OndertekeningForm(forms.Form):
    """A partner signed the declaration that goes with a version."""

    signed_on = DutchDateField(label="Getekend op", initial=timezone.localdate)
    function = PlainCharField(
        label="Functie van wie tekende",
        max_length=120,
        help_text="Bijvoorbeeld: directeur. Een naam is niet nodig.",
    )

    def __init__(self, *args: Any, waiting: OrganisationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"] = OneField(
            label="Partner",
            queryset=waiting,
            empty_label="Kies een partner",
            error_messages={
                "required": "Kies welke partner tekende.",
                "invalid_choice": "Deze partner heeft al getekend, of staat niet in de lijst.",
            },
        )
        self.order_fields(["organisation", "signed_on", "function"])
