"""A client goes to the next interventiemanager, and nobody leaves with clients in hand. REG-01."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from cases import access, operations
from cases.models import Basis, Case, Deadline, Participation, Scope
from partners import operations as accounts
from partners import rules as account_rules
from partners.models import Absence, Appointment, Role, User
from tests import situations
from tests.situations import user
from veiligheidshuis.formats import short_date
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def hand_over(case: Case, to: str = "tom", note: str = "Belt liever niet.") -> None:
    manager = user("manager")
    with acting_as(manager.pk):
        operations.hand_over(case, user(to), note=note, by=manager)


def holds(who: str, scope: str, case: Case) -> bool:
    person = user(who)
    with acting_as(person.pk):
        return access.may(person, scope, case)


def test_the_next_one_leads_and_the_former_reads_on_for_two_weeks():
    case = situations.planned_case()

    hand_over(case)

    assert holds("tom", Scope.LEAD_CASE, case)
    assert holds("samira", Scope.VIEW_GEZONDHEID, case)
    for scope in (Scope.LEAD_CASE, Scope.VIEW_BSN, Scope.MINUTES):
        assert not holds("samira", scope, case)
    with acting_as(user("manager").pk):
        rows = Participation.objects.filter(content_object=case, basis=Basis.OVERDRACHT)
        ends = set(rows.values_list("end_date", flat=True))
    assert ends == {timezone.localdate() + timedelta(days=settings.HAND_OVER_DAYS)}


def test_reminders_go_along_and_what_was_done_stays():
    plan = situations.signed_plan()
    with acting_as(user("samira").pk):
        mine = Deadline.objects.filter(case=plan.case, recipient_id=user("samira").pk).count()
    assert mine

    hand_over(plan.case)

    with acting_as(user("tom").pk):
        terms = Deadline.objects.filter(case=plan.case)
        assert not terms.filter(recipient_id=user("samira").pk).exists()
        assert terms.filter(recipient_id=user("tom").pk).count() == mine


def test_the_note_is_for_who_leads_and_the_line_for_everybody_who_knows(browse):
    case = situations.assigned_case()
    hand_over(case, note="Vraag naar zijn zus.")
    detail = reverse("cases:detail", args=[case.number])

    assert "Vraag naar zijn zus." in browse("tom").get(detail).content.decode()
    for who in ("samira", "bureau"):
        shown = browse(who).get(detail).content.decode()
        assert "Vraag naar zijn zus." not in shown
        assert "Overgedragen van" in shown


@pytest.mark.parametrize(("to", "code"), [("samira", "same_person"), ("ggd", "no_manager")])
def test_a_client_goes_to_another_interventiemanager(to, code):
    case = situations.assigned_case()
    with pytest.raises(Refused) as refused:
        hand_over(case, to=to)
    assert refused.value.codes == {code}


def test_a_client_goes_to_nobody_who_is_barred_from_him():
    case = situations.assigned_case()
    with acting_as(user("bureau").pk):
        access.bar(case, user("tom"), "buurman")
    with pytest.raises(Refused) as refused:
        hand_over(case)
    assert refused.value.codes == {"barred"}


def test_only_the_manager_hands_over_also_past_the_operation():
    case = situations.assigned_case()
    for who in ("samira", "tom", "bureau", "politie"):
        person = user(who)
        with acting_as(person.pk):
            with pytest.raises(PermissionDenied):
                operations.hand_over(case, user("tom"), note="", by=person)
            with pytest.raises(ProgrammingError), transaction.atomic():
                access.hand_over(case, user("tom"))


def test_one_screen_says_what_goes_along(browse):
    plan = situations.asked_plan()
    address = reverse("maatwerkplan:hand_over", args=[plan.case.number])
    manager = browse("manager")

    shown = manager.get(address).content.decode()
    assert "Open vragen aan partners</dt><dd>1</dd>" in shown
    assert "Begeleid wonen" not in shown, "de manager ziet geen inhoud"
    assert manager.post(address, {"note": ""}).status_code == 422
    stopped = manager.post(address, {"manager": user("samira").pk})
    assert stopped.status_code == 422, "wie de cliënt al heeft, is geen keuze"
    assert manager.post(address, {"manager": user("tom").pk, "note": ""}).status_code == 302
    assert holds("tom", Scope.LEAD_CASE, plan.case)
    assert [browse(who).get(address).status_code for who in ("samira", "tom", "ggd")] == [404] * 3


def test_the_office_reads_that_screen_and_changes_nothing(browse):
    case = situations.assigned_case()
    address = reverse("maatwerkplan:hand_over", args=[case.number])
    assert browse("bureau").get(address).status_code == 200
    browse("bureau").post(address, {"manager": user("tom").pk, "note": ""})
    assert holds("samira", Scope.LEAD_CASE, case)


# --- somebody leaves ---------------------------------------------------------------------------


def role_of(who: str) -> Appointment:
    return user(who).appointments.get(role=Role.INTERVENTIEMANAGER)


def test_nobody_leaves_while_he_leads_and_the_obstacle_shows_the_way(browse):
    case, office = situations.assigned_case(), user("bureau")
    way = reverse("cases:hand_over_all", args=[user("samira").pk])
    with acting_as(office.pk):
        with pytest.raises(Refused) as off:
            accounts.set_active(user("samira"), False, by=office)
        with pytest.raises(Refused) as ended:
            accounts.end_appointment(role_of("samira"), by=office, end_date=timezone.localdate())
        assert account_rules.obstacles_to_switching_off(user("tom"), user("bureau")) == []
    assert off.value.codes == ended.value.codes == {"leads_cases"}
    assert [o.url for o in off.value.obstacles] == [way]
    page = reverse("partners:user_off", args=[user("samira").pk])
    assert way in browse("bureau").get(page).content.decode()
    assert case.number in browse("bureau").get(way).content.decode()


def test_nobody_leaves_while_he_leads_a_case_that_the_office_may_not_know():
    case, office = situations.assigned_case(), user("bureau")
    with acting_as(user("manager").pk):
        access.bar(case, office, "zwager")
    with acting_as(office.pk), pytest.raises(Refused):
        accounts.set_active(user("samira"), False, by=office)


def test_all_clients_of_who_leaves_get_a_new_one_at_once_and_then_he_goes(browse):
    first, second = situations.assigned_case(), situations.assigned_case()
    address = reverse("cases:hand_over_all", args=[user("samira").pk])
    manager, office = browse("manager"), user("bureau")
    tom = user("tom").pk

    half = manager.post(address, {first.number: tom})
    assert half.status_code == 422
    assert holds("samira", Scope.LEAD_CASE, first)
    assert manager.post(address, {first.number: tom, second.number: tom}).status_code == 302

    assert holds("tom", Scope.LEAD_CASE, first)
    assert holds("tom", Scope.LEAD_CASE, second)
    with acting_as(office.pk):
        accounts.set_active(user("samira"), False, by=office)
    assert not holds("samira", Scope.KNOW_CASE, first)


def test_all_go_to_one_with_one_choice_but_for_who_goes_to_another(browse):
    first, second, third = (situations.assigned_case() for _ in range(3))
    seat_interventiemanager("ggd")
    address = reverse("cases:hand_over_all", args=[user("samira").pk])
    tom, ggd = user("tom").pk, user("ggd").pk

    said = browse("manager").post(address, {"everyone": tom, second.number: ggd})

    assert said.status_code == 302
    assert [holds("tom", Scope.LEAD_CASE, case) for case in (first, second, third)] == [
        True,
        False,
        True,
    ]
    assert holds("ggd", Scope.LEAD_CASE, second)


def test_when_one_of_them_cannot_go_none_goes(browse):
    first, second = situations.assigned_case(), situations.assigned_case()
    with acting_as(user("bureau").pk):
        access.bar(second, user("tom"), "buurman")
    address = reverse("cases:hand_over_all", args=[user("samira").pk])
    tom = user("tom").pk

    stopped = browse("manager").post(address, {first.number: tom, second.number: tom})

    assert stopped.status_code == 409
    assert holds("samira", Scope.LEAD_CASE, first)


# --- planned absence ---------------------------------------------------------------------------


def away(who: str = "samira", first: int = 0, last: int = 4, stand_in: str = "tom") -> Absence:
    person, today = user(who), timezone.localdate()
    with acting_as(person.pk):
        return accounts.record_absence(
            person,
            by=person,
            start_date=today + timedelta(days=first),
            end_date=today + timedelta(days=last),
            stand_in=user(stand_in),
        )


def days_of(case: Case, who: str) -> set[tuple[int, int]]:
    """From and until how many days from today somebody stands in."""
    today = timezone.localdate()
    with acting_as(user("manager").pk):
        rows = Participation.objects.filter(
            content_object=case,
            basis=Basis.WAARNEMING,
            group=user(who).personal_group,
            closed_at=None,
        )
        return {((r.start_date - today).days, (r.end_date - today).days) for r in rows}


def test_who_stands_in_leads_every_case_for_exactly_those_days():
    cases = [situations.assigned_case(), situations.assigned_case()]
    other = situations.assigned_case(to="tom")

    away(first=1, last=5)

    assert [days_of(case, "tom") for case in cases] == [{(1, 5)}, {(1, 5)}]
    assert days_of(other, "tom") == set()
    assert not holds("tom", Scope.KNOW_CASE, cases[0]), "hij begint morgen pas"


def test_the_stand_in_reads_and_works_but_for_the_bsn_and_finds_it_in_his_worklist(browse):
    case = situations.planned_case()
    away()

    assert holds("tom", Scope.LEAD_CASE, case)
    assert not holds("tom", Scope.VIEW_BSN, case)
    worklist = browse("tom").get(reverse("maatwerkplan:worklist")).content.decode()
    assert case.number in worklist
    assert f"Je neemt waar voor {user('samira')}" in worklist


def test_a_case_that_comes_during_the_absence_goes_to_the_stand_in_as_well():
    away(first=0, last=3)
    case = situations.assigned_case()
    assert days_of(case, "tom") == {(0, 3)}


def test_who_is_back_early_takes_over_at_once(browse):
    case, absence = situations.assigned_case(), away()
    assert holds("tom", Scope.LEAD_CASE, case)

    browse("samira").post(reverse("partners:absence_end", args=[absence.pk]))

    assert not holds("tom", Scope.KNOW_CASE, case)
    assert holds("samira", Scope.LEAD_CASE, case)


def test_the_absence_of_another_is_ended_by_the_office_and_by_nobody_else(browse):
    absence = away()
    address = reverse("partners:absence_end", args=[absence.pk])
    for who in ("tom", "manager", "ggd"):
        assert browse(who).post(address).status_code == 404
    assert browse("bureau").post(address).status_code == 302
    absence.end_date = timezone.localdate() - timedelta(days=1)
    with acting_as(user("bureau").pk), pytest.raises(Refused) as over:
        accounts.end_absence(absence, by=user("bureau"))
    assert over.value.codes == {"over_already"}


def test_a_client_who_is_handed_over_leaves_the_stand_in_too():
    case = situations.assigned_case()
    seat_interventiemanager("rimo")
    away()
    hand_over(case, to="rimo")
    assert not holds("tom", Scope.KNOW_CASE, case)


def told(kind: str) -> list[int]:
    """To whom this mail goes."""
    with acting_in_role("post"):
        return sorted(OutboxMail.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def test_who_led_hears_that_a_client_is_taken_over():
    case = situations.assigned_case()
    hand_over(case)
    assert told("overdracht") == [user("tom").pk]
    assert told("overdracht_van") == [user("samira").pk]


def test_who_stood_in_hears_it_too_but_not_when_he_takes_over_himself():
    first, second = situations.assigned_case(), situations.assigned_case()
    seat_interventiemanager("rimo")
    away()

    hand_over(first, to="rimo")
    assert told("overdracht_van") == sorted([user("samira").pk, user("tom").pk])

    hand_over(second, to="tom")
    assert told("overdracht_van").count(user("tom").pk) == 1


def test_of_many_clients_at_once_nobody_gets_the_same_mail_twice():
    cases, manager = [situations.assigned_case() for _ in range(3)], user("manager")
    other = seat_interventiemanager("rimo")
    with acting_as(manager.pk):
        chosen = list(zip(cases, (user("tom"), user("tom"), other), strict=True))
        operations.hand_over_all(chosen, note="", by=manager)
    assert told("overdracht_van") == [user("samira").pk]
    assert told("overdracht") == sorted([user("tom").pk, other.pk])


def seat_interventiemanager(who: str) -> User:
    office, person = user("bureau"), user(who)
    with acting_as(office.pk):
        accounts.appoint(person, Role.INTERVENTIEMANAGER, by=office)
    return person


def test_clients_are_stood_in_for_by_an_interventiemanager():
    with pytest.raises(Refused) as refused:
        away(stand_in="ggd")
    assert refused.value.codes == {"stand_in_leads_nobody"}


def test_nobody_names_himself_to_stand_in_past_the_operation():
    """The office that notes an absence with itself as stand-in gets nothing by it."""
    case, office = situations.assigned_case(), user("bureau")
    with acting_as(office.pk):
        today = timezone.localdate()
        Absence.objects.create(
            user=user("samira"), start_date=today, end_date=today, stand_in=office
        )
    assert not holds("bureau", Scope.LEAD_CASE, case)


def test_a_bar_beats_standing_in():
    case = situations.assigned_case()
    with acting_as(user("bureau").pk):
        access.bar(case, user("tom"), "buurman")
    away()
    assert not holds("tom", Scope.KNOW_CASE, case)


def test_who_is_away_today_is_said_where_somebody_is_chosen(browse):
    case, tom, office = situations.assigned_case(), user("tom"), user("bureau")
    today = timezone.localdate()
    with acting_as(office.pk):
        accounts.record_absence(tom, start_date=today, end_date=today, by=office)

    page = browse("manager").get(reverse("maatwerkplan:hand_over", args=[case.number]))

    assert f"afwezig tot en met {short_date(today)}" in page.text


def test_all_at_once_is_refused_with_the_client_that_it_is_about():
    """Nobody searches nine dossiers for the one from which somebody is barred."""
    case, manager, office = situations.assigned_case(), user("manager"), user("bureau")
    other = situations.assigned_case()
    with acting_as(office.pk):
        operations.bar(other, user("tom"), reason="Familie.", by=office)
    chosen = [(case, user("tom")), (other, user("tom"))]
    with acting_as(manager.pk), pytest.raises(Refused) as refused:
        operations.hand_over_all(chosen, note="", by=manager)
    (told,) = refused.value.obstacles
    assert other.number in told.message
