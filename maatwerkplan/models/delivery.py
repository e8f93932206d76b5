"""What each partner is asked beforehand, and what he answers."""

import uuid
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Q, Value
from django.utils import timezone

from cases.models import Case
from maatwerkplan.models.action import FROM_OUTSIDE, Channel, PartnerAction
from maatwerkplan.models.plan import Maatwerkplan
from maatwerkplan.states import DoorzettingStatus, PlanStatus
from partners.models import Mandaat, Organisation
from veiligheidshuis import workdays
from veiligheidshuis.formats import local_date, long_date
from veiligheidshuis.models import PersonalData
from veiligheidshuis.werkafspraken import number

if TYPE_CHECKING:
    from maatwerkplan.models.doorzetting import Doorzetting
    from partners.models import User


class DeliveryQuestionQuerySet(models.QuerySet["DeliveryQuestion"]):
    """The words in which questions to partners are asked for."""

    def current(self) -> "DeliveryQuestionQuerySet":
        """About the action as it is now, in a plan that is still being made."""
        return self.filter(revision=F("action__revision"), plan__status=PlanStatus.CONCEPT)

    def with_what_was_said(self) -> "DeliveryQuestionQuerySet":
        """With the answer, and what was laid before the manager about it; in the same query."""
        standing = ~Q(doorzettingen__status=DoorzettingStatus.TERUGGENOMEN)
        found = self.annotate(laid=FilteredRelation("doorzettingen", condition=standing))
        found = found.annotate(matter_known=Value(value=True))  # also where there is none
        return found.select_related("answer", "laid__decided_by")  # type: ignore[misc]

    def open(self) -> "DeliveryQuestionQuerySet":
        return self.current().filter(answer=None)

    def to_organisation_of(self, user: "User") -> "DeliveryQuestionQuerySet":
        """What this user's own organisation is asked, as far as he himself knows the case."""
        known = Case.objects.visible_to(user)
        return self.filter(organisation_id=user.organisation_id, case__in=known)


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
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
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

    @property
    def matter(self) -> "Doorzetting | None":
        """What was laid before the manager about it, but for what was taken back."""
        if hasattr(self, "matter_known"):
            return getattr(self, "laid", None)
        return self.doorzettingen.standing().first()

    @property
    def answer_by(self) -> date:
        """The last day to answer; after it the interventiemanager rings."""
        asked_on = local_date(self.asked_at)
        return workdays.after(asked_on, number("patience_working_days", asked_on))


class Answer(models.TextChoices):
    """What a partner can say."""

    JA = "ja", "ja, dat kan"
    JA_MET_WIJZIGING = "ja_met_wijziging", "ja, met een voorwaarde of andere datum"
    NEE = "nee", "nee, dat kan niet"


class WhyNot(models.TextChoices):
    """Why a partner cannot deliver; it says what to try next. Issue 5, point 4."""

    VOL = "vol", "nu geen plek of geen mensen"
    NIET_VAN_ONS = "niet_van_ons", "hoort niet bij onze taken"
    GEEN_OPDRACHT = "geen_opdracht", "geen geld of opdracht"
    ANDERS = "anders", "iets anders"


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
    why_not = models.CharField("soort reden", max_length=13, choices=WhyNot, blank=True)
    reason = models.CharField("waarom niet", max_length=300, blank=True)
    channel = models.CharField("kwam binnen", max_length=10, choices=Channel, default=Channel.HUIS)
    received_from = models.CharField("van wie", max_length=120, blank=True)
    received_on = models.DateField("ontvangen op", default=timezone.localdate)
    disclosed = models.CharField("wat is verstrekt", max_length=300, blank=True)
    ground = models.CharField("grond", max_length=200, blank=True)
    secrecy_signed_on = models.DateField("geheimhouding getekend op", null=True)
    # On what a promise rests, when its partner has mandates at all. GOV-22.
    mandaat = models.ForeignKey(Mandaat, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "leveringsantwoord"
        verbose_name_plural = "leveringsantwoorden"
        constraints = [
            models.CheckConstraint(
                name="no_answer_no_without_reason", condition=~Q(answer="nee", reason="")
            ),
            models.CheckConstraint(
                name="no_says_what_kind_of_reason",
                condition=(Q(answer="nee") & ~Q(why_not="")) | (~Q(answer="nee") & Q(why_not="")),
            ),
            models.CheckConstraint(
                name="answer_with_change_names_it",
                condition=~Q(answer="ja_met_wijziging", condition="", other_start=None),
            ),
            models.CheckConstraint(
                name="answer_from_outside_names_who_and_why",
                condition=Q(channel="huis")
                | (
                    Q(channel__in=FROM_OUTSIDE)
                    & ~Q(received_from="")
                    & ~Q(disclosed="")
                    & ~Q(ground="")
                ),
            ),
            models.CheckConstraint(
                name="secrecy_before_telling",
                condition=Q(secrecy_signed_on=None) | Q(secrecy_signed_on__lte=F("received_on")),
            ),
        ]

    @property
    def valid_until(self) -> date:
        """Until and with this day the partner keeps free what he promised. OFF-02."""
        return self.received_on + timedelta(days=number("promise_days", self.received_on))

    def __str__(self) -> str:
        """What was said; of a yes with a change, which one."""
        if self.answer != Answer.JA_MET_WIJZIGING:
            return self.get_answer_display()
        from_then = f"vanaf {long_date(self.other_start)}" if self.other_start else ""
        return ", ".join(filter(None, ["ja", from_then, self.condition and "met een voorwaarde"]))
