"""Whom the client hurt: written down by the interventiemanager, apart. DOS-16, YTH-06.

In the timeline stands that something was done and never of whom: one who supports one victim does
not read there that there is another, and who stands in only that there are such data.
"""

from dataclasses import dataclass, fields
from datetime import date

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access, rules
from cases.models import Basis, Case, Slachtoffer, TimelineKind
from cases.operations.mail import tell
from cases.operations.moves import locked
from cases.operations.timeline import record
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if, stale


@dataclass(frozen=True)
class AboutVictim:
    """What is known of a victim, and from whom; no address."""

    name: str
    relation: str
    wish: str
    supplier: Organisation
    wish_about: str = ""
    contact: Organisation | None = None
    safety: str = ""


def _keeper(case: Case) -> Case:
    """The case, held, for the interventiemanager himself. Raises PermissionDenied."""
    if not access.keeps_victims(case):
        raise PermissionDenied("Alleen de interventiemanager zelf beheert slachtoffergegevens.")
    return locked(case)


def _held(victim: Slachtoffer) -> Slachtoffer:
    """The victim, held until the transaction ends; after the case."""
    return Slachtoffer.objects.select_for_update(of=("self",)).get(pk=victim.pk)


@transaction.atomic
def record_victim(case: Case, about: AboutVictim, *, by: User) -> Slachtoffer:
    """Write down somebody who was hurt by an offence of this client."""
    case = _keeper(case)
    victim = Slachtoffer(case=case, recorded_by=by, **_columns(about))
    victim.save(force_insert=True)
    record(case, TimelineKind.SLACHTOFFER, "Slachtoffergegevens vastgelegd", by=by)
    return victim


@transaction.atomic
def correct_victim(
    victim: Slachtoffer, about: AboutVictim, *, by: User, seen: int | None = None
) -> Slachtoffer:
    """Better or newer data of a victim; what stood there stays in the history."""
    case, victim = _keeper(victim.case), _held(victim)
    refuse_if(rules.obstacles_to_correcting_victim(victim))
    refuse_if(stale(seen, victim.version))
    columns = _columns(about)
    for name, value in columns.items():
        setattr(victim, name, value)
    victim.version += 1
    victim.save(update_fields=[*columns, "version"])
    record(case, TimelineKind.SLACHTOFFER, "Slachtoffergegevens bijgewerkt", by=by)
    return victim


@transaction.atomic
def end_victim(victim: Slachtoffer, *, because: str, by: User) -> None:
    """These data are not needed any more; who supported this victim lets go at once."""
    case, victim = _keeper(victim.case), _held(victim)
    refuse_if(rules.obstacles_to_correcting_victim(victim))
    victim.ended_on, victim.ended_because = timezone.localdate(), because
    victim.version += 1
    victim.save(update_fields=["ended_on", "ended_because", "version"])
    access.close(case, Basis.SLACHTOFFER, because_of=victim.pk)
    record(case, TimelineKind.SLACHTOFFER, "Slachtoffergegevens beëindigd", by=by)


@transaction.atomic
def let_support(
    victim: Slachtoffer, person: User, *, end_date: date, reason: str, by: User
) -> None:
    """Let somebody by name see this one victim until and with a day, and no other victim; a mail
    tells him.

    Raises Refused for who has no work in this case, or no longer so long. With that work it ends.
    """
    case, victim = _keeper(victim.case), _held(victim)
    refuse_if(
        rules.obstacles_to_support(
            victim,
            end_date,
            work=access.work_of(person, case),
            supports=person.personal_group in {g.group for g in access.supporters_of(victim)},
        )
    )
    access.grant(
        case,
        person.personal_group,
        Basis.SLACHTOFFER,
        end_date=end_date,
        reason=reason,
        because_of=victim.pk,
    )
    tell(case, "slachtoffer", to=person.pk)
    title = f"Toegang tot gegevens van een slachtoffer gegeven aan {person}"
    record(case, TimelineKind.TOEGANG, title, text=reason, by=by)


@transaction.atomic
def stop_support(victim: Slachtoffer, group: Group, *, by: User) -> None:
    """Take back at once what somebody might see of this victim."""
    case = _keeper(victim.case)
    access.close(case, Basis.SLACHTOFFER, group=group, because_of=victim.pk)
    title = f"Toegang tot gegevens van een slachtoffer ingetrokken van {group.person}"
    record(case, TimelineKind.TOEGANG, title, by=by)


def _columns(about: AboutVictim) -> dict[str, object]:
    """As the table takes it."""
    return {field.name: getattr(about, field.name) for field in fields(about)}
