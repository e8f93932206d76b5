"""From one regime to the other: a deliberate step that somebody decided, and why. PRV-20."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases import access, rules
from cases.models import Case, Choice, Regime, Scope, TimelineKind
from cases.models.case import sees_process_of_all
from cases.operations.moves import locked
from cases.operations.timeline import record
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def to_wgs(
    case: Case, *, reason: str, ground: str, decided_by: Organisation, decided_on: date, by: User
) -> None:
    """A core participant let somebody of the local approach in under the law. WGS 2.31 lid 2.

    Partners that are no participant let go this moment, and know nothing of what comes after.
    """
    case = _held(case, by=by)
    refuse_if(rules.obstacles_to_wgs(case))
    _bring(case, Choice(Regime.WGS, reason, ground), decided_by, decided_on, by=by)


@transaction.atomic
def to_lokale_aanpak(
    case: Case, *, reason: str, ground: str, decided_by: Organisation, decided_on: date, by: User
) -> None:
    """Somebody goes from the law to the local approach of the partners of the covenant. S2.

    Participants that did not sign let go this moment.
    """
    case = _held(case, by=by)
    refuse_if(rules.obstacles_to_lokale_aanpak(case))
    _bring(case, Choice(Regime.LOKALE_PGA, reason, ground), decided_by, decided_on, by=by)


def _held(case: Case, *, by: User) -> Case:
    """The case, held until the transaction ends, for who leads it or the office."""
    case = locked(case)
    if not sees_process_of_all(by):
        access.require(by, Scope.LEAD_CASE, case)
    if not access.may(by, Scope.KNOW_CASE, case):
        raise PermissionDenied("Dit dossier is er niet voor wie dit vraagt.")
    return case


def _bring(
    case: Case, choice: Choice, decided_by: Organisation, decided_on: date, *, by: User
) -> None:
    """Make the step: the access that it ends ends with it, and the timeline tells it."""
    refuse_if(rules.obstacles_to_regime_decision(choice.regime, decided_by, decided_on))
    access.change_regime(case, choice, decided_by, decided_on)
    case.refresh_from_db()
    Case.history.bulk_history_create([case], update=True)
    title = f"Van regime veranderd: nu {case.get_regime_display()}"
    record(case, TimelineKind.TOEGANG, title, scope=Scope.KNOW_CASE, by=by)
    told = f"{choice.reason} Grond: {choice.ground}. Besloten door {decided_by.short_name}."
    record(case, TimelineKind.TOEGANG, "Waarom het regime veranderde", text=told, by=by)
