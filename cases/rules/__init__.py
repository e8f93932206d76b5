"""What must be true in a case. Pure reading: no writing, no question who asks.

What must be true before it: of candidates and of two who look alike, stands in `intake`.
"""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cases.models import (
    Bar,
    Case,
    Diagnosis,
    LeefgebiedScore,
    Noodtoegang,
    Prioriteitenlijst,
    leads_any,
)
from cases.rules.intake import (  # noqa: F401 - asked as one of the rules
    obstacles_to_comparing,
    obstacles_to_deciding_row,
    obstacles_to_join,
    obstacles_to_new_person,
    obstacles_to_nominating,
    obstacles_to_reading_in,
    obstacles_to_tell_apart,
    obstacles_to_withdrawing_list,
)
from cases.states import CASE_FLOW, LIST_FLOW
from partners.models import PERSON_ROLES, Role, User
from veiligheidshuis.formats import long_date
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_opening_list(
    code: str, meeting_on: date, members: Sequence[User]
) -> list[Obstacle]:
    """A list has a mark and a meeting of its own; its members work for participants. WGS 2.27."""
    obstacles = obstacles_to_day("selectieoverleg", meeting_on)
    if Prioriteitenlijst.objects.filter(code=code).exists():
        obstacles.append(
            Obstacle("code_taken", f"Er is al een lijst {code}. Kies een ander kenmerk.")
        )
    obstacles += [
        Obstacle("no_participant", f"{member} kan geen dossiers zien. Kies een ander lid.")
        for member in members
        if member.active_roles.isdisjoint(PERSON_ROLES) or not member.organisation.is_participant
    ]
    return obstacles


def obstacles_to_prioritise(case: Case) -> list[Obstacle]:
    """Only somebody who was put forward, and is not in hand yet, moves up to the list."""
    return CASE_FLOW.obstacles("prioritise", case.status)


def obstacles_to_put_back(case: Case) -> list[Obstacle]:
    """Only who was not assigned yet goes back from the list to the candidates."""
    return CASE_FLOW.obstacles("put_back", case.status)


def obstacles_to_listing(ranked: Prioriteitenlijst, cases: Sequence[Case]) -> list[Obstacle]:
    """A candidate stands once on a list, and a list that was adopted does not change."""
    obstacles = LIST_FLOW.obstacles("adopt_list", ranked.status)
    listed = set(ranked.plaatsen.values_list("case_id", flat=True))
    obstacles += [
        Obstacle("listed_already", f"{case.client} staat al op deze lijst.")
        for case in cases
        if case.pk in listed
    ]
    return obstacles


def obstacles_to_moving(
    ranked: Prioriteitenlijst, from_place: int, to_place: int, places: int, reason: str
) -> list[Obstacle]:
    """Places run from 1; a big move asks a reason, so that the list can be explained (PRI-04)."""
    obstacles = LIST_FLOW.obstacles("adopt_list", ranked.status)
    if not 1 <= to_place <= places:
        obstacles.append(Obstacle("no_such_place", f"Kies een plaats van 1 tot en met {places}."))
    elif abs(to_place - from_place) >= settings.BIG_MOVE and not reason.strip():
        obstacles.append(
            Obstacle(
                "reason_missing",
                f"Dit is een sprong van {abs(to_place - from_place)} plaatsen. "
                "Schrijf kort op waarom.",
            )
        )
    return obstacles


def obstacles_to_adopt_list(ranked: Prioriteitenlijst, seen: int | None = None) -> list[Obstacle]:
    """A list is adopted once: after its meeting, in the order that whoever adopts has before him,
    with somebody on it and somebody who weighed. `seen` is the version on his screen."""
    obstacles = LIST_FLOW.obstacles("adopt_list", ranked.status)
    if obstacles:  # adopted is adopted; what else could be said of it does not matter any more
        return obstacles
    if ranked.meeting_on > timezone.localdate():
        obstacles.append(
            Obstacle(
                "meeting_ahead",
                f"Het selectieoverleg is op {long_date(ranked.meeting_on)}. "
                "Stel de lijst die dag of daarna vast.",
            )
        )
    if seen is not None and seen != ranked.version:
        obstacles.append(
            Obstacle(
                "other_order",
                "De lijst is veranderd nadat je deze pagina opende. Er is niets vastgesteld. "
                "Hieronder staat de volgorde van nu. Kijk haar na en stel haar dan vast.",
            )
        )
    if not ranked.plaatsen.exists():
        obstacles.append(Obstacle("empty_list", "Er staat nog niemand op de lijst."))
    if not ranked.selectieleden.exists():
        obstacles.append(Obstacle("no_members", "Noem eerst wie er in het selectieoverleg zitten."))
    return obstacles


def obstacles_to_replace_list(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """Only an adopted list is replaced, by the next one."""
    return LIST_FLOW.obstacles("replace_list", ranked.status)


def obstacles_to_assign(case: Case, manager: User) -> list[Obstacle]:
    """A listed client goes to exactly one interventiemanager, who has no tie with him. REG-01."""
    return CASE_FLOW.obstacles("assign", case.status) + obstacles_to_taking_hold(case, manager)


def obstacles_to_taking_hold(case: Case, manager: User) -> list[Obstacle]:
    """Whoever takes a client in hand is an interventiemanager, and not barred from him."""
    obstacles = []
    if not manager.has_role(Role.INTERVENTIEMANAGER):
        obstacles.append(
            Obstacle("no_manager", f"{manager} is op dit moment geen interventiemanager.")
        )
    if Bar.objects.current().filter(case=case, user=manager).exists():
        obstacles.append(
            Obstacle("barred", f"{manager} is uitgesloten van dit dossier. Kies een ander.")
        )
    return obstacles


def obstacles_to_grant_by_hand(user: User, scopes: Sequence[str], end_date: date) -> list[Obstacle]:
    """Access by hand is for people of a WGS participant, for a reason that ends. WGS 2.27."""
    obstacles = obstacles_to_day("toegang", end_date)
    if not user.principal_ids:
        obstacles.append(
            Obstacle(
                "no_participant",
                f"{user} werkt niet voor een deelnemer in de zin van de WGS, of heeft geen rol.",
            )
        )
    if not scopes:
        obstacles.append(Obstacle("nothing_chosen", "Kies wat deze persoon mag zien."))
    if end_date < timezone.localdate():
        obstacles.append(Obstacle("in_past", "De einddatum is voorbij. Kies vandaag of later."))
    return obstacles


def obstacles_to_granting_again(case: Case, user: User, held: bool) -> list[Obstacle]:
    """Access by hand is one decision with one end: another one comes in its place."""
    if not held:
        return []
    return [
        Obstacle(
            "granted_already",
            f"{user} heeft al toegang van jou gekregen. Trek die eerst in en geef dan de nieuwe.",
            url=reverse("cases:access_withdraw", args=[case.number, user.personal_group_id]),
        )
    ]


def obstacles_to_own_case(manager: User, by: User) -> list[Obstacle]:
    """Nobody gives himself a client: the manager assigns, another takes hold."""
    if manager != by:
        return []
    return [Obstacle("own_case", "Je kunt een cliënt niet aan jezelf toewijzen. Kies een ander.")]


def obstacles_to_bar(case: Case, user: User) -> list[Obstacle]:
    """Somebody is barred once, and never while he leads: then nobody would."""
    if Bar.objects.current().filter(case=case, user=user).exists():
        return [Obstacle("barred_already", f"{user} is al uitgesloten van dit dossier.")]
    if case.manager_id == user.pk:
        return [
            Obstacle(
                "leads",
                f"{user} is de interventiemanager. De manager draagt het dossier eerst over.",
                url=reverse("maatwerkplan:hand_over", args=[case.number]),
            )
        ]
    return []


def obstacles_to_lift_bar(case: Case, user: User) -> list[Obstacle]:
    """A bar is lifted once."""
    if Bar.objects.current().filter(case=case, user=user).exists():
        return []
    return [Obstacle("lifted_already", f"De uitsluiting van {user} is al opgeheven.")]


def obstacles_to_hand_over(case: Case, to: User, by: User) -> list[Obstacle]:
    """A client in hand goes to another interventiemanager, who has no tie with him. REG-01."""
    obstacles = obstacles_to_own_case(to, by) + obstacles_to_taking_hold(case, to)
    if case.manager_id is None:
        obstacles.append(
            Obstacle(
                "nobody_leads",
                "Dit dossier heeft nog geen interventiemanager. Wijs de cliënt eerst toe.",
                url=reverse("cases:assign", args=[case.number]),
            )
        )
    if case.manager_id == to.pk:
        obstacles.append(Obstacle("same_person", f"{to} heeft deze cliënt al. Kies een ander."))
    return obstacles


def obstacles_to_leaving(user: User) -> list[Obstacle]:
    """Nobody leaves with clients in hand: say first who takes hold of each. REG-08."""
    if not leads_any(user):
        return []
    return [
        Obstacle(
            "leads_cases",
            f"{user} is nog interventiemanager van een of meer cliënten. "
            "De manager draagt die eerst over.",
            url=reverse("cases:hand_over_all", args=[user.pk]),
        )
    ]


def obstacles_to_break_glass(case: Case, hours: int, by: User) -> list[Obstacle]:
    """A dossier is opened in nood once at a time, for some hours, when it has content. AC-16."""
    obstacles = []
    if case.manager_id is None:
        obstacles.append(
            Obstacle(
                "nobody_leads", "Dit dossier heeft nog geen interventiemanager en geen inhoud."
            )
        )
    if not 1 <= hours <= settings.EMERGENCY_HOURS:
        obstacles.append(Obstacle("too_long", f"Kies ten hoogste {settings.EMERGENCY_HOURS} uur."))
    if Noodtoegang.objects.running().filter(case=case, opened_by=by).exists():
        obstacles.append(
            Obstacle(
                "open_already",
                "Je hebt dit dossier al open.",
                url=reverse("cases:detail", args=[case.number]),
            )
        )
    return obstacles


def obstacles_to_review(emergency: Noodtoegang, by: User) -> list[Obstacle]:
    """Somebody else judges an emergency, once, when it is over."""
    obstacles = []
    if emergency.opened_by_id == by.pk:
        obstacles.append(
            Obstacle("own_deed", "Je kunt je eigen noodtoegang niet beoordelen. Vraag een ander.")
        )
    if emergency.is_running:
        obstacles.append(
            Obstacle("running", "Deze noodtoegang loopt nog. Beoordeel haar als zij voorbij is.")
        )
    if emergency.reviewed_at is not None:
        obstacles.append(Obstacle("reviewed_already", "Deze noodtoegang is al beoordeeld."))
    return obstacles


def obstacles_to_start_diagnosis(case: Case) -> list[Obstacle]:
    """The diagnosis starts when the client has an interventiemanager."""
    return CASE_FLOW.obstacles("start_diagnosis", case.status)


def obstacles_to_judging(case: Case) -> list[Obstacle]:
    """A leefgebied is judged while the diagnosis is being made."""
    return CASE_FLOW.obstacles("complete_diagnosis", case.status)


def obstacles_to_complete_diagnosis(case: Case) -> list[Obstacle]:
    """Complete: every leefgebied is judged, and the client's self-reliance too. S2, vn 7-8."""
    obstacles = CASE_FLOW.obstacles("complete_diagnosis", case.status)
    obstacles += [
        Obstacle(
            "unjudged",
            f"Het leefgebied {score.get_leefgebied_display()} is nog niet beoordeeld.",
            url=reverse("cases:score", args=[case.number, score.leefgebied]),
        )
        for score in LeefgebiedScore.objects.filter(case=case).unjudged().in_order()
    ]
    if not Diagnosis.objects.filter(case=case).exclude(self_reliance="").exists():
        obstacles.append(
            Obstacle(
                "self_reliance_unjudged",
                "Beoordeel of de cliënt het plan zelf kan uitvoeren.",
                url=reverse("cases:diagnosis", args=[case.number]) + "#zelf-uitvoeren",
            )
        )
    return obstacles


def obstacles_to_start_execution(case: Case) -> list[Obstacle]:
    """Execution starts from a plan, once it is signed."""
    return CASE_FLOW.obstacles("start_execution", case.status)


def obstacles_to_start_pressure(case: Case) -> list[Obstacle]:
    """Drang en dwang follows a refused plan. S2: "dat de ketenpartners niet los zullen laten"."""
    return CASE_FLOW.obstacles("start_pressure", case.status)


def obstacles_to_resume_planning(case: Case) -> list[Obstacle]:
    """Whoever refused gets a new plan."""
    return CASE_FLOW.obstacles("resume_planning", case.status)
