"""What the participants found when they evaluated a plan together. WGS 2.26; EXE-07."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models import Case
from maatwerkplan.models.plan import Maatwerkplan
from veiligheidshuis.models import PersonalData


class Conclusion(models.TextChoices):
    """How it goes on after an evaluation."""

    DOORGAAN = "doorgaan", "het plan gaat door"
    HERZIEN = "herzien", "het plan moet anders"
    AFRONDEN = "afronden", "het plan kan worden afgerond"


class EvaluatieQuerySet(models.QuerySet["Evaluatie"]):
    """The words in which evaluations are asked for."""

    def last_first(self) -> "EvaluatieQuerySet":
        return self.select_related("recorded_by").order_by("-held_on", "-recorded_at", "pk")


class Evaluatie(PersonalData):
    """One evaluation of a signed plan, with whom, what it brought, and when the next one is.

    Never changed: a mistake is put right by the next. `with_whom` are names of organisations, as
    they were called that day. Days in Europe/Amsterdam.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Maatwerkplan, models.CASCADE, related_name="evaluaties")
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    held_on = models.DateField("gehouden op")
    with_whom = ArrayField(models.CharField(max_length=60), verbose_name="met wie")
    reached = models.TextField("wat is bereikt")
    conclusion = models.CharField("besluit", max_length=8, choices=Conclusion)
    next_on = models.DateField("volgende evaluatie", null=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = EvaluatieQuerySet.as_manager()

    class Meta:
        verbose_name = "evaluatie"
        verbose_name_plural = "evaluaties"
        constraints = [
            models.CheckConstraint(
                name="an_evaluation_has_a_next_unless_it_is_done",
                condition=Q(conclusion="afronden") | Q(next_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_evaluation_is_with_somebody",
                condition=Q(with_whom__len__gt=0, with_whom__len__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"evaluatie op {self.held_on}"
