"""From one interventiemanager to the next: taken hold of, and never let go. S2; REG-01, REG-08."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from cases import access, rules
from cases.models import Case, Scope, TimelineKind
from cases.operations.mail import tell
from cases.operations.moves import locked
from cases.operations.timeline import record
from partners.models import Absence, Role, User
from veiligheidshuis.obstacles import Obstacle, Refused, refuse_if

# How the lines in the timeline are called, by which the next interventiemanager finds them.
HANDED_OVER, NOTE = "Overgedragen van", "Bij de overdracht"
Reader = tuple[str, int]  # a kind of mail, and who gets it


@transaction.atomic
def hand_over(case: Case, to: User, *, note: str, by: User) -> None:
    """Give a client in hand to another interventiemanager, with a note for him.

    The former one reads on for settings.HAND_OVER_DAYS and then drops out; his reminders and his
    stand-ins go at once. All three get a mail: nobody takes a client from somebody unheard. Raises
    Refused or PermissionDenied.
    """
    _say(dict.fromkeys(_hand_over(case, to, note, by), case))


def _hand_over(case: Case, to: User, note: str, by: User) -> set[Reader]:
    """It is done; who still has to hear it, and by which mail."""
    if not by.has_role(Role.MANAGER):
        raise PermissionDenied("Alleen de manager draagt cliënten over.")
    case = locked(case)
    refuse_if(rules.obstacles_to_hand_over(case, to, by))
    former = case.manager
    access.hand_over(case, to)
    case.manager, case.assigned_on = to, timezone.localdate()
    case.save(update_fields=["manager", "assigned_on"])
    record(
        case,
        TimelineKind.TOEWIJZING,
        f"{HANDED_OVER} {former} aan {to}",
        scope=Scope.KNOW_CASE,
        by=by,
    )
    if note:
        record(case, TimelineKind.TOEWIJZING, NOTE, text=note, by=by)
    return {("overdracht", to.pk)} | {
        ("overdracht_van", each) for each in _who_let_go(former) - {to.pk}
    }


def _say(heard: Mapping[Reader, Case]) -> None:
    """Each of them gets one mail of a kind, however many clients it is about."""
    for (kind, person), case in sorted(heard.items(), key=lambda pair: pair[0]):
        tell(case, kind, to=person)


def _who_let_go(former: User | None) -> set[int]:
    """Who led until now, and who stands in for him today."""
    away = Absence.objects.on(timezone.localdate()).filter(user=former).select_related("stand_in")
    return {each.pk for each in (former, *(absence.stand_in for absence in away)) if each}


@transaction.atomic
def hand_over_all(chosen: Sequence[tuple[Case, User]], *, note: str, by: User) -> None:
    """Give each of these clients to its new interventiemanager: all of them, or none. Nobody gets
    the same mail twice. Raises Refused, that says of whom."""
    heard: dict[Reader, Case] = {}
    for case, to in sorted(chosen, key=lambda pair: pair[0].pk):  # one order: no deadlock
        try:
            heard |= dict.fromkeys(_hand_over(case, to, note, by), case)
        except Refused as refused:
            raise Refused([_said_of(case, each) for each in refused.obstacles]) from refused
    _say(heard)


def _said_of(case: Case, obstacle: Obstacle) -> Obstacle:
    return replace(obstacle, message=f"{case.client} ({case.number}): {obstacle.message}")
