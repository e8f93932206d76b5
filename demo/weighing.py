"""Who was reported in the demo house, and what its core participants found. WGS 2.31."""

from dataclasses import replace

from django.utils import timezone

from cases import operations as casework
from cases.models import Case, Criterium, Doelgroep, Meldformulier, Regime, Report, Spoed, Weging
from demo.clients import Candidate
from demo.people import who
from veiligheidshuis.needtoknow import acting_as

REASONS = {
    Criterium.A: "De problemen spelen bij de persoon zelf.",
    Criterium.B: "Geen huis, geen werk en verslaving; dat hangt samen met de delicten.",
    Criterium.C: "De overlast nam het laatste jaar toe.",
    Criterium.D: "Straf alleen helpt niet; zorg en gemeente zijn ook nodig.",
}
REPORTED = {each.value: reason for each, reason in REASONS.items()} | {
    "geprobeerd": "Drie keer aangemeld bij de opvang, steeds na een week weg.",
    "huisvesting": "Dakloos sinds het voorjaar.",
}


def report(candidate: Candidate) -> Case:
    """A partner reports somebody by form; the office calls him this week."""
    partner = who("mondriaan")
    with acting_as(partner.pk):
        return casework.nominate(
            replace(candidate.person, bsn=""),
            doelgroep=candidate.doelgroep,
            report=_told("Slaapt buiten, weigert opvang en valt voorbijgangers lastig."),
            by=partner,
        )


def report_locally(candidate: Candidate) -> Case:
    """A partner that the law does not name reports somebody for the local approach. PRV-20."""
    partner = who("zwerfjongeren")
    with acting_as(partner.pk):
        return casework.nominate(
            replace(candidate.person, bsn=""),
            doelgroep=Doelgroep.OVERLASTGEVER,
            report=_told("Slaapt buiten en zorgt voor overlast bij de winkels."),
            regime=Regime.LOKALE_PGA,
            regime_reason="Geen strafzaak, en geen hulp die alleen de wet kan regelen.",
            by=partner,
        )


def _told(reason: str) -> Report:
    return Report(
        form=Meldformulier.objects.valid_on(timezone.localdate()).get(code="vangnet"),
        reason=reason,
        result="Een vaste plek en weer in behandeling.",
        correct=True,
        discussed=True,
        urgency=Spoed.SPOED,
        parts=REPORTED,
    )


def ask_to_weigh(case: Case) -> Weging:
    """The office asks two core participants of different chains."""
    office = who("bureau")
    with acting_as(office.pk):
        return casework.ask_weighing(case, [who("politie"), who("ggd")], by=office)


def admit(case: Case) -> None:
    """They find that all four criteria are met; one of them writes the decision down."""
    weging = ask_to_weigh(case)
    verdicts = {each.value: (True, REASONS[each]) for each in Criterium}
    for name in ("politie", "ggd"):
        by = who(name)
        with acting_as(by.pk):
            casework.weigh(weging, verdicts, by=by)
    with acting_as(by.pk):
        casework.admit(weging, by=by)
