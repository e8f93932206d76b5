"""The beheers- en veiligheidsplan of an area: who does what, whom to call, what the cameras see.

All of it is a public document (S4); nobody is named in it, functions are.
"""

from collections.abc import Sequence

from django.db import models
from django.db.models import Q

from beheerscommissie.models.area import Area


class Beheersplan(models.Model):
    """One version of the plan. "Geen statisch maar een dynamisch document" (S4, 1.3)."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="plans")
    title = models.CharField("titel", max_length=160)
    year = models.PositiveSmallIntegerField("jaar")
    goal = models.TextField("doel")
    expectation = models.TextField("wat u mag verwachten")
    meets_every_months = models.PositiveSmallIntegerField("vergadert om de … maanden")
    meets_every_months_at_start = models.PositiveSmallIntegerField(
        "in de startfase om de … maanden"
    )
    shelter_cameras = models.PositiveSmallIntegerField("camera's van de opvang")

    class Meta:
        verbose_name = "beheersplan"
        verbose_name_plural = "beheersplannen"
        constraints = [models.UniqueConstraint(fields=["area", "year"], name="one_plan_a_year")]

    def __str__(self) -> str:
        return self.title


class Party(models.Model):
    """A party of the plan, and what it is responsible for. S4, chapters 3 and 5."""

    plan = models.ForeignKey(Beheersplan, models.CASCADE, related_name="parties")
    name = models.CharField("naam", max_length=120)
    responsibility = models.TextField("verantwoordelijk voor")
    in_commission = models.BooleanField("zit in de beheerscommissie")
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "partij"
        verbose_name_plural = "partijen"
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="party_named_once")]

    def __str__(self) -> str:
        return self.name


class Maatregel(models.Model):
    """What a party does for the area, with the paragraph of the plan that says so."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="maatregelen")
    text = models.CharField("maatregel", max_length=300)
    source = models.CharField("paragraaf", max_length=20)
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "maatregel"
        verbose_name_plural = "maatregelen"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class PhoneNumber(models.Model):
    """Whom to call, by function and never by name. S4, 5."""

    plan = models.ForeignKey(Beheersplan, models.CASCADE, related_name="phone_numbers")
    label = models.CharField("wie", max_length=120)
    number = models.CharField("nummer", max_length=20)
    when = models.CharField("wanneer", max_length=160)
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "telefoonnummer"
        verbose_name_plural = "telefoonnummers"
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.label}: {self.number}"

    @property
    def dial(self) -> str:
        """The number as a telephone dials it."""
        return "".join(character for character in self.number if character.isdigit())


class CameraChange(models.Model):
    """A change in what the cameras see. The house registers positions, never images (CAM-05)."""

    class Kind(models.TextChoices):
        """What changes about what a camera sees."""

        NIEUW = "nieuw", "nieuwe domecamera"
        PRESET = "preset", "ander vast beeld"
        FYSIEK = "fysiek", "aanpassing van de plek"

    plan = models.ForeignKey(Beheersplan, models.CASCADE, related_name="camera_changes")
    kind = models.CharField("soort", max_length=10, choices=Kind)
    location = models.CharField("waar", max_length=160)
    view = models.TextField("wat er in beeld komt")
    order = models.PositiveSmallIntegerField("volgorde")

    class Meta:
        verbose_name = "camerawijziging"
        verbose_name_plural = "camerawijzigingen"
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="camera_kind_known", condition=Q(kind__in=["nieuw", "preset", "fysiek"])
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.location}"


class NuisanceKind(models.TextChoices):
    """The three kinds of nuisance of S4, 2.2; the third is called audiovisuele overlast there."""

    CRIMINEEL = "crimineel", "criminele overlast"
    OPENBARE_ORDE = "openbare_orde", "overlast openbare orde"
    ZICHT_EN_GELUID = "zicht_en_geluid", "zicht en geluid"


class RouteQuerySet(models.QuerySet["Route"]):
    """The words about routes."""

    def of_area(self, area: Area) -> "RouteQuerySet":
        return self.filter(plan__area=area).select_related("party").order_by("pk")


class Route(models.Model):
    """To which party a kind of nuisance goes first; the buurtregisseur may differ. NUI-04."""

    plan = models.ForeignKey(Beheersplan, models.CASCADE, related_name="routes")
    kind = models.CharField("soort overlast", max_length=16, choices=NuisanceKind)
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = RouteQuerySet.as_manager()

    class Meta:
        verbose_name = "route"
        verbose_name_plural = "routes"
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind"], name="one_route_for_a_kind"),
            models.CheckConstraint(
                name="route_kind_known", condition=Q(kind__in=NuisanceKind.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} → {self.party}"

    @staticmethod
    def version_of(routes: Sequence["Route"]) -> int:
        """The version of all of them together: one page shows and keeps them all."""
        return sum(route.version for route in routes)
