"""The casusoverleg: who is invited to what, who writes, and what everybody else sees of it."""

import re
from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from agenda import operations, presenters, rules
from agenda.models import AgendaItem, Casusoverleg, Invitation, Minutes
from cases import access
from cases import operations as casework
from cases.models import Case, Scope, TimelineItem
from partners import operations as people
from partners.models import Appointment
from tests import situations
from tests.situations import typed_day, user
from veiligheidshuis import once
from veiligheidshuis.formats import plain_date
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.werkafspraken import number

pytestmark = pytest.mark.django_db
WORDS = {"discussed": "Woonplek besproken.", "decision": "Kamer vrij.", "tasks": "Roel belt."}


def tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


def planned() -> Casusoverleg:
    office = user("bureau")
    with acting_as(office.pk):
        return operations.plan_overleg(
            on=timezone.localdate(),
            starts=time(9, 30),
            ends=time(11),
            place="Zaal 2",
            note_taker=office,
            by=office,
        )


def put_on(overleg: Casusoverleg, case: Case, *names: str) -> AgendaItem:
    office = user("bureau")
    with acting_as(office.pk):
        return operations.put_on_agenda(
            overleg, case, question="Kan wonen?", people=[user(n) for n in names], by=office
        )


@pytest.fixture
def two_points():
    """One overleg about a case of samira with the Leger des Heils, and one of tom with RIMO."""
    one = situations.asked_plan()
    other = situations.asked_plan(("werk_inkomen", "Dagbesteding", "rimo-parkstad"), leader="tom")
    overleg = planned()
    with acting_as(user("bureau").pk):
        cases = [Case.objects.get(pk=p.case_id) for p in (one, other)]
    put_on(overleg, cases[0], "samira", "legerdesheils")
    put_on(overleg, cases[1], "tom", "rimo")
    return overleg, *cases


def page(name: str, overleg: Casusoverleg, *more: object) -> str:
    return reverse(f"agenda:{name}", args=[overleg.pk, *more])


def test_only_who_has_a_role_in_a_case_is_invited_to_it():
    plan = situations.asked_plan()
    with acting_as(user("bureau").pk):
        case = Case.objects.get(pk=plan.case_id)

    with pytest.raises(Refused) as refused:
        put_on(planned(), case, "samira", "mondriaan")

    assert refused.value.codes == {"no_role"}


def test_who_was_not_admitted_is_not_talked_of():
    """WGS 2.31 lid 3: the office is led to where it asks the core participants to weigh."""
    case, office = situations.put_forward_case(), situations.user("bureau")
    overleg = planned()
    with acting_as(office.pk):
        (waiting,) = rules.obstacles_to_agenda(overleg, case)
        with pytest.raises(Refused):
            operations.put_on_agenda(overleg, case, question="?", people=[], by=office)
    situations.admit(case)
    with acting_as(office.pk):
        assert rules.obstacles_to_agenda(overleg, case) == []

    asking = reverse("cases:ask_weighing", args=[case.number])
    assert (waiting.code, waiting.url) == ("not_admitted", asking)


def test_each_sees_his_own_point_and_of_the_other_only_that_it_is_there(two_points, browse):
    overleg, own, other = two_points
    with acting_as(user("bureau").pk):
        own_name, other_name = own.client.display_name, other.client.display_name

    shown = browse("legerdesheils").get(page("overleg", overleg)).content.decode()

    assert own_name in shown
    assert other_name not in shown
    assert "Besloten punt" in shown


def test_the_wall_itself_hides_the_other_point(two_points):
    overleg, own, _ = two_points

    with acting_as(user("legerdesheils").pk):
        assert [item.case_id for item in AgendaItem.objects.all()] == [own.pk]
        assert Invitation.objects.count() == 1
        assert Casusoverleg.objects.get() == overleg
    with acting_as(user("ggd").pk):
        assert not Casusoverleg.objects.exists()
        assert not AgendaItem.objects.exists()


def test_who_is_not_invited_does_not_find_the_overleg(two_points, browse):
    overleg, *_ = two_points
    stranger = browse("ggd")
    for name in ("overleg", "ics", "minutes_adopt"):
        assert stranger.get(page(name, overleg)).status_code == 404
    assert stranger.get(page("minutes", overleg, 1)).status_code == 404


def test_minutes_are_for_the_note_taker_and_the_leader_until_they_are_adopted(two_points):
    overleg, own, _ = two_points
    office = user("bureau")

    with acting_as(office.pk):
        for item in overleg.items.select_related("case", "overleg"):
            assert access.may(office, Scope.MINUTES, item.case)
            operations.write_minutes(item, **WORDS, by=office)
        with pytest.raises(Refused) as refused:
            operations.adopt_minutes(overleg, by=office)
        assert refused.value.codes == {"wrong_status"}
        operations.hold(overleg, by=office)
    with acting_as(user("legerdesheils").pk):
        assert not Minutes.objects.exists()
    with acting_as(user("samira").pk):
        assert [m.case_id for m in Minutes.objects.all()] == [own.pk]

    with acting_as(office.pk):
        operations.adopt_minutes(overleg, by=office)
        assert not access.may(office, Scope.MINUTES, own)
        assert not Minutes.objects.exists()
    with acting_as(user("legerdesheils").pk):
        assert [m.case_id for m in Minutes.objects.all()] == [own.pk]
    with acting_as(user("tom").pk):
        told = list(TimelineItem.objects.filter(kind="overleg").order_by("at"))
        assert [line.title for line in told] == [
            f"Op de agenda van het casusoverleg van {plain_date(overleg.on)}",
            "Besproken in het casusoverleg",
        ]


def test_minutes_are_not_adopted_while_a_point_has_none(two_points):
    overleg, *_ = two_points
    office = user("bureau")
    with acting_as(office.pk):
        operations.hold(overleg, by=office)
        with pytest.raises(Refused) as refused:
            operations.adopt_minutes(overleg, by=office)
    assert refused.value.codes == {"no_minutes"}


def test_minutes_from_an_old_tab_are_refused_and_kept_on_the_page(two_points, browse):
    overleg, *_ = two_points
    office = browse("bureau")
    typed = WORDS | {"version": "0"}

    assert office.post(page("minutes", overleg, 1), typed).status_code == 302
    stale = office.post(page("minutes", overleg, 1), typed | {"discussed": "Uit het oude tabblad"})

    assert stale.status_code == 409
    assert "Uit het oude tabblad" in stale.content.decode()
    with acting_as(user("samira").pk):
        assert Minutes.objects.get().discussed == WORDS["discussed"]


def test_the_invitation_names_nobody(two_points, browse):
    overleg, own, other = two_points
    with acting_as(user("bureau").pk):
        secrets = [
            text
            for case in (own, other)
            for text in (case.number, case.client.last_name, case.client.first_name)
        ]

    calendar = browse("legerdesheils").get(page("ics", overleg))

    assert calendar["Content-Type"].startswith("text/calendar")
    body = calendar.content.decode()
    assert "BEGIN:VEVENT" in body
    assert "TZID=Europe/Amsterdam" in body
    assert not [secret for secret in secrets if secret in body]


def test_the_invitees_get_a_mail_and_nobody_else(two_points):
    with acting_in_role("post"):
        invited = set(
            OutboxMail.objects.filter(kind="overleg").values_list("recipient_id", flat=True)
        )
    names = ("samira", "legerdesheils", "tom", "rimo")
    assert invited == {user(name).pk for name in names}


def test_an_overleg_is_planned_once_and_lies_ahead(browse):
    office = browse("bureau")
    day = tomorrow()
    typed = {
        "on": f"{day.day}-{day.month}-{day.year}",
        "starts": "9.30",
        "ends": "11",
        "place": "Zaal 2",
        "note_taker": user("bureau").pk,
    }
    key = {once.FIELD: once.new_key()}
    url = reverse("agenda:overleg_new")

    for _ in range(2):
        assert office.post(url, typed | key).status_code == 302
    assert office.post(url, typed | {"on": typed_day(-3)}).status_code == 409
    assert office.post(url, typed | {"ends": "9.00"}).status_code == 409
    for wrong in (
        {"starts": "half tien"},
        {"place": "a\x00b"},
        {"place": "x" * 10_000},
        {"on": ""},
    ):
        assert office.post(url, typed | wrong).status_code == 422
    with acting_as(user("bureau").pk):
        assert Casusoverleg.objects.count() == 1


def test_the_office_puts_a_case_on_the_agenda_in_the_browser(browse):
    plan = situations.asked_plan()
    overleg = planned()
    with acting_as(user("bureau").pk):
        case = Case.objects.select_related("client").get(pk=plan.case_id)
    office, url = browse("bureau"), page("item_new", overleg)

    assert case.client.display_name in office.get(url).content.decode()
    assert "Samira Haddou" in office.get(url, {"dossier": case.number}).content.decode()
    typed = {"dossier": case.number, "question": "Kan wonen?"}
    assert office.post(url, typed).status_code == 422
    assert office.post(url, typed | {"people": [user("samira").pk]}).status_code == 302
    again = office.post(url, typed | {"people": [user("samira").pk]})
    assert again.status_code == 409
    shown = browse("samira").get(reverse("agenda:of_case", args=[case.number]))
    assert "Kan wonen?" in shown.content.decode()
    assert browse("tom").get(reverse("agenda:of_case", args=[case.number])).status_code == 404


def assigned_long_ago() -> Case:
    """Somebody had this client in hand all the while that nobody talked about him."""
    case, manager = situations.assigned_case(), user("manager")
    then = timezone.localdate() - timedelta(days=number("talked_of_days"))
    with acting_as(manager.pk):
        Case.objects.filter(pk=case.pk).update(assigned_on=then)
    return case


def test_who_was_assigned_today_is_not_yet_undiscussed_for_weeks(browse):
    cases = [situations.assigned_case(), situations.planned_case()]

    shown = browse("bureau").get(reverse("agenda:today")).text

    assert [case.client.display_name in shown for case in cases] == [False, False]


def test_the_home_of_the_office_names_what_was_not_discussed_until_it_is(browse):
    case = assigned_long_ago()
    office = browse("bureau")
    home = reverse("agenda:today")

    assert case.client.display_name in office.get(home).content.decode()
    put_on(planned(), case, "samira")
    assert case.client.display_name not in office.get(home).content.decode()


def test_the_home_of_the_office_counts_also_what_it_does_not_show(browse, monkeypatch):
    monkeypatch.setattr(presenters, "SHOWN", 1)
    for _ in range(2):
        assigned_long_ago()

    shown = browse("bureau").get(reverse("agenda:today")).content.decode()

    assert '<span class="vh-pill">2</span>' in shown
    assert "Dit zijn de eerste 1" in shown


def test_the_home_of_the_office_counts_every_role_and_access_that_ends_soon(browse, acting):
    office, samira, soon = user("bureau"), user("samira"), timezone.localdate() + timedelta(days=5)
    case = situations.assigned_case()
    known = {"scopes": [Scope.KNOW_CASE], "reason": "Denkt mee.", "end_date": soon}
    with acting("samira"):
        casework.grant_by_hand(case, user("mondriaan"), **known, by=samira)
    with acting("bureau"):
        role = Appointment.objects.get(user__username="ggd")
        people.end_appointment(role, by=office, end_date=soon)

    shown = BeautifulSoup(browse("bureau").get(reverse("agenda:today")).content, "html.parser")

    ending = shown.find("h2", id="toegang").find_parent("section")
    assert ending.find(class_="vh-pill").get_text() == "2"
    assert len(ending.find_all("li")) == 2


def test_another_page_shows_the_first_meetings_of_its_reader_and_nobody(browse):
    case = situations.assigned_case()
    put_on(planned(), case, "samira")

    corner = browse("samira").get(reverse("agenda:agenda"), headers={"HX-Request": "true"})
    shown = corner.content.decode()

    assert "<html" not in shown
    assert "Casusoverleg" in shown
    assert case.client.last_name not in shown
    empty = browse("tom").get(reverse("agenda:agenda"), headers={"HX-Request": "true"})
    assert "geen overleg" in empty.content.decode()


@pytest.mark.parametrize("username", ["samira", "mondriaan", "stuurgroep", "bewoner"])
def test_the_home_of_the_office_is_nobody_elses(browse, username):
    assert browse(username).get(reverse("agenda:today")).status_code == 404


def test_two_meetings_about_one_case_each_keep_their_note_taker(two_points):
    overleg, own, _ = two_points
    second, office = planned(), user("bureau")
    put_on(second, own, "samira")

    with acting_as(office.pk):
        for item in overleg.items.select_related("case", "overleg"):
            operations.write_minutes(item, **WORDS, by=office)
        operations.hold(overleg, by=office)
        operations.adopt_minutes(overleg, by=office)

        assert access.may(office, Scope.MINUTES, own)


def test_a_casusoverleg_lies_under_overleggen_in_the_menu(browse):
    office = browse("bureau")
    page = office.get(reverse("agenda:overleg_new")).text

    (current,) = re.findall(r'<a[^>]*aria-current="true"[^>]*>\s*([^<]+?)\s*</a>', page)
    assert current == "Overleggen"
