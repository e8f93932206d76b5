"""Somebody who was put forward looks like somebody we know: a person decides. INT-07."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from cases import access, rules
from cases.models import Case, TimelineKind, ToldApart, Weging
from cases.operations.mail import tell_reporters
from cases.operations.moves import move
from cases.operations.timeline import record
from partners.models import Role, User
from veiligheidshuis.formats import plain_date
from veiligheidshuis.obstacles import refuse_if


@transaction.atomic
def join(case: Case, known: Case, *, reason: str, by: User) -> Case:
    """The report is about somebody we know: all that was in it stands in his dossier from now on.

    What a partner told, counted or said of him is moved as it was written, with its author and its
    day; the report itself stays as an empty row that says where it went. Raises Refused.
    """
    case, known = _held(case, known, by=by)
    refuse_if(rules.obstacles_to_join(case, known))
    reporters = set(case.aanmeldingen.values_list("reported_by_id", flat=True))
    access.join_case(case, known)
    case.refresh_from_db()
    move(case, "join")
    told = f"{_as_reported(case)} {reason}".strip()
    record(known, TimelineKind.AANMELDING, f"{case.number} hierbij gevoegd", text=told, by=by)
    record(case, TimelineKind.AANMELDING, f"Gevoegd bij {known.number}", text=reason, by=by)
    if Weging.objects.admitted().filter(case=known).exists():
        tell_reporters(known, reporters)
    return known


@transaction.atomic
def tell_apart(case: Case, known: Case, *, reason: str, by: User) -> None:
    """They look alike and are two people; nobody need ask it again. Raises Refused."""
    case, known = _held(case, known, by=by)
    refuse_if(rules.obstacles_to_tell_apart(case, known))
    ToldApart(case=case, other=known, reason=reason, decided_by=by).save(force_insert=True)
    for one, other in ((case, known), (known, case)):
        record(
            one,
            TimelineKind.AANMELDING,
            f"Niet dezelfde persoon als {other.number}",
            text=reason,
            by=by,
        )


def _held(case: Case, known: Case, *, by: User) -> tuple[Case, Case]:
    """Both dossiers, held until the transaction ends, in one order whoever comes first."""
    if not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Alleen het bedrijfsbureau zegt wie dezelfde persoon is.")
    both = Case.objects.select_for_update(of=("self",)).select_related(
        "client", "manager", "source"
    )
    held = {each.pk: each for each in both.filter(pk__in=[case.pk, known.pk]).order_by("pk")}
    return held[case.pk], held[known.pk]


def _as_reported(case: Case) -> str:
    """Who the report said that he was: another spelling is a way to find him later."""
    client = case.client
    lived = f" in {client.municipality}" if client.municipality else ""
    return (
        f"Aangedragen door {case.source.short_name} als {client.display_name}, geboren "
        f"{plain_date(client.birth_date)}{lived}, {case.get_doelgroep_display()}."
    )
