"""What must be true of a report, and before somebody is admitted. WGS 2.31 lid 1-3; BGS 2.20."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse

from cases.models import (
    Aanmelding,
    Bar,
    Case,
    Criterium,
    Doelgroep,
    Oordeel,
    Report,
    Screening,
    Weging,
)
from cases.rules.regime import obstacles_to_working_under
from cases.states import CASE_FLOW, WEGING_FLOW, CaseStatus, WegingStatus
from partners.models import PERSON_ROLES, User
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.terms import obstacles_to_day, said


def obstacles_to_nominating(report: Report) -> list[Obstacle]:
    """Who reports somebody shows for each criterion that it is met, has checked what he says and
    has spoken with him; or says why not, and when that is thought of again. INT-02, INT-03, INT-04.
    """
    obstacles = [
        Obstacle(f"criterion_{each.value}_missing", f"Schrijf op hoe dit blijkt: {each.label}.")
        for each in Criterium
        if not report.parts.get(each, "").strip()
    ]
    if not report.discussed and not report.why_not.strip():
        obstacles.append(
            Obstacle("why_not_missing", "Schrijf op waarom u er niet met de persoon over sprak.")
        )
    if not report.discussed and report.ask_again_on is None:
        obstacles.append(
            Obstacle("again_missing", "Kies wanneer u bekijkt of het nu wel besproken kan worden.")
        )
    if not report.discussed:
        obstacles += obstacles_to_day("opnieuw_bespreken", report.ask_again_on)
    if not report.correct:
        obstacles.append(
            Obstacle("not_stated", "Bevestig dat de gegevens zo goed mogelijk zijn nagekeken.")
        )
    return obstacles


def obstacles_to_noting_contact(report: Aanmelding) -> list[Obstacle]:
    """Whoever reported somebody is called once for it."""
    if report.contacted_on is None:
        return []
    return [Obstacle("called_already", "Een collega belde al over deze aanmelding.")]


def obstacles_to_being_weighed(case: Case) -> list[Obstacle]:
    """Whoever weighs: of somebody who is in nobody's hands yet nothing was decided."""
    if case.status not in (CaseStatus.AANGEMELD, CaseStatus.GEPRIORITEERD):
        text = "Wegen kan met wie is aangedragen en nog geen interventiemanager heeft."
        return [Obstacle("not_waiting", text)]
    if Weging.objects.filter(case=case).exclude(status=WegingStatus.GEVRAAGD).exists():
        return [Obstacle("decided_already", "De kerndeelnemers hebben hier al over besloten.")]
    return []


def obstacles_to_ask_weighing(case: Case, people: Sequence[User]) -> list[Obstacle]:
    """Those who weigh are people of core participants who may know the case, under its regime."""
    obstacles = obstacles_to_being_weighed(case)
    if obstacles:
        return obstacles
    if not people:
        obstacles.append(Obstacle("nobody_chosen", "Kies wie er meeweegt."))
    barred = set(Bar.objects.current().filter(case=case).values_list("user_id", flat=True))
    for each in people:
        works = each.organisation.is_core and not each.active_roles.isdisjoint(PERSON_ROLES)
        if not works:
            text = f"{each} werkt niet voor een kerndeelnemer. Kies een ander (WGS 2.31 lid 2)."
            obstacles.append(Obstacle("no_core_participant", text))
        obstacles += obstacles_to_working_under(case.regime, each.organisation)
        if each.pk in barred:
            text = f"{each} is uitgesloten van dit dossier. Kies een ander."
            obstacles.append(Obstacle("barred", text))
    return obstacles


def obstacles_to_weigh(
    weging: Weging, verdicts: Mapping[str, tuple[bool, str]], by: User
) -> list[Obstacle]:
    """Each organisation judges all four criteria, with reasons, by one of its people, as long as
    nothing was decided. BGS 2.20 lid 3."""
    if weging.status != WegingStatus.GEVRAAGD:
        return WEGING_FLOW.obstacles("admit", weging.status)
    judged = Oordeel.objects.filter(weging=weging, organisation=by.organisation).exclude(author=by)
    colleague = judged.select_related("author").first()
    obstacles = []
    if colleague is not None:
        text = f"{colleague.author} gaf het oordeel van uw organisatie al."
        obstacles.append(Obstacle("colleague_judged", text))
    if set(verdicts) != set(Criterium.values):
        obstacles.append(Obstacle("not_all_four", "Geef een oordeel over elk criterium."))
    if any(not reason.strip() for _, reason in verdicts.values()):
        obstacles.append(Obstacle("reason_missing", "Schrijf bij elk criterium op waarom."))
    return obstacles


def obstacles_to_admit(weging: Weging) -> list[Obstacle]:
    """Core participants of enough chains judged, and all find all four criteria met."""
    obstacles = _obstacles_to_deciding(weging, "admit")
    if obstacles:
        return obstacles
    return [
        Obstacle("not_met", f"{name} vindt dat aan criterium {criterion} niet is voldaan.")
        for name, criterion in _against(weging)
    ]


def obstacles_to_decline(weging: Weging) -> list[Obstacle]:
    """At least one who weighed finds that a criterion is not met. Whoever stood on a list in
    discussion leaves it in the same moment (WGS 2.32 lid 4)."""
    case = weging.case
    obstacles = _obstacles_to_deciding(weging, "decline")
    if obstacles:
        return obstacles
    if not _against(weging):
        text = "Iedereen vindt dat aan alle criteria is voldaan. Laat de persoon toe."
        obstacles.append(Obstacle("all_met", text))
    obstacles += CASE_FLOW.obstacles("decline", case.status)
    return obstacles + obstacles_to_leaving_unscreened(case)


def _obstacles_to_deciding(weging: Weging, move: str) -> list[Obstacle]:
    obstacles = WEGING_FLOW.obstacles(move, weging.status)
    heard = chains_heard(weging)
    if not obstacles and len(heard) < settings.WEIGHING_CHAINS:
        who = ", ".join(sorted(heard)) or "nog geen keten"
        needed = said("WEIGHING_CHAINS")
        text = f"Er is een oordeel nodig uit minstens {needed} ketens. Nu: {who}."
        obstacles.append(Obstacle("too_few_heard", text))
    return obstacles


def chains_heard(weging: Weging) -> set[str]:
    """The chains of which a core participant judged all four criteria."""
    judged: dict[int, set[str]] = {}
    chain: dict[int, str] = {}
    for each in weging.oordelen.select_related("organisation"):
        judged.setdefault(each.organisation_id, set()).add(each.criterium)
        chain[each.organisation_id] = each.organisation.chain
    return {chain[pk] for pk, criteria in judged.items() if len(criteria) == len(Criterium)}


def _against(weging: Weging) -> list[tuple[str, str]]:
    against = weging.oordelen.filter(met=False).order_by("organisation__short_name", "criterium")
    return list(against.values_list("organisation__short_name", "criterium"))


def obstacles_to_enriching(case: Case) -> list[Obstacle]:
    """Only who was admitted is treated: then more is collected about him. WGS 2.31 lid 3.

    Who is in hand was admitted before somebody could lead him.
    """
    if case.status == CaseStatus.NIET_TOEGELATEN:
        text = f"De kerndeelnemers hebben {case.client} niet toegelaten. Er komt niets meer bij."
        return [Obstacle("declined", text)]
    if case.status not in (CaseStatus.AANGEMELD, CaseStatus.GEPRIORITEERD):
        return []
    if Weging.objects.admitted().filter(case=case).exists():
        return []
    text = (
        f"De kerndeelnemers hebben {case.client} nog niet toegelaten. Vraag hen eerst om te wegen."
    )
    where = reverse("cases:ask_weighing", args=[case.number])
    return [Obstacle("not_admitted", text, url=where)]


def obstacles_to_screen(case: Case) -> list[Obstacle]:
    """Only a report of domestic violence is screened, once."""
    if case.doelgroep != Doelgroep.HUISELIJK_GEWELD:
        return [Obstacle("no_violence", "Dit is geen melding van huiselijk geweld.")]
    if Screening.objects.filter(case=case).exists():
        return [Obstacle("screened_already", "Een collega legde de uitkomst al vast.")]
    return []


def obstacles_to_leaving_unscreened(case: Case) -> list[Obstacle]:
    """No report of domestic violence disappears before it was screened. S3, Hatert."""
    if obstacles_to_screen(case):
        return []
    text = f"{case.number} gaat over huiselijk geweld en is nog niet gescreend. Doe dat eerst."
    return [Obstacle("not_screened", text)]
