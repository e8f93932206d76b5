"""Where an organisation is reached, and who answers for it. S2: "contactpunten"."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q

from partners.models.organisation import PARTICIPANTS, Organisation
from partners.models.people import Appointment, Role, User
from partners.models.regime import Covered


class ContactPointQuerySet(models.QuerySet["ContactPoint"]):
    """The words in which contact points are asked for."""

    def answering(self) -> "ContactPointQuerySet":
        """Those that answer for their organisation today: with an account that is on, the role for
        it and valid papers, at who sits at the table and may take part under one of the regimes.
        Of whoever is none of these the interventiemanager writes down what he says on the
        telephone."""
        roles = Appointment.objects.in_force().filter(user=models.OuterRef("user_id"))
        takes_part = Q(organisation__wgs_class__in=PARTICIPANTS) | Q(Covered("organisation_id"))
        return self.filter(
            takes_part, models.Exists(roles.filter(role=Role.KETENPARTNER)), user__is_active=True
        )


class ContactPoint(models.Model):
    """Where an organisation is reached: first or deputy, a colleague with an account or a desk."""

    class Kind(models.TextChoices):
        """Who is called first, and who when he is not there."""

        EERSTE = "eerste", "eerste contactpunt"
        PLAATSVERVANGER = "plaatsvervanger", "plaatsvervanger"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contact_points")
    kind = models.CharField("soort", max_length=16, choices=Kind)
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    label = models.CharField("naam of functie", max_length=120)
    phone = models.CharField("telefoon", max_length=20, blank=True)
    email = models.EmailField("e-mail", blank=True)

    objects = ContactPointQuerySet.as_manager()

    class Meta:
        verbose_name = "contactpunt"
        verbose_name_plural = "contactpunten"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind"], name="one_contact_point_of_each_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation.short_name}: {self.label}"


def contact_users(organisation: Organisation) -> list[User]:
    """Who get the questions to this organisation: its contact points that answer today."""
    points = organisation.contact_points.answering().select_related("user")
    return [point.user for point in points.order_by("kind", "pk") if point.user]


def with_an_account(organisations: Iterable[int], regime: str) -> set[int]:
    """Which of these organisations answer for themselves today about a dossier of this regime, in
    one question. PRV-20."""
    there = Organisation.objects.under(regime).filter(pk__in=set(organisations))
    points = ContactPoint.objects.answering().filter(organisation__in=there)
    return set(points.values_list("organisation_id", flat=True))
