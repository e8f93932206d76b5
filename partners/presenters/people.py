"""How the table of partners and its people is shown."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from partners import rules
from partners.models import (
    ROLES_WITHOUT_PERSONS,
    Absence,
    Appointment,
    Clearance,
    ContactPoint,
    FactorReset,
    IdentityProvider,
    Organisation,
    Role,
    Seated,
    SignOnProposal,
    Toetreding,
    User,
    UserQuerySet,
)

# How a higher floor tells what a deed would open or close for these people, without doing it; it
# fills this in AppConfig.ready().
TRIES: list[Callable[..., object]] = []
A_PAGE = 50
SOON = settings.PAPERS_REMINDER_DAYS
LONGEST = 80


@dataclass
class Group:
    """Partners that came to the table in the same way."""

    title: str
    rows: list[Organisation] = field(default_factory=list)


def register() -> list[Group]:
    """All partners in the order of the covenant, with the contact points of each."""
    groups = [
        Group("Ondertekenaars van 7 september 2006"),
        Group("Later toegetreden"),
        Group("Andere partijen aan tafel"),
        Group("Niet aan tafel"),
    ]
    for organisation in with_contact_points():
        groups[_place_of(organisation)].rows.append(organisation)
    return [group for group in groups if group.rows]


def _place_of(organisation: Organisation) -> int:
    """The group in which it stands."""
    if organisation.is_seated_today:  # type: ignore[attr-defined]
        return 0 if organisation.signed_in_2006 else 1
    return 2 if organisation.is_neighbour else 3


def with_contact_points() -> list[Organisation]:
    points = ContactPoint.objects.select_related("user").order_by("kind")
    """All of the register but who is on the way to the table and has no seat at all yet."""
    on_the_way = Toetreding.objects.on_the_way().values("organisation_id")
    organisations = Organisation.objects.exclude(is_neighbour=False, pk__in=on_the_way)
    organisations = organisations.in_covenant_order().annotate(is_seated_today=Seated())
    return list(organisations.prefetch_related(Prefetch("contact_points", points)))


def login_services() -> QuerySet[IdentityProvider]:
    """The partners whose people may log in by way of their own organisation."""
    services = IdentityProvider.objects.filter(is_on=True).select_related("organisation")
    return services.order_by("organisation__short_name", "pk")


def proving_service(user: User) -> IdentityProvider | None:
    """Where he may prove anew who he is: he is linked, and its second factor counts here."""
    links = user.sign_on_links.filter(ended_at=None)
    mine = login_services().filter(
        organisation=user.organisation_id, issuer__in=links.values("issuer")
    )
    return next((service for service in mine if service.asks_twice), None)


def service_of(person: User) -> IdentityProvider | None:
    """The login service of the organisation he works for, when it is on."""
    return login_services().filter(organisation=person.organisation_id).first()


def waiting_links() -> QuerySet[SignOnProposal]:
    """Links that wait for a second pair of eyes, the oldest first."""
    return SignOnProposal.objects.waiting().select_related("user")


def proposals_of(person: User) -> QuerySet[SignOnProposal]:
    """What the office proposed for this account, the newest first."""
    people = ("proposed_by", "decided_by")
    return person.sign_on_proposals.newest_first().select_related(*people)


@dataclass(frozen=True)
class Place:
    """First contact point or deputy: who fills it, or nobody yet."""

    kind: ContactPoint.Kind
    point: ContactPoint | None

    @property
    def is_out_of_reach(self) -> bool:
        """Its person can no longer log in: questions to this organisation would reach nobody."""
        return bool(self.point and self.point.user and not self.point.user.is_active)

    @property
    def as_typed(self) -> dict[str, object]:
        """As its form begins."""
        point = self.point
        if point is None:
            return {}
        names = ("user", "label", "phone", "email")
        return {name: getattr(point, name) for name in names}


def places_of(organisation: Organisation) -> list[Place]:
    """Both places of an organisation, also the one that is empty."""
    points = organisation.contact_points.select_related("user")
    filled = {point.kind: point for point in points}
    return [Place(kind, filled.get(kind)) for kind in ContactPoint.Kind]


def place_of(organisation: Organisation, kind: str) -> Place | None:
    """One of the two places; None when there is no place of that name."""
    return next((place for place in places_of(organisation) if place.kind == kind), None)


def try_contact_point(place: Place, deed: Callable[[], object], heir: User | None) -> list[object]:
    """What who was the contact point would lose, and who comes in his place would gain."""
    return try_out(deed, place.point.user if place.point else None, heir)


def try_out(
    deed: Callable[[], object], *about: User | None, on: date | None = None
) -> list[object]:
    """What a deed would open or close for these people: now, or on a day that is still to come."""
    people = {person.pk: person for person in about if person}
    at = None
    if on and on > timezone.localdate():
        at = timezone.make_aware(datetime.combine(on, time(12)))
    return [tries(deed, people.values(), at=at) for tries in TRIES]


def people_of(organisation: Organisation) -> UserQuerySet:
    """Its people with an account that works, with the roles of today."""
    people = User.objects.filter(organisation=organisation, is_active=True)
    return people.prefetch_related(with_roles()).by_name()


def colleagues() -> UserQuerySet:
    """Everybody who could stand in for anybody: for the office, that knows them all."""
    return User.objects.filter(is_active=True).by_name()


def stand_ins_of(person: User) -> UserQuerySet:
    """Who could stand in for this person: another interventiemanager for who leads clients, and
    for anybody else a colleague of his own organisation. He need not know who else works here."""
    others = colleagues().exclude(pk=person.pk)
    if person.has_role(Role.INTERVENTIEMANAGER):
        return others.in_role(Role.INTERVENTIEMANAGER)
    return others.filter(organisation_id=person.organisation_id)


@dataclass
class Accounts:
    """One page of the accounts of the house."""

    query: str
    show_off: bool
    page: Page[User]


def with_roles() -> Prefetch:
    """The appointments of today, for a list of people."""
    current = Appointment.objects.current().order_by("role")
    return Prefetch("appointments", current, to_attr="roles_today")


def accounts(people: UserQuerySet, typed: str, show_off: bool, page: str) -> Accounts:
    """Those of these people whose name, login name or organisation matches, by name."""
    query = " ".join(typed.replace("\x00", "").split())[:LONGEST]
    people = people.select_related("organisation").prefetch_related(with_roles()).by_name()
    if not show_off:
        people = people.filter(is_active=True)
    for word in query.split():
        people = people.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(username__icontains=word)
            | Q(organisation__name__icontains=word)
            | Q(organisation__short_name__icontains=word)
        )
    return Accounts(query, show_off, Paginator(people, A_PAGE).get_page(page))


@dataclass(frozen=True)
class Term:
    """One role that somebody has, had or will have."""

    appointment: Appointment
    state: str
    badge: str

    @property
    def can_end(self) -> bool:
        return self.state != "afgelopen"


def terms_of(person: User) -> list[Term]:
    """All roles of one person, the newest first."""
    return [_term(appointment) for appointment in person.appointments.newest_first()]


@dataclass(frozen=True)
class Paper:
    """One of the papers without which nobody works with persons, as it stands today."""

    kind: Clearance.Kind
    clearance: Clearance | None

    @property
    def state(self) -> str:
        if self.clearance is None:
            return "ontbreekt"
        left = (self.clearance.valid_until - timezone.localdate()).days
        return "verlopen" if left < 0 else "verloopt bijna" if left <= SOON else "in orde"

    @property
    def badge(self) -> str:
        states = {"ontbreekt": "fout", "verlopen": "fout", "verloopt bijna": "let-op"}
        return states.get(self.state, "ok")


def papers_of(person: User) -> list[Paper]:
    """The three papers of one person, also those that nobody saw yet."""
    latest = Clearance.objects.latest_of(person)
    return [Paper(kind, latest.get(kind)) for kind in Clearance.Kind]


@dataclass(frozen=True)
class Holder:
    """Somebody with his papers."""

    person: User
    papers: list[Paper]

    @property
    def first_end(self) -> date:
        """The day on which his access ends; long ago when a paper is missing."""
        return min(p.clearance.valid_until if p.clearance else date.min for p in self.papers)


def holders() -> list[Holder]:
    """Everybody who works with persons, whose papers end first on top."""
    roles = [role for role in Role if role not in ROLES_WITHOUT_PERSONS]
    appointed = Appointment.objects.current().filter(role__in=roles).values("user_id")
    people = User.objects.filter(is_active=True, pk__in=appointed).select_related("organisation")
    latest: dict[int, dict[str, Clearance]] = {}
    for each in Clearance.objects.filter(user__in=people).order_by("valid_until", "pk"):
        latest.setdefault(each.user_id, {})[each.kind] = each
    found = [
        Holder(p, [Paper(kind, latest.get(p.pk, {}).get(kind)) for kind in Clearance.Kind])
        for p in people.by_name()
    ]
    return sorted(found, key=lambda holder: holder.first_end)


def absences_of(person: User) -> list[Absence]:
    """When this person is away, now and later."""
    coming = person.absences.filter(end_date__gte=timezone.localdate())
    return list(coming.select_related("stand_in").order_by("start_date", "pk"))


def absences() -> QuerySet[Absence]:
    """Who is away, now and later; the first to go on top."""
    coming = Absence.objects.filter(end_date__gte=timezone.localdate())
    people = coming.select_related("user__organisation", "stand_in__organisation")
    return people.order_by("start_date", "end_date", "pk")


def _term(appointment: Appointment) -> Term:
    today = timezone.localdate()
    if appointment.end_date and appointment.end_date < today:
        return Term(appointment, "afgelopen", "leeg")
    if appointment.start_date > today:
        return Term(appointment, "begint nog", "wacht")
    if appointment.ends_soon:
        return Term(appointment, "loopt bijna af", "let-op")
    return Term(appointment, "loopt", "ok")


def resets() -> dict[str, list[FactorReset]]:
    """The lost second factors that wait for somebody, and the latest that are over."""
    found = FactorReset.objects.newest_first()
    waiting = list(found.under_way())
    return {"waiting": waiting, "over": list(found.exclude(closed_at=None)[:A_PAGE])}


def resets_waiting_for(user: User) -> list[FactorReset]:
    """Those that this colleague of the office can decide about, or carry out, now."""
    may_carry_out = user.has_role(Role.BEDRIJFSBUREAU)
    return [
        reset
        for reset in FactorReset.objects.newest_first().under_way()
        if not rules.obstacles_to_approve_reset(reset, user)
        or (may_carry_out and not rules.obstacles_to_carry_out_reset(reset, user))
    ]


def own_reset(user: User) -> FactorReset | None:
    """That his own second factor is going to be taken away, if anybody asked for that."""
    return FactorReset.objects.newest_first().under_way().filter(user=user).first()


def stop_first(user: User) -> str:
    """Where he can stop it, for who comes in with a factor that was said to be lost; or nowhere."""
    return reverse("credentials") if own_reset(user) else ""
