"""What must be true before somebody takes part in a case, leads it or is kept out. DOS-05."""

from collections.abc import Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from cases.models import (
    NOT_BY_HAND,
    Bar,
    Case,
    Noodtoegang,
    judgement_overdue,
    leads_any,
)
from cases.rules.regime import obstacles_to_working_under
from cases.rules.weighing import obstacles_to_enriching
from cases.states import CASE_FLOW
from partners.models import Role, User
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day


def obstacles_to_being_assigned(case: Case) -> list[Obstacle]:
    """Whoever it will be: a client who was admitted is assigned from an adopted list, once."""
    return CASE_FLOW.obstacles("assign", case.status) or obstacles_to_enriching(case)


def obstacles_to_assign(case: Case, manager: User) -> list[Obstacle]:
    """A listed client goes to exactly one interventiemanager, who has no tie with him. REG-01."""
    return obstacles_to_being_assigned(case) + obstacles_to_taking_hold(case, manager)


def obstacles_to_taking_hold(case: Case, manager: User) -> list[Obstacle]:
    """Whoever takes a client in hand is an interventiemanager, may take part under the regime of
    the dossier, and is not barred from it."""
    obstacles = obstacles_to_working_under(case.regime, manager.organisation)
    if not manager.has_role(Role.INTERVENTIEMANAGER):
        obstacles.append(
            Obstacle("no_manager", f"{manager} is op dit moment geen interventiemanager.")
        )
    if Bar.objects.current().filter(case=case, user=manager).exists():
        obstacles.append(
            Obstacle("barred", f"{manager} is uitgesloten van dit dossier. Kies een ander.")
        )
    return obstacles


def obstacles_to_grant_by_hand(
    case: Case, user: User, scopes: Sequence[str], end_date: date
) -> list[Obstacle]:
    """Access by hand is for who may take part under the regime of the dossier, for a reason that
    ends. WGS 2.27; PRV-20."""
    obstacles = obstacles_to_end_date(end_date)
    if user.principal_ids:
        obstacles += obstacles_to_working_under(case.regime, user.organisation)
    else:
        text = f"{user} heeft geen rol en geen plaats waarmee hij dossiers mag zien."
        obstacles.append(Obstacle("no_participant", text))
    if not scopes:
        obstacles.append(Obstacle("nothing_chosen", "Kies wat deze persoon mag zien."))
    if not set(NOT_BY_HAND).isdisjoint(scopes):
        obstacles.append(
            Obstacle("not_by_hand", "Regie en slachtoffergegevens geef je niet op deze manier.")
        )
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


def obstacles_to_letting_go(case: Case) -> list[Obstacle]:
    """Whoever it will go to: a client that nobody has in hand is assigned, not handed over."""
    if case.manager_id is not None:
        return []
    return [
        Obstacle(
            "nobody_leads",
            "Dit dossier heeft nog geen interventiemanager. Wijs de cliënt eerst toe.",
            url=reverse("cases:assign", args=[case.number]),
        )
    ]


def obstacles_to_hand_over(case: Case, to: User, by: User) -> list[Obstacle]:
    """A client in hand goes to another interventiemanager, who has no tie with him. REG-01."""
    obstacles = obstacles_to_own_case(to, by) + obstacles_to_taking_hold(case, to)
    obstacles += obstacles_to_letting_go(case)
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


def obstacles_to_open_in_nood(case: Case, by: User) -> list[Obstacle]:
    """However short: a dossier is opened in nood once at a time, when it has content; and by the
    same person only after another judged his former time. No dossier at all by somebody on whose
    former time the judgement is late. AC-16."""
    obstacles = obstacles_from_late_judgement()
    if case.manager_id is None:
        obstacles.append(
            Obstacle(
                "nobody_leads", "Dit dossier heeft nog geen interventiemanager en geen inhoud."
            )
        )
    mine = Noodtoegang.objects.filter(case=case, opened_by=by)
    if mine.running().exists():
        obstacles.append(
            Obstacle(
                "open_already",
                "Je hebt dit dossier al open.",
                url=reverse("cases:detail", args=[case.number]),
            )
        )
    if mine.waiting().exists():
        obstacles.append(
            Obstacle(
                "not_judged",
                "Over je vorige noodtoegang tot dit dossier is nog niet geoordeeld. Vraag de "
                "manager of de functionaris gegevensbescherming om een oordeel. Kan het niet "
                "wachten? Dan opent een collega het dossier.",
            )
        )
    return obstacles


def obstacles_to_break_glass(case: Case, hours: int, by: User) -> list[Obstacle]:
    """A dossier is opened in nood for some hours. AC-16."""
    obstacles = obstacles_to_open_in_nood(case, by)
    if not 1 <= hours <= settings.EMERGENCY_HOURS:
        obstacles.append(Obstacle("too_long", f"Kies ten hoogste {settings.EMERGENCY_HOURS} uur."))
    return obstacles


def obstacles_from_late_judgement() -> list[Obstacle]:
    """A judgement afterwards is no formality: while the asking user's one is late, he opens nothing
    in nood. S2, voetnoot 15; issue 3, point 3."""
    if not judgement_overdue():
        return []
    return [
        Obstacle(
            "judgement_overdue",
            "Over een eerdere noodtoegang van jou had al geoordeeld moeten zijn. Zolang dat "
            "niet is gebeurd, open je geen dossier in nood. Vraag de manager of de functionaris "
            "gegevensbescherming om een oordeel. Kan het niet wachten? Dan opent een collega het "
            "dossier.",
        )
    ]


def obstacles_to_review(emergency: Noodtoegang, by: User) -> list[Obstacle]:
    """Somebody else judges an emergency, once, when it is over."""
    obstacles = []
    if emergency.opened_by_id == by.pk:
        obstacles.append(
            Obstacle("own_deed", "Je kunt je eigen noodtoegang niet beoordelen. Vraag een ander.")
        )
    if emergency.is_running:
        obstacles.append(
            Obstacle("running", "Deze noodtoegang loopt nog. Beoordeel die als die voorbij is.")
        )
    if emergency.reviewed_at is not None:
        obstacles.append(Obstacle("reviewed_already", "Deze noodtoegang is al beoordeeld."))
    return obstacles


def obstacles_to_explaining(day: date) -> list[Obstacle]:
    """Who may see something is weighed for today or a day that was; what is to come may change."""
    if day <= timezone.localdate():
        return []
    return [
        Obstacle("day_to_come", "Deze dag moet nog komen. Vraag naar vandaag of een eerdere dag.")
    ]


def obstacles_to_end_date(end_date: date) -> list[Obstacle]:
    """What is given has an end, that is still to come and not years away."""
    obstacles = obstacles_to_day("toegang", end_date)
    if end_date < timezone.localdate():
        obstacles.append(Obstacle("in_past", "De einddatum is voorbij. Kies vandaag of later."))
    return obstacles
