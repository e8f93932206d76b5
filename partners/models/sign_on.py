"""Which partners have a login service of their own, and who is who there. AUTH-13.

Who somebody is there he says himself, or two people of the bedrijfsbureau say it beforehand.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from partners.models.organisation import Organisation
from partners.models.people import User
from veiligheidshuis.openid import Party


class IdentityProvider(models.Model):
    """The login service of a partner: its people may prove there who they are. SEC-01, AUTH-13.

    Written by the owner of the database alone (`manage.py identity_provider`): whoever could point
    it elsewhere could come in as anybody of this partner.
    """

    class Authentication(models.TextChoices):
        """How the house makes itself known to a login service."""

        PRIVATE_KEY_JWT = "private_key_jwt", "met een eigen sleutel"
        CLIENT_SECRET = "client_secret_basic", "met een gedeeld geheim"

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="identity_provider"
    )
    issuer = models.CharField("uitgever", max_length=200, unique=True)
    client_id = models.CharField("wie wij voor hen zijn", max_length=200)
    authentication = models.CharField("bewijs", max_length=20, choices=Authentication)
    amr = ArrayField(models.CharField(max_length=60), default=list)
    acr = ArrayField(models.CharField(max_length=200), default=list)
    is_on = models.BooleanField("aan", default=True)

    class Meta:
        verbose_name = "inlogdienst van een organisatie"

    def __str__(self) -> str:
        return f"inlogdienst van {self.organisation.short_name}"

    def as_party(self) -> Party:
        """This login service in the words of the protocol."""
        return Party(
            issuer=self.issuer,
            client_id=self.client_id,
            signs=self.authentication == self.Authentication.PRIVATE_KEY_JWT,
            key_name=self.organisation.slug,
            acr_values=tuple(self.acr),
        )

    @property
    def asks_twice(self) -> bool:
        """Whether was agreed that its second factor counts here."""
        return bool(self.amr or self.acr)

    def proved_twice(self, claims: Mapping[str, Any]) -> bool:
        """Whether this login counts as both steps: only as was agreed with this partner."""
        ways = claims.get("amr")
        told = set(map(str, ways)) if isinstance(ways, list) else set()
        return not told.isdisjoint(self.amr) or claims.get("acr") in self.acr


class SignOnLink(models.Model):
    """Who somebody is at the login service of his organisation: by issuer and subject.

    Never by e-mail, that others can have or get. Readable for himself alone; made and ended by the
    functions of the wall.
    """

    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    user = models.ForeignKey(User, models.CASCADE, related_name="sign_on_links")
    linked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "koppeling met een inlogdienst"
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "subject"],
                condition=Q(ended_at=None),
                name="subject_is_one_person",
            ),
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="person_is_one_subject"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.issuer}"


class SignOnProposalQuerySet(models.QuerySet["SignOnProposal"]):
    """What the office proposed: what still waits, and what was decided."""

    def waiting(self) -> "SignOnProposalQuerySet":
        """Those that nobody decided on yet, the oldest first."""
        return self.filter(decided_at=None).order_by("proposed_at", "pk")

    def newest_first(self) -> "SignOnProposalQuerySet":
        return self.order_by("-proposed_at", "-pk")


class SignOnProposal(models.Model):
    """The bedrijfsbureau says who a new colleague is at the login service of his organisation.

    Only when a second person of the office agrees he is linked: who could do it alone could come
    in as anybody. With it nobody needs a password first. Written by the functions of the wall.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_on_proposals")
    issuer = models.CharField(max_length=200)
    subject = models.CharField(max_length=255)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(db_default=Now())
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(default=False)

    objects = SignOnProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "voorgestelde koppeling"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(decided_at=None), name="one_proposal_at_a_time"
            ),
            models.CheckConstraint(
                name="proposal_decided_by_somebody",
                condition=Q(decided_at=None, decided_by=None, approved=False)
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_approved_by_another",
                condition=Q(approved=False)
                | ~Q(decided_by=models.F("proposed_by")) & ~Q(decided_by=models.F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.subject}"
