"""Who takes part in a case, with which scope, from when to when, why, and granted by whom.

The row is guardian's direct-foreign-key group permission: the group (a person's own, or the
contact points of an organisation) may see this part (permission) of this case (content_object).
Rows are closed, never edited or deleted, so that the past can be asked; but for a last day, that
comes nearer when the role ends for which the row was given (ADR 0032). `closed_at` is the moment
from which a row no longer counts; it may lie ahead, for access by the hour (ADR 0016). Only the
functions of the wall write here, after checking the rule. toegang.md decisions 1 and 5.
"""

from collections.abc import Sequence
from datetime import date
from typing import ClassVar, NamedTuple, Protocol

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase

from partners.models import Regime
from veiligheidshuis.models import PersonalData


class Basis(models.TextChoices):
    """Why somebody takes part. Each basis grants a fixed set of scopes (cases.access.GRANTS)."""

    AANDRAGEN = "aandragen", "droeg de cliënt aan"
    WEGING = "weging", "weegt de aanmelding"
    SELECTIE = "selectie", "zit in het selectieoverleg"
    TOEWIJZING = "toewijzing", "is de interventiemanager"
    LEVERINGSVRAAG = "leveringsvraag", "is gevraagd om te leveren"
    UITVOERING = "uitvoering", "voert een deel van het plan uit"
    NOTULIST = "notulist", "notuleert het overleg"
    WAARNEMING = "waarneming", "neemt waar voor de interventiemanager"
    OVERDRACHT = "overdracht", "was de interventiemanager en droeg over"
    NOODTOEGANG = "noodtoegang", "opende het dossier in nood"
    SLACHTOFFER = "slachtoffer", "staat een slachtoffer bij"
    HAND = "hand", "kreeg toegang van de interventiemanager"


class Holds(Protocol):
    """Who may hold parts of dossiers: a user, or as much of him as it takes to look them up."""

    @property
    def principal_ids(self) -> Sequence[int]: ...
    @property
    def regimes(self) -> Sequence[str]: ...


class Holder(NamedTuple):
    """As much of a user as it takes to look up what he holds."""

    principal_ids: tuple[int, ...]
    regimes: tuple[str, ...]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """The words in which it is asked who takes part."""

    def current(self, on: date | None = None) -> "ParticipationQuerySet":
        """Rows that count on that day (default today); expired or closed rows stop at once."""
        day = on or timezone.localdate()
        return self.filter(
            Q(end_date=None) | Q(end_date__gte=day),
            Q(closed_at=None) | Q(closed_at__gt=Now()),
            start_date__lte=day,
        )

    def held_by(self, user: Holds) -> "ParticipationQuerySet":
        """What counts for him: also not what was given under a regime that his organisation has no
        part in (any more). PRV-20."""
        return self.filter(group_id__in=user.principal_ids, regime__in=user.regimes)

    def of_scope(self, scope: str) -> "ParticipationQuerySet":
        return self.filter(permission__codename=scope)


class DateSpan(Func):
    """The days of a row as a PostgreSQL range, both ends counting."""

    function = "daterange"
    output_field = DateRangeField()


DAYS = (DateSpan("start_date", "end_date", models.Value("[]")), RangeOperators.OVERLAPS)


class Participation(PersonalData, GroupObjectPermissionBase):
    """One scope of one case for one group, for a time and a reason."""

    # No index on one of these alone: nothing is asked by it but what the two below answer, and
    # PostgreSQL weighs every index of this table several times for each question (measured).
    group = models.ForeignKey(Group, models.CASCADE, db_index=False)
    permission = models.ForeignKey(Permission, models.CASCADE, db_index=False)
    content_object = models.ForeignKey(
        "cases.Case", models.CASCADE, related_name="participations", db_index=False
    )
    start_date = models.DateField("vanaf", default=timezone.localdate)
    end_date = models.DateField("tot en met", null=True, blank=True)
    basis = models.CharField("grond", max_length=16, choices=Basis)
    because_of = models.UUIDField(null=True)
    reason = models.CharField("reden", max_length=300, blank=True)
    # Of the case when it was given; who takes part on under another regime gets another row.
    regime = models.CharField("regime", max_length=10, choices=Regime)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    granted_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = ParticipationQuerySet.as_manager()  # type: ignore[assignment, misc]

    class Meta:
        verbose_name = "deelname"
        verbose_name_plural = "deelnames"
        unique_together: ClassVar[list[str]] = []  # guardian's own gives way to the exclusion below
        indexes = [
            models.Index(
                fields=["group", "permission", "content_object"],
                include=["start_date", "end_date", "closed_at", "regime"],
                name="participation_drive",
            ),
            models.Index(
                fields=["content_object", "permission", "group"],
                include=["start_date", "end_date", "closed_at", "regime"],
                name="participation_probe",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="participation_ends_after_it_starts",
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")),
            ),
            models.CheckConstraint(
                name="participation_basis_known", condition=Q(basis__in=Basis.values)
            ),
            models.CheckConstraint(
                name="participation_regime_known", condition=Q(regime__in=Regime.values)
            ),
            models.CheckConstraint(
                name="participation_closed_by_somebody",
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            ExclusionConstraint(
                name="participation_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("permission", RangeOperators.EQUAL),
                    ("content_object", RangeOperators.EQUAL),
                    ("basis", RangeOperators.EQUAL),
                    DAYS,
                ],
                condition=Q(closed_at=None) & ~Q(basis="slachtoffer"),
            ),
            ExclusionConstraint(  # who supports two victims has a row for each
                name="support_once_at_a_time",
                expressions=[
                    ("group", RangeOperators.EQUAL),
                    ("permission", RangeOperators.EQUAL),
                    ("because_of", RangeOperators.EQUAL),
                    DAYS,
                ],
                condition=Q(closed_at=None, basis="slachtoffer"),
            ),
            models.CheckConstraint(
                name="support_is_of_one_victim_until_a_day",
                condition=~Q(basis="slachtoffer")
                | Q(because_of__isnull=False, end_date__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.permission.codename} ({self.basis})"


class BarQuerySet(models.QuerySet["Bar"]):
    """The words in which it is asked who is barred."""

    def current(self) -> "BarQuerySet":
        """Those that count now; a bar that was lifted stays as a closed row."""
        return self.filter(lifted_at=None)


class Bar(PersonalData):
    """Somebody who may not know this case, whatever he was granted: a relative, for example.

    The application reads who is barred from what, and nothing more: why, and by whom, is told by
    `cases.access.who_is_barred` to the office alone.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="bars")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="bars")
    reason = models.CharField("reden", max_length=300)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField("opgeheven op", null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lift_reason = models.CharField("waarom opgeheven", max_length=300, blank=True)

    objects = BarQuerySet.as_manager()

    class Meta:
        verbose_name = "uitsluiting"
        verbose_name_plural = "uitsluitingen"
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user"], condition=Q(lifted_at=None), name="barred_once"
            ),
            models.CheckConstraint(
                name="bar_lifted_by_somebody_with_a_reason",
                condition=Q(lifted_at=None, lifted_by=None, lift_reason="")
                | Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lift_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} is uitgesloten"
