"""What the bedrijfsbureau types: contact points, accounts, roles and absence."""

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
from partners.rules import roles_given_by
from veiligheidshuis.account import secret_field
from veiligheidshuis.fields import (
    DutchDateField,
    EmailField,
    OneField,
    PhoneField,
    PlainCharField,
    PlainTextField,
    ask_for,
    asked_if,
)

LOGIN_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]*$", "Gebruik kleine letters, cijfers, punt of streepje, zonder spaties."
)


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


def offer_roles(form: forms.Form, by: User) -> None:
    """Only the roles that somebody may give."""
    given = roles_given_by(by)
    choices = [("", "Kies een rol"), *((r.value, r.label.capitalize()) for r in Role if r in given)]
    form.fields["role"].choices = choices  # type: ignore[attr-defined]


def organisations_kept_by(by: User) -> QuerySet[Organisation]:
    """Those whose people may have an account that he keeps, in the order of the covenant."""
    found = Organisation.objects.with_accounts().in_covenant_order()
    return found if by.has_role(Role.BEDRIJFSBUREAU) else found.filter(pk=by.organisation_id)


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
        ask_for(self, "Vul een naam of functie in, of kies een account.", "label", "user")
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
    start_date = DutchDateField(label="Rol vanaf", term="aanstelling", initial=timezone.localdate)
    end_date = DutchDateField(label="Rol tot en met", term="aanstelling", required=False)

    sign_on_only = forms.BooleanField(
        label="Logt alleen in via de eigen organisatie; stuur geen link",
        required=False,
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations_kept_by(by)  # type: ignore[attr-defined]
        offer_roles(self, by)


class AppointmentForm(forms.Form):
    """Another role for somebody who has an account, or the same for longer."""

    role = RoleChoice()
    start_date = DutchDateField(label="Vanaf", term="aanstelling", initial=timezone.localdate)
    end_date = DutchDateField(label="Tot en met", term="aanstelling", required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_roles(self, by)


class ChosenPasswordForm(forms.Form):
    """The password that somebody chooses by the link that was mailed to him."""

    new = secret_field(
        "Wachtwoord",
        "new-password",
        help_text="Minstens 12 tekens. Een zin van een paar woorden onthoudt u goed.",
    )
    again = secret_field("Wachtwoord, nog een keer", "new-password")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_new(self) -> str:
        validate_password(self.cleaned_data["new"], self.user)
        return str(self.cleaned_data["new"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "new" in cleaned and "again" in cleaned and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "Dit is anders dan het wachtwoord hierboven. Typ het opnieuw.")
        return cleaned


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
