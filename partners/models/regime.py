"""Under which regime persons are worked on: the law, or the covenants of the partners. PRV-20."""

from datetime import date

from django.db import models
from django.utils import timezone


class Regime(models.TextChoices):
    """What decides who may take part in a dossier. eisen.md 0.17.

    Under the WGS the closed list of the law does (2.27); in the local approach, that the WGS leaves
    as it is (1.2 lid 2), the partners that signed the covenants in force.
    """

    WGS = "wgs", "WGS"
    LOKALE_PGA = "lokale_pga", "lokale aanpak"


class Covered(models.Func):
    """Whether a covenant in force covers an organisation on a day; the database decides."""

    function = "vh.covered"
    output_field = models.BooleanField()

    def __init__(self, organisation: str = "pk", on: date | None = None) -> None:
        day = models.Value(on or timezone.localdate(), output_field=models.DateField())
        super().__init__(models.F(organisation), day)
