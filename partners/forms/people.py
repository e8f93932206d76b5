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
    Organisation,
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
        organisations = Organisation.objects.with_accounts().in_covenant_order()
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
