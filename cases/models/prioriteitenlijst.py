"""The ranked list: who comes first, decided by people at the selection meeting.

S2, Werkprocessen.
"""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.db.models import Q, Value
from django.utils import timezone

from cases.models.case import Case, sees_process_of_all
from cases.states import CaseStatus, ListStatus
from partners.models import Regime
from veiligheidshuis.models import PersonalData, Werkafspraak

if TYPE_CHECKING:
    from partners.models import User


class PrioriteitenlijstQuerySet(models.QuerySet["Prioriteitenlijst"]):
    """The words in which lists are asked for."""

    def visible_to(self, user: "User") -> "PrioriteitenlijstQuerySet":
        """Office and manager see every list; a member only his own, while it is discussed."""
        if sees_process_of_all(user):
            return self
        member = Selectielid.objects.filter(user=user).values("prioriteitenlijst_id")
        return self.filter(status=ListStatus.CONCEPT, pk__in=member)

    def newest_first(self) -> "PrioriteitenlijstQuerySet":
        """By the day of the meeting; of one day what is discussed, then what was adopted last.

        Not by code: somebody typed it, and as text 2026-9 comes after 2026-10.
        """
        adopted_last = models.F("adopted_at").desc(nulls_first=True)
        return self.order_by("-meeting_on", adopted_last, "-code")

    def in_discussion(self) -> "PrioriteitenlijstQuerySet":
        return self.filter(status=ListStatus.CONCEPT).newest_first()


class Prioriteitenlijst(models.Model):
    """A list of ranked candidates; renewed at least twice a year, adopted by the manager."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.SlugField("kenmerk", max_length=10, unique=True)
    # The law knows a list (WGS 2.26 b); the local approach has its own, as in 2006. PRV-20.
    regime = models.CharField("regime", max_length=10, choices=Regime, default=Regime.WGS)
    meeting_on = models.DateField("selectieoverleg op")
    status = models.CharField(
        "status", max_length=12, choices=ListStatus, default=ListStatus.CONCEPT
    )
    version = models.PositiveIntegerField(default=1)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    seal = models.CharField("vingerafdruk", max_length=64, blank=True, db_default="")
    line_seals = ArrayField(models.CharField(max_length=64), default=list, db_default=Value("{}"))

    objects = PrioriteitenlijstQuerySet.as_manager()

    class Meta:
        verbose_name = "prioriteitenlijst"
        verbose_name_plural = "prioriteitenlijsten"
        constraints = [
            models.CheckConstraint(
                name="list_status_known", condition=Q(status__in=ListStatus.values)
            ),
            models.CheckConstraint(name="list_regime_known", condition=Q(regime__in=Regime.values)),
            models.CheckConstraint(
                name="list_adopted_at_a_time_by_somebody",
                condition=Q(status=ListStatus.CONCEPT, adopted_at=None, adopted_by=None)
                | Q(
                    ~Q(status=ListStatus.CONCEPT),
                    adopted_at__isnull=False,
                    adopted_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="list_sealed_when_adopted",
                condition=Q(seal="") | ~Q(status=ListStatus.CONCEPT),
            ),
        ]

    def __str__(self) -> str:
        return f"Prioriteitenlijst {self.code}"

    def former(self) -> "Prioriteitenlijst | None":
        """The list of its regime that was adopted before this one; while this one is discussed, the
        last one."""
        earlier = Prioriteitenlijst.objects.filter(regime=self.regime, adopted_at__isnull=False)
        if self.adopted_at:
            earlier = earlier.filter(adopted_at__lt=self.adopted_at)
        return earlier.order_by("-adopted_at").first()

    def count_unadmitted(self) -> int:
        """How many on it the core participants did not admit, also whom one does not know; for who
        keeps the lists. BGS 2.22."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT vh.count_unadmitted(%s)", [self.pk])
            return int(cursor.fetchone()[0])

    @property
    def is_open(self) -> bool:
        """Whether it is still discussed; after adoption it is frozen."""
        return self.status == ListStatus.CONCEPT


class Attendance(models.TextChoices):
    """Whether a member came to the selection meeting, and whether he adopts the list there."""

    ONBEKEND = "onbekend", "nog niet vastgelegd"
    AFWEZIG = "afwezig", "was er niet"
    AANWEZIG = "aanwezig", "was er"
    STELT_VAST = "stelt_vast", "was er en stelt de lijst vast"


class SelectielidQuerySet(models.QuerySet["Selectielid"]):
    """The words in which the members of a meeting are asked for."""

    def by_name(self) -> "SelectielidQuerySet":
        return self.select_related("user__organisation", "organisation").order_by(
            "user__last_name", "user__first_name", "pk"
        )


class Selectielid(models.Model):
    """A named member of the selection meeting of one list. S2: "door de organisaties tezamen".

    What the office records of him after the meeting names the organisation for which he sat there:
    he may work elsewhere by the time that somebody asks. PRI-03.
    """

    prioriteitenlijst = models.ForeignKey(
        Prioriteitenlijst, models.CASCADE, related_name="selectieleden"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    attendance = models.CharField(
        "bij het overleg",
        max_length=10,
        choices=Attendance,
        default=Attendance.ONBEKEND,
        db_default="onbekend",
    )
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, null=True, related_name="+"
    )

    objects = SelectielidQuerySet.as_manager()

    class Meta:
        verbose_name = "lid van het selectieoverleg"
        verbose_name_plural = "leden van het selectieoverleg"
        constraints = [
            models.UniqueConstraint(fields=["prioriteitenlijst", "user"], name="member_once"),
            models.CheckConstraint(
                name="attendance_of_an_organisation",
                condition=Q(attendance=Attendance.ONBEKEND, organisation=None)
                | Q(
                    attendance__in=[
                        Attendance.AFWEZIG,
                        Attendance.AANWEZIG,
                        Attendance.STELT_VAST,
                    ],
                    organisation__isnull=False,
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


class LijstplaatsQuerySet(models.QuerySet["Lijstplaats"]):
    """The words in which the places on a list are asked for."""

    def visible_to(self, user: "User") -> "LijstplaatsQuerySet":
        """The places of the candidates whom this user may know."""
        return self.filter(case__in=Case.objects.visible_to(user))

    def in_order(self) -> "LijstplaatsQuerySet":
        return self.order_by("position", "pk")

    def undecided(self) -> "LijstplaatsQuerySet":
        """Those whom nobody has in hand yet: only who was admitted was ever assigned."""
        waiting = (CaseStatus.AANGEMELD, CaseStatus.GEPRIORITEERD)
        return self.filter(case__status__in=waiting)

    def with_people(self) -> "LijstplaatsQuerySet":
        return self.select_related("case__client", "case__manager", "case__source")


class Lijstplaats(PersonalData):
    """A candidate's place on a list; 1 comes first. Decided by people, never a score (PRI-08).

    While the list is discussed only `position` counts: places between which there is room, so that
    whoever is moved is the only one that is written. Adopting numbers them (`rank`), once.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prioriteitenlijst = models.ForeignKey(
        Prioriteitenlijst, models.CASCADE, related_name="plaatsen"
    )
    case = models.ForeignKey(Case, models.PROTECT, related_name="lijstplaatsen")
    position = models.BigIntegerField("volgorde")
    rank = models.PositiveSmallIntegerField("plaats", null=True)
    # The published criteria under which he was put here: WGS 2.32; BGS 2.22; PRI-06.
    criteria = models.ForeignKey(
        Werkafspraak, models.PROTECT, related_name="+", verbose_name="geplaatst onder"
    )

    objects = LijstplaatsQuerySet.as_manager()

    class Meta:
        verbose_name = "lijstplaats"
        verbose_name_plural = "lijstplaatsen"
        constraints = [
            models.UniqueConstraint(
                fields=["prioriteitenlijst", "rank"],
                name="one_case_a_rank",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(fields=["prioriteitenlijst", "case"], name="case_once_a_list"),
        ]
        indexes = [models.Index(fields=["prioriteitenlijst", "position"], name="places_in_order")]

    def __str__(self) -> str:
        return f"plaats {self.rank}" if self.rank else "nog zonder plaats"


class Verplaatsing(PersonalData):
    """Somebody moved a candidate, from where to where; a big move has its reason."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prioriteitenlijst = models.ForeignKey(
        Prioriteitenlijst, models.CASCADE, related_name="verplaatsingen"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    from_rank = models.PositiveSmallIntegerField("van plaats")
    to_rank = models.PositiveSmallIntegerField("naar plaats")
    reason = models.CharField("reden", max_length=300, blank=True)
    moved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    moved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "verplaatsing"
        verbose_name_plural = "verplaatsingen"

    def __str__(self) -> str:
        return f"van {self.from_rank} naar {self.to_rank}"
