"""The conversation in which a plan is offered, and who speaks for the client. OFF-03."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from maatwerkplan.models.plan import Maatwerkplan
from veiligheidshuis.models import PersonalData


class Capacity(models.TextChoices):
    """In which capacity somebody signs for another. BW boek 1: titels 14, 16, 19 en 20."""

    CURATOR = "curator", "curator"
    MENTOR = "mentor", "mentor"
    OUDER = "ouder", "ouder met gezag"
    VOOGD = "voogd", "voogd"


# These speak for a minor alone. BW 1:245.
OF_MINORS = frozenset({Capacity.OUDER, Capacity.VOOGD})


class OfferTalkQuerySet(models.QuerySet["OfferTalk"]):
    """The words in which conversations are asked for."""

    def latest_of(self, plan: Maatwerkplan) -> "OfferTalk | None":
        """What is agreed now: a conversation that is planned anew takes the place of the former."""
        return self.filter(plan=plan).order_by("-recorded_at", "pk").first()


class OfferTalk(PersonalData):
    """When the plan is talked over with the client, in which language, and who signs for him.

    Written anew when it moves, never changed. `reason` is why the client wants another one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="talks")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    on = models.DateField("dag van het gesprek")
    reason = models.CharField("waarom nog een gesprek", max_length=300, blank=True)
    interpreter = models.CharField("tolk", max_length=60, blank=True)
    representative = models.CharField("vertegenwoordiger", max_length=160, blank=True)
    capacity = models.CharField("hoedanigheid", max_length=8, choices=Capacity, blank=True)
    ground = models.CharField("grond", max_length=200, blank=True)
    instead = models.BooleanField("tekent in plaats van de cliënt", default=False)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = OfferTalkQuerySet.as_manager()

    class Meta:
        verbose_name = "aanbodgesprek"
        verbose_name_plural = "aanbodgesprekken"
        constraints = [
            models.CheckConstraint(
                name="who_speaks_for_another_says_why",
                condition=Q(representative="", capacity="", ground="", instead=False)
                | (~Q(representative="") & ~Q(capacity="") & ~Q(ground="")),
            )
        ]

    def __str__(self) -> str:
        return f"aanbodgesprek op {self.on}"
