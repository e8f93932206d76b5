"""What must be true of reports and meetings. Pure reading."""

from datetime import date, timedelta

from django.utils import timezone

from beheerscommissie.models import (
    Area,
    Beheersplan,
    DayPart,
    Means,
    Melder,
    Overlastmelding,
    Party,
    Route,
    Vergadering,
)
from beheerscommissie.states import REPORT_FLOW
from veiligheidshuis import workdays
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import months_from, obstacles_to_day
from veiligheidshuis.werkafspraken import number

# The hour at which each part of a day begins, as its name says.
BEGINS = {DayPart.NACHT: 0, DayPart.OCHTEND: 6, DayPart.MIDDAG: 12, DayPart.AVOND: 18}
REPORTABLE_DAYS = 366  # the wall asks the same (vh.file_nuisance_report)


def obstacles_to_step(step: str, melding: Overlastmelding) -> list[Obstacle]:
    """Whether this step (a name of REPORT_FLOW) can be taken at all, before anything was typed."""
    return REPORT_FLOW.obstacles(step, melding.status)


def obstacles_to_assign_report(melding: Overlastmelding, party: Party) -> list[Obstacle]:
    """A report goes to a party of the plan of its own area, and to another one if need be."""
    obstacles = REPORT_FLOW.obstacles("assign_report", melding.status)
    if party.plan.area_id != melding.area_id:
        obstacles.append(
            Obstacle("party_elsewhere", f"{party} hoort niet bij het plan van dit gebied.")
        )
    elif melding.party_id == party.pk:
        obstacles.append(
            Obstacle("same_party", f"De melding ligt al bij {party}. Kies een andere partij.")
        )
    return obstacles


def obstacles_to_handle_report(melding: Overlastmelding) -> list[Obstacle]:
    """A report is handled after it was given to somebody."""
    return REPORT_FLOW.obstacles("handle_report", melding.status)


def obstacles_to_give_feedback(
    melding: Overlastmelding, means: str, told_on: date
) -> list[Obstacle]:
    """The melder hears what was done, after it was done, in a way that reaches him. S4, 4.7."""
    obstacles = REPORT_FLOW.obstacles("give_feedback", melding.status)
    if means != Means.MELDCODE:
        obstacles += _obstacles_to_reaching(Melder.objects.filter(melding=melding).first(), means)
    if told_on > timezone.localdate():
        obstacles.append(
            Obstacle("told_in_future", "Deze dag moet nog komen. Koppel eerst terug aan de melder.")
        )
    elif told_on < timezone.localdate(melding.reported_at):
        obstacles.append(
            Obstacle("told_too_early", "Op deze dag was er nog geen melding. Controleer de datum.")
        )
    return obstacles


def _obstacles_to_reaching(melder: Melder | None, means: str) -> list[Obstacle]:
    """Nobody is called without a number, or mailed without an address."""
    if melder is None:
        return [
            Obstacle(
                "no_contact",
                "De melder liet geen naam of nummer achter. "
                "Kies: met de meldcode op de website. De melder leest daar het antwoord.",
            )
        ]
    if means == Means.TELEFOON and not melder.phone:
        return [
            Obstacle(
                "no_phone",
                "De melder liet geen telefoonnummer achter. Koppel terug per e-mail of met de "
                "meldcode op de website.",
            )
        ]
    if means == Means.EMAIL and not melder.email:
        return [
            Obstacle(
                "no_email",
                "De melder liet geen e-mailadres achter. Koppel terug per telefoon of met de "
                "meldcode op de website.",
            )
        ]
    return []


def obstacles_to_day_part(happened_on: date, day_part: str) -> list[Obstacle]:
    """A part of today that has yet to begin saw nothing."""
    now = timezone.localtime()
    if happened_on == now.date() and now.hour < BEGINS[DayPart(day_part)]:
        return [
            Obstacle(
                "part_to_come",
                "Dit deel van de dag moet nog komen. Kies een ander deel, of een eerdere dag.",
            )
        ]
    return []


def obstacles_to_reporting_on(happened_on: date) -> list[Obstacle]:
    """Nuisance is reported after it happened, and while something can still be done."""
    today = timezone.localdate()
    if happened_on > today:
        return [Obstacle("future", "Deze dag moet nog komen. Controleer de datum.")]
    if happened_on < today - timedelta(days=REPORTABLE_DAYS):
        return [
            Obstacle("too_long_ago", "Dit is langer dan een jaar geleden. Bel de gemeente: 14-045.")
        ]
    return []


def obstacles_to_another_report(code: str | None) -> list[Obstacle]:
    """The wall gives no code when too many reports came from one address in the last hour."""
    if code is not None:
        return []
    return [
        Obstacle(
            "too_many",
            "Vanaf dit adres kwamen het afgelopen uur veel meldingen binnen. "
            "Probeer het over een uur opnieuw, of bel de gemeente: 14-045.",
        )
    ]


def obstacles_to_reroute(route: Route, party: Party) -> list[Obstacle]:
    """A kind of nuisance is proposed to a party of the same plan."""
    if party.plan_id == route.plan_id:
        return []
    return [Obstacle("party_elsewhere", f"{party} hoort niet bij dit plan.")]


def obstacles_to_plan_vergadering(area: Area, on: date) -> list[Obstacle]:
    """One meeting a day, on a day to come."""
    if too_far := obstacles_to_day("vergadering", on):
        return too_far
    if on < timezone.localdate():
        return [Obstacle("past", "Deze dag is al voorbij. Kies een datum in de toekomst.")]
    if Vergadering.objects.filter(area=area, on=on).exists():
        return [Obstacle("planned_already", "Er is al een vergadering op deze dag.")]
    return []


def late_since(on: date | None = None) -> date:
    """The latest day of reporting whose melder waits longer for an answer than we promise."""
    today = on or timezone.localdate()
    day, promised = today, number("answer_working_days")
    while workdays.passed(day, today) <= promised:
        day -= timedelta(days=1)
    return day


def is_late(melding: Overlastmelding, on: date | None = None) -> bool:
    """Whether the melder of this report waits too long."""
    return melding.is_open and timezone.localdate(melding.reported_at) <= late_since(on)


def vergadering_overdue(plan: Beheersplan, on: date | None = None) -> bool:
    """Whether the commission meets too seldom: the plan says once in a quarter. S4, 4.9; BEH-04.

    Nothing is overdue before the first meeting was held.
    """
    day = on or timezone.localdate()
    last = Vergadering.objects.filter(area=plan.area).held(day).first()
    coming = Vergadering.objects.filter(area=plan.area).coming(day).exists()
    return last is not None and not coming and last.on < months_from(day, -plan.meets_every_months)
