"""Who the client is and where he is, as it is shown: what is true today first, then what was."""

from dataclasses import dataclass, field
from uuid import UUID

from django.shortcuts import get_object_or_404

from cases.models import FACT_SCOPES, JUSTICE, DatedFact, FactKind, Scope, fact_scope
from cases.presenters.dossier import Dossier
from cases.presenters.seen_by import Onlooker


@dataclass
class OfKind:
    """The facts of one kind that this reader may see."""

    kind: FactKind
    now: list[DatedFact] = field(default_factory=list)


@dataclass
class Part:
    """The kinds that the same people see, and who those are."""

    kinds: list[OfKind]
    text: str
    seen_by: list[Onlooker]
    secret_seen_by: list[Onlooker] | None = None
    former: list[DatedFact] = field(default_factory=list)


def facts_of(dossier: Dossier) -> list[Part]:
    """The parts of "wie en waar" that this reader may see, in one question to the database."""
    held = [scope for scope in FACT_SCOPES if dossier.holds(scope)]
    if not held:
        return []
    parts = list(_parts(dossier))
    facts = DatedFact.objects.filter(case=dossier.case).readable_with(held).with_people()
    for fact in facts.order_by("-from_on", "-recorded_at", "pk"):
        for part in parts:
            for each in part.kinds:
                if each.kind == fact.kind:
                    (each.now if fact.is_true_now else part.former).append(fact)
    return parts


def _parts(dossier: Dossier) -> list[Part]:
    seen_by = dossier.seen_by
    parts = []
    if dossier.holds(Scope.VIEW_CONTACT) or dossier.holds(Scope.VIEW_SECRET_ADDRESS):
        kinds = [OfKind(kind) for kind in FactKind if kind not in JUSTICE]
        text = "De interventiemanager, en wie het nodig heeft om de cliënt te bereiken."
        secret = seen_by.secret_address if dossier.holds(Scope.VIEW_SECRET_ADDRESS) else None
        parts.append(Part(kinds, text, seen_by.contact, secret))
    if dossier.holds(Scope.VIEW_JUSTICE):
        kinds = [OfKind(kind) for kind in JUSTICE]
        parts.append(Part(kinds, "Alleen wie justitiële gegevens mag zien.", seen_by.justice))
    return parts


def get_fact(dossier: Dossier, fact_id: UUID) -> DatedFact:
    """One fact of this dossier. Raises Http404 when this reader may not see it."""
    facts = DatedFact.objects.filter(case=dossier.case).readable_with(dossier.scopes)
    return get_object_or_404(facts.with_people(), pk=fact_id)


def may_record(dossier: Dossier, kind: str) -> bool:
    """Whether this reader leads the case and sees such facts."""
    return dossier.leads and dossier.holds(fact_scope(kind))


def onlookers(dossier: Dossier, kind: str) -> list[Onlooker]:
    """Who sees a fact of this kind, under its form; of an address: one that is not secret."""
    return dossier.seen_by.of([fact_scope(kind)])
