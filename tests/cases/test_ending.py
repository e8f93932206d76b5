"""Access that ends by itself, in a house of its own where time can be moved. DOS-05, AC-10."""

import psycopg
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.models import Case, Deadline, Scope
from cases.tasks import sweep_deadlines
from maatwerkplan import operations as planning
from partners import operations as accounts
from partners.models import User
from tests import situations
from tests.cases.test_explain import at_this_moment
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
    owner.execute("UPDATE cases_deadline SET remind_on = vh.today()")
    owner.execute("DELETE FROM veiligheidshuis_outboxmail")

    assert sweep_deadlines() > 0

    assert mails_to(owner, "legerdesheils") == []
    assert mails_to(owner, "samira") != []


# --- every ground ends by itself: in the database, and on the page ------------------------------


def found(who: str, case: Case) -> bool:
    """Whether somebody knows this case: in the database and on its page the same."""
    in_database = holds(who, Scope.KNOW_CASE, case)
    status = browser(who).get(reverse("cases:detail", args=[case.number])).status_code
    assert status == (200 if in_database else 404)
    return in_database


def read_by(who: str) -> Case:
    """A case that somebody may read until and with today."""
    case, leader = situations.assigned_case(), user("samira")
    with acting_as(leader.pk):
        operations.grant_by_hand(
            case,
            user(who),
            scopes=[Scope.VIEW_PLAN],
            end_date=timezone.localdate(),
            reason="Advies",
            by=leader,
        )
    return case


A_DAY_BACK = "SET start_date = start_date - 1, end_date = end_date - 1"


def test_on_its_date(own_house, owner):
    case = read_by("ggd")
    assert found("ggd", case)
    owner.execute(f"UPDATE cases_participation {A_DAY_BACK} WHERE basis = 'hand'")
    assert not found("ggd", case)


def test_with_the_role(own_house, owner):
    case, office = read_by("ggd"), user("bureau")
    with acting_as(office.pk):
        accounts.end_appointment(
            user("ggd").appointments.get(), by=office, end_date=timezone.localdate()
        )
    assert found("ggd", case)
    owner.execute(f"UPDATE partners_appointment {A_DAY_BACK} WHERE user_id = %s", [user("ggd").pk])
    assert not found("ggd", case)


def test_when_the_employee_leaves(own_house, owner):
    case, office, session = read_by("ggd"), user("bureau"), browser("ggd")
    page = reverse("cases:detail", args=[case.number])
    assert session.get(page).status_code == 200
    with acting_as(office.pk):
        accounts.set_active(user("ggd"), False, by=office)
    assert not holds("ggd", Scope.KNOW_CASE, case)
    assert session.get(page).status_code == 302


def test_with_the_plan(own_house, owner):
    plan = situations.signed_plan()
    assert found("legerdesheils", plan.case)
    owner.execute(
        "UPDATE cases_participation SET start_date = start_date - 400,"
        " end_date = vh.today() - 1 WHERE basis = 'uitvoering'"
    )
    assert not found("legerdesheils", plan.case)


def test_with_the_absence(own_house, owner):
    case, leader, today = situations.assigned_case(), user("samira"), timezone.localdate()
    with acting_as(leader.pk):
        accounts.record_absence(
            leader, by=leader, start_date=today, end_date=today, stand_in=user("tom")
        )
    assert found("tom", case)
    owner.execute(f"UPDATE cases_participation {A_DAY_BACK} WHERE basis = 'waarneming'")
    assert not found("tom", case)


def test_when_the_case_closes(own_house, owner):
    case, leader = read_by("ggd"), user("samira")
    before = at_this_moment()
    with acting_as(leader.pk):
        operations.close_case(
            case,
            reason="doel",
            result="Alles loopt.",
            decided_by=situations.organisation("politie"),
            decided_on=timezone.localdate(),
            by=leader,
        )
    assert not found("ggd", case)
    assert not found("samira", case)
    with acting_as(user("fg").pk):
        then = access.explain(leader, case.number, Scope.LEAD_CASE, before)
        now = access.explain(leader, case.number, Scope.LEAD_CASE, timezone.now())
    assert (then.allowed, now.allowed) == (True, False)
    assert now.rule == "participation_not_in_force"


def test_with_the_hours(own_house, owner):
    case, office = situations.planned_case(), user("bureau")
    with acting_as(office.pk):
        operations.break_glass(case, reason="balie", hours=2, by=office)
    diagnosis = reverse("cases:diagnosis", args=[case.number])
    assert browser("bureau").get(diagnosis).status_code == 200
    owner.execute(
        "UPDATE cases_participation SET closed_at = closed_at - interval '2 hours 1 second'"
        " WHERE basis = 'noodtoegang'"
    )
    assert not holds("bureau", Scope.VIEW_PLAN, case)
    assert browser("bureau").get(diagnosis).status_code == 404
