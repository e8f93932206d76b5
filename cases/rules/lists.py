"""What must be true of the meeting in which the partners choose together. S2, Werkprocessen."""

from collections.abc import Collection, Mapping

from django.urls import reverse
from django.utils import timezone

from cases.models import Attendance, Case, Prioriteitenlijst, Selectielid, Weging
from cases.states import LIST_FLOW
from partners.models import CORE
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle

# So many who are not admitted are named before a list is adopted; the others follow.
NAMED = 10
NO_MEMBERS = Obstacle("no_members", "Noem eerst wie er in het selectieoverleg zitten.")


def decides(member: Selectielid) -> bool:
    """Whether he works for a core participant: only those decide who is treated. WGS 2.31 lid 2."""
    organisation = member.user.organisation
    return organisation.wgs_class in CORE and organisation.is_seated


def obstacles_to_opening_record(
    ranked: Prioriteitenlijst, members: Collection[Selectielid]
) -> list[Obstacle]:
    """Who came is known after the meeting, and stands once the list is adopted."""
    obstacles = LIST_FLOW.obstacles("adopt_list", ranked.status)
    if obstacles:
        return obstacles
    if not members:
        return [NO_MEMBERS]
    return obstacles_to_meeting_ahead(ranked)


def obstacles_to_recording_meeting(
    ranked: Prioriteitenlijst, said: Mapping[Selectielid, str]
) -> list[Obstacle]:
    """Who came is written down of every member; who adopts may decide. PRI-03."""
    obstacles = obstacles_to_opening_record(ranked, said)
    if obstacles:
        return obstacles
    if set(said.values()) <= {Attendance.AFWEZIG}:
        obstacles.append(Obstacle("nobody_there", "Er was niemand. Kies wie er wel was."))
    obstacles += [
        Obstacle(
            "no_core_participant",
            f"{member.user.organisation} is geen kerndeelnemer en stelt geen lijst vast. "
            f"Kies voor {member.user} ‘was er’.",
        )
        for member, attendance in said.items()
        if attendance == Attendance.STELT_VAST and not decides(member)
    ]
    return obstacles


def obstacles_to_meeting_ahead(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """What follows on the meeting waits until it was there."""
    if ranked.meeting_on <= timezone.localdate():
        return []
    text = f"Het selectieoverleg is op {long_date(ranked.meeting_on)}. Doe dit die dag of daarna."
    return [Obstacle("meeting_ahead", text)]


def obstacles_to_partners_adopting(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """The partners adopt, at the table; the manager puts his name under it. S2; PRI-05."""
    members = ranked.selectieleden.all()
    if not members:
        return [NO_MEMBERS]
    if all(member.attendance == Attendance.ONBEKEND for member in members):
        text = "Leg eerst vast wie er bij het selectieoverleg waren."
        return [Obstacle("meeting_not_recorded", text)]
    if not any(member.attendance == Attendance.STELT_VAST for member in members):
        text = "Nog geen kerndeelnemer stelt deze lijst vast. Vul dat in bij het selectieoverleg."
        return [Obstacle("nobody_adopts", text)]
    return []


def obstacles_to_everybody_admitted(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """Only whom the core participants admitted comes on an adopted list: who was not weighed yet is
    weighed first, or leaves it. WGS 2.31 lid 3; BGS 2.22; PRI-06."""
    unadmitted = ranked.count_unadmitted()
    if not unadmitted:
        return []
    admitted = Weging.objects.admitted().values("case_id")
    waiting = ranked.plaatsen.undecided().exclude(case__in=admitted)
    asked = set(
        Weging.objects.open()
        .filter(case__in=waiting.values("case_id"))
        .values_list("case_id", flat=True)
    )
    named = waiting.in_order().select_related("case__client")[:NAMED]
    obstacles = [_not_admitted(place.case, is_asked=place.case_id in asked) for place in named]
    if rest := unadmitted - len(obstacles):
        who = (
            "Nog iemand op deze lijst is" if rest == 1 else f"Nog {rest} anderen op deze lijst zijn"
        )
        text = f"{who} niet toegelaten. Het bedrijfsbureau weet wie."
        obstacles.append(Obstacle("others_not_admitted", text))
    return obstacles


def _not_admitted(case: Case, *, is_asked: bool) -> Obstacle:
    so = (
        "wordt nog gewogen. Wacht op het besluit"
        if is_asked
        else "is nog niet gewogen. Laat dat doen"
    )
    text = f"{case.client} {so}, of haal deze kandidaat van de lijst."
    return Obstacle("not_admitted", text, url=reverse("cases:ask_weighing", args=[case.number]))


def obstacles_to_taking_along(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """What is taken along is what was adopted; an order that still changes stays in the house."""
    if not ranked.is_open:
        return []
    text = "Deze lijst is nog in bespreking. Een bestand maak je van een vastgestelde lijst."
    return [Obstacle("not_adopted", text)]
