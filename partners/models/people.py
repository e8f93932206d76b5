"""The people who work for the partners, and in which role."""

import uuid
from datetime import date, timedelta
from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.models import AbstractUser, Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from partners.models.organisation import PARTICIPANTS, Organisation, Seated
from partners.models.regime import Covered, Regime
from veiligheidshuis.needtoknow import acting_as


class Role(models.TextChoices):
    """What somebody does for the house, whatever organisation employs him. S2, Bijlage 2."""

    INTERVENTIEMANAGER = "interventiemanager", "interventiemanager"
    KETENPARTNER = "ketenpartner", "ketenpartner"
    BEDRIJFSBUREAU = "bedrijfsbureau", "bedrijfsbureau"
    MANAGER = "manager", "manager veiligheidshuis"
    STUURGROEP = "stuurgroep", "lid stuurgroep"
    COMMISSIELID = "commissielid", "lid beheerscommissie"
    BUURTREGISSEUR = "buurtregisseur", "buurtregisseur"
    FG = "fg", "functionaris gegevensbescherming"
    PRIVACYFUNCTIONARIS = "privacyfunctionaris", "privacyfunctionaris"
    PARTNERBEHEERDER = "partnerbeheerder", "partnerbeheerder"


# Roles that see the process data of every dossier, so that only people of a WGS participant have
# one (WGS 1.8 lid 2).
OFFICE_ROLES = frozenset({Role.BEDRIJFSBUREAU, Role.MANAGER})

# Roles that work with persons; for people of who may take part under one of the regimes. PRV-20.
PERSON_ROLES = OFFICE_ROLES | {Role.INTERVENTIEMANAGER, Role.KETENPARTNER}

# Who gives which roles: a partner's own administrator none higher than his own, and none of the
# house. The database says the same (vh.roles_of_partners).
GIVES = {
    Role.BEDRIJFSBUREAU: frozenset(Role),
    Role.PARTNERBEHEERDER: frozenset({Role.KETENPARTNER, Role.PARTNERBEHEERDER}),
}

# Roles that watch how people read: of the whole house, and of one's own organisation. AVG 38 lid 6.
SUPERVISING = frozenset({Role.FG, Role.PRIVACYFUNCTIONARIS})

# Roles that never see a person: figures and places only. They need no papers.
ROLES_WITHOUT_PERSONS = (Role.STUURGROEP, Role.COMMISSIELID)

# Roles at the table of the neighbourhood, where parties sit that are no partner. S4, 4.9.
NEIGHBOUR_ROLES = (Role.COMMISSIELID, Role.BUURTREGISSEUR)

# A role that stops within this time is marked: who still needs it must be appointed anew.
ENDS_SOON = timedelta(days=settings.ENDS_SOON_DAYS)


class UserQuerySet(models.QuerySet["User"]):
    """The words in which people are asked for."""

    def in_role(self, *roles: str, on: date | None = None) -> "UserQuerySet":
        """Active people who have one of these roles on that day (default: today)."""
        appointed = Appointment.objects.in_force(on).filter(role__in=roles)
        return self.filter(is_active=True, pk__in=appointed.values("user_id"))

    def of_participants(self) -> "UserQuerySet":
        """People of organisations that the law lets work on persons."""
        return self.filter(organisation__wgs_class__in=PARTICIPANTS)

    def under(self, regime: str) -> "UserQuerySet":
        """People of organisations that may take part in a dossier of this regime. PRV-20."""
        if regime == Regime.WGS:
            return self.of_participants()
        return self.filter(Covered("organisation_id"))

    def by_name(self) -> "UserQuerySet":
        return self.order_by("last_name", "first_name", "pk")

    def with_standing(self, on: date | None = None) -> "UserQuerySet":
        """With organisation, roles of today and groups: all that a page asks, in one query."""
        roles = Appointment.objects.in_force(on).filter(user=models.OuterRef("pk"))
        groups = Group.objects.filter(user=models.OuterRef("pk"))
        return self.select_related("organisation").annotate(
            roles_today=ArraySubquery(roles.values("role")),
            groups_today=ArraySubquery(groups.values("pk")),
            seated_today=Seated("organisation_id", on),
            covered_today=Covered("organisation_id", on),
        )


class UserManager(models.Manager.from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds people. Accounts are made by partners.operations alone."""

    def get_by_natural_key(self, username: str) -> "User":
        return self.get(username=username)


class User(AbstractUser):
    """A professional or resident with an account of his own; works for exactly one organisation."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="users")
    personal_group = models.OneToOneField(Group, models.PROTECT, related_name="person")

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "gebruiker"
        verbose_name_plural = "gebruikers"

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @cached_property
    def active_roles(self) -> frozenset[str]:
        """The roles this person has today; empty for an account that was switched off."""
        if not self.is_active:
            return frozenset()
        if hasattr(self, "roles_today"):  # loaded with_standing
            return frozenset(self.roles_today)
        return frozenset(self.appointments.in_force().values_list("role", flat=True))

    @property
    def sits(self) -> bool:
        """Whether his organisation sits at a table today; else his account is dead. GOV-03."""
        if self.organisation.is_neighbour:
            return True
        known = getattr(self, "seated_today", None)  # loaded with_standing
        return self.organisation.is_seated if known is None else known

    def check_password(self, raw_password: str | None) -> bool:
        """Whether this is his password. One that is kept in an older way is kept in today's way, in
        his own name: who is at the door is nobody yet."""

        def keep(password: str) -> None:
            with acting_as(self.pk):
                self.change_password(password)

        return check_password(raw_password, self.password, keep)

    def change_password(self, password: str) -> None:
        """A new password for who is asking; the database refuses that of another."""
        self.set_password(password)
        with connection.cursor() as cursor:
            cursor.execute("SELECT vh.change_password(%s)", [self.password])

    def has_role(self, *roles: str) -> bool:
        return not self.active_roles.isdisjoint(roles)

    @cached_property
    def regimes(self) -> list[str]:
        """Under which regimes he may take part. The database asks the same (vh.regimes)."""
        covered = getattr(self, "covered_today", None)  # loaded with_standing
        by_law: list[str] = [Regime.WGS] if self.organisation.is_participant else []
        by_covenant = self.organisation.is_covered if covered is None else covered
        return [*by_law, Regime.LOKALE_PGA] if by_covenant else by_law

    @cached_property
    def principal_ids(self) -> list[int]:
        """The groups by which this person may know a case: his own, and that of his organisation
        when he is one of its contact points. The database asks the same (vh.principals)."""
        if self.active_roles.isdisjoint(PERSON_ROLES) or not self.regimes:
            return []
        if hasattr(self, "groups_today"):
            return list(self.groups_today)
        return list(self.groups.values_list("pk", flat=True))


class Confirmed(models.Func):
    """Whether somebody was confirmed in the last round that is over; the database decides."""

    function = "vh.confirmed"
    output_field = models.BooleanField()

    def __init__(self, on: date | None = None) -> None:
        day = models.Value(on or timezone.localdate(), output_field=models.DateField())
        super().__init__(models.F("user_id"), day, Now())


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """The words in which roles are asked for."""

    def current(self, on: date | None = None) -> "AppointmentQuerySet":
        day = on or timezone.localdate()
        return self.filter(Q(end_date=None) | Q(end_date__gte=day), start_date__lte=day)

    def in_force(self, on: date | None = None) -> "AppointmentQuerySet":
        """Those of that day of who has valid papers for it and was confirmed in the last round, at
        a partner that sits at the table.

        The database decides all three (vh.cleared, vh.confirmed, vh.seated); neighbours sit at a
        table of their own.
        """
        cleared = models.Func(
            models.F("user_id"),
            models.Value(on or timezone.localdate()),
            function="vh.cleared",
            output_field=models.BooleanField(),
        )
        papers = Q(role__in=ROLES_WITHOUT_PERSONS) | Q(cleared=True)
        neighbour = Q(role__in=NEIGHBOUR_ROLES, user__organisation__is_neighbour=True)
        seated = Seated("user__organisation_id", on)
        known = self.current(on).annotate(cleared=cleared, seated=seated, confirmed=Confirmed(on))
        return known.filter(papers, Q(seated=True) | neighbour, confirmed=True)

    def overlapping(self, start: date, end: date | None) -> "AppointmentQuerySet":
        """Those that count on some day of this period; no end is for ever."""
        running = self.filter(Q(end_date=None) | Q(end_date__gte=start))
        return running.filter(start_date__lte=end) if end else running

    def newest_first(self) -> "AppointmentQuerySet":
        return self.order_by("-start_date", "role", "pk")


class Appointment(models.Model):
    """Somebody has a role in the house from a day, until and with a day or until further notice."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments")
    role = models.CharField("rol", max_length=20, choices=Role)
    start_date = models.DateField("vanaf", default=timezone.localdate)
    end_date = models.DateField("tot en met", null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    granted_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = "aanstelling"
        verbose_name_plural = "aanstellingen"
        constraints = [
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(end_date=None) | Q(end_date__gte=models.F("start_date")),
            ),
            models.CheckConstraint(
                name="appointment_role_known", condition=Q(role__in=Role.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def ends_soon(self) -> bool:
        """Whether the last day of this role is near."""
        today = timezone.localdate()
        return self.end_date is not None and today <= self.end_date <= today + ENDS_SOON


class Activation(models.Model):
    """An account was on, from a moment until it was switched off.

    The database writes it by itself, so that the past can be asked ("who could see this then?").
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    on_from = models.DateTimeField()
    off_from = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "account aan"

    def __str__(self) -> str:
        return f"{self.user} vanaf {self.on_from}"


class Membership(models.Model):
    """Somebody belonged to a group: his own, or that of his organisation as its contact point.

    The database writes it by itself, from the groups of Django, which know today only.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "lid van een groep"
        indexes = [models.Index(fields=["user", "group"], name="membership_of_user")]

    def __str__(self) -> str:
        return f"{self.user} in {self.group}"


class ClearanceQuerySet(models.QuerySet["Clearance"]):
    """The words in which papers are asked for."""

    def latest_of(self, user: User) -> dict[str, "Clearance"]:
        """Of each kind the paper that lasts longest."""
        return {each.kind: each for each in self.filter(user=user).order_by("valid_until", "pk")}


class Clearance(models.Model):
    """A paper without which nobody works with persons: seen by a colleague, valid until a day.

    Never changed: a renewed paper is a new row, so that yesterday's access can be explained.
    """

    class Kind(models.TextChoices):
        """What somebody must have before he sees persons. BIO2 6.1."""

        VOG = "vog", "VOG of screening"
        SCHOLING = "scholing", "scholing"
        GEHEIMHOUDING = "geheimhouding", "geheimhoudingsverklaring"

    user = models.ForeignKey(User, models.CASCADE, related_name="clearances")
    kind = models.CharField("soort", max_length=20, choices=Kind)
    seen_on = models.DateField("gezien op")
    valid_until = models.DateField("geldig tot en met")
    recorded_at = models.DateTimeField(db_default=Now())
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    last_reminded_at = models.DateTimeField(null=True)

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        verbose_name = "papier"
        verbose_name_plural = "papieren"
        constraints = [
            models.CheckConstraint(
                name="clearance_valid_after_it_was_seen",
                condition=Q(valid_until__gte=models.F("seen_on")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_kind_display()}"


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """The words in which absence is asked for."""

    def on(self, day: date) -> "AbsenceQuerySet":
        return self.overlapping(day, day)

    def overlapping(self, start: date, end: date) -> "AbsenceQuerySet":
        """Those that count on some day of this period."""
        return self.filter(start_date__lte=end, end_date__gte=start)


class Absence(models.Model):
    """Somebody is away from a day until and with a day; who stands in for him."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="absences")
    start_date = models.DateField("vanaf")
    end_date = models.DateField("tot en met")
    stand_in = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "afwezigheid"
        verbose_name_plural = "afwezigheden"
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_starts",
                condition=Q(end_date__gte=models.F("start_date")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} is afwezig"
