"""The plan itself: from the drawing board to what becomes of the offer."""

import uuid
from datetime import date, timedelta

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from cases.states import CaseStatus
from maatwerkplan.states import IN_FORCE, PRESSED, PlanStatus
from veiligheidshuis.history import history
from veiligheidshuis.models import PersonalData
from veiligheidshuis.werkafspraken import number


class MaatwerkplanQuerySet(models.QuerySet["Maatwerkplan"]):
    """The words in which plans are asked for."""

    def latest_first(self) -> "MaatwerkplanQuerySet":
        """The one that is worked on first: what is carried out in execution, what was refused or
        left under drang en dwang, and else the last one drawn up. A revision that was taken back
        never counts. vh.loose_ends reads in the same order."""
        carried_out = Q(case__status=CaseStatus.UITVOERING, status=PlanStatus.ONDERTEKEND)
        pressed = Q(case__status=CaseStatus.DRANG_DWANG, status__in=PRESSED)
        counts = models.Case(models.When(carried_out | pressed, then=0), default=1)
        return self.order_by(counts, "-number")

    def latest_of(self, case: Case) -> "Maatwerkplan | None":
        """The plan that is worked on: drawn up, offered, carried out or pressed for."""
        return self.filter(case=case).latest_first().first()

    def with_revised(self) -> "MaatwerkplanQuerySet":
        """With the number of the signed plan that it is to take the place of, None without one."""
        of_case = Maatwerkplan.objects.filter(case=models.OuterRef("case"))
        signed = of_case.filter(status=PlanStatus.ONDERTEKEND).exclude(pk=models.OuterRef("pk"))
        return self.annotate(revises=models.Subquery(signed.values("number")[:1]))

    def with_evaluation(self) -> "MaatwerkplanQuerySet":
        """With what was concluded at the last evaluation and the day of the next one; "" and None
        before the first."""
        # By name: the evaluations know the plan.
        held = apps.get_model("maatwerkplan.Evaluatie").objects.filter(plan=models.OuterRef("pk"))
        last = held.order_by("-held_on", "-recorded_at", "pk")
        return self.annotate(
            last_conclusion=models.Subquery(last.values("conclusion")[:1]),
            next_evaluation=models.Subquery(last.values("next_on")[:1]),
        )

    def in_force_of(self, case: Case) -> "Maatwerkplan | None":
        """The plan that was signed and is carried out, also while another is being made; after a
        drop-out the one of which something may go on."""
        return self.filter(case=case, status__in=IN_FORCE).order_by("-number").first()


class Maatwerkplan(PersonalData):
    """One plan for one client; its row is process data (status and dates). S2, voetnoot 10."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="maatwerkplannen")
    number = models.PositiveSmallIntegerField("volgnummer", default=1)
    status = models.CharField(
        "status", max_length=12, choices=PlanStatus, default=PlanStatus.CONCEPT
    )
    drawn_up_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drawn_up_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)  # of the first partner; then the check began
    offered_at = models.DateTimeField(null=True)
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    last_conclusion: str | None  # only who asks for it `with_evaluation()` has these
    next_evaluation: date | None
    revises: int | None  # only who asks for it `with_revised()` has it
    dropped_out_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = MaatwerkplanQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = "maatwerkplan"
        verbose_name_plural = "maatwerkplannen"
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="plan_number_once"),
            models.CheckConstraint(
                name="plan_status_has_its_dates",
                condition=Q(
                    status="concept",
                    offered_at=None,
                    offered_by=None,
                    signed_at=None,
                    refused_at=None,
                )
                | Q(
                    status="aangeboden",
                    offered_at__isnull=False,
                    offered_by__isnull=False,
                    signed_at=None,
                    refused_at=None,
                )
                | Q(
                    status="ondertekend",
                    offered_at__isnull=False,
                    signed_at__isnull=False,
                    refused_at=None,
                )
                | Q(
                    status="geweigerd",
                    offered_at__isnull=False,
                    signed_at=None,
                    refused_at__isnull=False,
                )
                | Q(
                    status="ingetrokken",  # an offer, or a revision that was never offered
                    signed_at=None,
                    refused_at=None,
                    withdrawn_at__isnull=False,
                )
                | Q(
                    status="uitgevallen",
                    offered_at__isnull=False,
                    signed_at__isnull=False,
                    refused_at=None,
                    dropped_out_at__isnull=False,
                )
                | Q(
                    status="vervangen",
                    offered_at__isnull=False,
                    signed_at__isnull=False,
                    refused_at=None,
                    replaced_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="only_a_withdrawn_plan_was_withdrawn",
                condition=Q(withdrawn_at=None) | Q(status="ingetrokken"),
            ),
            models.CheckConstraint(
                name="who_stepped_out_had_signed",
                condition=Q(dropped_out_at=None) | Q(status__in=["uitgevallen", "vervangen"]),
            ),
            models.CheckConstraint(
                name="only_a_replaced_plan_was_replaced",
                condition=Q(replaced_at=None) | Q(status="vervangen"),
            ),
            models.CheckConstraint(
                name="no_offer_before_partners_were_asked",
                condition=Q(offered_at=None) | Q(asked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"maatwerkplan {self.number}"

    @property
    def offered_on(self) -> date | None:
        """The day of the offer, in Europe/Amsterdam."""
        return timezone.localdate(self.offered_at) if self.offered_at else None

    @property
    def start_by(self) -> date | None:
        """The last day on which every action must have started. S2, voetnoot 11."""
        day = self.offered_on
        return day + timedelta(days=number("start_within_days", day)) if day else None


class Herziening(PersonalData):
    """Why a plan that is carried out must be otherwise: it belongs to the plan that follows it.
    Content, and so beside the row of the plan, which is process data. S4, 1.1; EXE-07."""

    plan = models.OneToOneField(
        Maatwerkplan, models.CASCADE, primary_key=True, related_name="herziening"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reason = models.TextField("reden van de herziening")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "herziening"
        verbose_name_plural = "herzieningen"

    def __str__(self) -> str:
        return "herziening"
