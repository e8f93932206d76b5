"""The leaks that comparable systems really had: each is a test, with the leak as its docstring.

Fourteen were collected from their issue trackers; those that can exist in this house stand here.
"""

import re
import uuid
from collections.abc import Callable
from datetime import time, timedelta

import psycopg
import pytest
from bs4 import BeautifulSoup
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from agenda import operations as agenda
from cases import access
from cases import operations as casework
from cases.models import Case, Scope, TimelineItem
from demo.people import PASSWORD
from maatwerkplan.models import DeliveryQuestion, PartnerAction, PlanDocument
from partners import operations as office_work
from partners.models import Organisation, User
from tests import situations
from veiligheidshuis.needtoknow import acting_as

Browse = Callable[..., Browser]
Person = Callable[[str], User]


def status(browser: Browser, name: str, method: str = "get", **arguments: object) -> int:
    return getattr(browser, method)(reverse(name, kwargs=arguments)).status_code


def lines_of(case: Case, reader: User) -> list[str]:
    with acting_as(reader.pk):
        return list(TimelineItem.objects.filter(case=case).values_list("title", flat=True))


def test_01_a_nested_id_belongs_to_its_case(browse: Browse, person: Person):
    """`/cases/A/transfers/<id of B>`: record A was authorised, then B was fetched by its own id."""
    mine = situations.asked_plan(leader="samira")
    also_mine = situations.asked_plan(leader="samira")
    anothers = situations.asked_plan(leader="tom")
    samira = browse("samira")

    for plan in (also_mine, anothers):
        with acting_as(person("bureau").pk):
            number = mine.case.number
        leader = person("tom" if plan is anothers else "samira")
        with acting_as(leader.pk):
            action = PartnerAction.objects.get(plan=plan)
            question = DeliveryQuestion.objects.get(plan=plan)
        for name, method, nested in (
            ("maatwerkplan:action_edit", "get", {"action_id": action.pk}),
            ("maatwerkplan:action_edit", "post", {"action_id": action.pk}),
            ("maatwerkplan:action_remove", "post", {"action_id": action.pk}),
            ("maatwerkplan:take_over_date", "post", {"action_id": action.pk}),
            ("maatwerkplan:answer_record", "get", {"question_id": question.pk}),
            ("maatwerkplan:answer_record", "post", {"question_id": question.pk}),
        ):
            assert status(samira, name, method, number=number, **nested) == 404, name
        with acting_as(leader.pk):
            assert PartnerAction.objects.filter(pk=action.pk).exists()


def test_02_a_document_is_opened_by_the_case_and_not_by_itself(person: Person):
    """An attachment was authorised on the attachment, not on the record it hangs on."""
    plan = situations.signed_plan()
    samira, shelter = person("samira"), person("legerdesheils")
    with acting_as(samira.pk):
        PlanDocument(plan=plan, case_id=plan.case_id, pdf=b"%PDF-1.7").save(force_insert=True)
        assert PlanDocument.objects.count() == 1

    for outsider in (shelter, person("tom"), person("bureau"), person("manager")):
        with acting_as(outsider.pk):
            assert not PlanDocument.objects.exists(), outsider


def test_03_a_note_is_added_only_by_who_may_and_seen_only_by_whom_it_is_for(
    browse: Browse, person: Person
):
    """The notes and flags of a record had an endpoint of their own, that asked nothing."""
    case = situations.diagnosis_case(to="samira")
    note = {"title": "Belletje", "text": "Over de buren.", "scope": Scope.LEAD_CASE}
    before = lines_of(case, person("samira"))

    for outsider in ("tom", "politie", "bureau", "manager"):
        address = reverse("cases:note_add", args=[case.number])
        assert browse(outsider).post(address, note).status_code == 404
    assert lines_of(case, person("samira")) == before

    with acting_as(person("samira").pk):
        casework.add_note(case, **note, by=person("samira"))
    assert "Belletje" in lines_of(case, person("samira"))
    for outsider in ("tom", "politie", "bureau", "manager"):
        assert "Belletje" not in lines_of(case, person(outsider))


@pytest.mark.parametrize("outsider", ["tom", "politie", "bureau", "bewoner"])
def test_04_a_step_is_taken_only_by_who_may(browse: Browse, person: Person, outsider: str):
    """Close and approve were actions beside the record, and forgot to ask."""
    judged = situations.diagnosis_case(to="samira")
    listed = situations.listed_case()
    ranked = situations.open_list(situations.put_forward_case())
    visitor = browse(outsider)

    assert status(visitor, "cases:diagnosis_complete", "post", number=judged.number) == 404
    assert status(visitor, "cases:self_reliance", "post", number=judged.number) == 404
    assert status(visitor, "cases:assign", "post", number=listed.number) == 404
    assert status(visitor, "cases:list_adopt", "post", code=ranked.code) == 404
    with acting_as(person("manager").pk):
        statuses = {c.pk: c.status for c in Case.objects.all()}
        ranked.refresh_from_db()
    assert statuses[judged.pk] == "diagnose"
    assert statuses[listed.pk] == "geprioriteerd"
    assert ranked.status == "concept"


def test_05_every_sibling_of_a_list_asks_the_same(browse: Browse):
    """The list was filtered, and `count`, `data` and the search beside it were not."""
    hidden = situations.assigned_case(to="samira", last_name="Verborgene")
    for outsider in ("tom", "ggd", "mondriaan"):
        visitor = browse(outsider)
        for address in (
            reverse("cases:search"),
            reverse("cases:search") + "?q=Verborgen",
            reverse("cases:search") + f"?q={hidden.number}",
            reverse("cases:search") + "?q=Verborgen&pagina=1",
            reverse("cases:lists"),
            reverse("cases:nominate"),
            reverse("maatwerkplan:questions"),
        ):
            answer = visitor.get(address)
            assert "Verborgene" not in answer.content.decode(), address
            assert answer.status_code == 200, address


def test_06_a_refusal_comes_before_the_deed(browse: Browse, person: Person):
    """The middleware asked after the view had run: a 403, and the change was made."""
    case = situations.diagnosis_case(to="samira")
    filled = {
        "deficit": "4",
        "explanation": "Stiekem",
        "criminogenic": "ja",
        "version": "1",
        "eenmalig": str(uuid.uuid4()),
    }

    address = reverse("cases:score", args=[case.number, "huisvesting"])
    assert browse("tom").post(address, filled).status_code == 404

    with acting_as(person("samira").pk):
        score = case.leefgebieden.get(leefgebied="huisvesting")
    assert (score.deficit, score.explanation, score.version) == (None, "", 1)


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_07_a_fragment_beside_the_page_asks_the_same(browse: Browse, headers: dict[str, str]):
    """The map, the "near" and the context endpoints queried everything."""
    plan = situations.asked_plan(leader="samira")
    with acting_as(situations.user("samira").pk):
        number = plan.case.number

    address = reverse("maatwerkplan:panel", args=[number])
    assert browse("samira").get(address, headers=headers).status_code == 200
    for outsider in ("tom", "ggd", "bewoner"):
        hidden = browse(outsider).get(address, headers=headers)
        absent = browse(outsider).get(address.replace(number, "VH-2099-9999"), headers=headers)
        assert hidden.status_code == absent.status_code == 404
        assert hidden.content == absent.content


def test_08_rights_are_asked_now_and_kept_in_no_index(browse: Browse, person: Person):
    """The search index still knew yesterday's rights, and the names of who was wiped."""
    case = situations.diagnosis_case(to="samira", last_name="Zoekbaar")
    samira, police = person("samira"), person("politie2")
    address = reverse("cases:search") + "?q=Zoekb"

    assert "Zoekbaar" not in browse("politie2").get(address).content.decode()
    with acting_as(samira.pk):
        casework.grant_by_hand(
            case,
            police,
            scopes=[Scope.VIEW_HUISVESTING],
            end_date=timezone.localdate() + timedelta(days=3),
            reason="huisbezoek",
            by=samira,
        )
    assert "Zoekbaar" in browse("politie2").get(address).content.decode()
    with acting_as(samira.pk):
        casework.withdraw_by_hand(case, police.personal_group, by=samira)
    assert "Zoekbaar" not in browse("politie2").get(address).content.decode()


def test_09_looking_for_doubles_shows_nobody_of_another_organisation(browse: Browse):
    """The duplicate search showed people whom another organisation helps."""
    situations.put_forward_case(by="politie", last_name="Dubbelganger")

    page = browse("mondriaan").get(reverse("cases:nominate")).content.decode()

    assert "Dubbelganger" not in page


def test_10_no_switch_makes_everybody_visible(own_switches: set[str]):
    """One checkbox, "users visible in the whole territory", and an incident."""
    switches = {
        field.name
        for model in (User, Organisation)
        for field in model._meta.fields
        if field.get_internal_type() == "BooleanField"
    }

    assert switches == own_switches


@pytest.fixture
def own_switches() -> set[str]:
    """None of these widens what somebody sees; the next test shows it of the first two."""
    return {"is_superuser", "is_staff", "is_active", "signed_in_2006", "is_neighbour"}


def test_10_a_django_superuser_sees_no_dossier(own_house: str, owner: psycopg.Connection):
    """One checkbox, "users visible in the whole territory", and an incident."""
    case = situations.assigned_case(to="samira")
    owner.execute(
        "UPDATE partners_user SET is_superuser = true, is_staff = true WHERE username = 'ggd'"
    )
    with acting_as(0):
        ggd = situations.user("ggd")

    with acting_as(ggd.pk):
        assert not Case.objects.exists()
        assert not Case.objects.visible_to(ggd).exists()
        assert not Case.objects.visible_to(ggd, Scope.LEAD_CASE).filter(pk=case.pk).exists()


def test_11_the_shared_calendar_names_nobody(browse: Browse, person: Person):
    """Names of clients stood in the calendar that everybody shares."""
    known = situations.asked_plan(last_name="Agendabekend").case
    other = situations.assigned_case(to="tom", last_name="Agendavreemd")
    office = person("bureau")
    with acting_as(office.pk):
        meeting = agenda.plan_overleg(
            on=timezone.localdate() + timedelta(days=2),
            starts=time(10),
            ends=time(11),
            place="Kamer 2",
            note_taker=office,
            by=office,
        )
        shelter = [person("legerdesheils")]
        for case, people in ((known, shelter), (other, [person("tom")])):
            agenda.put_on_agenda(meeting, case, question="Wat nu?", people=people, by=office)

    visitor = browse("legerdesheils")
    calendar = visitor.get(reverse("agenda:agenda")).content.decode()
    page = visitor.get(reverse("agenda:overleg", args=[meeting.pk])).content.decode()
    invitation = visitor.get(reverse("agenda:ics", args=[meeting.pk])).content.decode()
    assert "Agendavreemd" not in calendar + page + invitation
    assert other.number not in calendar + page + invitation
    assert "Agendabekend" not in calendar + invitation
    assert known.number not in invitation
    assert "Agendabekend" in page
    assert "esloten punt" in page


def test_12_what_is_counted_is_what_is_seen(browse: Browse, person: Person):
    """A badge counted what its reader had no right to."""
    for _ in range(3):
        situations.assigned_case(to="samira")
    barred = situations.assigned_case(to="samira")
    manager = person("manager")
    with acting_as(person("bureau").pk):
        access.bar(barred, manager, "zwager")

    page = BeautifulSoup(browse("manager").get(reverse("cases:caseload")).content, "html.parser")
    card = page.find(id=f"im-{person('samira').pk}")

    assert barred.number not in card.text
    assert len(card.select("tbody tr")) == 3
    assert re.search(r"\b3 van \d+", card.text)


def test_13_a_person_in_two_cases_shows_of_each_only_what_is_known(
    own_house: str, owner: psycopg.Connection
):
    """The tab of a person showed activities of other people's cases about the same person."""
    mine = situations.diagnosis_case(to="samira")
    anothers = situations.diagnosis_case(to="tom")
    owner.execute(
        "UPDATE cases_case SET client_id = %s WHERE id = %s", [mine.client_id, anothers.pk]
    )
    with acting_as(0):
        samira, tom = situations.user("samira"), situations.user("tom")
    with acting_as(tom.pk):
        casework.add_note(anothers, title="Van tom", text="", scope=Scope.LEAD_CASE, by=tom)

    with acting_as(samira.pk):
        client = Case.objects.with_people().get().client
        assert list(client.cases.all()) == [mine]
        assert not TimelineItem.objects.filter(case__client=client, title="Van tom").exists()
        assert set(TimelineItem.objects.values_list("case_id", flat=True)) == {mine.pk}


def test_14_who_is_switched_off_is_out_at_once_and_does_not_come_in(browse: Browse, person: Person):
    """Users who had been deactivated could still sign in."""
    inside = browse("politie")
    assert inside.get(reverse("cases:search")).status_code == 200
    office = person("bureau")
    with acting_as(office.pk):
        office_work.set_active(person("politie"), False, by=office)

    answer = inside.get(reverse("cases:search"))
    assert (answer.status_code, answer.headers["Location"].split("?")[0]) == (302, "/inloggen/")

    tried = Browser().post(reverse("login"), {"username": "politie", "password": PASSWORD})
    assert tried.status_code != 302
    assert "sessie" not in tried.cookies
