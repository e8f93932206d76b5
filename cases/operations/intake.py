"""Somebody is put forward. S2: the police list, "aangevuld met input vanuit organisaties"."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases import access
from cases.models import Case, Choice, Client, ClientBsn, OffenceRecord, TimelineKind
from cases.operations.timeline import record
from partners.models import PERSON_ROLES, Organisation, User


@dataclass(frozen=True)
class Person:
    """Who is put forward, as the list or the form says it."""

    first_name: str
    name_prefix: str
    last_name: str
    birth_date: date
    municipality: str = ""
    bsn: str = ""


@transaction.atomic
def put_forward(
    person: Person,
    *,
    doelgroep: str,
    source: Organisation,
    by: User,
    reason: str = "",
    source_note: str = "",
    offences: int | None = None,
    choice: Choice | None = None,
) -> Case:
    """Open a case for somebody, put forward by `source`. INT-01; WGS 2.31 lid 1.

    `reason` is content: its author and later the interventiemanager see it. `offences` is judicial
    and goes under its own scope. Without a choice the case comes under the law. Raises
    PermissionDenied for who does not work with persons under that regime.
    """
    choice = choice or Choice()
    if by.active_roles.isdisjoint(PERSON_ROLES) or choice.regime not in by.regimes:
        raise PermissionDenied("Alleen wie onder dit regime meedoet, draagt iemand aan.")
    case = _open_case(person, doelgroep, source, source_note, choice)
    if person.bsn:
        ClientBsn.of(case.client, person.bsn).save(force_insert=True)
    if offences is not None:
        _record_offences(case, offences, source, source_note)
    brought = f"Aangedragen door {source.short_name}"
    record(case, TimelineKind.AANMELDING, brought, by=by)
    if reason:
        record(case, TimelineKind.AANMELDING, "Waarom aangedragen", text=reason, by=by)
    return case


def _open_case(
    person: Person, doelgroep: str, source: Organisation, source_note: str, choice: Choice
) -> Case:
    """The new case with its client; the case first, for a client is visible by his case."""
    case_id = uuid.uuid4()
    client = Client(
        first_name=person.first_name,
        name_prefix=person.name_prefix,
        last_name=person.last_name,
        birth_date=person.birth_date,
        municipality=person.municipality,
    )
    access.open_case(case_id, client.pk, doelgroep, source, source_note, choice)
    client.save(force_insert=True)
    case = Case.objects.select_related("client").get(pk=case_id)
    Case.history.bulk_history_create([case])  # the database wrote the row
    return case


def _record_offences(case: Case, count: int, supplier: Organisation, note: str) -> None:
    record_ = OffenceRecord(case=case, count=count, supplier=supplier, source_note=note)
    record_.save(force_insert=True)
