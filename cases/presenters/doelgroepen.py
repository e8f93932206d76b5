"""A dossier held against the definition of every doelgroep: what is known, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cases.models import Case, Doelgroep, OffenceRecord, Scope, definition_of, key_of
from cases.presenters.dossier import Dossier
from cases.rules import Answer, Count, Facts, Verdict, judge
from cases.states import CaseStatus
from veiligheidshuis import werkafspraken
from veiligheidshuis.models import Werkafspraak

BADGES = {
    Answer.JA: ("ok", "Voldoet"),
    Answer.NEE: ("leeg", "Voldoet niet"),
    Answer.ONBEKEND: ("info", "Onbekend"),
}


@dataclass(frozen=True)
class Held:
    """One doelgroep: what comes of its definition, of which version, and whether he is in it."""

    doelgroep: Doelgroep
    version: Werkafspraak
    verdict: Verdict
    is_his: bool

    @property
    def badge(self) -> tuple[str, str]:
        return BADGES[self.verdict.answer]

    @property
    def key(self) -> str:
        return key_of(self.doelgroep)


def day_of(case: Case) -> date:
    """Of which day the definitions are: of today until somebody is chosen, and then of that day."""
    is_candidate = case.status == CaseStatus.AANGEMELD
    return timezone.localdate() if is_candidate else case.werkwijze_on


def held_against(dossier: Dossier, offences: Sequence[OffenceRecord]) -> list[Held]:
    """Every doelgroep for who reads how somebody came in.

    Without the scope of judicial data a definition that asks them is not there: also an outcome
    would tell of them. PRI-02.
    """
    if dossier.closing or not (dossier.sees_course or dossier.holds(Scope.VIEW_JUSTICE)):
        return []
    day = day_of(dossier.case)
    facts = Facts(dossier.client.birth_date, day, counts_of(offences))
    return [
        Held(
            doelgroep,
            werkafspraken.version(key_of(doelgroep), day),
            judge(definition, facts),
            doelgroep == dossier.case.doelgroep,
        )
        for doelgroep in Doelgroep
        if not (definition := definition_of(doelgroep, day)).asks_justice
        or dossier.holds(Scope.VIEW_JUSTICE)
    ]


def counts_of(offences: Sequence[OffenceRecord]) -> list[Count]:
    """Of every supplier the count that it gave last; `offences` has the newest first."""
    latest: dict[int, OffenceRecord] = {}
    for record in offences:
        latest.setdefault(record.supplier_id, record)
    return [
        Count(
            record.supplier.short_name,
            record.count,
            (record.counted_from, record.counted_until)
            if record.counted_from and record.counted_until
            else None,
            record.last_offence_on,
        )
        for record in latest.values()
    ]
