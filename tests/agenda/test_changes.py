"""Plans change: who comes after all, who need not, and who takes the notes instead."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from agenda import operations
from agenda.models import AgendaItem, Casusoverleg, Invitation, Minutes
from cases import access
from cases.models import Case, Scope
from partners import operations as accounts
from tests.agenda.test_wall import WORDS, a_case, adopted, bar, planned, put_on
from tests.situations import user
from veiligheidshuis import once
from veiligheidshuis.models import OutboxMail
from veiligheidshuis.needtoknow import acting_as, acting_in_role
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db


def page(name: str, overleg: Casusoverleg, *more: object) -> str:
    return reverse(f"agenda:{name}", args=[overleg.pk, *more])


def mails_to(name: str) -> int:
    to = user(name).pk
    with acting_in_role("post"):
        return OutboxMail.objects.filter(kind="overleg", recipient_id=to).count()


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
    with acting_as(user("samira").pk):
        assert AgendaItem.objects.exists()


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

    answer = browse("bureau").post(page("note_taker", overleg), {"note_taker": user("manager").pk})

    assert answer.status_code == 302
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
