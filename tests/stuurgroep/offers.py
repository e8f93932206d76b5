"""Offers of the past for tests. Written as rows, for no operation offers a plan last spring."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases import operations
from cases.models import Case, Leefgebied
from maatwerkplan.models import (
    Framework,
    Maatwerkplan,
    PartnerAction,
    ProgressKind,
    ProgressReport,
)
from maatwerkplan.states import PlanStatus
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as


def last_half_year() -> date:
    """A day in the middle of the half-year before this one."""
    today = timezone.localdate()
    first = date(today.year, 1 if today.month < 7 else 7, 1)
    return first - timedelta(days=90)


def assigned_cases(count: int) -> list[Case]:
    """So many clients, each with samira as interventiemanager."""
    cases = [situations.put_forward_case() for _ in range(count)]
    for case in cases:
        situations.admit(case)
    ranked = situations.open_list(*cases)
    manager, samira = user("manager"), user("samira")
    with acting_as(manager.pk):
        operations.adopt_list(ranked, by=manager)
        for case in Case.objects.filter(pk__in=[case.pk for case in cases]):
            operations.assign(case, samira, by=manager)
    return cases


def offered(
    case: Case, on: date, *, status: str, starts: tuple[int | None, ...] = (), number: int = 1
) -> Maatwerkplan:
    """A plan offered on a day, with its outcome and an action for each of `starts`: the days after
    the offer on which it began, None when it did not."""
    samira, moment = user("samira"), timezone.make_aware(datetime.combine(on, time(23, 30)))
    plan = Maatwerkplan(case_id=case.pk, number=number, drawn_up_by=samira, asked_at=moment)
    with acting_as(samira.pk):
        plan.save(force_insert=True)
        _go_on(plan, PlanStatus.AANGEBODEN, offered_at=moment, offered_by=samira)
        if status == PlanStatus.ONDERTEKEND:
            _go_on(plan, status, signed_at=moment)
        if status == PlanStatus.GEWEIGERD:
            _go_on(plan, status, refused_at=moment)
        for days in starts:
            _action(plan, on, days)
    return plan


def _go_on(plan: Maatwerkplan, status: str, **about: object) -> None:
    """The next step of its flow: the database lets no plan begin anywhere else."""
    plan.status = status
    for name, value in about.items():
        setattr(plan, name, value)
    plan.save(update_fields=["status", *about])


def _action(plan: Maatwerkplan, offered_on: date, days: int | None) -> None:
    action = PartnerAction(
        plan=plan,
        case_id=plan.case_id,
        leefgebied=Leefgebied.HUISVESTING,
        scope="view_huisvesting",
        description="Begeleid wonen",
        organisation=situations.organisation("leger-des-heils"),
        start_date=offered_on,
        end_date=offered_on + timedelta(days=90),
        framework=Framework.VRIJWILLIG,
    )
    action.save(force_insert=True)
    if days is not None:
        _report(action, ProgressKind.START, offered_on + timedelta(days=days))


def began(plan: Maatwerkplan, on: date) -> None:
    """What had not begun of this plan began on that day after all."""
    _report_on_what_waits(plan, ProgressKind.START, on)


def gave_up(plan: Maatwerkplan, on: date) -> None:
    """What had not begun of this plan never begins, said its partner on that day."""
    _report_on_what_waits(plan, ProgressKind.GESTOPT, on)


def waits(plan: Maatwerkplan, until: date) -> None:
    """The last of its actions was to begin on that day, after the first."""
    with acting_as(user("samira").pk):
        first, last = plan.partner_actions.order_by("reports__happened_on")
        last.after, last.start_date = first, until
        last.save(update_fields=["after", "start_date"])


def _report_on_what_waits(plan: Maatwerkplan, kind: str, on: date) -> None:
    with acting_as(user("samira").pk):
        for action in plan.partner_actions.filter(reports=None):
            _report(action, kind, on)


def _report(action: PartnerAction, kind: str, on: date) -> None:
    ProgressReport(
        action=action,
        case_id=action.case_id,
        kind=kind,
        happened_on=on,
        text="Zoals gemeld.",
        recorded_by=user("samira"),
    ).save(force_insert=True)
