"""Two people see to it that somebody may work here: one gives the role, another sees the papers.

So nobody makes a colleague who does not exist. AC-12; the database asks the same (0002_wall.sql).
"""

from datetime import date

from django.db.models import Count
from django.utils import timezone

from partners.models import Appointment, Clearance, Role, User
from partners.rules.keeping import obstacles_to_giving_this_role, obstacles_to_keeping
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

OFFICE = (Role.BEDRIJFSBUREAU, Role.MANAGER)


def obstacles_to_giving_a_role(user: User, role: str, by: User) -> list[Obstacle]:
    """Nobody gives a role higher than his own, and none where he may give no role at all."""
    in_the_way = obstacles_to_giving_any_role(user, by)
    return in_the_way or obstacles_to_giving_this_role(role, by)


def obstacles_to_giving_any_role(user: User, by: User) -> list[Obstacle]:
    """Nobody gives himself a role, or to whose papers he saw, or whose account others keep."""
    if user == by:
        return [
            Obstacle(
                "own_role",
                "Niemand geeft zichzelf een rol. Vraag een collega van het bedrijfsbureau.",
            )
        ]
    if others_keep_it := obstacles_to_keeping(user, by):
        return others_keep_it
    seen = user.clearances.filter(recorded_by=by, valid_until__gte=timezone.localdate())
    if seen.exists():
        return [
            Obstacle(
                "saw_papers",
                f"Jij noteerde de papieren van {user}. Dan geeft een ander de rol. "
                "Vraag een collega van het bedrijfsbureau.",
            )
        ]
    return []


def obstacles_to_seeing_papers(user: User, by: User) -> list[Obstacle]:
    """Nobody sees his own papers, or of whom he gave a role; also not when they are renewed."""
    if user == by:
        return [
            Obstacle(
                "own_papers",
                "Je eigen papieren bekijkt een collega van het bedrijfsbureau of de manager.",
            )
        ]
    given = user.appointments.overlapping(timezone.localdate(), None).filter(granted_by=by)
    if given.exists() and not _second_of_the_house(user, by):
        return [
            Obstacle(
                "gave_role",
                f"Jij gaf {user} een rol. Dan bekijkt een ander de papieren, ook nieuwe. "
                "Vraag een collega van het bedrijfsbureau of de manager.",
            )
        ]
    return []


def obstacles_to_clearing(user: User, by: User, seen_on: date, valid_until: date) -> list[Obstacle]:
    """A paper was seen by a second person, on a day that has come, and ends after that."""
    obstacles = obstacles_to_day("papieren", seen_on, valid_until)
    obstacles += obstacles_to_seeing_papers(user, by)
    if seen_on > timezone.localdate():
        obstacles.append(Obstacle("seen_later", "De dag waarop je het zag, moet nog komen."))
    if valid_until < seen_on:
        obstacles.append(
            Obstacle("ends_before_start", "De einddatum ligt vóór de begindatum. Kies een latere.")
        )
    return obstacles


def _second_of_the_house(user: User, by: User) -> bool:
    """He is of the office, and nobody but these two ever was: the first days of a house."""
    office = Appointment.objects.filter(role__in=OFFICE)
    others = office.exclude(user__in=(user, by)).values("user")
    kinds = (
        Clearance.objects.filter(user__in=others)
        .values("user")
        .annotate(n=Count("kind", distinct=True))
    )
    is_office = office.filter(user=user).overlapping(timezone.localdate(), None).exists()
    return is_office and not kinds.filter(n=len(Clearance.Kind)).exists()
