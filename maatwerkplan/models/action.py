"""What one partner will do, and what he reports about it.

Partners never change a row of somebody else: they add an answer or a report of their own. What an
action's state is, is read from those rows.
"""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models import Case, Leefgebied, Scope
from maatwerkplan.models.plan import Maatwerkplan
from maatwerkplan.states import IN_FORCE
from partners.models import Organisation, Seated
from veiligheidshuis.history import history
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


class Framework(models.TextChoices):
    """How the client is held to it. S2: "drang en dwang kunnen onderdeel uitmaken"."""

    VRIJWILLIG = "vrijwillig", "vrijwillig"
    DRANG = "drang", "drang"
    DWANG = "dwang", "dwang"


class Financing(models.TextChoices):
    """From what an action is paid. S2, Financiën (PLN-12): regular means first, and a municipality
    keeps money apart for "die onderdelen uit de maatwerkplannen die niet uit reguliere middelen …
    te financieren zijn"; the laws are those of today. Most is a partner's own task."""

    ONBEKEND = "onbekend", "nog niet bekend"
    PARTNER = "partner", "de partner zelf"
    GEMEENTE = "gemeente", "gemeente (Wmo of Jeugdwet)"
    RESERVE = "reserve", "gemeente (eigen reserve)"
    ZORGVERZEKERING = "zvw", "zorgverzekering"
    WLZ = "wlz", "Wlz"
    JUSTITIE = "justitie", "justitie"
    CLIENT = "client", "de cliënt zelf"


# A municipality is charged for it: which one is said beside it. PLN-12.
OF_A_MUNICIPALITY = (Financing.GEMEENTE, Financing.RESERVE)


class PartnerActionQuerySet(models.QuerySet["PartnerAction"]):
    """The words in which actions are asked for."""

    def of_organisation_of(self, user: "User") -> "PartnerActionQuerySet":
        """What this user's own organisation does."""
        return self.filter(organisation_id=user.organisation_id)

    def agreed(self) -> "PartnerActionQuerySet":
        """Of signed plans: to be carried out, or to go on when the client stepped out."""
        return self.filter(plan__status__in=IN_FORCE)

    def with_state(self) -> "PartnerActionQuerySet":
        """With its start, its end and why, the last report, the day to which its start was put off,
        whether its partner left or is held to it, and how far the action is that it continues from
        the plan in force."""
        reports = ProgressReport.objects.filter(action=models.OuterRef("pk"))
        first_start = reports.filter(kind=ProgressKind.START).order_by("happened_on")
        end = reports.filter(kind__in=ENDINGS)
        end = end.order_by("-happened_on", "-recorded_at")
        before = ProgressReport.objects.filter(action=models.OuterRef("continues"))
        last = reports.order_by("-happened_on", "-recorded_at")
        put_off = reports.filter(kind=ProgressKind.UITGESTELD).order_by("-recorded_at")
        return self.annotate(
            started_on=models.Subquery(first_start.values("happened_on")[:1]),
            ended_on=models.Subquery(end.values("happened_on")[:1]),
            ended_as=models.Subquery(end.values("kind")[:1]),
            ended_because=models.Subquery(end.values("text")[:1]),
            reported_on=models.Subquery(last.values("happened_on")[:1]),
            reported_as=models.Subquery(last.values("kind")[:1]),
            put_off_to=models.Subquery(put_off.values("until")[:1]),
            partner_sits=Seated("organisation_id"),
            open_call=models.FilteredRelation("calls", condition=Q(calls__status="loopt")),
            call_stage=F("open_call__stage"),
            call_by=F("open_call__answer_by"),
            former_started_on=models.Subquery(
                before.filter(kind=ProgressKind.START).values("happened_on")[:1]
            ),
            former_ended_on=models.Subquery(
                before.filter(kind__in=ENDINGS).values("happened_on")[:1]
            ),
        )

    def in_order(self) -> "PartnerActionQuerySet":
        """By their days; of the same days by what they are, so that a plan reads the same twice."""
        return self.order_by("start_date", "end_date", "description", "pk")


@dataclass(frozen=True)
class Ending:
    """When, how and why an action ended."""

    on: date
    kind: str
    because: str

    @property
    def is_stopped(self) -> bool:
        """It left a hole in the plan, also when it never began."""
        return self.kind == ProgressKind.GESTOPT


class PartnerAction(PersonalData):
    """One thing that one partner will do on one leefgebied, from a day until and with a day.

    `revision` counts what a partner answered about: a changed action asks its partner again.
    `version` counts every change, for two who change it at once: a day that was taken over asks
    nobody again, and all the same is no longer the day on the other's page.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="partner_actions")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    leefgebied = models.CharField("leefgebied", max_length=20, choices=Leefgebied)
    scope = models.CharField(max_length=30, choices=Scope, editable=False)
    description = models.CharField("wat er gebeurt", max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    start_date = models.DateField("vanaf")
    end_date = models.DateField("tot en met")
    framework = models.CharField("kader", max_length=10, choices=Framework)
    is_guidance = models.BooleanField("trajectbegeleiding", default=False)
    financing = models.CharField(
        "wie betaalt",
        max_length=10,
        choices=Financing,
        default=Financing.ONBEKEND,
        db_default=Financing.ONBEKEND,
    )
    municipality = models.CharField("welke gemeente", max_length=60, blank=True, db_default="")
    # For what it waits, while both stand in the plan: what must be done first, and what goes on
    # until it begins. Said on this row, so that who sees no other knows that it begins later.
    after = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name="na"
    )
    bridged_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, related_name="+", verbose_name="tot die tijd"
    )
    continues = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(default=1)

    # What was reported about it: only who asks for it `with_state()` has it.
    started_on: date | None
    ended_on: date | None
    ended_as: str
    ended_because: str
    reported_on: date | None
    reported_as: str | None
    put_off_to: date | None
    call_stage: str | None
    call_by: date | None
    former_started_on: date | None
    former_ended_on: date | None

    objects = PartnerActionQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = "partneractie"
        verbose_name_plural = "partneracties"
        constraints = [
            models.CheckConstraint(
                name="action_ends_after_it_starts", condition=Q(end_date__gte=F("start_date"))
            ),
            models.CheckConstraint(
                name="a_municipality_is_charged_by_name",
                condition=(Q(financing__in=OF_A_MUNICIPALITY) & ~Q(municipality=""))
                | (~Q(financing__in=OF_A_MUNICIPALITY) & Q(municipality="")),
            ),
            models.CheckConstraint(
                name="action_waits_not_for_itself",
                condition=(Q(after=None) | ~Q(after=F("id")))
                & (Q(bridged_by=None) | ~Q(bridged_by=F("id"))),
            ),
            models.CheckConstraint(
                name="action_scope_is_its_leefgebied",
                condition=Q(scope=models.functions.Concat(models.Value("view_"), "leefgebied")),
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def says_guidance(self) -> bool:
        """Whether to say that this is trajectbegeleiding: its own words may do so already."""
        return self.is_guidance and "trajectbegeleiding" not in self.description.lower()

    @property
    def paid_by(self) -> str:
        """From what it is paid, and which municipality is charged. PLN-12."""
        source = self.get_financing_display()
        return source.replace("gemeente", f"gemeente {self.municipality}".strip(), 1)

    @property
    def is_paid_unknown(self) -> bool:
        """Nobody said yet who pays."""
        return self.financing == Financing.ONBEKEND

    @property
    def begins_later(self) -> bool:
        """It waits for another action, and so begins on its own day. PLN-04."""
        return self.after_id is not None or self.bridged_by_id is not None

    @property
    def start_by(self) -> date | None:
        """The last day on which it must have started: with the whole plan, or on its own day when
        it waits. None while the plan was not offered. S2, voetnoot 11; vh.loose_ends."""
        day = self.plan.start_by
        return max(day, self.start_date) if day and self.begins_later else day

    @property
    def partner_left(self) -> bool:
        """Whether its partner was one of the covenant and is none any more. GOV-03."""
        sits = getattr(self, "partner_sits", None)  # loaded with_state
        left = self.organisation.has_left if sits is None else not sits
        return left and self.organisation.number is not None

    @property
    def ending(self) -> Ending | None:
        """How it ended; None while it runs or must still start. Needs `with_state()`."""
        if self.ended_on is None:
            return None
        return Ending(self.ended_on, self.ended_as, self.ended_because)

    @property
    def goes_on(self) -> bool:
        """It runs already in the plan in force and nothing of it changed. Needs `with_state()`."""
        same = self.continues_id is not None and self.revision == 1
        return same and self.former_started_on is not None and self.former_ended_on is None

    @property
    def ended_meanwhile(self) -> bool:
        """What it continues unchanged ended since it was taken over. Needs `with_state()`."""
        same = self.continues_id is not None and self.revision == 1
        return same and self.former_ended_on is not None

    @property
    def never_began(self) -> bool:
        """Its partner gave it up before it started. Needs `with_state()`."""
        ending = self.ending
        return ending is not None and ending.is_stopped and self.started_on is None


class Channel(models.TextChoices):
    """How something reached the house."""

    HUIS = "huis", "in dit systeem"
    TELEFOON = "telefoon", "per telefoon"
    BRIEF = "brief", "per brief"
    REGIE = "regie", "vastgesteld door wie het dossier leidt"
    PLAN = "plan", "uit het vorige plan"


# Said or written by somebody without an account, and written down by who leads the case.
FROM_OUTSIDE = (Channel.TELEFOON, Channel.BRIEF)


class ProgressKind(models.TextChoices):
    """What a partner reports about his action. EXE-01..03."""

    UITGESTELD = "uitgesteld", "uitgesteld"
    START = "start", "gestart"
    VOORTGANG = "voortgang", "voortgang"
    GEMIST = "gemist", "niet verschenen"
    AFGEROND = "afgerond", "afgerond"
    GESTOPT = "gestopt", "gestopt"


ENDINGS = (ProgressKind.AFGEROND, ProgressKind.GESTOPT)


class ProgressReport(PersonalData):
    """A partner says that his action started, how it goes, or that it ended. EXE-02.

    Or that it begins later, when and why; or that the client did not come (EXE-01, EXE-03).

    When it came by telephone or letter: from whom, when, what was told to him and on what ground,
    and who wrote it down. Does a partner not say that it ended, then who leads the case does, and
    how he knows. An action that stopped without a start never began.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(PartnerAction, models.CASCADE, related_name="reports")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField("soort", max_length=10, choices=ProgressKind)
    happened_on = models.DateField("op")
    until = models.DateField("begint op", null=True)
    text = models.CharField("toelichting", max_length=500, blank=True)
    channel = models.CharField("kwam binnen", max_length=10, choices=Channel, default=Channel.HUIS)
    received_from = models.CharField("van wie", max_length=120, blank=True)
    received_on = models.DateField("ontvangen op", default=timezone.localdate)
    disclosed = models.CharField("wat is verstrekt", max_length=300, blank=True)
    ground = models.CharField("grond", max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "voortgangsmelding"
        verbose_name_plural = "voortgangsmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(kind="start"), name="starts_once"
            ),
            models.UniqueConstraint(
                fields=["action"], condition=Q(kind__in=ENDINGS), name="ends_once"
            ),
            models.CheckConstraint(
                name="report_from_outside_names_who_and_why",
                condition=~Q(channel__in=FROM_OUTSIDE)
                | (~Q(received_from="") & ~Q(disclosed="") & ~Q(ground="")),
            ),
            models.CheckConstraint(
                name="who_leads_reports_an_end_and_how_he_knows",
                condition=~Q(channel="regie") | (Q(kind__in=ENDINGS) & ~Q(text="")),
            ),
            models.CheckConstraint(name="stopped_says_why", condition=~Q(kind="gestopt", text="")),
            models.CheckConstraint(
                name="put_off_says_to_when_and_why",
                condition=Q(
                    kind="uitgesteld", until__isnull=False, until__gt=F("happened_on"), text__gt=""
                )
                | (~Q(kind="uitgesteld") & Q(until=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} op {self.happened_on}"
