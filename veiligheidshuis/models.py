"""The ground's tables: the access log, the outbox, and what every table with personal data has."""

import uuid
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone


class PersonalData(models.Model):
    """What every table with personal data bears: the day on which its retention began.

    Five years count from the first processing of the datum, not from closing (WGS 1.8 lid 7).
    Date in Europe/Amsterdam.
    """

    first_processed_on = models.DateField("voor het eerst verwerkt op", default=timezone.localdate)

    class Meta:
        abstract = True


class LogPurpose(models.TextChoices):
    """What the access log may be used for, and nothing else. WGS 1.8 lid 4."""

    RECHTMATIGHEID = "rechtmatigheid", "controle of verwerken mocht"
    INTERNE_CONTROLE = "interne_controle", "interne controle"
    BEVEILIGING = "beveiliging", "integriteit en beveiliging"
    RECHTSZAAK = "rechtszaak", "gerechtelijke procedure"


READING_THE_LOG = "logboek lezen"


class AccessLogEntry(models.Model):
    """One line of the access log: who looked at what, on what ground, and what came of it.

    Append-only; only `accesslog.write` adds, and who may read it does so by the functions of
    `privacy`. Who asked, when and in which place of the chain is put there by the database
    (0002_wall of the ground and of partners): a line says what was shown, never what stood there.
    """

    at = models.DateTimeField(db_default=Now())
    request_id = models.UUIDField()
    user_id = models.BigIntegerField()
    username = models.CharField(max_length=150)
    organisation = models.CharField(max_length=200)
    roles = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=150)
    emergency = models.BooleanField()
    action = models.CharField(max_length=40)
    route = models.CharField(max_length=80)
    subjects = ArrayField(models.TextField())
    scope = models.CharField(max_length=40)
    ground = models.TextField()
    purpose = models.CharField(max_length=20)
    outcome = models.CharField(max_length=40)
    shard = models.SmallIntegerField(default=0)
    place = models.BigIntegerField(default=0)
    previous_hash = models.BinaryField(default=b"")
    hash = models.BinaryField(default=b"")

    class Meta:
        verbose_name = "regel in het inzagelogboek"
        constraints = [
            models.UniqueConstraint(fields=["shard", "place"], name="log_place_in_chain"),
            models.CheckConstraint(
                name="log_purpose_is_lawful", condition=Q(purpose__in=["", *LogPurpose.values])
            ),
            models.CheckConstraint(
                name="log_is_read_for_a_purpose",
                condition=~Q(action=READING_THE_LOG) | ~Q(purpose=""),
            ),
        ]
        indexes = [
            GinIndex(fields=["subjects"], name="log_by_subject"),
            models.Index(fields=["user_id", "id"], name="log_by_user"),
            models.Index(fields=["at"], name="log_by_time"),
        ]

    def __str__(self) -> str:
        return f"regel {self.shard}.{self.place}"


class OutboxMail(models.Model):
    """A mail that must leave once this transaction stands. Holds no personal data at all.

    The text belongs to its kind (mails.MAILS). The address is looked up when it is sent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    recipient_id = models.BigIntegerField()
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "uitgaande mail"
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(sent_at=None),
                name="outbox_to_be_sent",
            )
        ]

    def __str__(self) -> str:
        return self.kind


class Submission(models.Model):
    """A form that was handled, so that sending it twice does nothing twice (once.py)."""

    key = models.UUIDField(primary_key=True)
    user_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = "ingezonden formulier"

    def __str__(self) -> str:
        return str(self.key)


class Session(AbstractBaseSession):
    """One browser at the door or in the house: whose, and when somebody last did something there.

    The content is the session of Django; `user_id` is empty between the two steps (sessions.py).
    Who came by way of the login service of his organisation leaves two keyed fingerprints: of who
    he is there, and of his session there.
    """

    user_id = models.BigIntegerField(null=True, db_index=True)
    subject_there = models.CharField(max_length=64, default="", db_index=True)
    session_there = models.CharField(max_length=64, default="", db_index=True)
    last_act_at = models.DateTimeField(default=timezone.now)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = "sessie"

    def save(self, *, force_update: bool = False, **how: Any) -> None:
        """Later changes are of the content; when it began and when it ends stand fast."""
        if force_update:
            there = ["subject_there", "session_there"]
            how["update_fields"] = ["session_data", "user_id", *there]
        super().save(force_update=force_update, **how)


class Draft(PersonalData):
    """A form that was on its way when somebody's session ended; encrypted, for him alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user_id = models.BigIntegerField(db_index=True)
    path = models.CharField(max_length=2000)
    # Kept while he typed (autosave.py): the address of the form. Empty when it was on its way.
    form = models.CharField(max_length=2000, default="", db_default="")
    fields = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "bewaard formulier"

    def __str__(self) -> str:
        return str(self.pk)


class WrongGuess(models.Model):
    """How often was guessed wrong at one login name from one place (brake.py).

    The place and the name are a keyed fingerprint: whoever reads the table learns neither.
    """

    key = models.CharField(primary_key=True, max_length=64)
    guesses = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "misgeraden wachtwoord of code"

    def __str__(self) -> str:
        return str(self.guesses)


class WerkafspraakQuerySet(models.QuerySet["Werkafspraak"]):
    """The words in which agreements about the work are asked for."""

    def standing(self) -> "WerkafspraakQuerySet":
        """Those that were not taken back before their day."""
        return self.filter(withdrawn_at=None)

    def begun(self, day: date) -> "WerkafspraakQuerySet":
        """Those that hold on this day or held before it, the eldest first."""
        return self.standing().filter(valid_from__lte=day).order_by("subject", "valid_from")

    def coming(self, day: date) -> "WerkafspraakQuerySet":
        """Those whose day must still come, the first of them on top."""
        return self.standing().filter(valid_from__gt=day).order_by("valid_from")


class Werkafspraak(models.Model):
    """A version of something the house keeps to in its work, from a day until the next version.

    A term, a limit, the criteria, a definition: what somebody wrote, as the subject can read it
    (werkafspraken.py). Without an end of its own, so that no day falls between two versions.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.CharField("onderwerp", max_length=40)
    valid_from = models.DateField("geldt vanaf")
    content = models.TextField("afspraak")
    source = models.CharField("bron", max_length=300)
    changes = models.CharField("wat er verandert en waarom", max_length=1000)
    decided_on = models.DateField("stuurgroep van", null=True)
    decision = models.CharField("besluit", max_length=300, blank=True)
    recorded_by_id = models.BigIntegerField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField("ingetrokken", null=True)
    withdrawn_by_id = models.BigIntegerField(null=True)

    objects = WerkafspraakQuerySet.as_manager()

    class Meta:
        verbose_name = "werkafspraak"
        verbose_name_plural = "werkafspraken"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "valid_from"],
                condition=Q(withdrawn_at=None),
                name="one_werkafspraak_a_day",
            ),
            models.CheckConstraint(
                name="werkafspraak_says_something_and_whence",
                condition=~Q(content="") & ~Q(source="") & ~Q(changes=""),
            ),
            models.CheckConstraint(
                name="werkafspraak_decided_on_a_day",
                condition=Q(decided_on=None, decision="")
                | Q(decided_on__isnull=False) & ~Q(decision=""),
            ),
            models.CheckConstraint(
                name="werkafspraak_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by_id=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} vanaf {self.valid_from}"
