"""Form fields that take what people type and say in plain Dutch how to repair it."""

import re
from datetime import date, datetime, time
from typing import Any, NoReturn, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator

from veiligheidshuis import terms
from veiligheidshuis.formats import MONTHS, SHORT_MONTHS, today

# Everything below a space except tab, line feed and carriage return, and DEL. PostgreSQL refuses
# a NUL byte; the others break a PDF or a calendar file later on.
CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Signs without a shape, that come along from a word processor: they turn the order in which a name
# is read, or hide that two are the same. What joins the parts of one sign is apart (emoji).
SHAPELESS = re.compile(
    r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
JOINERS = re.compile(r"[\u200c\u200d]")
# What stands where bytes were that no alphabet has: nobody typed it.
BROKEN = re.compile(r"[\ufffd\ud800-\udfff]")
DUTCH_DATE = re.compile(r"^(\d{1,2})[-/. ]+(\d{1,2}|[a-z]+)\.?[-/. ]+(\d{4}|\d{2})$", re.ASCII)
MONTH_NUMBERS = {
    **{name: number for number, name in enumerate(MONTHS, start=1)},
    **{name: number for number, name in enumerate(SHORT_MONTHS, start=1)},
    "maa": 3,
    "sept": 9,
}
FIRST_YEAR, LAST_YEAR = 1900, 2100
TIME_FORMATS = ("%H.%M", "%H:%M", "%H")
LOST_PAGE = "Deze pagina is niet goed aangekomen. Open de pagina opnieuw."


# For a question with a few answers.
CHOOSE = {"required": "Kies een van de antwoorden.", "invalid_choice": "Kies uit de lijst."}


F = TypeVar("F", bound=forms.Field)


def asked_if(when: str, field: F, *, answers: str = "") -> F:
    """A field that another answer makes required: beside it stands when that is.

    `answers` (values of a choice called answer or kind, a space between) keeps the field out of
    sight until one of them is chosen: by style alone, where a browser can; else it simply stands
    there.
    """
    field.required = field.widget.is_required = False
    field.asked_if = when  # type: ignore[attr-defined]
    field.answers = answers  # type: ignore[attr-defined]
    return field


def ask_for(form: forms.BaseForm, sentence: str, *names: str) -> None:
    """Say at the first of these fields that it, or one of the others, must still be filled in.

    Where something is wrong already something was filled in: its own sentence is the true one, and
    that nothing was filled in would be a second, and no true one.
    """
    if not any(name in form.errors or form.cleaned_data.get(name) for name in names):
        form.add_error(names[0], sentence)


def always(sentence: str) -> dict[str, str]:
    """The same words for who chose nothing and for who sent something that was not offered."""
    return {"required": sentence, "invalid_choice": sentence}


class PlainCharField(forms.CharField):
    """One line of text: no invisible characters, no more than max_length. What has no shape falls
    away without a word, but from a password: nobody typed it, and nobody can see it.

    There is no maxlength in the page: a browser cuts pasted text off without a word.
    """

    default_error_messages = {
        "required": "Vul dit in.",
        "control": (
            "Deze tekst bevat een onzichtbaar teken dat we niet kunnen bewaren. "
            "Typ de tekst opnieuw in plaats van hem te plakken."
        ),
        "broken": "Een teken is onderweg kapotgegaan (�). Typ de tekst daar opnieuw.",
        "too_long": "Deze tekst is {length} tekens lang. Maak hem korter: maximaal {limit} tekens.",
    }

    def __init__(self, *, max_length: int = 200, **kwargs: Any) -> None:
        self.limit = max_length
        super().__init__(**kwargs)
        # Ours says the same in plain words.
        self.validators = [v for v in self.validators if not _is_null_check(v)]

    def to_python(self, value: Any) -> str | None:
        # A browser sends a line end as two characters; people count one.
        text = super().to_python(value)
        if not text or isinstance(self.widget, forms.PasswordInput):
            return text
        return SHAPELESS.sub("", text.replace("\r\n", "\n"))

    def validate(self, value: str | None) -> None:
        super().validate(value)
        if not value:
            return
        if CONTROL_CHARACTERS.search(value):
            raise ValidationError(self.error_messages["control"], code="control")
        if BROKEN.search(value):
            raise ValidationError(self.error_messages["broken"], code="broken")
        if len(value) > self.limit:
            message = self.error_messages["too_long"].format(length=len(value), limit=self.limit)
            raise ValidationError(message, code="too_long")


class PlainTextField(PlainCharField):
    """A few sentences or more, in a text area."""

    widget = forms.Textarea

    def __init__(self, *, max_length: int = 4000, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=max_length, **kwargs)
        if isinstance(self.widget, forms.Textarea):
            self.widget.attrs["rows"] = rows
            self.widget.attrs.pop("cols", None)


class OneField(forms.ModelChoiceField):
    """One person or thing out of those that are offered."""

    def to_python(self, value: Any) -> Any:
        """What is no key at all was not offered either: not every kind of key says so itself."""
        try:
            return super().to_python(value)
        except ValidationError:
            raise ValidationError(
                self.error_messages["invalid_choice"],
                code="invalid_choice",
                params={"value": value},
            ) from None

    def validate_no_null_characters(self, value: Any) -> None:
        """What cannot be read was not offered either, and is refused in the same words."""
        if "\x00" in str(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")


class EmailField(PlainCharField):
    """An address for e-mail."""

    widget = forms.EmailInput
    default_validators = [
        EmailValidator("Dit is geen e-mailadres. Een voorbeeld is naam@organisatie.example.")
    ]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=254, **kwargs)


class PhoneField(PlainCharField):
    """A telephone number, with the spaces and signs that people put in it."""

    widget = forms.TextInput(attrs={"type": "tel"})
    default_validators = [
        RegexValidator(
            r"^[0-9+() -]{3,20}$",
            "Schrijf het nummer met cijfers en spaties, bijvoorbeeld 045 560 00 10.",
        )
    ]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)


class UnseenField(PlainCharField):
    """What a page sends back of itself; nobody types it, so nobody can mend it either."""

    widget = forms.HiddenInput
    default_error_messages = dict.fromkeys(("required", "control", "broken", "too_long"), LOST_PAGE)


class VersionField(forms.IntegerField):
    """The version of what is kept from which a page was made, 0 when there is nothing yet.

    Nobody types it himself, and a form without it is refused: what changed meanwhile would be lost.
    """

    widget = forms.HiddenInput
    default_error_messages = {"required": LOST_PAGE, "invalid": LOST_PAGE}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(localize=False, **{"initial": 0} | kwargs)


class DutchTimeField(PlainCharField):
    """A time as people write it: 9.30, 9:30 or 9."""

    default_error_messages = {
        "required": "Vul een tijd in, bijvoorbeeld 9.30.",
        "invalid": "Schrijf de tijd zoals 9.30.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)  # long enough for "half tien"

    def clean(self, value: Any) -> time:
        text = super().clean(value).removesuffix("uur").strip()
        for form in TIME_FORMATS:
            try:
                return datetime.strptime(text, form).time()  # noqa: DTZ007 - only the time of it
            except ValueError:
                continue
        raise ValidationError(self.error_messages["invalid"], code="invalid")


class DutchDateInput(forms.DateInput):
    """A text box for a date: a native date picker follows the language of the browser."""

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        ours = {"inputmode": "numeric", "autocomplete": "off", "class": "vh-datum"}
        super().__init__(attrs=ours | (attrs or {}))

    def format_value(self, value: date | str | None) -> str | None:
        if isinstance(value, date):
            return f"{value.day}-{value.month}-{value.year}"
        return value


class DutchDateField(forms.DateField):
    """A date as Dutch people write it: 7-12-2026, 07-12-26, 7/12/2026 or 7 dec 2026.

    past=True is for a birth date: two digits mean the past, and a date to come is refused.
    `term` names what the day is for (settings.TERMS), and with it how far away it may lie. `kept`
    is the day that stands there already: the term is about a day that somebody chooses.
    """

    widget = DutchDateInput
    default_error_messages = {
        "required": "Vul een datum in, bijvoorbeeld 7-12-2026.",
        "unreadable": "Schrijf de datum als dag-maand-jaar, bijvoorbeeld 7-12-2026.",
        "no_such_day": "De datum {text} bestaat niet. Controleer de dag en de maand.",
        "year": "Controleer het jaar. Kies een jaar van {first} tot en met {last}.",
        "future": "Deze datum ligt in de toekomst. Controleer het jaar.",
    }

    def __init__(self, *, past: bool = False, term: str = "", **kwargs: Any) -> None:
        self.past, self.term = past, term
        self.kept: date | None = None
        kwargs.setdefault("help_text", f"Bijvoorbeeld 7-12-{2025 if past else 2026}")
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return super().to_python(value)
        day = self._read(str(value).strip().lower())
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            self._refuse("year", first=FIRST_YEAR, last=LAST_YEAR)
        if self.past and day > today():
            self._refuse("future")
        chosen = self.term and day != self.kept
        for obstacle in terms.obstacles_to_day(self.term, day) if chosen else ():
            raise ValidationError(obstacle.message, code=obstacle.code)
        return day

    def _read(self, text: str) -> date:
        match = DUTCH_DATE.match(text)
        month = match and (MONTH_NUMBERS.get(match[2]) or _number(match[2]))
        if not match or month is None:
            self._refuse("unreadable")
        year = self._whole_year(match[3])
        try:
            return date(year, month, int(match[1]))
        except ValueError:
            self._refuse("no_such_day", text=text)

    def _whole_year(self, digits: str) -> int:
        """Two digits are this century, unless that would give a birth date in the future."""
        year = int(digits)
        if len(digits) == 4:
            return year
        century = today().year // 100 * 100
        if self.past and century + year > today().year:
            return century - 100 + year
        return century + year

    def _refuse(self, code: str, **values: object) -> NoReturn:
        raise ValidationError(self.error_messages[code].format(**values), code=code)


def _number(text: str) -> int | None:
    return int(text) if text.isdigit() else None


def _is_null_check(validator: object) -> bool:
    return type(validator).__name__ == "ProhibitNullCharactersValidator"
