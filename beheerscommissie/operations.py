"""What happens with nuisance round a shelter: reported, given to a party, handled, and answered.

A visitor writes by one function of the wall; everything after that is the buurtregisseur's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from beheerscommissie import access, rules
from beheerscommissie.models import (
    Area,
    Overlastmelding,
    Party,
    Place,
    ReportStep,
    Route,
    Vergadering,
)
from beheerscommissie.states import REPORT_FLOW
from partners.models import User
from veiligheidshuis.obstacles import refuse_if, stale

FILE_REPORT = """
    SELECT vh.file_nuisance_report(
        p_submission => %s, p_sender => %s, p_area => %s, p_place => %s, p_kind => %s,
        p_happened_on => %s, p_day_part => %s, p_place_detail => %s, p_conduct => %s,
        p_name => %s, p_phone => %s, p_email => %s)
"""


@dataclass(frozen=True)
class Nuisance:
    """What a melder tells: which kind, where, when, and what happened."""

    kind: str
    place: Place
    happened_on: date
    day_part: str
    conduct: str
    place_detail: str = ""


@dataclass(frozen=True)
class Contact:
    """How a melder wants to hear what was done; all empty when he looks with his code."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Outcome:
    """What somebody with the code of a report may know of it."""

    status: str
    answer: str
    told_on: date | None


@transaction.atomic
def file_report(
    area: Area, nuisance: Nuisance, contact: Contact, *, submission: UUID, sender: str
) -> str:
    """Take a report of nuisance from a visitor; gives the code by which he can follow it. NUI-01.

    `submission` is the key of the form: sent twice it is one report with one code. `sender` is a
    digest of the address it came from. Raises Refused when too many came from there.
    """
    day, part = nuisance.happened_on, nuisance.day_part
    refuse_if(rules.obstacles_to_reporting_on(day) + rules.obstacles_to_day_part(day, part))
    told = [nuisance.place_detail, nuisance.conduct, contact.name, contact.phone, contact.email]
    with connection.cursor() as cursor:
        cursor.execute(
            FILE_REPORT,
            [
                submission,
                sender,
                area.slug,
                nuisance.place.pk,
                nuisance.kind,
                nuisance.happened_on,
                nuisance.day_part,
                *told,
            ],
        )
        code = cursor.fetchone()[0]
    refuse_if(rules.obstacles_to_another_report(code))
    return str(code)


def outcome(area: Area, code: str) -> Outcome | None:
    """What came of the report with this code; None when there is no such report."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT status, coalesce(answer, ''), told_on FROM vh.report_outcome(%s, %s)",
            [area.slug, code],
        )
        row = cursor.fetchone()
    return Outcome(*row) if row else None


@transaction.atomic
def assign_report(
    melding: Overlastmelding, party: Party, *, by: User, seen: int | None = None
) -> Overlastmelding:
    """Give a report to the party that acts on it, or on to another one. NUI-04, NUI-05."""
    melding = _held(melding, by=by, seen=seen)
    refuse_if(rules.obstacles_to_assign_report(melding, party))
    melding.party = party
    return _move(melding, ReportStep(name=ReportStep.Name.ASSIGN, party=party, by=by))


@transaction.atomic
def handle_report(
    melding: Overlastmelding, *, text: str, by: User, seen: int | None = None
) -> Overlastmelding:
    """Note what was done with a report. Its melder has still to hear it."""
    melding = _held(melding, by=by, seen=seen)
    refuse_if(rules.obstacles_to_handle_report(melding))
    step = ReportStep(name=ReportStep.Name.HANDLE, text=text, party=melding.party, by=by)
    return _move(melding, step)


@transaction.atomic
def give_feedback(
    melding: Overlastmelding,
    *,
    means: str,
    told_on: date,
    text: str,
    by: User,
    seen: int | None = None,
) -> Overlastmelding:
    """Note what the melder was told, how and when; only now a report is closed. NUI-03.

    By code the text is what the melder reads on the website. `told_on` is a day in
    Europe/Amsterdam.
    """
    melding = _held(melding, by=by, seen=seen)
    refuse_if(rules.obstacles_to_give_feedback(melding, means, told_on))
    name = ReportStep.Name.FEEDBACK
    return _move(melding, ReportStep(name=name, text=text, means=means, told_on=told_on, by=by))


@transaction.atomic
def reroute(area: Area, parties: Mapping[str, Party], *, by: User, seen: int | None = None) -> None:
    """From here on each of these kinds of nuisance is proposed to another party of its plan."""
    _require_handler(by)
    routes = list(Route.objects.of_area(area).select_for_update(of=("self",)))
    refuse_if(stale(seen, Route.version_of(routes)))
    changed = [r for r in routes if r.party_id != parties.get(r.kind, r.party).pk]
    refuse_if([o for r in changed for o in rules.obstacles_to_reroute(r, parties[r.kind])])
    for route in changed:
        route.party = parties[route.kind]
        route.version += 1
        route.save(update_fields=["party", "version"])


@transaction.atomic
def plan_vergadering(
    area: Area, *, on: date, starts_at: time, location: str, topics: str, by: User
) -> Vergadering:
    """Call the commission together. S4, 4.9: a quarter at most, in the beginning every month."""
    _require_handler(by)
    refuse_if(rules.obstacles_to_plan_vergadering(area, on))
    meeting = Vergadering(
        area=area, on=on, starts_at=starts_at, location=location, topics=topics, planned_by=by
    )
    meeting.save(force_insert=True)
    return meeting


def _require_handler(by: User) -> None:
    if not access.handles_reports(by):
        raise PermissionDenied("Alleen de buurtregisseur handelt meldingen af.")


def _held(melding: Overlastmelding, *, by: User, seen: int | None) -> Overlastmelding:
    """The report as it stands, held until the transaction ends."""
    _require_handler(by)
    held = Overlastmelding.objects.select_for_update(of=("self",)).get(pk=melding.pk)
    refuse_if(stale(seen, held.version))
    return held


def _move(melding: Overlastmelding, step: ReportStep) -> Overlastmelding:
    """Make the step's move on a held report, and keep the step."""
    melding.status = REPORT_FLOW.end(step.name, melding.status)
    melding.version += 1
    melding.save(update_fields=["status", "party", "version"])
    step.melding = melding
    step.save(force_insert=True)
    return melding
