"""By a link in a mail somebody chooses his own password: nobody knows that of another. SEC-01."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from partners.models.people import User


class AccountInvitationQuerySet(models.QuerySet["AccountInvitation"]):
    """The words in which invitations are asked for."""

    def waiting(self) -> "AccountInvitationQuerySet":
        """Those of who lost his password, at which nobody else looked yet."""
        return self.filter(closed_at=None, approved_at=None)

    def newest_first(self) -> "AccountInvitationQuerySet":
        people = ("user__organisation", "asked_by", "approved_by")
        return self.select_related(*people).order_by("-asked_at", "pk")


class AccountInvitation(models.Model):
    """A link that works once, for some days; of who had a password already, after a second look.

    The link itself is nowhere: the post makes it when the mail leaves, and the database keeps a
    fingerprint of it. Written by the functions of the wall.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="account_invitations")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(db_default=Now())
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField("werkt tot", null=True)
    token_hash = models.CharField(max_length=64, db_default="", blank=True)
    used_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects = AccountInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = "accountuitnodiging"
        verbose_name_plural = "accountuitnodigingen"
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(closed_at=None), name="one_account_invitation_open"
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~Q(token_hash=""), name="one_account_per_link"
            ),
            models.CheckConstraint(
                name="account_invitation_takes_others",
                condition=~Q(asked_by=F("user"))
                & (Q(approved_by=None) | ~Q(approved_by=F("asked_by")) & ~Q(approved_by=F("user"))),
            ),
            models.CheckConstraint(
                name="account_invitation_expires_once_it_works",
                condition=Q(approved_at=None, expires_at=None, token_hash="")
                | Q(approved_at__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="account_invitation_used_is_closed",
                condition=Q(used_at=None) | Q(used_at=F("closed_at"), approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"uitnodiging voor {self.user}"

    @property
    def works(self) -> bool:
        """Whether its link still leads somewhere."""
        expires = self.expires_at
        return self.closed_at is None and expires is not None and expires > timezone.now()
