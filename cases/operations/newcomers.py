"""Many people are put forward at once, by a list. S2, Werkprocessen; INT-06.

The same as putting them forward one by one (cases.operations.intake), with as many questions to
the database for a thousand as for one.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from cases import access
from cases.models import (
    Case,
    Client,
    ClientBsn,
    OffenceRecord,
    Scope,
    TimelineItem,
    TimelineKind,
)
from cases.operations.intake import Person
from partners.models import Organisation, User


@dataclass(frozen=True)
class Newcomer:
    """Somebody for whom a case is opened, by whom he was put forward, and which case he gets."""

    person: Person
    doelgroep: str
    source: Organisation
    source_note: str = ""
    offences: int | None = None
    case_id: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def put_forward_all(newcomers: Sequence[Newcomer], *, by: User) -> list[Case]:
    """Open a case for each of these, with the next numbers in this order. INT-01; WGS 2.31 lid 1.

    The wall refuses whoever may not put people forward.
    """
    if not newcomers:
        return []
    cases = _open_cases(newcomers)
    together = list(zip(newcomers, cases, strict=True))
    ClientBsn.objects.bulk_create(
        ClientBsn.of(case.client, new.person.bsn) for new, case in together if new.person.bsn
    )
    OffenceRecord.objects.bulk_create(
        OffenceRecord(
            case=case, count=new.offences, supplier=new.source, source_note=new.source_note
        )
        for new, case in together
        if new.offences is not None
    )
    TimelineItem.objects.bulk_create(
        TimelineItem(
            case=case,
            kind=TimelineKind.AANMELDING,
            title=f"Aangedragen door {new.source.short_name}",
            scope=Scope.LEAD_CASE,
            author=by,
        )
        for new, case in together
    )
    return cases


def _open_cases(newcomers: Sequence[Newcomer]) -> list[Case]:
    """The new cases with their clients; the cases first, for a client is visible by his case."""
    clients = [_client(new.person) for new in newcomers]
    access.open_cases(
        [
            (new.case_id, client.pk, new.doelgroep, new.source.pk, new.source_note)
            for new, client in zip(newcomers, clients, strict=True)
        ]
    )
    Client.objects.bulk_create(clients)
    Client.history.bulk_history_create(clients)
    found = Case.objects.select_related("client").in_bulk([new.case_id for new in newcomers])
    cases = [found[new.case_id] for new in newcomers]
    Case.history.bulk_history_create(cases)  # the database wrote the rows
    return cases


def _client(person: Person) -> Client:
    client = Client(
        first_name=person.first_name,
        name_prefix=person.name_prefix,
        last_name=person.last_name,
        birth_date=person.birth_date,
        municipality=person.municipality,
    )
    client.fill_keys()
    return client
