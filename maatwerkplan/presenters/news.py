"""What changed around the clients of an interventiemanager without his doing.

The mail about it names nobody: who logs in finds here whom it was about. REG-01, DOS-04.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from cases.models import Basis, Case, Noodtoegang, Participation, Scope, TimelineItem, TimelineKind
from cases.operations.handing_over import HANDED_OVER, NOTE
from maatwerkplan.models import Doorzetting
from partners.models import User
from veiligheidshuis.formats import clock, long_date

LATELY = timedelta(days=7)  # so long it stands there; our choice


@dataclass(frozen=True)
class News:
    """What happened with one client, and what was said about it."""

    case: Case
    what: str
    words: str = ""


def news(user: User, today: date) -> list[News]:
    """What was opened in nood, what the manager decided, whom he took over, and with whom he still
    reads along."""
    return [*_opened(user), *_decided(user), *_taken_over(user, today), *_read_along(user)]


def _led(user: User) -> QuerySet[Case]:
    return Case.objects.visible_to(user, Scope.LEAD_CASE)


def _opened(user: User) -> list[News]:
    found = Noodtoegang.objects.filter(opened_at__gte=timezone.now() - LATELY)
    found = found.filter(case__in=_led(user)).select_related("case__client", "opened_by")
    return [
        News(
            each.case,
            f"In nood geopend door {each.opened_by}, {long_date(each.opened_at)} tot "
            f"{clock(each.ends_at)}",
            each.reason,
        )
        for each in found.order_by("-opened_at", "pk")
    ]


def _decided(user: User) -> list[News]:
    found = Doorzetting.objects.with_people().filter(decided_at__gte=timezone.now() - LATELY)
    return [
        News(
            each.case,
            f"{each.get_status_display().capitalize()} door {each.decided_by}: "
            f"{each.action_text}, {long_date(each.decided_at)}",
            each.reason,
        )
        for each in found.filter(case__in=_led(user)).order_by("-decided_at", "pk")
        if each.decided_at
    ]


def _taken_over(user: User, today: date) -> list[News]:
    lines = TimelineItem.objects.filter(
        kind=TimelineKind.TOEWIJZING, happened_on__gt=today - LATELY, case__in=_led(user)
    )
    found = list(lines.select_related("case__client").newest_first())
    notes = {line.case_id: line.text for line in reversed(found) if line.title == NOTE}
    return [
        News(
            line.case,
            f"{line.title}, {long_date(line.happened_on)}",
            notes.get(line.case_id, ""),
        )
        for line in found
        if line.title.startswith(HANDED_OVER)
    ]


def _read_along(user: User) -> list[News]:
    given = Participation.objects.current().held_by(user).of_scope(Scope.KNOW_CASE)
    given = given.filter(basis=Basis.OVERDRACHT)
    given = given.select_related("content_object__client", "content_object__manager")
    return [
        News(
            row.content_object,
            f"Overgedragen aan {row.content_object.manager}. "
            f"Je leest mee tot en met {long_date(row.end_date)}",
        )
        for row in given.order_by("end_date", "content_object__number")
        if row.end_date
    ]
