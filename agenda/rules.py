"""What must be true of a casusoverleg. The page and the operation ask the same."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, time
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from agenda.models import AgendaItem, Casusoverleg, Minutes
from agenda.states import CLOSED, OVERLEG_FLOW, OverlegStatus
from cases import access
from cases.models import Bar, Basis, Case
from cases.rules import obstacles_to_enriching
from cases.states import CaseStatus
from partners.models import Role, User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day

# Of a meeting that is not to come any more: why, before what follows from it.
OVER = {
    OverlegStatus.GEHOUDEN: "Dit overleg is al gehouden.",
    OverlegStatus.VASTGESTELD: "Dit overleg is al gehouden.",
    OverlegStatus.AFGEZEGD: "Dit overleg is afgezegd.",
}


def _obstacles_when_over(overleg: Casusoverleg, so: str) -> list[Obstacle]:
    """The agenda changes until the meeting is held; `so` says what that means for who is late."""
    if not OVERLEG_FLOW.obstacles("hold", overleg.status):
        return []
    return [Obstacle("wrong_status", f"{OVER[OverlegStatus(overleg.status)]} {so}")]


def obstacles_to_planning(on: date, starts: time, ends: time) -> list[Obstacle]:
    """A casusoverleg lies ahead, and ends after it starts."""
    obstacles = obstacles_to_day("overleg", on)
    if on < timezone.localdate():
        obstacles.append(Obstacle("in_past", "Deze dag is voorbij. Kies vandaag of later."))
    if ends == starts:
        obstacles.append(
            Obstacle("no_time", "De eindtijd is gelijk aan de begintijd. Kies een latere eindtijd.")
        )
    elif ends < starts:
        obstacles.append(
            Obstacle("ends_before_start", "De eindtijd ligt vóór de begintijd. Kies een latere.")
        )
    return obstacles


def obstacles_to_reschedule(
    overleg: Casusoverleg, on: date, starts: time, ends: time
) -> list[Obstacle]:
    """Only a meeting that is still to come is moved, to a moment that is still to come."""
    return [*obstacles_to_moving(overleg), *obstacles_to_planning(on, starts, ends)]


def obstacles_to_moving(overleg: Casusoverleg) -> list[Obstacle]:
    """Whether it can be moved at all, before somebody chose the moment."""
    return OVERLEG_FLOW.obstacles("reschedule", overleg.status)


def is_another_moment(
    overleg: Casusoverleg, on: date, starts: time, ends: time, place: str
) -> bool:
    """Whether this moves the meeting: another moment, or another room."""
    stands = (overleg.on, overleg.starts, overleg.ends, overleg.place)
    return (on, starts, ends, place) != stands


def obstacles_to_call_off(overleg: Casusoverleg) -> list[Obstacle]:
    """What was held was held."""
    return OVERLEG_FLOW.obstacles("call_off", overleg.status)


def roles_in(cases: Iterable[Case]) -> set[tuple[UUID, int]]:
    """By case and person who takes part in it today, as far as the asking user may know it. S2,
    voetnoot 14.

    Taking notes of a case is no role in it, and who is barred has none whatever he was granted.
    """
    asked = list(cases)
    parts = [p for p in access.groups_taking_part(asked) if p.basis != Basis.NOTULIST]
    people = User.objects.filter(is_active=True, groups__in={p.group_id for p in parts})
    members = defaultdict(set)
    for group, person in people.values_list("groups", "pk"):
        members[group].add(person)
    barred = set(Bar.objects.current().filter(case__in=asked).values_list("case_id", "user_id"))
    return {(p.case_id, person) for p in parts for person in members[p.group_id]} - barred


def people_with_a_role(case: Case) -> QuerySet[User]:
    """Who can be invited to talk of a case."""
    people = User.objects.filter(pk__in={person for _, person in roles_in([case])})
    return people.select_related("organisation").by_name()


def obstacles_to_filling(overleg: Casusoverleg) -> list[Obstacle]:
    """Whether a case can be put on this agenda at all, before somebody chose which."""
    return _obstacles_when_over(overleg, "Zet het dossier op een volgend overleg.")


def obstacles_to_agenda(overleg: Casusoverleg, case: Case) -> list[Obstacle]:
    """A case stands once on an agenda, before the meeting was held. What is said there is kept, so
    the core participants admit somebody first. WGS 2.31 lid 3."""
    obstacles = obstacles_to_filling(overleg)
    if case.status == CaseStatus.AFGESLOTEN:
        obstacles.append(Obstacle("case_closed", "Dit dossier is afgesloten."))
    obstacles += obstacles_to_enriching(case)
    if AgendaItem.objects.filter(overleg=overleg, case=case).exists():
        obstacles.append(Obstacle("on_it_already", "Dit dossier staat al op de agenda."))
    if not overleg.fits(case):
        obstacles.append(
            Obstacle(
                "other_regime",
                "Op dit overleg staan dossiers van een ander regime. Plan voor dit dossier een "
                "eigen overleg.",
                url=reverse("agenda:overleg_new"),
            )
        )
    taker = overleg.note_taker
    if not taker.principal_ids or case.regime not in taker.regimes:
        obstacles.append(
            Obstacle(
                "note_taker_gone",
                "De notulist van dit overleg heeft geen rol meer in zo'n dossier. Kies eerst een "
                "andere notulist.",
                url=reverse("agenda:note_taker", args=[overleg.pk]),
            )
        )
    if Bar.objects.current().filter(case=case, user=taker).exists():
        obstacles.append(
            Obstacle(
                "note_taker_barred",
                "De notulist van dit overleg is uitgesloten van dit dossier. "
                "Zet het dossier op een ander overleg, of kies een andere notulist.",
                url=reverse("agenda:note_taker", args=[overleg.pk]),
            )
        )
    return obstacles


def obstacles_to_take_off(item: AgendaItem) -> list[Obstacle]:
    """A point goes before the meeting was held; not when it has notes already, for they stay."""
    obstacles = _obstacles_when_over(item.overleg, "Het dossier blijft op deze agenda staan.")
    obstacles += obstacles_to_point(item)
    if item.has_minutes():
        obstacles.append(
            Obstacle(
                "has_minutes",
                "Bij dit punt staan al notulen. Meld het overleg als gehouden op de dag zelf, "
                "en laat de notulist de notulen vaststellen.",
            )
        )
    return obstacles


def obstacles_to_point(item: AgendaItem) -> list[Obstacle]:
    """While somebody looked at the point, a colleague took it off."""
    if AgendaItem.objects.filter(pk=item.pk).exists():
        return []
    return [Obstacle("off_already", "Dit dossier staat niet meer op de agenda van dit overleg.")]


def obstacles_to_changing_regime(case: Case) -> list[Obstacle]:
    """A meeting is of one regime: what is said there must be written down first. PRV-20."""
    return obstacles_to_closing(case)


def obstacles_to_closing(case: Case) -> list[Obstacle]:
    """A dossier is closed when it stands on no agenda and the minutes about it are adopted."""
    items = AgendaItem.objects.filter(case=case).exclude(overleg__status__in=CLOSED)
    return [
        Obstacle(
            "on_agenda",
            f"Dit dossier staat op de agenda van het overleg van {long_date(item.overleg.on)}. "
            "Wacht tot de notulen zijn vastgesteld, of vraag het bedrijfsbureau om het dossier van "
            "de agenda te halen.",
            url=reverse("agenda:overleg", args=[item.overleg_id]),
        )
        for item in items.select_related("overleg").order_by("overleg__on", "position")
    ]


def obstacles_to_inviting(case: Case, people: Iterable[User]) -> list[Obstacle]:
    """Only who has a role in a case comes to its point."""
    with_role = set(people_with_a_role(case).values_list("pk", flat=True))
    return [
        Obstacle("no_role", f"{person} heeft geen rol in dit dossier. Nodig alleen deelnemers uit.")
        for person in people
        if person.pk not in with_role
    ]


def obstacles_to_changing_who_comes(overleg: Casusoverleg) -> list[Obstacle]:
    """Who was there is not changed afterwards."""
    return _obstacles_when_over(overleg, "Wie was uitgenodigd, verandert niet meer.")


def possible_note_takers() -> QuerySet[User]:
    """Who knows every case by his function anyway: the office, and the manager in its place."""
    office = User.objects.in_role(Role.BEDRIJFSBUREAU, Role.MANAGER).of_participants()
    return office.select_related("personal_group").by_name()


def obstacles_to_hand_over_notes(overleg: Casusoverleg, to: User) -> list[Obstacle]:
    """Until they are adopted the notes can go to somebody who may know every point of them."""
    obstacles = obstacles_to_writing(overleg)
    items = list(overleg.items.order_by("position"))
    if not to.principal_ids:
        obstacles.append(Obstacle("no_role", f"{to} heeft geen rol waarin hij notulen kan maken."))
    if to.pk == overleg.note_taker_id:
        obstacles.append(Obstacle("same_person", f"{to} notuleert al. Kies iemand anders."))
    if len(overleg.positions()) > len(items):
        obstacles.append(
            Obstacle(
                "closed_point",
                "Op deze agenda staat een punt dat besloten is voor jou. "
                "Laat een collega de notulist kiezen.",
            )
        )
    barred = set(Bar.objects.current().filter(user=to).values_list("case_id", flat=True))
    obstacles += [
        Obstacle("note_taker_barred", f"{to} is uitgesloten van punt {item.position}.")
        for item in items
        if item.case_id in barred
    ]
    return obstacles


def obstacles_to_hold(overleg: Casusoverleg) -> list[Obstacle]:
    """A casusoverleg that was held had something on its agenda, and its day has come."""
    obstacles = OVERLEG_FLOW.obstacles("hold", overleg.status)
    if overleg.on > timezone.localdate():
        obstacles.append(
            Obstacle("not_yet", "Dit overleg moet nog komen. Meld het op de dag zelf als gehouden.")
        )
    if not overleg.positions():
        obstacles.append(Obstacle("empty_agenda", "Er staat nog geen dossier op de agenda."))
    return obstacles


def obstacles_to_writing(overleg: Casusoverleg) -> list[Obstacle]:
    """Minutes that were adopted do not change; of a meeting that was called off there are none."""
    if overleg.status not in CLOSED:
        return []
    if overleg.status == OverlegStatus.AFGEZEGD:
        return [Obstacle("called_off", "Dit overleg is afgezegd. Er zijn geen notulen.")]
    return [Obstacle("adopted", "De notulen zijn vastgesteld en liggen vast.")]


def obstacles_to_adopt_minutes(overleg: Casusoverleg) -> list[Obstacle]:
    """Every point of the agenda has its minutes, also one that is closed to who adopts."""
    obstacles = OVERLEG_FLOW.obstacles("adopt_minutes", overleg.status)
    items = list(overleg.items.order_by("position"))
    if len(overleg.positions()) > len(items):
        obstacles.append(
            Obstacle(
                "closed_point",
                "Op deze agenda staat een punt dat besloten is voor jou. "
                "Laat een collega de notulen overnemen.",
            )
        )
    written = set(Minutes.objects.filter(item__overleg=overleg).values_list("item_id", flat=True))
    obstacles += [
        Obstacle("no_minutes", f"Punt {item.position} heeft nog geen notulen.")
        for item in items
        if item.pk not in written
    ]
    return obstacles
