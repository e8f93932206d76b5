"""What each partner will do, asked beforehand, agreed with the client, and what came of it.

Partners never change a row of somebody else: they add an answer or a report of their own. What an
action's state is, is read from those rows.
"""

import hashlib
import json
import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from cases.models import Case, Leefgebied, Scope
from maatwerkplan.states import PlanStatus
from partners.models import Organisation, Seated
from veiligheidshuis.history import history
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User

AUTHOR: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT}


class MaatwerkplanQuerySet(models.QuerySet["Maatwerkplan"]):
    """The words in which plans are asked for."""

    def latest_of(self, case: Case) -> "Maatwerkplan | None":
        """The plan that counts now: the last one drawn up."""
        return self.filter(case=case).order_by("-number").first()


class Maatwerkplan(PersonalData):
    """One plan for one client; its row is process data (status and dates). S2, voetnoot 10."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="maatwerkplannen")
    number = models.PositiveSmallIntegerField("volgnummer", default=1)
    status = models.CharField(
        "status", max_length=12, choices=PlanStatus, default=PlanStatus.CONCEPT
    )
    drawn_up_by = models.ForeignKey(**AUTHOR, related_name="+")
    drawn_up_at = models.DateTimeField(default=timezone.now)
    asked_at = models.DateTimeField(null=True)  # of the first partner; then the check began
    offered_at = models.DateTimeField(null=True)
    offered_by = models.ForeignKey(**AUTHOR, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
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
                ),
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
        return day + timedelta(days=settings.START_WITHIN_DAYS) if day else None


class Framework(models.TextChoices):
    """How the client is held to it. S2: "drang en dwang kunnen onderdeel uitmaken"."""

    VRIJWILLIG = "vrijwillig", "vrijwillig"
    DRANG = "drang", "drang"
    DWANG = "dwang", "dwang"


class PartnerActionQuerySet(models.QuerySet["PartnerAction"]):
    """The words in which actions are asked for."""

    def of_organisation_of(self, user: "User") -> "PartnerActionQuerySet":
        """What this user's own organisation does."""
        return self.filter(organisation_id=user.organisation_id)

    def agreed(self) -> "PartnerActionQuerySet":
        """Of signed plans: to be carried out."""
        return self.filter(plan__status=PlanStatus.ONDERTEKEND)

    def with_state(self) -> "PartnerActionQuerySet":
        """With its start, its end and why, the last report, and whether its partner left."""
        reports = ProgressReport.objects.filter(action=models.OuterRef("pk"))
        first_start = reports.filter(kind=ProgressKind.START).order_by("happened_on")
        end = reports.filter(kind__in=[ProgressKind.AFGEROND, ProgressKind.GESTOPT])
        end = end.order_by("-happened_on", "-recorded_at")
        last = reports.order_by("-happened_on", "-recorded_at")
        return self.annotate(
            started_on=models.Subquery(first_start.values("happened_on")[:1]),
            ended_on=models.Subquery(end.values("happened_on")[:1]),
            ended_as=models.Subquery(end.values("kind")[:1]),
            ended_because=models.Subquery(end.values("text")[:1]),
            reported_on=models.Subquery(last.values("happened_on")[:1]),
            partner_sits=Seated("organisation_id"),
        )

    def in_order(self) -> "PartnerActionQuerySet":
        return self.order_by("start_date", "pk")


class PartnerAction(PersonalData):
    """One thing that one partner will do on one leefgebied, from a day until and with a day.

    `revision` counts what a partner answered about: a changed action asks its partner again.
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
    revision = models.PositiveIntegerField(default=1)

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
                name="action_scope_is_its_leefgebied",
                condition=Q(scope=models.functions.Concat(models.Value("view_"), "leefgebied")),
            ),
        ]

    def __str__(self) -> str:
        return self.description

    @property
    def partner_left(self) -> bool:
        """Whether its partner was one of the covenant and is none any more. GOV-03."""
        sits = getattr(self, "partner_sits", None)  # loaded with_state
        left = self.organisation.has_left if sits is None else not sits
        return left and self.organisation.number is not None


class Channel(models.TextChoices):
    """How something reached the house."""

    HUIS = "huis", "in dit systeem"
    TELEFOON = "telefoon", "per telefoon"
    BRIEF = "brief", "per brief"


class DeliveryQuestionQuerySet(models.QuerySet["DeliveryQuestion"]):
    """The words in which questions to partners are asked for."""

    def current(self) -> "DeliveryQuestionQuerySet":
        """About the action as it is now, in a plan that is still being made."""
        return self.filter(revision=F("action__revision"), plan__status=PlanStatus.CONCEPT)

    def open(self) -> "DeliveryQuestionQuerySet":
        return self.current().filter(answer=None)

    def to_organisation_of(self, user: "User") -> "DeliveryQuestionQuerySet":
        return self.filter(organisation_id=user.organisation_id)


class DeliveryQuestion(PersonalData):
    """ "Kunt u dit leveren?", to one partner about one action. OFF-01; S2, Bijlage 2 taak 5.

    `disclosed` and `ground` say what the page of the question tells the partner about the client,
    and why that may be. Who has no account reads no page: what he was told stands with his answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(PartnerAction, models.CASCADE, related_name="questions")
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(**AUTHOR, related_name="+")
    disclosed = models.CharField("wat is verstrekt", max_length=300, blank=True)
    ground = models.CharField("grond", max_length=200, blank=True)

    objects = DeliveryQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "leveringsvraag"
        verbose_name_plural = "leveringsvragen"
        constraints = [
            models.UniqueConstraint(fields=["action", "revision"], name="asked_once_a_revision"),
            models.CheckConstraint(
                name="question_discloses_on_a_ground",
                condition=Q(disclosed="", ground="") | (~Q(disclosed="") & ~Q(ground="")),
            ),
        ]

    def __str__(self) -> str:
        return f"vraag aan {self.organisation.short_name}"


class Answer(models.TextChoices):
    """What a partner can say."""

    JA = "ja", "ja, dat kan"
    JA_MET_WIJZIGING = "ja_met_wijziging", "ja, met een voorwaarde of andere datum"
    NEE = "nee", "nee, dat kan niet"


class DeliveryAnswer(PersonalData):
    """A partner's answer; given once. Changing his mind takes a new question.

    When it came by telephone or letter: from whom, when, what was told to him and on what ground,
    and who wrote it down. A third party signed for secrecy beforehand. WGS 2.31 lid 9; BGS 2.21.
    """

    question = models.OneToOneField(
        DeliveryQuestion, models.CASCADE, primary_key=True, related_name="answer"
    )
    answer = models.CharField("antwoord", max_length=18, choices=Answer)
    condition = models.CharField("voorwaarde", max_length=300, blank=True)
    other_start = models.DateField("kan vanaf", null=True, blank=True)
    reason = models.CharField("waarom niet", max_length=300, blank=True)
    channel = models.CharField("kwam binnen", max_length=10, choices=Channel, default=Channel.HUIS)
    received_from = models.CharField("van wie", max_length=120, blank=True)
    received_on = models.DateField("ontvangen op", default=timezone.localdate)
    disclosed = models.CharField("wat is verstrekt", max_length=300, blank=True)
    ground = models.CharField("grond", max_length=200, blank=True)
    secrecy_signed_on = models.DateField("geheimhouding getekend op", null=True)
    recorded_by = models.ForeignKey(**AUTHOR, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "leveringsantwoord"
        verbose_name_plural = "leveringsantwoorden"
        constraints = [
            models.CheckConstraint(
                name="no_answer_no_without_reason", condition=~Q(answer="nee", reason="")
            ),
            models.CheckConstraint(
                name="answer_with_change_names_it",
                condition=~Q(answer="ja_met_wijziging", condition="", other_start=None),
            ),
            models.CheckConstraint(
                name="answer_from_outside_names_who_and_why",
                condition=Q(channel="huis")
                | (~Q(received_from="") & ~Q(disclosed="") & ~Q(ground="")),
            ),
            models.CheckConstraint(
                name="secrecy_before_telling",
                condition=Q(secrecy_signed_on=None) | Q(secrecy_signed_on__lte=F("received_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.get_answer_display()


class PlanText(PersonalData):
    """Exactly what the client was shown: both signatures are over this, and so is the PDF."""

    plan = models.OneToOneField(Maatwerkplan, models.CASCADE, primary_key=True, related_name="text")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    canonical = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)

    class Meta:
        verbose_name = "plantekst"
        verbose_name_plural = "planteksten"

    def __str__(self) -> str:
        return self.sha256

    @classmethod
    def of(cls, plan: Maatwerkplan, content: dict[str, Any]) -> "PlanText":
        """The text with its fingerprint, not yet saved."""
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
        fingerprint = hashlib.sha256(canonical.encode()).hexdigest()
        return cls(plan=plan, case_id=plan.case_id, canonical=canonical, sha256=fingerprint)

    @property
    def content(self) -> dict[str, Any]:
        return json.loads(self.canonical)

    @property
    def is_untouched(self) -> bool:
        """Whether the text still has the fingerprint that was signed."""
        return hashlib.sha256(self.canonical.encode()).hexdigest() == self.sha256


class Party(models.TextChoices):
    """Who signs. S2: "zowel cliënt als interventiemanager"."""

    CLIENT = "client", "cliënt"
    INTERVENTIEMANAGER = "interventiemanager", "interventiemanager"


class Signature(PersonalData):
    """One of the two signatures, drawn on a tablet or typed, over one text (its fingerprint)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="signatures")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    party = models.CharField("partij", max_length=20, choices=Party)
    name = models.CharField("naam", max_length=160)
    strokes = models.JSONField("getekend", null=True)
    text_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(**AUTHOR, related_name="+")

    class Meta:
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        constraints = [models.UniqueConstraint(fields=["plan", "party"], name="signs_once")]

    def __str__(self) -> str:
        return f"handtekening van {self.name}"

    @property
    def is_drawn(self) -> bool:
        return bool(self.strokes)


class Refusal(PersonalData):
    """The client refused: why, in his own words, and what happens next and when. OFF-05."""

    plan = models.OneToOneField(
        Maatwerkplan, models.CASCADE, primary_key=True, related_name="refusal"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reason = models.TextField("reden van de cliënt")
    message_given = models.BooleanField("boodschap gegeven")
    next_step = models.CharField("vervolgstap", max_length=200)
    next_step_on = models.DateField("op")
    recorded_by = models.ForeignKey(**AUTHOR, related_name="+")

    class Meta:
        verbose_name = "weigering"
        verbose_name_plural = "weigeringen"

    def __str__(self) -> str:
        return "weigering"


class PlanDocument(PersonalData):
    """The signed plan as PDF, drawn by the worker from the signed text."""

    plan = models.OneToOneField(
        Maatwerkplan, models.CASCADE, primary_key=True, related_name="document"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    pdf = models.BinaryField(editable=False)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "plandocument"
        verbose_name_plural = "plandocumenten"

    def __str__(self) -> str:
        return "plan als pdf"


class ProgressKind(models.TextChoices):
    """What a partner reports about his action."""

    START = "start", "gestart"
    VOORTGANG = "voortgang", "voortgang"
    AFGEROND = "afgerond", "afgerond"
    GESTOPT = "gestopt", "gestopt"


class ProgressReport(PersonalData):
    """A partner says that his action started, how it goes, or that it ended. EXE-02.

    When it came by telephone or letter: from whom, when, what was told to him and on what ground,
    and who wrote it down.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(PartnerAction, models.CASCADE, related_name="reports")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    kind = models.CharField("soort", max_length=10, choices=ProgressKind)
    happened_on = models.DateField("op")
    text = models.CharField("toelichting", max_length=500, blank=True)
    channel = models.CharField("kwam binnen", max_length=10, choices=Channel, default=Channel.HUIS)
    received_from = models.CharField("van wie", max_length=120, blank=True)
    received_on = models.DateField("ontvangen op", default=timezone.localdate)
    disclosed = models.CharField("wat is verstrekt", max_length=300, blank=True)
    ground = models.CharField("grond", max_length=200, blank=True)
    recorded_by = models.ForeignKey(**AUTHOR, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "voortgangsmelding"
        verbose_name_plural = "voortgangsmeldingen"
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(kind="start"), name="starts_once"
            ),
            models.CheckConstraint(
                name="report_from_outside_names_who_and_why",
                condition=Q(channel="huis")
                | (~Q(received_from="") & ~Q(disclosed="") & ~Q(ground="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} op {self.happened_on}"
