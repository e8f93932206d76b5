"""The style guide: every component of the house in every state, with invented examples."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from veiligheidshuis import charts
from veiligheidshuis.fields import DutchDateField, PlainCharField, PlainTextField, always
from veiligheidshuis.formats import AMSTERDAM

NOW = datetime(2026, 11, 23, 14, 20, tzinfo=AMSTERDAM)
LEEFGEBIEDEN: list[dict[str, Any]] = [
    {"code": "identiteitspapieren", "label": "Identiteitspapieren", "now": 0},
    {"code": "huisvesting", "label": "Huisvesting", "now": 4},
    {"code": "werk_inkomen", "label": "Werk en inkomen", "now": 3},
    {"code": "educatie", "label": "Educatie", "now": 1},
    {"code": "gezondheid", "label": "Gezondheid", "now": None},
    {"code": "zelfredzaamheid", "label": "Zelfredzaamheid", "now": 2},
    {"code": "schuldsanering", "label": "Schuldsanering", "now": 3},
]
EARLIER = [1, 3, 3, 0, 3, 2, 2]
STEPS = [
    {"label": "Diagnose", "note": "vastgesteld 2 okt", "state": "klaar"},
    {"label": "Maatwerkplan", "note": "klaar 23 okt", "state": "klaar"},
    {"label": "Leveringscheck", "note": "4 van 6", "state": "nu"},
    {"label": "Aanbod", "note": "", "state": ""},
    {"label": "Uitvoering", "note": "", "state": ""},
]
EVENTS = [
    {
        "title": "Telefoongesprek met Leger des Heils",
        "day": NOW.date(),
        "at": NOW,
        "by": "Samira Haddou",
        "visible_to": "Partners in het plan",
        "icon": "phone",
        "body": "De kamer is vrij vanaf dinsdag 10.00 uur.",
    },
    {
        "title": "Gebiedsverbod overtreden",
        "day": NOW.date().replace(day=21),
        "at": NOW.replace(day=21),
        "by": "Politie",
        "visible_to": "Alleen de interventiemanager",
        "restricted": True,
        "icon": "alert-circle",
        "kind": "fout",
    },
    {
        "title": "Maatwerkplan getekend",
        "day": NOW.date().replace(month=10),
        "at": NOW.replace(month=10),
        "by": "Kevin Smeets en Samira Haddou",
        "visible_to": "Partners in het plan",
        "icon": "signature",
        "kind": "mijlpaal",
        "url": "#labels",
        "url_text": "Getekend plan openen (pdf)",
    },
]
OBSTACLES = [
    SimpleNamespace(
        code="tekort_zonder_actie", message="Gezondheid heeft een tekort, maar geen actie.", url="#"
    ),
    SimpleNamespace(code="geen_antwoord", message="Mondriaan heeft nog niet geantwoord."),
]
PLANNING = [
    charts.GanttRow("ID-kaart", date(2026, 11, 30), date(2026, 12, 13), "Gemeente"),
    charts.GanttRow("Begeleid wonen", date(2026, 11, 30), date(2027, 2, 21), "Leger des Heils"),
    charts.GanttRow("Behandeling", date(2026, 11, 30), date(2027, 1, 24), "Mondriaan", "fout"),
    charts.GanttRow("Schuldregeling", date(2026, 12, 14), date(2027, 2, 21), "Kredietbank", "open"),
]
ANSWERS = [
    charts.Bar("Leger des Heils", 31),
    charts.Bar("Mondriaan", 18),
    charts.Bar("Wonen Limburg", None),
]


class ExampleForm(forms.Form):
    """One of every control."""

    name = PlainCharField(label="Voornaam en achternaam")
    start = DutchDateField(label="Vanaf welke datum kunt u starten?")
    condition = PlainTextField(
        label="Wat is uw voorwaarde?",
        required=False,
        help_text="Schrijf geen medische gegevens op.",
    )
    worker = forms.ChoiceField(
        label="Wie voert het uit?",
        choices=[("", "Kies een naam"), ("lp", "L. Pauwels, behandelaar")],
        error_messages=always("Kies een naam."),
    )
    answer = forms.ChoiceField(
        label="Kan Mondriaan deze behandeling leveren?",
        widget=forms.RadioSelect,
        choices=[("ja", "Ja, zoals gevraagd"), ("nee", "Nee")],
        error_messages=always("Kies een antwoord."),
    )
    severity = forms.ChoiceField(
        label="Hoe groot is het tekort?",
        widget=forms.RadioSelect(attrs={"class": "vh-seg"}),
        choices=[("0", "0 geen"), ("1", "1 licht"), ("2", "2 matig")],
        error_messages=always("Kies hoe groot het tekort is."),
    )
    agreed = forms.BooleanField(
        label="Dit is mijn handtekening",
        error_messages={"required": "Zet een vinkje als dit uw handtekening is."},
    )
    file = forms.FileField(
        label="Lijst van de politie", required=False, help_text="Een CSV- of Excel-bestand."
    )


def style_guide(request: HttpRequest) -> HttpResponse:
    """The page; a post shows the form with its errors."""
    form = ExampleForm(request.POST or None)
    status = 422 if request.method == "POST" and not form.is_valid() else 200
    context = {"form": form, "examples": examples()}
    return TemplateResponse(request, "stijlgids.html", context, status=status)


def examples() -> dict[str, object]:
    """What the components show."""
    labels = [str(area["label"]) for area in LEEFGEBIEDEN]
    return {
        "now": NOW,
        "leefgebieden": LEEFGEBIEDEN,
        "steps": STEPS,
        "events": EVENTS,
        "obstacles": OBSTACLES,
        "names": ["Patrick Dohmen", "Danny Vleugels", "Kevin Smeets"],
        "radar": charts.radar(labels, [area["now"] for area in LEEFGEBIEDEN], EARLIER),
        "gantt": charts.gantt(PLANNING),
        "bars": charts.bars("Antwoorden per partner", ANSWERS, unit="antwoorden"),
        "clock": charts.start_clock(6),
        "page": Paginator(range(90), 20).page(2),
    }
