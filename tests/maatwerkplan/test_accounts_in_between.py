"""An account that comes or goes between question and answer, or between signature and start: there
is always somebody who can answer and report, himself or by telephone. GOV-09."""

import pytest
from django.utils import timezone

from cases.models import Case
from maatwerkplan import operations, rules
from maatwerkplan.models import Answer, DeliveryQuestion, PartnerAction, ProgressKind
from maatwerkplan.presenters.delivery import rows
from maatwerkplan.presenters.plan import plan_page
from partners import operations as staff
from partners.models import Role, User, contact_users, with_an_account
from tests import situations
from tests.situations import organisation, told_by_phone, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused

SHELTER = ("huisvesting", "Opvang", "tracee")  # a participant without an account
TODAY = timezone.localdate()


def asked(*action: str) -> DeliveryQuestion:
    """The one question of a plan with this action."""
    situations.asked_plan(action)
    with acting_as(user("samira").pk):
        return DeliveryQuestion.objects.select_related(
            "case", "action", "organisation", "plan"
        ).get()


def joins(slug: str) -> User:
    """Somebody of this organisation gets an account, papers and its first contact point."""
    office = user("bureau")
    with acting_as(office.pk):
        new = staff.add_user(
            organisation(slug),
            username="nieuw",
            first_name="Noor",
            last_name="de Nieuwe",
            email="noor@partner.example",
            role=Role.KETENPARTNER,
            by=office,
        )
    new = situations.with_papers(new)
    name_contact(slug, new)
    return User.objects.get(pk=new.pk)


def name_contact(slug: str, person: User) -> None:
    office = user("bureau")
    with acting_as(office.pk):
        staff.set_contact_point(
            organisation(slug), "eerste", by=office, label=str(person), user=person
        )


def test_who_becomes_contact_point_after_the_question_answers_it_himself(db):
    question, samira = asked(*SHELTER), user("samira")
    noor = joins("tracee")

    with acting_as(samira.pk), pytest.raises(Refused) as refused:
        operations.record_answer(question, **told_by_phone())
    assert refused.value.codes == {"has_account"}
    with acting_as(noor.pk):
        found = DeliveryQuestion.objects.open().to_organisation_of(noor).get()
        given = operations.answer_question(found, answer=Answer.JA, by=noor)

    assert (given.disclosed, given.ground) == (operations.DISCLOSED, operations.GROUND)


def test_who_becomes_contact_point_after_the_signature_reports_himself(db):
    plan, samira = situations.asked_plan(SHELTER), user("samira")
    with acting_as(samira.pk):
        operations.record_answer(DeliveryQuestion.objects.get(), **told_by_phone())
        text = operations.offer(plan, by=samira)
        operations.sign(
            plan,
            client_name=plan.case.client.display_name,
            manager_name=str(samira),
            shown_sha256=text.sha256,
            by=samira,
        )
    noor = joins("tracee")

    with acting_as(noor.pk):
        own = PartnerAction.objects.agreed().of_organisation_of(noor).get()
        operations.report(own, kind=ProgressKind.START, happened_on=TODAY, by=noor)


def test_whoever_said_no_by_telephone_is_let_go_of_before_anybody_has_an_account(db):
    question, samira = asked(*SHELTER), user("samira")
    with acting_as(samira.pk):
        operations.record_answer(question, **told_by_phone(answer=Answer.NEE, reason="Vol."))

    with acting_as(joins("tracee").pk):
        assert not Case.objects.exists()


def test_of_whom_the_papers_ended_after_the_question_the_answer_is_written_down(own_house, owner):
    question, samira = asked("gezondheid", "Behandeling", "mondriaan"), user("samira")
    with acting_as(samira.pk):
        assert rules.obstacles_to_recording_for(question.case, question.organisation)

    owner.execute(
        "UPDATE partners_clearance SET seen_on = vh.today() - 9, valid_until = vh.today() - 1"
        " WHERE user_id = (SELECT id FROM partners_user WHERE username = 'mondriaan')"
    )

    with acting_as(samira.pk):
        page = plan_page(question.plan, rules.actions_of(question.plan))
        (row,) = rows(page, "wgs")
        assert row.may_record
        operations.record_answer(question, **told_by_phone())


def test_a_contact_point_that_may_not_report_is_no_account(db):
    """He leads cases and is no ketenpartner: the page of an action is not there for him."""
    name_contact("reclassering-nederland", user("samira"))

    assert contact_users(organisation("reclassering-nederland")) == []
    assert with_an_account([organisation("reclassering-nederland").pk], "wgs") == set()
    assert with_an_account([organisation("mondriaan").pk], "wgs") == {organisation("mondriaan").pk}
