"""Who may see what in the house: by organisation, by person and by part of a dossier. SEC-06."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from cases.models import Bar, Participation, Regime, Scope
from partners.models import Organisation, Role, User, UserQuerySet

A_PAGE = 50
Rows = QuerySet[Any, dict[str, Any]]


@dataclass(frozen=True)
class Holding:
    """One holder and one part: of how many dossiers, and whether he sees anything today."""

    organisation: str
    person: User | None
    scope: Scope
    cases: int
    in_force: bool
    is_local: bool  # given in the local approach, of the covenant


def holdings(organisation: Organisation | None, query: str, scope: str) -> Rows:
    """What was given and counts today, by holder, part and regime; the dossiers are counted by the
    same question, and one from which he is barred does not count."""
    rows = Participation.objects.current().filter(~_barred())
    if organisation:
        own = Q(group__person__organisation=organisation) | Q(group__organisation=organisation)
        rows = rows.filter(own)
    if scope:
        rows = rows.of_scope(scope)
    for word in query.split():
        first, last = (f"group__person__{name}__icontains" for name in ("first_name", "last_name"))
        rows = rows.filter(Q(**{first: word}) | Q(**{last: word}))
    home = Coalesce("group__person__organisation__short_name", "group__organisation__short_name")
    holders: Any = rows.values("group_id", "regime", home=home, part=F("permission__codename"))
    order = ("home", F("group__person__last_name").asc(nulls_first=True))
    found: Rows = holders.annotate(cases=Count("content_object", distinct=True))
    return found.order_by(*order, "group_id", "part", "regime")


def page_of(rows: Rows, number: str) -> Page[Holding]:
    """One page of it, with who the holders are today."""
    page: Page[Any] = Paginator(rows, A_PAGE).get_page(number)
    found: list[dict[str, Any]] = list(page.object_list)
    holders = [row["group_id"] for row in found]
    known = User.objects.with_standing().filter(personal_group__in=holders)
    people = {each.personal_group_id: each for each in known}
    contacts = _working_contacts(holders)
    page.object_list = [_holding(row, people.get(row["group_id"]), contacts) for row in found]
    return page


def _holding(row: dict[str, Any], person: User | None, contacts: set[tuple[int, str]]) -> Holding:
    regime = row["regime"]
    return Holding(
        organisation=row["home"],
        person=person,
        scope=Scope(row["part"]),
        cases=row["cases"],
        in_force=_sees(person, regime) or (row["group_id"], regime) in contacts,
        is_local=regime == Regime.LOKALE_PGA,
    )


def by_their_role() -> UserQuerySet:
    """Who knows every dossier by his role: its process data, and none of its content."""
    return (
        User.objects.in_role(Role.BEDRIJFSBUREAU, Role.MANAGER)
        .select_related("organisation")
        .by_name()
    )


def _barred() -> Exists:
    """He himself is barred from this dossier."""
    bars = Bar.objects.current().filter(
        case=OuterRef("content_object"), user__personal_group=OuterRef("group")
    )
    return Exists(bars)


def _sees(person: User | None, regime: str) -> bool:
    """With an account that is on, a role that works with dossiers, and papers; of an organisation
    that takes part under this regime (any more). PRV-20."""
    if not person or not person.sits or not person.principal_ids:
        return False
    return regime in person.regimes


def _working_contacts(groups: list[int]) -> set[tuple[int, str]]:
    """Those of these organisations, and under which regime, that have a contact point who sees
    something today."""
    members = User.objects.with_standing().filter(groups__in=groups)
    return {
        (group, regime)
        for each in members
        for regime in Regime
        if _sees(each, regime)
        for group in each.principal_ids
    }
