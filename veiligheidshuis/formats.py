"""How the house writes dates and times: short in a table, whole in a sentence, always Dutch.

Written by hand and not with the locale of the machine: a page, a mail and a PDF must say
the same on every server.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
SHORT_MONTHS = (
    "jan",
    "feb",
    "mrt",
    "apr",
    "mei",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)


def today() -> date:
    """The day it is at the house, also when the server counts in UTC."""
    return datetime.now(AMSTERDAM).date()


def local_date(value: date | datetime) -> date:
    """The calendar day in Amsterdam on which this happened."""
    if not isinstance(value, datetime):
        return value
    if value.tzinfo is None:
        return value.date()
    return value.astimezone(AMSTERDAM).date()


def short_date(value: date | datetime, on: date | None = None) -> str:
    """For tables: "di 24 nov", and "3 jun 2025" when it is not in the year of `on`."""
    day = local_date(value)
    if day.year == (on or today()).year:
        return f"{WEEKDAYS[day.weekday()][:2]} {day.day} {SHORT_MONTHS[day.month - 1]}"
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def long_date(value: date | datetime) -> str:
    """For sentences: "maandag 23 november 2026"."""
    day = local_date(value)
    return f"{WEEKDAYS[day.weekday()]} {plain_date(day)}"


def plain_date(value: date | datetime) -> str:
    """For a birth date: "14 maart 1991"."""
    day = local_date(value)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def month_year(value: date | datetime) -> str:
    """For the heads of a timeline: "November 2026"."""
    day = local_date(value)
    return f"{MONTHS[day.month - 1].capitalize()} {day.year}"


def clock(value: datetime | time) -> str:
    """A time of day as the house says it: "9.04 uur"."""
    moment = value
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        moment = moment.astimezone(AMSTERDAM)
    return f"{moment.hour}.{moment.minute:02} uur"


def deadline(value: date | datetime, on: date | None = None) -> str:
    """How long there is left: "nog 3 dagen", "morgen", "vandaag" or "2 dagen te laat"."""
    days = (local_date(value) - (on or today())).days
    if days == 0:
        return "vandaag"
    if days == 1:
        return "morgen"
    if days > 1:
        return f"nog {days} dagen"
    return "1 dag te laat" if days == -1 else f"{-days} dagen te laat"


# What a sentence spells out; a larger number is read faster in digits.
NUMBERS = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes"),
    *("zeven", "acht", "negen", "tien", "elf", "twaalf"),
)
UNITS = {
    "MINUTES": ("minuut", "minuten"),
    "HOURS": ("uur", "uur"),
    "DAYS": ("dag", "dagen"),
    "WEEKS": ("week", "weken"),
    "WORKING_DAYS": ("werkdag", "werkdagen"),
}
LARGER = {("HOURS", 24): "DAYS", ("DAYS", 7): "WEEKS"}


def in_words(number: int, unit: str = "") -> str:
    """For sentences: "vijf", "een kwartier", "twee weken", "60 dagen". `unit` is one of UNITS."""
    for (smaller, size), larger in LARGER.items():
        if unit == smaller and number and number % size == 0:
            number, unit = number // size, larger
    if (number, unit) == (15, "MINUTES"):
        return "een kwartier"
    word = NUMBERS[number] if number < len(NUMBERS) else str(number)
    return f"{word} {UNITS[unit][number != 1]}" if unit else word
