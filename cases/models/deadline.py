"""What must have happened by a day, and who is reminded. The clock reads only this table."""

import uuid
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from cases.models.case import Case


class DeadlineKind(models.TextChoices):
    """Each kind is a mail of the same name in the outbox."""

    CONTACT_VANDAAG = "contact_vandaag", "wie iemand aandroeg, hoort vandaag van ons"
    ANTWOORD_NADERT = "antwoord_nadert", "de laatste dag om een leveringsvraag te beantwoorden"
    START_NADERT = "start_nadert", "de startklok loopt bijna af"
    START_BUREAU = "start_bureau", "een actie is nog niet gestart: bel de partner"
    START_LAATSTE_DAG = "start_laatste_dag", "vandaag is de laatste dag om te starten"
    START_GEMIST = "start_gemist", "een actie is niet op tijd gestart"
    VERVOLG_WEIGERING = "vervolg_weigering", "de vervolgstap bij drang en dwang is vandaag"
    NOOD_TOETSEN = "nood_toetsen", "een noodtoegang wacht op een oordeel"


# Of what must not stay undone, who must do it is reminded again and again.
REMIND_AGAIN = {DeadlineKind.NOOD_TOETSEN: timedelta(days=7)}


class Deadline(models.Model):
    """One reminder for one person on one day, unless what it is about was done before; of a kind in
    REMIND_AGAIN another one each week, until it is done.

    `remind_on` is a day in Europe/Amsterdam. `subject_id` is the id of what must be done (an
    action of the plan); holds no personal data but the case id.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deadlines")
    subject_id = models.UUIDField()
    kind = models.CharField(max_length=20, choices=DeadlineKind)
    remind_on = models.DateField()
    recipient_id = models.BigIntegerField()
    done_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "termijn"
        verbose_name_plural = "termijnen"
        constraints = [
            models.UniqueConstraint(
                fields=["subject_id", "kind", "recipient_id"],
                condition=Q(done_at=None),
                name="one_reminder_of_a_kind",
            )
        ]
        indexes = [
            models.Index(
                fields=["remind_on"],
                condition=Q(done_at=None, sent_at=None),
                name="deadline_to_be_sent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} op {self.remind_on}"

    def was_sent(self, at: datetime) -> None:
        """The reminder left: that was it, or the next one waits for its day. Saves nothing."""
        again = REMIND_AGAIN.get(DeadlineKind(self.kind))
        if again is None:
            self.sent_at = at
        else:
            self.remind_on = timezone.localdate(at) + again
