"""What the client was shown, signed or refused, and what is kept of it."""

import hashlib
import json
import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from maatwerkplan.models.plan import Maatwerkplan
from maatwerkplan.models.talk import Capacity
from veiligheidshuis.models import PersonalData


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
    """Who signs. S2: "zowel cliënt als interventiemanager"; or who speaks for the client. OFF-03"""

    CLIENT = "client", "cliënt"
    VERTEGENWOORDIGER = "vertegenwoordiger", "vertegenwoordiger"
    INTERVENTIEMANAGER = "interventiemanager", "interventiemanager"


@dataclass(frozen=True)
class OnPaper:
    """A plan that was signed with a pen: on which day, where, and who keeps the paper."""

    signed_on: date
    place: str
    kept_by: str


class Signature(PersonalData):
    """One signature, over one text (its fingerprint): drawn on a tablet, typed, or on paper.

    Who signs for the client says in which capacity and on what ground.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="signatures")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    party = models.CharField("partij", max_length=20, choices=Party)
    name = models.CharField("naam", max_length=160)
    strokes = models.JSONField("getekend", null=True)
    capacity = models.CharField("hoedanigheid", max_length=8, choices=Capacity, blank=True)
    ground = models.CharField("grond", max_length=200, blank=True)
    paper_signed_on = models.DateField("getekend op papier", null=True)
    paper_place = models.CharField("plaats", max_length=80, blank=True)
    paper_kept_by = models.CharField("wie het papier bewaart", max_length=160, blank=True)
    text_sha256 = models.CharField(max_length=64)
    signed_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "handtekening"
        verbose_name_plural = "handtekeningen"
        constraints = [
            models.UniqueConstraint(fields=["plan", "party"], name="signs_once"),
            models.CheckConstraint(
                name="who_signs_for_another_says_why",
                condition=(~Q(party="vertegenwoordiger") & Q(capacity="", ground=""))
                | (Q(party="vertegenwoordiger") & ~Q(capacity="") & ~Q(ground="")),
            ),
            models.CheckConstraint(
                name="paper_says_when_where_and_who_keeps_it",
                condition=Q(paper_signed_on=None, paper_place="", paper_kept_by="")
                | (
                    Q(paper_signed_on__isnull=False, strokes=None)
                    & ~Q(paper_place="")
                    & ~Q(paper_kept_by="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"handtekening van {self.name}"

    @property
    def is_drawn(self) -> bool:
        return bool(self.strokes)

    @property
    def role(self) -> str:
        """Who this is for the plan: "cliënt", or "curator, tekent voor de cliënt"."""
        if not self.capacity:
            return self.get_party_display()
        return f"{self.get_capacity_display()}, tekent voor de cliënt ({self.ground})"


class Refusal(PersonalData):
    """The client refused, or stepped out of a plan that he had signed: why, in his own words. What
    happens next is a Drangstap. OFF-05, OFF-06."""

    plan = models.OneToOneField(
        Maatwerkplan, models.CASCADE, primary_key=True, related_name="refusal"
    )
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    reason = models.TextField("reden van de cliënt")
    message_given = models.BooleanField("boodschap gegeven")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

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
