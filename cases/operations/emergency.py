"""Break-glass: the office opens one dossier when nobody who leads it can be reached. S2, vn 15."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access, rules
from cases.models import Basis, Case, Deadline, DeadlineKind, Noodtoegang, TimelineKind
from cases.operations.mail import tell
from cases.operations.moves import locked
from cases.operations.timeline import record
from partners.models import Role, User
from veiligheidshuis.obstacles import refuse_if
from veiligheidshuis.werkafspraken import number


@transaction.atomic
def break_glass(case: Case, *, reason: str, hours: int, by: User) -> Noodtoegang:
    """Open the content of this dossier to the office for some hours. DOS-04, AC-16.

    Who leads it or stands in, the managers and the FG hear of it at once; somebody else must judge
    it within the term that was agreed. The page asks a fresh second factor first.
    """
    if not by.has_role(Role.BEDRIJFSBUREAU):
        raise PermissionDenied("Alleen het bedrijfsbureau opent een dossier in nood.")
    case = locked(case)
    refuse_if(rules.obstacles_to_break_glass(case, hours, by))
    opened = access.break_glass(case, reason, hours)
    record(case, TimelineKind.TOEGANG, f"Noodtoegang door {by}", text=reason, by=by)
    judges = User.objects.in_role(Role.MANAGER, Role.FG).exclude(pk=by.pk)
    stand_ins = access.people_in(case, Basis.WAARNEMING)
    for reader in {*judges, *stand_ins, case.manager} - {None, by}:
        tell(case, "noodtoegang", to=reader.pk)
    remind_on = timezone.localdate() + timedelta(days=number("emergency_review_days"))
    for judge in judges:
        Deadline(
            case=case,
            subject_id=opened,
            kind=DeadlineKind.NOOD_TOETSEN,
            remind_on=remind_on,
            recipient_id=judge.pk,
        ).save(force_insert=True)
    return Noodtoegang.objects.get(pk=opened)


@transaction.atomic
def end_emergency(emergency: Noodtoegang, *, by: User) -> None:
    """Close the dossier before its hours are over; who opened it, who leads it or the manager."""
    access.end_emergency(emergency)


@transaction.atomic
def review_emergency(emergency: Noodtoegang, *, justified: bool, review: str, by: User) -> None:
    """Judge whether it was right to open the dossier; never by who did it."""
    if not by.has_role(Role.MANAGER, Role.FG):
        raise PermissionDenied("De manager of de FG beoordeelt een noodtoegang.")
    refuse_if(rules.obstacles_to_review(emergency, by))
    access.review_emergency(emergency, justified, review)
