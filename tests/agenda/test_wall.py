"""The wall round the agenda, attacked in SQL and by people who sit at two tables."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from agenda import operations
from agenda.models import AgendaItem, Casusoverleg, Invitation, Minutes
from cases import access
from cases.models import Case
from partners.models import User
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

pytestmark = pytest.mark.django_db
WORDS = {"discussed": "Woonplek besproken.", "decision": "Kamer vrij.", "tasks": "Roel belt."}
PAGES = [("overleg",), ("item_people", 1)]  # on which the office reads who was invited


def planned(notes: str = "bureau", days: int = 0) -> Casusoverleg:
    """A casusoverleg with this note-taker and an empty agenda."""
    office = user("bureau")
    on: date = timezone.localdate() + timedelta(days=days)
    with acting_as(office.pk):
        return operations.plan_overleg(
            on=on,
            starts=time(9, 30),
            ends=time(11),
            place="Zaal 2",
            note_taker=user(notes),
            by=office,
        )


def put_on(overleg: Casusoverleg, case: Case, *names: str) -> AgendaItem:
    office = user("bureau")
    with acting_as(office.pk):
        return operations.put_on_agenda(
            overleg, case, question="Kan wonen?", people=[user(n) for n in names], by=office
        )


def a_case(leader: str = "samira") -> Case:
    """A case in which the Leger des Heils was asked to deliver housing."""
    plan = situations.asked_plan(leader=leader)
    with acting_as(user(leader).pk):
        return Case.objects.get(pk=plan.case_id)


def adopted(overleg: Casusoverleg, *items: AgendaItem) -> None:
    """Held, written and adopted, by the office and the note-taker."""
    office, notes = user("bureau"), overleg.note_taker
    with acting_as(notes.pk):
        for item in items:
            operations.write_minutes(item, **WORDS, by=notes, seen=0)
    with acting_as(office.pk):
        operations.hold(overleg, by=office)
    with acting_as(notes.pk):
        operations.adopt_minutes(overleg, by=notes)


def bar(case: Case, person: User) -> None:
    with acting_as(user("manager").pk):
        access.bar(case, person, "Familie.")


def test_who_takes_notes_of_a_case_does_not_read_its_minutes_of_another_meeting():
    case = a_case()
    first = planned()
    adopted(first, put_on(first, case, "samira"))
    second = planned(notes="tom")
    put_on(second, case, "samira")

    with acting_as(user("tom").pk):
        assert AgendaItem.objects.filter(overleg=second).exists()
        assert not Minutes.objects.exists()
        assert not AgendaItem.objects.filter(overleg=first).exists()


def test_adopted_minutes_stay_as_they_are_also_for_who_notes_the_next_meeting():
    case = a_case()
    first, second = planned(), planned()
    item = put_on(first, case, "samira")
    put_on(second, case, "samira")
    adopted(first, item)
    office = user("bureau")

    with acting_as(office.pk):
        assert Minutes.objects.update(decision="Iets anders.") == 0
        with pytest.raises((Refused, PermissionDenied)):
            operations.write_minutes(item, **WORDS, by=office, seen=1)
    with acting_as(user("samira").pk):
        assert Minutes.objects.get().decision == "Kamer vrij."


def test_minutes_belong_to_the_case_of_their_own_point():
    own, other = a_case(), a_case("tom")
    mine, theirs = planned(notes="samira"), planned()
    put_on(mine, own, "samira")
    item = put_on(theirs, other, "tom")
    samira = user("samira")

    with acting_as(samira.pk), pytest.raises(ProgrammingError), transaction.atomic():
        Minutes(item_id=item.pk, case=own, written_by=samira, **WORDS).save(force_insert=True)


def test_who_leads_a_case_finds_its_meetings_also_when_he_was_not_invited(browse):
    case, overleg = a_case(), planned()
    adopted(overleg, put_on(overleg, case, "legerdesheils"))

    tab = browse("samira").get(reverse("agenda:of_case", args=[case.number]))

    assert reverse("agenda:overleg", args=[overleg.pk]) in tab.content.decode()
    with acting_as(user("samira").pk):
        assert Casusoverleg.objects.filter(pk=overleg.pk).exists()
        assert Minutes.objects.get().decision == "Kamer vrij."


@pytest.mark.parametrize("name", ["legerdesheils", "bureau"])
def test_a_bar_hides_the_point_the_invitation_and_who_else_was_invited(name):
    case = a_case()
    put_on(planned(notes="tom"), case, "samira", "legerdesheils")
    bar(case, user(name))

    with acting_as(user(name).pk):
        assert not AgendaItem.objects.exists()
        assert not Invitation.objects.exists()
    if name == "legerdesheils":
        with acting_as(user(name).pk):
            assert not Casusoverleg.objects.exists()


def test_who_lost_his_part_in_a_case_finds_neither_its_point_nor_his_invitation():
    case = a_case()
    overleg = planned()
    put_on(overleg, case, "legerdesheils")
    with acting_as(user("samira").pk):
        access.close(case, "leveringsvraag")

    with acting_as(user("legerdesheils").pk):
        assert not Invitation.objects.exists()
        assert not AgendaItem.objects.exists()
        assert not Casusoverleg.objects.exists()


def test_the_office_reads_who_was_invited_and_cannot_come_any_more(browse):
    case, overleg = a_case(), planned()
    put_on(overleg, case, "samira", "legerdesheils")
    office, gone = browse("bureau"), "geen rol meer en kan niet bij dit punt komen"
    pages = [reverse(f"agenda:{name}", args=[overleg.pk, *more]) for name, *more in PAGES]
    assert [gone in office.get(address).text for address in pages] == [False, False]

    with acting_as(user("samira").pk):
        access.close(case, "leveringsvraag")

    assert [office.get(address).text.count(gone) for address in pages] == [1, 1]


def test_minutes_that_were_not_adopted_say_so_on_the_page_of_the_meeting(browse):
    overleg = planned()
    item = put_on(overleg, a_case(), "samira")
    address = reverse("agenda:overleg", args=[overleg.pk])
    with acting_as(user("bureau").pk):
        operations.write_minutes(item, **WORDS, by=user("bureau"), seen=0)
    assert "Nog niet vastgesteld" in browse("samira").get(address).text

    adopted(overleg)

    read = browse("samira").get(address).text
    assert (WORDS["decision"] in read, "Nog niet vastgesteld" in read) == (True, False)


def test_a_point_that_is_closed_to_the_planner_keeps_its_place_on_the_agenda():
    hidden, seen = a_case(), a_case()
    overleg = planned(notes="tom")
    put_on(overleg, hidden, "samira")
    bar(hidden, user("bureau"))

    assert put_on(overleg, seen, "samira").position == 2


def test_who_is_barred_from_a_point_does_not_adopt_the_minutes_over_it():
    case, other = a_case(), a_case("tom")
    overleg = planned()
    item = put_on(overleg, case, "samira")
    put_on(overleg, other, "tom")
    office = user("bureau")
    bar(other, office)

    with acting_as(office.pk):
        operations.write_minutes(item, **WORDS, by=office, seen=0)
        operations.hold(overleg, by=office)
        with pytest.raises(Refused) as refused:
            operations.adopt_minutes(overleg, by=office)
    assert refused.value.codes == {"closed_point"}


def test_who_is_barred_from_a_case_is_not_named_to_take_its_notes():
    case, overleg = a_case(), planned()
    bar(case, user("bureau"))
    manager = user("manager")

    with acting_as(manager.pk), pytest.raises(PermissionDenied):
        operations.put_on_agenda(overleg, case, question="?", people=[], by=manager)
    tom_notes = planned(notes="tom")
    other = a_case()
    bar(other, user("tom"))
    with pytest.raises(Refused) as refused:
        put_on(tom_notes, other, "samira")
    assert refused.value.codes == {"note_taker_barred"}


def test_who_only_takes_the_notes_has_no_role_in_the_case():
    case = a_case()
    put_on(planned(notes="tom"), case, "samira")

    with pytest.raises(Refused) as refused:
        put_on(planned(), case, "tom")
    assert refused.value.codes == {"no_role"}


def test_a_stranger_finds_nothing_of_the_agenda_at_all():
    case, overleg = a_case(), planned()
    adopted(overleg, put_on(overleg, case, "samira", "legerdesheils"))

    for name in ("mondriaan", "om", "tom", "stuurgroep", "bewoner", "buurtregisseur"):
        with acting_as(user(name).pk):
            found = [m.objects.count() for m in (Casusoverleg, AgendaItem, Invitation, Minutes)]
            assert found == [0, 0, 0, 0], name


def test_minutes_typed_on_an_old_page_can_be_saved_after_reading_what_was_kept(browse):
    overleg = planned()
    item, office = put_on(overleg, a_case(), "samira"), user("bureau")
    with acting_as(office.pk):
        operations.write_minutes(item, **WORDS, by=office, seen=0)
    visitor, address = browse("bureau"), reverse("agenda:minutes", args=[overleg.pk, 1])

    refused = visitor.post(address, WORDS | {"decision": "Mijn besluit.", "version": 0})
    shown = refused.content.decode()
    form = refused.context["form"]
    saved = visitor.post(address, {name: form[name].value() for name in form.fields})

    assert refused.status_code == 409
    assert "Dit is nu bewaard" in shown
    assert "Kamer vrij." in shown
    assert "Mijn besluit." in shown
    assert saved.status_code == 302
    with acting_as(office.pk):
        assert Minutes.objects.get().decision == "Mijn besluit."


def test_the_page_of_adopted_minutes_is_not_there_for_the_note_taker_of_the_next_meeting(browse):
    case = a_case()
    first = planned()
    item = put_on(first, case, "samira")
    put_on(planned(), case, "samira")
    adopted(first, item)

    page = browse("bureau").get(reverse("agenda:minutes", args=[first.pk, 1]))

    assert "Woonplek besproken." not in page.content.decode()
