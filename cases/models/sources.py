"""Which partners are asked whom they put forward, before a list is chosen. S2, Werkprocessen."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone

from cases.models.prioriteitenlijst import Prioriteitenlijst


class Bronvraag(models.Model):
    """One partner is asked for candidates for one list; reminded once at most.

    What he put forward is counted, and not written down here. Only that he has nobody is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    prioriteitenlijst = models.ForeignKey(
        Prioriteitenlijst, models.CASCADE, related_name="bronvragen"
    )
    organisation = models.ForeignKey(
        "partners.Organisation", models.PROTECT, related_name="+", verbose_name="partner"
    )
    asked_at = models.DateTimeField("gevraagd", default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    reminded_at = models.DateTimeField("herinnerd", null=True)
    nobody_at = models.DateTimeField("heeft niemand", null=True)

    class Meta:
        verbose_name = "bronvraag"
        verbose_name_plural = "bronvragen"
        constraints = [
            models.UniqueConstraint(
                fields=["prioriteitenlijst", "organisation"], name="partner_asked_once_a_list"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} gevraagd voor {self.prioriteitenlijst}"
