"""The joint agenda: a casusoverleg, the cases on it, who is invited to which, and the minutes.

Only who has a role in a case comes to its point of the agenda. S2, voetnoot 14; MTG-01..05.
"""

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, models
from django.db.models import F, Q
from django.utils import timezone

from agenda.states import CLOSED, OverlegStatus
from cases.models import Case, Scope
from partners.models import Role
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


class CasusoverlegQuerySet(models.QuerySet["Casusoverleg"]):
    """The words in which meetings are asked for."""

    def visible_to(self, user: "User") -> "CasusoverlegQuerySet":
        """All for the office; else those to whose table somebody belongs. The plan to the wall:
        invited to a point of a case that he knows, leading a case on it, or taking the notes."""
        if user.has_role(Role.BEDRIJFSBUREAU, Role.MANAGER):
            return self
        known = Case.objects.visible_to(user).values("pk")
        led = Case.objects.visible_to(user, Scope.LEAD_CASE).values("pk")
        invited = Invitation.objects.filter(user=user, case__in=known).values("overleg_id")
        leads = AgendaItem.objects.filter(case__in=led).values("overleg_id")
        notes = Q(note_taker=user) & ~Q(status__in=CLOSED)
        return self.filter(Q(pk__in=invited) | Q(pk__in=leads) | notes)

    def coming(self, today: date) -> "CasusoverlegQuerySet":
        return self.filter(on__gte=today)

    def in_order(self) -> "CasusoverlegQuerySet":
        return self.order_by("on", "starts", "pk")


class Casusoverleg(models.Model):
    """A meeting about cases: a day, a room, a note-taker. Its row says nothing about anyone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    on = models.DateField("datum")
    starts = models.TimeField("van")
    ends = models.TimeField("tot")
    place = models.CharField("waar", max_length=120)
    status = models.CharField(
        "status", max_length=12, choices=OverlegStatus, default=OverlegStatus.GEPLAND
    )
    note_taker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(default=timezone.now)
    # How often it was moved or called off, and when last: a calendar takes the newest.
    version = models.PositiveSmallIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)
    # The number that the last point got. None is given twice: what somebody has open about a point
    # that was taken off must never reach the next one.
    last_point = models.PositiveIntegerField(default=0)

    objects = CasusoverlegQuerySet.as_manager()

    class Meta:
        verbose_name = "casusoverleg"
        verbose_name_plural = "casusoverleggen"
        constraints = [
            models.CheckConstraint(
                name="overleg_ends_after_it_starts", condition=Q(ends__gt=F("starts"))
            ),
            models.CheckConstraint(
                name="overleg_status_known", condition=Q(status__in=OverlegStatus.values)
            ),
        ]

    def __str__(self) -> str:
        return f"casusoverleg van {self.on}"

    def fits(self, case: Case) -> bool:
        """Whether its points are of the regime of this case, also those that are closed to the
        asking user. PRV-20."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT vh.fits_overleg(%s, %s)", [self.pk, case.pk])
            return bool(cursor.fetchone()[0])

    def positions(self) -> list[int]:
        """The positions of all points, also of those that are closed to the reader."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT vh.agenda_positions(%s)", [self.pk])
            return [position for (position,) in cursor.fetchall()]


class AgendaItem(PersonalData):
    """A case on the agenda, with the question that must be answered."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overleg = models.ForeignKey(Casusoverleg, models.CASCADE, related_name="items")
    case = models.ForeignKey(Case, models.CASCADE, related_name="agenda_items")
    position = models.PositiveSmallIntegerField("punt")
    question = models.CharField("vraag", max_length=200)

    class Meta:
        verbose_name = "agendapunt"
        verbose_name_plural = "agendapunten"
        constraints = [
            models.UniqueConstraint(fields=["overleg", "case"], name="case_once_an_overleg"),
            models.UniqueConstraint(fields=["overleg", "position"], name="one_item_a_position"),
        ]

    def __str__(self) -> str:
        return f"punt {self.position}"

    def has_minutes(self) -> bool:
        """Whether notes were taken of it, also when the reader may not read them."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT vh.has_minutes(%s)", [self.pk])
            return bool(cursor.fetchone()[0])


class Invitation(PersonalData):
    """Somebody is asked to come to one point of the agenda, for his role in that case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    overleg = models.ForeignKey(Casusoverleg, models.CASCADE, related_name="invitations")
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="invitations")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "uitnodiging"
        verbose_name_plural = "uitnodigingen"
        constraints = [models.UniqueConstraint(fields=["item", "user"], name="invited_once")]

    def __str__(self) -> str:
        return f"uitnodiging van {self.user}"


class Minutes(PersonalData):
    """What was said about one case, as far as needed: the conclusion, and who does what."""

    item = models.OneToOneField(
        AgendaItem, models.CASCADE, primary_key=True, related_name="minutes"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    discussed = models.TextField("besproken")
    decision = models.TextField("besluit", blank=True)
    tasks = models.TextField("wie doet wat", blank=True)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "notulen"
        verbose_name_plural = "notulen"

    def __str__(self) -> str:
        return "notulen"
