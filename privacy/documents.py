"""What the client takes home: which organisations looked into his dossier, and when."""

from datetime import date

from django.utils import timezone

from privacy.access import Onlooker
from veiligheidshuis.pdf import render_pdf


def draw_overview(number: str, onlookers: list[Onlooker]) -> bytes:
    """The overview on paper; organisations and periods, nobody's name."""
    today: date = timezone.localdate()
    context = {"number": number, "onlookers": onlookers, "today": today}
    return render_pdf("privacy/overview_pdf.html", context)
