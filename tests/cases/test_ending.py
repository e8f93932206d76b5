"""Access that ends by itself, in a house of its own where time can be moved. DOS-05, AC-10."""

import psycopg
from django.urls import reverse

from cases import access, operations
from cases.models import Case, Deadline, Scope
from cases.tasks import sweep_deadlines
from maatwerkplan import operations as planning
from partners.models import User
from tests import situations
from tests.house.walk import browser
from veiligheidshuis.needtoknow import ANONYMOUS, acting_as


def user(username: str) -> User:
    with acting_as(ANONYMOUS):
        return situations.user(username)


def holds(who: str, scope: str, case: Case) -> bool:
    person = user(who)
    with acting_as(person.pk):
        return access.may(person, scope, case)


def bar(case: Case, who: str) -> None:
    office = user("bureau")
    with acting_as(office.pk):
        operations.bar(case, user(who), reason="zwager", by=office)


def hand_over(case: Case, to: str = "tom") -> None:
    manager = user("manager")
    with acting_as(manager.pk):
        operations.hand_over(case, user(to), note="", by=manager)


def test_after_two_weeks_the_former_one_knows_nothing_any_more(own_house, owner):
    """With the table moved back in time: nobody has to close anything."""
    case = situations.assigned_case()
    hand_over(case)
    move_back = "UPDATE cases_participation SET start_date = start_date - 14, end_date = end_date"

    owner.execute(f"{move_back} - 14 WHERE basis = 'overdracht'")
    assert holds("samira", Scope.KNOW_CASE, case)
    owner.execute(f"{move_back} - 1 WHERE basis = 'overdracht'")

    assert not holds("samira", Scope.KNOW_CASE, case)
    assert browser("samira").get(reverse("cases:detail", args=[case.number])).status_code == 404


def mails_to(owner: psycopg.Connection, who: str) -> list[str]:
    rows = owner.execute(
        "SELECT kind FROM veiligheidshuis_outboxmail WHERE recipient_id = %s", [user(who).pk]
    )
    return [kind for (kind,) in rows]


def test_who_is_barred_gets_no_mail_of_the_case_and_the_sender_does_not_notice(own_house, owner):
    plan = situations.plan_of(situations.planned_case())
    bar(plan.case, "legerdesheils")
    leader = user("samira")
    with acting_as(leader.pk):
        before = mails_to(owner, "legerdesheils")
        planning.ask_all(plan, by=leader)

    assert mails_to(owner, "legerdesheils") == before


def test_the_clock_does_not_remind_who_is_barred(own_house, owner):
    plan = situations.signed_plan()
    with acting_as(user("samira").pk):
        kinds = set(Deadline.objects.filter(case=plan.case).values_list("recipient_id", flat=True))
    assert user("legerdesheils").pk in kinds
    bar(plan.case, "legerdesheils")
    owner.execute("UPDATE cases_deadline SET remind_on = current_date")
    owner.execute("DELETE FROM veiligheidshuis_outboxmail")

    assert sweep_deadlines() > 0

    assert mails_to(owner, "legerdesheils") == []
    assert mails_to(owner, "samira") != []
