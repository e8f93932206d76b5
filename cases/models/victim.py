"""Whom the client hurt: apart from the client, and each victim with a circle of his own.

No address stands here: that is with whoever has the contact. DOS-16, YTH-06; PLN-11.
"""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from cases.models.case import Case
from cases.models.participation import Bar, Participation
from cases.models.scopes import Scope
from partners.models import Organisation
from veiligheidshuis.history import history
from veiligheidshuis.models import PersonalData

if TYPE_CHECKING:
    from partners.models import User


class VictimRelation(models.TextChoices):
    """What somebody is to the client; family or direct contact, as the law says. WGS 2.30."""

    PARTNER = "partner", "partner of ex-partner"
    KIND = "kind", "kind"
    OUDER = "ouder", "ouder"
    FAMILIE = "familie", "ander familielid"
    BUUR = "buur", "buur of huisgenoot"
    BEKENDE = "bekende", "bekende, collega of klant"
    ONBEKENDE = "onbekende", "onbekende"


class InformationWish(models.TextChoices):
    """Whether a victim uses his right to be told how it goes on. Sv 51ac."""

    NIET_GEVRAAGD = "niet_gevraagd", "nog niet gevraagd"
    NIETS = "niets", "wil niets horen"
    HOREN = "horen", "wil op de hoogte blijven"


class VictimPurpose(models.TextChoices):
    """Why somebody opens the data of victims; the access log keeps it. ui.md 4.3."""

    VEILIGHEID = "veiligheid", "om te letten op de veiligheid"
    INFORMEREN = "informeren", "om het slachtoffer te laten informeren"
    HERSTEL = "herstel", "voor herstel, schade of bemiddeling"
    PLAN = "plan", "voor het maatwerkplan"
    BIJWERKEN = "bijwerken", "om de gegevens bij te werken"


class SlachtofferQuerySet(models.QuerySet["Slachtoffer"]):
    """The words in which victims are asked for."""

    def visible_to(self, user: "User") -> "SlachtofferQuerySet":
        """Those that this user may know today: all of a case that is assigned to him, else the one
        whom he supports. The plan to the wall; a bar beats it."""
        held = Participation.objects.current().held_by(user).of_scope(Scope.VIEW_VICTIM)
        of_this = Q(because_of=OuterRef("pk")) | Q(because_of=OuterRef("case_id"))
        barred = Bar.objects.current().filter(user=user).values("case_id")
        granted = held.filter(of_this, content_object=OuterRef("case_id"))
        return self.filter(Exists(granted)).exclude(case_id__in=barred)

    def current(self) -> "SlachtofferQuerySet":
        """Those whom the house still keeps in mind."""
        return self.filter(ended_on=None)


class Slachtoffer(PersonalData):
    """Somebody who was hurt by an offence of this client: what he wants to be told, and by whom.

    Two victims of one client need not know of each other, nor need those who support them: who
    supports one sees that one (Participation.because_of). Ended rows stay, and are not shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="slachtoffers")
    name = models.CharField("hoe het slachtoffer wordt genoemd", max_length=120)
    relation = models.CharField("wie het is voor de cliënt", max_length=12, choices=VictimRelation)
    wish = models.CharField("wil horen hoe het verdergaat", max_length=14, choices=InformationWish)
    wish_about = models.CharField("wat het slachtoffer wil horen", max_length=300, blank=True)
    contact = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name="wie contact heeft"
    )
    safety = models.TextField("waar we op letten", blank=True)
    supplier = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name="van wie dit komt"
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    ended_on = models.DateField("beëindigd op", null=True)
    ended_because = models.CharField("waarom beëindigd", max_length=300, blank=True)

    objects = SlachtofferQuerySet.as_manager()
    history = history()

    class Meta:
        verbose_name = "slachtoffer"
        verbose_name_plural = "slachtoffers"
        constraints = [
            models.CheckConstraint(
                name="victim_who_wants_to_hear_says_what",
                condition=Q(wish="horen") & ~Q(wish_about="") | ~Q(wish="horen") & Q(wish_about=""),
            ),
            models.CheckConstraint(
                name="victim_ended_with_a_reason",
                condition=Q(ended_on=None, ended_because="")
                | Q(ended_on__isnull=False) & ~Q(ended_because=""),
            ),
        ]

    def __str__(self) -> str:
        return "slachtoffer"
