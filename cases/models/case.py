"""A client's course through the house, from being put forward to the long watch."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from cases.models.client import Client
from cases.models.participation import Bar, Holds, Participation
from cases.models.scopes import Scope
from cases.states import NOT_IN_HAND, CaseStatus
from partners.models import Doelgroep, Organisation, Regime, Role
from veiligheidshuis.history import history
from veiligheidshuis.kept import Blank
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


def leads_any(user: "User") -> bool:
    """Whether somebody is the interventiemanager of any case, also one that whoever of the office
    asks may not know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vh.leads_any(%s)", [user.pk])
        return bool(cursor.fetchone()[0])


class CaseQuerySet(models.QuerySet["Case"]):
    """The words in which dossiers are asked for; `visible_to` is the plan to the wall."""

    def visible_to(self, user: "User", scope: str = Scope.KNOW_CASE) -> "CaseQuerySet":
        """The cases of which this user may see this part, today. The plan to the wall of RLS.

        One semi-join on the access table; bedrijfsbureau and manager know every case, and a bar
        beats every grant. toegang.md decisions 2, 4 and 5.
        """
        barred = Bar.objects.current().filter(user=user).values("case_id")
        if scope == Scope.KNOW_CASE and sees_process_of_all(user):
            return self.exclude(pk__in=barred)
        granted = Participation.objects.current().held_by(user).of_scope(scope)
        return self.filter(pk__in=granted.values("content_object_id")).exclude(pk__in=barred)

    def numbered(self, number: "str | Blank") -> "CaseQuerySet":
        """The case with this number: found inside the wall, in the time that finding none takes."""
        found = models.Func(
            number if isinstance(number, Blank) else models.Value(number),
            template="(SELECT vh.case_numbered(%(expressions)s))",
            output_field=models.UUIDField(),
        )
        return self.filter(pk=found)

    def led_by(self, user: "User") -> "CaseQuerySet":
        """The caseload of one interventiemanager."""
        return self.filter(manager=user)

    def in_hand(self) -> "CaseQuerySet":
        """Those that somebody may lead: no longer a report, and not over."""
        return self.exclude(status__in=NOT_IN_HAND)

    def not_closed(self) -> "CaseQuerySet":
        """Those of whom the house still has something to do."""
        return self.exclude(status=CaseStatus.AFGESLOTEN)

    def with_people(self) -> "CaseQuerySet":
        return self.select_related("client", "manager", "source")

    def with_scopes_of(self, user: "Holds", on: date | None = None) -> "CaseQuerySet":
        """With everything that this user holds on each case today, in the same query."""
        held = Participation.objects.current(on).held_by(user)
        of_this = held.filter(content_object=models.OuterRef("pk"))
        return self.annotate(held=ArraySubquery(of_this.values("permission__codename")))

    def put_forward_by(
        self, organisations: Iterable["Organisation"], since: datetime | None
    ) -> "CaseQuerySet":
        """Those that one of these put forward, since a moment or ever."""
        cases = self.filter(source__in=organisations)
        return cases.filter(opened_at__gt=since) if since else cases

    def by_name(self) -> "CaseQuerySet":
        return self.order_by("client__sort_name", "pk")


def sees_process_of_all(user: "User") -> bool:
    """Bedrijfsbureau and manager see name, phase and dates of every case, never its content."""
    return user.has_role(Role.BEDRIJFSBUREAU, Role.MANAGER) and user.organisation.is_participant


class Case(PersonalData):
    """One client's dossier. Its row is process data: who, which phase, who leads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField("dossiernummer", max_length=14, unique=True)
    client = models.ForeignKey(Client, models.PROTECT, related_name="cases")
    doelgroep = models.CharField("doelgroep", max_length=24, choices=Doelgroep)
    # Written by the wall alone: at first (vh.open_case) and at a change (vh.change_regime).
    regime = models.CharField("regime", max_length=10, choices=Regime, default=Regime.WGS)
    status = models.CharField(
        "status", max_length=16, choices=CaseStatus, default=CaseStatus.AANGEMELD
    )
    source = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source_note = models.CharField("bron", max_length=120, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="caseload"
    )
    assigned_on = models.DateField("toegewezen op", null=True)
    # Of which day the agreements (werkafspraken.py) hold for this case: that on which it was put
    # forward, and from the list on that on which it was chosen. GOV-11.
    werkwijze_on = models.DateField("werkwijze van", default=timezone.localdate)
    priority = models.PositiveSmallIntegerField("plaats op de lijst", null=True)
    # A report of somebody whom the house knew already: where all that was in it stands now.
    joined_to = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="+", verbose_name="samengevoegd met"
    )

    held: list[str]  # the scopes of whoever asked, from with_scopes_of
    objects = CaseQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = "dossier"
        verbose_name_plural = "dossiers"
        default_permissions = ()
        permissions = list(Scope.choices)
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="case_newest_first"),
            models.Index(
                fields=["-opened_at", "id"],
                name="case_candidates",
                condition=Q(status=CaseStatus.AANGEMELD),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_status_known", condition=Q(status__in=CaseStatus.values)
            ),
            models.CheckConstraint(name="case_regime_known", condition=Q(regime__in=Regime.values)),
            models.CheckConstraint(
                name="case_assigned_has_manager_and_day",
                condition=Q(manager=None, assigned_on=None)
                | Q(manager__isnull=False, assigned_on__isnull=False),
            ),
            models.CheckConstraint(
                name="case_in_hand_has_a_manager",
                condition=Q(status__in=NOT_IN_HAND) | Q(manager__isnull=False),
            ),
            models.CheckConstraint(
                name="case_joined_to_another",
                condition=~Q(status=CaseStatus.SAMENGEVOEGD)
                | (Q(joined_to__isnull=False) & ~Q(joined_to=F("id"))),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_local(self) -> bool:
        """Of the local approach: it has lists of its own, and a place says of which. PRV-20."""
        return self.regime == Regime.LOKALE_PGA
