"""Plans change: who comes after all, who need not, and who takes the notes instead."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from agenda import operations, presenters, rules
from agenda.models import AgendaItem, Casusoverleg, Invitation, Minutes
from cases import access
from cases.models import Case, Scope
from partners import operations as accounts
from tests.agenda.test_wall import WORDS, a_case, adopted, bar, planned, put_on
from tests.situations import typed_day, user
from veiligheidshuis import once
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.werkafspraken import number

pytestmark = pytest.mark.django_db


def page(name: str, overleg: Casusoverleg, *more: object) -> str:
    return reverse(f"agenda:{name}", args=[overleg.pk, *more])


def mails_to(name: str, kind: str = "overleg") -> int:
    to = user(name).pk
    with acting_in_role("post"):
        return OutboxMail.objects.filter(kind=kind, recipient_id=to).count()


def as_typed(overleg: Casusoverleg, **other: object) -> dict[str, object]:
    """The form of another moment, filled in with what stands there now."""
    now = {
        "on": f"{overleg.on:%d-%m-%Y}",
        "starts": "9.30",
        "ends": "11.00",
        "place": overleg.place,
        "version": overleg.version,
        once.FIELD: once.new_key(),
    }
    return now | other


def as_it_stands(overleg: Casusoverleg) -> Casusoverleg:
    with acting_as(user("bureau").pk):
        return Casusoverleg.objects.get(pk=overleg.pk)


def may_note(name: str, case: Case) -> bool:
    with acting_as(user(name).pk):
        return access.may(user(name), Scope.MINUTES, case)


def test_who_comes_to_two_points_of_one_meeting_gets_one_mail():
    overleg = planned()
    put_on(overleg, a_case(), "samira", "legerdesheils")
    put_on(overleg, a_case(), "samira")

    assert mails_to("samira") == mails_to("legerdesheils") == 1


def test_somebody_is_invited_later_once_however_often_it_is_sent(browse):
    case, overleg = a_case(), planned()
    put_on(overleg, case, "samira")
    typed = {"people": [user("legerdesheils").pk], once.FIELD: once.new_key()}

    for _ in range(2):
        assert browse("bureau").post(page("item_people", overleg, 1), typed).status_code == 302

    with acting_as(user("legerdesheils").pk):
        assert AgendaItem.objects.get().case_id == case.pk
    assert mails_to("legerdesheils") == 1


def test_only_who_has_a_role_can_be_invited_later(browse):
    overleg = planned()
    item = put_on(overleg, a_case(), "samira")

    answer = browse("bureau").post(
        page("item_people", overleg, 1), {"people": [user("mondriaan").pk]}
    )

    assert answer.status_code == 422
    with acting_as(user("bureau").pk), pytest.raises(Refused) as refused:
        operations.invite(item, [user("mondriaan")], by=user("bureau"))
    assert refused.value.codes == {"no_role"}


def test_whoever_need_not_come_after_all_sees_the_point_no_more(browse):
    overleg = planned()
    put_on(overleg, a_case(), "samira", "legerdesheils")
    with acting_as(user("bureau").pk):
        asked = Invitation.objects.get(user=user("legerdesheils"))
    address = page("invitation_withdraw", overleg, asked.pk)
    office = browse("bureau")

    assert "Roel Eijssen" in office.get(address).content.decode()
    assert office.post(address).status_code == 302

    with acting_as(user("legerdesheils").pk):
        assert not AgendaItem.objects.exists()
        assert not Casusoverleg.objects.exists()
    assert mails_to("legerdesheils", "overleg_punt_vervalt") == 1
    with acting_as(user("samira").pk):
        assert AgendaItem.objects.exists()


def test_what_was_typed_about_a_point_that_was_taken_off_never_lands_at_the_next_one(browse):
    """A number is given once: an open page of the notulist leads nowhere then."""
    overleg, office = planned(notes="tom"), user("bureau")
    gone, comes = a_case(), a_case()
    item = put_on(overleg, gone, "samira")
    with acting_as(office.pk):
        operations.take_off_agenda(item, by=office)
    assert put_on(overleg, comes, "samira").position == 2

    typed = {"discussed": "Alleen over de eerste.", "version": "0"}
    assert browse("tom").post(page("minutes", overleg, 1), typed).status_code == 404

    with acting_as(user("tom").pk):
        assert not Minutes.objects.exists()


def test_a_dossier_is_taken_off_the_agenda_and_all_it_gave_goes_with_it(browse):
    case, overleg = a_case(), planned(notes="tom")
    put_on(overleg, case, "samira", "legerdesheils")
    stays = a_case()
    put_on(overleg, stays, "samira")
    address, office = page("item_take_off", overleg, 1), browse("bureau")

    assert address in office.get(page("overleg", overleg)).content.decode()
    assert case.number in office.get(address).content.decode()
    assert office.post(address).status_code == 302

    with acting_as(user("legerdesheils").pk):
        assert not AgendaItem.objects.exists()
        assert not Invitation.objects.exists()
    assert (may_note("tom", case), may_note("tom", stays)) == (False, True)
    for name in ("samira", "legerdesheils"):
        assert mails_to(name, "overleg_punt_vervalt") == 1
    with acting_as(user("samira").pk):
        titles = case.timeline.values_list("title", flat=True)
        assert any(title.startswith("Van de agenda gehaald") for title in titles)
        assert rules.obstacles_to_closing(case) == []
        assert [point.position for point in presenters.points(overleg, user("bureau"))] == [2]


def test_taking_off_leaves_the_pen_of_another_meeting_about_the_same_dossier():
    case, office = a_case(), user("bureau")
    item = put_on(planned(), case, "samira")
    put_on(planned(), case, "samira")

    with acting_as(office.pk):
        operations.take_off_agenda(item, by=office)

    assert may_note("bureau", case)


@transaction.atomic
def past_the_operation(item: AgendaItem) -> None:
    """Take the point away in the database itself, as it would be at the end of a transaction."""
    AgendaItem.objects.filter(pk=item.pk).delete()
    connection.check_constraints()


def test_a_point_with_notes_stays_also_when_the_office_may_not_read_them(browse):
    overleg = planned(notes="tom")
    item, tom = put_on(overleg, a_case(), "samira"), user("tom")
    with acting_as(tom.pk):
        operations.write_minutes(item, **WORDS, by=tom, seen=0)

    answer = browse("bureau").post(page("item_take_off", overleg, 1))

    assert answer.status_code == 409
    assert "staan al notulen" in answer.content.decode()
    with acting_as(user("bureau").pk):
        assert not Minutes.objects.exists()
        with pytest.raises(IntegrityError):
            past_the_operation(item)
    with acting_as(tom.pk):
        assert Minutes.objects.get().item_id == item.pk


def test_a_point_that_a_colleague_took_off_is_not_taken_off_twice_nor_anybody_invited_to_it():
    item, office = put_on(planned(), a_case(), "samira"), user("bureau")
    with acting_as(office.pk):
        same = AgendaItem.objects.select_related("overleg", "case").get(pk=item.pk)
        operations.take_off_agenda(item, by=office)
        for deed in (
            lambda: operations.take_off_agenda(same, by=office),
            lambda: operations.invite(same, [user("legerdesheils")], by=office),
        ):
            with pytest.raises(Refused) as refused:
                deed()
            assert refused.value.codes == {"off_already"}
    assert mails_to("samira", "overleg_punt_vervalt") == 1


def test_an_invitation_belongs_to_its_own_meeting(browse):
    put_on(planned(), a_case(), "samira")
    with acting_as(user("bureau").pk):
        asked = Invitation.objects.get()

    address = page("invitation_withdraw", planned(), asked.pk)

    assert browse("bureau").post(address).status_code == 404


def test_who_was_there_is_not_changed_afterwards(browse):
    overleg = planned()
    item = put_on(overleg, a_case(), "samira")
    office = user("bureau")
    with acting_as(office.pk):
        operations.hold(overleg, by=office)
        asked = Invitation.objects.get()
    visitor = browse("bureau")

    people = {"people": [user("legerdesheils").pk]}
    assert visitor.post(page("item_people", overleg, 1), people).status_code == 409
    assert visitor.post(page("invitation_withdraw", overleg, asked.pk)).status_code == 409
    assert visitor.post(page("item_take_off", overleg, 1)).status_code == 409
    with acting_as(office.pk), pytest.raises(Refused) as refused:
        operations.invite(item, [user("legerdesheils")], by=office)
    assert refused.value.codes == {"wrong_status"}


def test_a_meeting_that_is_to_come_was_not_held(browse):
    overleg = planned(days=1)
    put_on(overleg, a_case(), "samira")
    visitor = browse("bureau")

    assert "Het overleg is gehouden" not in visitor.get(page("overleg", overleg)).content.decode()
    refused = visitor.post(page("overleg_hold", overleg))

    assert refused.status_code == 409
    assert "Dit overleg moet nog komen" in refused.content.decode()


def test_the_pen_goes_from_one_hand_to_the_other(browse):
    case, overleg = a_case(), planned()
    item, office = put_on(overleg, case, "samira"), user("bureau")
    with acting_as(office.pk):
        operations.write_minutes(item, **WORDS, by=office, seen=0)

    bureau, here, typed = browse("bureau"), page("note_taker", overleg), user("manager").pk
    looked = bureau.post(here, {"note_taker": typed, "voorproef": "ja"})
    told = {
        line.user.username: (line.gains, line.loses) for line in looked.context["preview"].lines
    }
    assert (may_note("bureau", case), may_note("manager", case)) == (True, False)
    answer = bureau.post(here, {"note_taker": typed})

    assert answer.status_code == 302
    assert "1 dossier" in told["manager"][0] or "inhoud" in told["manager"][0]
    assert told["bureau"][1]
    assert (may_note("bureau", case), may_note("manager", case)) == (False, True)
    with acting_as(office.pk):
        assert not Minutes.objects.exists()
    with acting_as(user("manager").pk):
        assert Minutes.objects.get().decision == "Kamer vrij."


def test_handing_over_one_meeting_leaves_the_notes_of_another_where_they_are():
    case, office = a_case(), user("bureau")
    first, second = planned(), planned()
    put_on(first, case, "samira")
    put_on(second, case, "samira")

    with acting_as(office.pk):
        operations.hand_over_notes(first, user("manager"), by=office)

    assert may_note("bureau", case)
    assert may_note("manager", case)


def test_who_is_to_take_notes_hears_it_unless_he_chose_himself():
    office = user("bureau")
    own, other = planned(), planned(notes="tom")
    assert [mails_to(who, "notulist") for who in ("bureau", "tom")] == [0, 1]

    with acting_as(office.pk):
        operations.hand_over_notes(own, user("manager"), by=office)
        operations.hand_over_notes(other, office, by=office)

    assert [mails_to(who, "notulist") for who in ("manager", "bureau")] == [1, 0]


def test_the_pen_is_not_given_to_who_is_barred_nor_over_a_closed_point_nor_when_all_is_adopted():
    case, office, manager = a_case(), user("bureau"), user("manager")
    overleg = planned()
    item = put_on(overleg, case, "samira")
    codes = []

    def hand_over() -> None:
        with acting_as(office.pk), pytest.raises(Refused) as refused:
            operations.hand_over_notes(overleg, manager, by=office)
        codes.append(refused.value.codes)

    hidden = planned(notes="tom")
    secret = a_case()
    put_on(hidden, secret, "samira")
    bar(secret, office)
    with acting_as(office.pk), pytest.raises(Refused) as refused:
        operations.hand_over_notes(hidden, manager, by=office)
    assert refused.value.codes == {"closed_point"}
    adopted(overleg, item)
    hand_over()
    overleg = planned()
    put_on(overleg, case, "samira")
    bar(case, manager)
    hand_over()
    assert codes == [{"adopted"}, {"note_taker_barred"}]


def test_when_the_note_taker_left_the_agenda_waits_for_another(browse):
    overleg, case, office = planned(notes="tom"), a_case(), user("bureau")
    with acting_as(office.pk):
        accounts.set_active(user("tom"), False, by=office)
    visitor, number = browse("bureau"), {"dossier": case.number}

    stuck = visitor.get(page("item_new", overleg), number).content.decode()
    visitor.post(page("note_taker", overleg), {"note_taker": user("manager").pk})
    put_on(overleg, case, "samira")

    assert page("note_taker", overleg) in stuck
    assert may_note("manager", case)


def test_nobody_without_a_role_takes_notes():
    overleg, office = planned(), user("bureau")
    for name in ("bewoner", "stuurgroep"):
        with acting_as(office.pk), pytest.raises(Refused) as refused:
            operations.hand_over_notes(overleg, user(name), by=office)
        assert refused.value.codes == {"no_role"}


def test_only_the_office_changes_who_comes_and_who_notes():
    overleg, samira = planned(), user("samira")
    item = put_on(overleg, a_case(), "samira")
    with acting_as(samira.pk):
        asked = Invitation.objects.select_related("overleg").get()
        for deed in (
            lambda: operations.invite(item, [samira], by=samira),
            lambda: operations.withdraw_invitation(asked, by=samira),
            lambda: operations.hand_over_notes(overleg, samira, by=samira),
            lambda: operations.take_off_agenda(item, by=samira),
        ):
            with pytest.raises(PermissionDenied):
                deed()


def test_a_number_that_no_case_can_have_is_no_choice_and_no_error(browse):
    address, visitor = page("item_new", planned()), browse("bureau")

    assert visitor.get(address, {"dossier": "a\x00b"}).status_code == 200
    assert visitor.post(address, {"dossier": "\x00"}).status_code == 200
    assert visitor.get(address, {"dossier": "VH-2099-9999"}).status_code == 404


def test_a_long_agenda_asks_no_more_of_the_database_than_a_short_one(
    browse, django_assert_max_num_queries
):
    overleg = planned()
    for _ in range(4):
        put_on(overleg, a_case(), "samira", "legerdesheils")

    visitor = browse("bureau")

    with django_assert_max_num_queries(18):
        assert visitor.get(page("overleg", overleg)).status_code == 200


def test_a_meeting_is_moved_once_and_who_comes_is_told_once(browse):
    overleg = planned(days=3)
    put_on(overleg, a_case(), "samira", "legerdesheils")
    put_on(overleg, a_case(), "samira")
    typed = as_typed(overleg, starts="13.00", ends="14.30")

    for _ in range(2):
        assert browse("bureau").post(page("overleg_move", overleg), typed).status_code == 302

    now = as_it_stands(overleg)
    assert (now.starts, now.ends, now.version) == (time(13), time(14, 30), 1)
    assert mails_to("samira", "overleg_verzet") == mails_to("legerdesheils", "overleg_verzet") == 1
    assert mails_to("bureau", "overleg_verzet") == 0


def test_a_meeting_that_stays_where_it_was_is_not_called_moved(browse):
    overleg = planned(days=3)
    item = put_on(overleg, a_case(), "samira")
    office, address = browse("bureau"), page("overleg_move", item.overleg)

    said = office.post(address, as_typed(overleg), follow=True).text

    assert "Er is niets gewijzigd." in said
    assert "krijgt een mail" not in said
    assert mails_to("samira", "overleg_verzet") == 0
    assert "Noem geen cliënt en geen huisadres." in office.get(address).text


def test_a_moved_meeting_replaces_itself_in_everybodys_calendar(browse):
    overleg = planned(days=3)
    put_on(overleg, a_case(), "samira")
    before = browse("samira").get(page("ics", overleg)).text
    browse("bureau").post(page("overleg_move", overleg), as_typed(overleg, place="Zaal 5"))
    after = browse("samira").get(page("ics", overleg)).text

    for invitation in (before, after):
        assert f"UID:{overleg.pk}@" in invitation
    assert ("SEQUENCE:0" in before, "SEQUENCE:1" in after, "Zaal 5" in after) == (True,) * 3


@pytest.mark.parametrize(
    ("wrong", "said", "status"),
    [
        ({"on": typed_day(-3)}, "Deze dag is voorbij.", 409),
        ({"ends": "9.00"}, "De eindtijd ligt vóór de begintijd.", 409),
        ({"ends": "9.30"}, "De eindtijd is gelijk aan de begintijd.", 409),
        ({"starts": "half tien"}, "Schrijf de tijd zoals 9.30.", 422),
        ({"place": "\x00"}, "onzichtbaar teken", 422),
        ({"version": 7}, "intussen", 409),
    ],
)
def test_a_moment_that_cannot_be_comes_back_with_what_was_typed(browse, wrong, said, status):
    overleg = planned(days=3)
    answer = browse("bureau").post(page("overleg_move", overleg), as_typed(overleg, **wrong))

    assert (answer.status_code, said in answer.text) == (status, True)
    assert as_it_stands(overleg).version == 0


def test_a_meeting_that_is_called_off_is_over_for_everybody(browse):
    case, overleg = a_case(), planned(notes="manager", days=3)
    put_on(overleg, case, "samira", "legerdesheils")

    assert browse("bureau").post(page("overleg_call_off", overleg)).status_code == 302

    for name in ("samira", "legerdesheils", "manager"):
        assert mails_to(name, "overleg_afgezegd") == 1
    assert not may_note("manager", case)
    assert "Dit overleg is afgezegd" in browse("samira").get(page("overleg", overleg)).text
    assert "STATUS:CANCELLED" in browse("samira").get(page("ics", overleg)).text
    with acting_as(user("bureau").pk):
        later = timezone.localdate() + timedelta(days=number("talked_of_days"))
        assert case in presenters.without_overleg(user("bureau"), later)


def test_what_was_called_off_is_not_moved_held_or_noted_any_more(browse):
    overleg = planned()
    put_on(overleg, a_case(), "samira")
    office = browse("bureau")
    office.post(page("overleg_call_off", overleg))

    assert office.post(page("overleg_call_off", overleg)).status_code == 409
    assert office.post(page("overleg_hold", overleg)).status_code == 409
    moved = office.post(page("overleg_move", overleg), as_typed(overleg, version=1, place="Elders"))
    assert moved.status_code == 409
    assert office.get(page("minutes", overleg, 1)).status_code == 404


def test_only_the_office_moves_or_calls_off(browse):
    overleg = planned(days=3)
    put_on(overleg, a_case(), "samira")

    for name in ("samira", "manager"):
        for deed in ("overleg_move", "overleg_call_off"):
            assert browse(name).post(page(deed, overleg)).status_code in (403, 404)
    for deed in (operations.reschedule, operations.call_off):
        moment = {"on": overleg.on, "starts": time(8), "ends": time(9), "place": "Thuis"}
        extra = moment if deed is operations.reschedule else {}
        with acting_as(user("samira").pk), pytest.raises(PermissionDenied):
            deed(overleg, **extra, by=user("samira"))


def test_choosing_a_dossier_says_that_there_are_more_and_finds_them_by_name_or_number(
    browse, monkeypatch
):
    monkeypatch.setattr(presenters, "MOST_TO_CHOOSE", 1)
    cases, overleg = [a_case(), a_case()], planned()
    address, office = page("item_new", overleg), browse("bureau")

    def offered(typed: str = "") -> list[str]:
        shown = office.get(address, {"q": typed}).content.decode()
        return [case.number for case in cases if f"?dossier={case.number}" in shown]

    with acting_as(user("bureau").pk):
        names = [Case.objects.get(pk=case.pk).client.last_name for case in cases]
    assert len(offered()) == 1
    assert "Er zijn meer dossiers dan hier staan" in office.get(address).content.decode()
    for case, name in zip(cases, names, strict=True):
        assert offered(case.number) == [case.number]
        assert offered(name.upper()) != []
    nobody = office.get(address, {"q": "zzqx\0"}).content.decode()
    assert "Geen dossier met deze naam of dit nummer" in nobody
