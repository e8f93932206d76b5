"""What happened in a case, newest first; each line says who may see it."""

import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import Case
from cases.models.scopes import Scope
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


class TimelineKind(models.TextChoices):
    """What sort of line it is; gives the icon and the filter."""

    AANMELDING = "aanmelding", "aanmelding"
    LIJST = "lijst", "prioriteitenlijst"
    TOEWIJZING = "toewijzing", "toewijzing"
    DIAGNOSE = "diagnose", "diagnose"
    PLAN = "plan", "maatwerkplan"
    LEVERING = "levering", "levering"
    AANBOD = "aanbod", "aanbod"
    UITVOERING = "uitvoering", "uitvoering"
    OVERLEG = "overleg", "overleg"
    CONTACT = "contact", "contact"
    TOEGANG = "toegang", "toegang"
    GEGEVEN = "gegeven", "wie en waar"
    STUK = "stuk", "stuk"
    SLACHTOFFER = "slachtoffer", "slachtoffer"
    AFSLUITING = "afsluiting", "afsluiting"


class TimelineQuerySet(models.QuerySet["TimelineItem"]):
    """The words in which the lines of a dossier are asked for."""

    def readable_with(self, scopes: Iterable[str], user: "User") -> "TimelineQuerySet":
        """The lines for who holds these scopes, and what he wrote himself; but not what he wrote
        down of others in a report that he no longer reads. The plan to the wall, that then need
        not be asked about every other line."""
        his_own = Q(author=user) & ~Q(scope=Scope.VIEW_REPORT)
        return self.filter(Q(scope__in=list(scopes)) | his_own)

    def newest_first(self) -> "TimelineQuerySet":
        """By the day on which it was, and within a day by when it was written down."""
        return self.order_by("-happened_on", "-at", "-pk")

    def after_closing(self) -> "TimelineQuerySet":
        """What is left to read of a closed dossier: that it was closed. WGS 2.31 lid 8."""
        return self.filter(kind=TimelineKind.AFSLUITING, scope=Scope.KNOW_CASE)


LONGEST_TITLE = 120


class TimelineItem(PersonalData):
    """One line of the dossier. Without a choice only who leads the case sees it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Found by the index below, as it begins with the case.
    case = models.ForeignKey(Case, models.CASCADE, related_name="timeline", db_index=False)
    at = models.DateTimeField(default=timezone.now)
    # The day on which it was; of a note that of the conversation, which may be long before it was
    # typed. Anything else happened when it was written down (vh.keep_day).
    happened_on = models.DateField("op welke dag", default=timezone.localdate)
    kind = models.CharField("soort", max_length=12, choices=TimelineKind)
    title = models.CharField("titel", max_length=LONGEST_TITLE)
    text = models.TextField("tekst", blank=True)
    scope = models.CharField(
        "zichtbaar voor", max_length=30, choices=Scope, default=Scope.LEAD_CASE
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = TimelineQuerySet.as_manager()

    class Meta:
        verbose_name = "gebeurtenis"
        verbose_name_plural = "gebeurtenissen"
        indexes = [
            models.Index(fields=["case", "-happened_on", "-at"], name="timeline_newest_first")
        ]

    def __str__(self) -> str:
        return self.title
