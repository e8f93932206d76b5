"""Who the client is and where he is, written down by the interventiemanager. DOS-01, DOS-02.

In the timeline stands that something was written down, never what; for who sees the fact itself.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cases import access, rules
from cases.models import Case, DatedFact, FactKind, Scope, TimelineKind, fact_scope
from cases.operations.moves import locked
from cases.operations.timeline import record
from partners.models import Organisation, User
from veiligheidshuis.obstacles import refuse_if


@dataclass(frozen=True)
class AboutFact:
    """What is known, since when, and from whom; without a partner from the client himself."""

    kind: str
    sort: str
    what: str
    from_on: date
    until_on: date | None = None
    expected_end: date | None = None
    phone: str = ""
    secret: bool = False
    supplier: Organisation | None = None


@transaction.atomic
def record_fact(case: Case, about: AboutFact, *, by: User) -> DatedFact:
    """Write down a fact. Raises PermissionDenied and Refused."""
    case = _kept(case, about.kind, secret=about.secret, by=by)
    fact = _write(case, about, by=by)
    _tell(fact, "vastgelegd", by=by)
    return fact


@transaction.atomic
def end_fact(fact: DatedFact, *, until_on: date, by: User) -> DatedFact:
    """It was true until and with this day. Raises PermissionDenied and Refused."""
    _kept(fact.case, fact.kind, secret=fact.is_secret, by=by)
    fact = _held(fact)
    refuse_if(rules.obstacles_to_ending_fact(fact, until_on))
    fact.until_on, fact.ended_by = until_on, by
    fact.save(update_fields=["until_on", "ended_by"])
    _tell(fact, "beëindigd", by=by)
    return fact


@transaction.atomic
def correct_fact(fact: DatedFact, about: AboutFact, *, because: str, by: User) -> DatedFact:
    """It was wrong, and this is what it is; what stood there stays, with why it was wrong. DOS-10.

    Raises PermissionDenied and Refused.
    """
    _kept(fact.case, fact.kind, secret=fact.is_secret, by=by)
    case = _kept(fact.case, about.kind, secret=about.secret, by=by)
    fact = _held(fact)
    opens = fact.is_secret and not about.secret
    refuse_if(rules.obstacles_to_correcting_fact(fact, opens_address=opens))
    _withdraw(fact, because, by=by)
    better = _write(case, about, by=by)
    _tell(better, "verbeterd", by=by)
    return better


@transaction.atomic
def withdraw_fact(fact: DatedFact, *, because: str, by: User) -> DatedFact:
    """It was never true, and nothing comes in its place. Raises PermissionDenied and Refused."""
    _kept(fact.case, fact.kind, secret=fact.is_secret, by=by)
    fact = _held(fact)
    refuse_if(rules.obstacles_to_correcting_fact(fact))
    _withdraw(fact, because, by=by)
    _tell(fact, "ingetrokken", by=by)
    return fact


def _kept(case: Case, kind: str, *, secret: bool, by: User) -> Case:
    """The case, held, for who leads it and sees such facts. Raises PermissionDenied."""
    access.require(by, Scope.LEAD_CASE, case)
    access.require(by, fact_scope(kind, secret=secret), case)
    return locked(case)


def _held(fact: DatedFact) -> DatedFact:
    """The fact, held until the transaction ends; after the case."""
    facts = DatedFact.objects.select_related("case").select_for_update(of=("self",))
    return facts.get(pk=fact.pk)


def _write(case: Case, about: AboutFact, *, by: User) -> DatedFact:
    # Not asdict: it would copy the organisation.
    said = {name: getattr(about, name) for name in about.__dataclass_fields__}
    refuse_if(rules.obstacles_to_fact(case, **said))
    scope = fact_scope(about.kind, secret=said.pop("secret"))
    fact = DatedFact(case=case, scope=scope, recorded_by=by, **said)
    if about.until_on is not None:
        fact.ended_by = by
    fact.save(force_insert=True)
    if fact.is_secret:
        _hide_what_it_was(fact)
    return fact


def _hide_what_it_was(secret: DatedFact) -> None:
    """An address that turns out to be secret was perhaps written down openly: then that, and each
    address that was said to be wrong, is secret from now on as well."""
    addresses = DatedFact.objects.filter(case=secret.case, kind=FactKind.ADRES)
    open_ones = addresses.filter(scope=Scope.VIEW_CONTACT)
    open_ones.filter(Q(what__iexact=secret.what) | Q(withdrawn_at__isnull=False)).update(
        scope=Scope.VIEW_SECRET_ADDRESS
    )


def _withdraw(fact: DatedFact, because: str, *, by: User) -> None:
    fact.withdrawn_at, fact.withdrawn_by = timezone.now(), by
    fact.withdrawn_because = because
    fact.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])


def _tell(fact: DatedFact, done: str, *, by: User) -> None:
    title = f"{fact.get_kind_display().capitalize()} {done}"
    record(fact.case, TimelineKind.GEGEVEN, title, scope=fact.scope, by=by)
