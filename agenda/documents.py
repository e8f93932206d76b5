"""The invitation as a calendar file: when and where, and nothing about anyone."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from agenda.models import Casusoverleg
from agenda.states import OverlegStatus


def invitation(overleg: Casusoverleg) -> bytes:
    """The .ics of a casusoverleg, in Europe/Amsterdam; its UID stays the same when it moves."""
    zone = timezone.get_default_timezone()
    domain = settings.DEFAULT_FROM_EMAIL.split("@")[-1].rstrip(">")
    event = Event()
    event.add("uid", f"{overleg.pk}@{domain}")
    event.add("dtstamp", overleg.changed_at)
    event.add("sequence", overleg.version)
    event.add("status", "CANCELLED" if overleg.status == OverlegStatus.AFGEZEGD else "CONFIRMED")
    event.add("dtstart", datetime.combine(overleg.on, overleg.starts, zone))
    event.add("dtend", datetime.combine(overleg.on, overleg.ends, zone))
    event.add("summary", "Casusoverleg veiligheidshuis")
    event.add("location", overleg.place)
    event.add("description", f"Log in voor de agenda: {settings.BASE_URL}/agenda/")
    calendar = Calendar()
    calendar.add("prodid", "-//veiligheidshuis//agenda//NL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
