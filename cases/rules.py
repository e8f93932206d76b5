"""What must be true in a case. Pure reading: no writing, no question who asks."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from cases.models import (
    Bar,
    Case,
    Diagnosis,
    LeefgebiedScore,
    Prioriteitenlijst,
)
from cases.states import CASE_FLOW, LIST_FLOW
from partners.models import Role, User
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_prioritise(case: Case) -> list[Obstacle]:
    """Only somebody who was put forward, and is not in hand yet, moves up to the list."""
    return CASE_FLOW.obstacles("prioritise", case.status)


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


def obstacles_to_adopt_list(ranked: Prioriteitenlijst) -> list[Obstacle]:
    """A list is adopted once, with somebody on it and somebody who weighed."""
    obstacles = LIST_FLOW.obstacles("adopt_list", ranked.status)
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
    obstacles = CASE_FLOW.obstacles("assign", case.status)
    if not manager.has_role(Role.INTERVENTIEMANAGER):
        obstacles.append(
            Obstacle("no_manager", f"{manager} is op dit moment geen interventiemanager.")
        )
    if Bar.objects.filter(case=case, user=manager).exists():
        obstacles.append(
            Obstacle("barred", f"{manager} is uitgesloten van dit dossier. Kies een ander.")
        )
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
