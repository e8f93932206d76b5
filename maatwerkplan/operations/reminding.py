"""Who is reminded of what about an action, and on which day. The clock reads the table alone."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone

from cases.models import Deadline, DeadlineKind
from maatwerkplan.models import PartnerAction
from partners.models import User


def remind(action: PartnerAction, kind: DeadlineKind, day: date, people: Iterable[User]) -> None:
    """Each of these people is reminded once on that day, unless it was done before."""
    for person in {person.pk: person for person in people}.values():
        Deadline(
            case_id=action.case_id,
            subject_id=action.pk,
            kind=kind,
            remind_on=day,
            recipient_id=person.pk,
        ).save(force_insert=True)


def stop_asking(action: PartnerAction) -> None:
    """The question about this action was answered or is there no more: nobody waits for it."""
    waiting = Deadline.objects.filter(subject_id=action.pk, kind=DeadlineKind.ANTWOORD_NADERT)
    waiting.filter(done_at=None).update(done_at=timezone.now())
