"""A plan is evaluated with the participants, on set days. WGS 2.26; EXE-07."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from maatwerkplan import operations
from maatwerkplan.models import Conclusion, Evaluatie, Maatwerkplan
from maatwerkplan.presenters.home import caseload
from tests import situations
from tests.situations import typed_day, user
from veiligheidshuis.needtoknow import acting_as
from veiligheidshuis.obstacles import Refused
from veiligheidshuis.once import new_key

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NEXT = TODAY + timedelta(days=60)
REACHED, PARTNER = "Hij woont nu drie maanden begeleid.", "Leger des Heils"


@pytest.fixture
def signed() -> Maatwerkplan:
    return situations.signed_plan()


def evaluate(plan: Maatwerkplan, by: str = "samira", **changed: object) -> Evaluatie:
    who = user(by)
    said = {
        "held_on": TODAY,
        "with_whom": [PARTNER],
        "reached": REACHED,
        "conclusion": Conclusion.DOORGAAN,
        "next_on": NEXT,
    }
    with acting_as(who.pk):
        return operations.evaluate(plan, by=who, **(said | changed))


def refused(plan: Maatwerkplan, **changed: object) -> set[str]:
    with pytest.raises(Refused) as no:
        evaluate(plan, **changed)
    return no.value.codes


def step_on(plan: Maatwerkplan, day):
    with acting_as(user("samira").pk):
        return next(r.step for r in caseload(user("samira"), day) if r.case.pk == plan.case_id)


def start_all(plan: Maatwerkplan) -> None:
    shelter = user("legerdesheils")
    with acting_as(shelter.pk):
        for action in plan.partner_actions.select_related("plan", "case", "organisation"):
            operations.report(action, kind="start", happened_on=TODAY, by=shelter)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"held_on": TODAY + timedelta(days=1)}, "not_held_yet"),
        ({"held_on": None}, "not_held_yet"),
        ({"held_on": TODAY - timedelta(days=1)}, "before_signing"),
        ({"with_whom": []}, "nobody_there"),
        ({"reached": " "}, "reached_missing"),
        ({"next_on": None}, "no_next_day"),
        ({"next_on": TODAY + timedelta(days=400)}, "too_far_ahead"),
    ],
)
def test_it_was_held_with_partners_and_says_what_it_brought_and_what_is_next(signed, changed, code):
    assert refused(signed, **changed) == {code}
    assert evaluate(signed).reached == REACHED


def test_only_a_plan_that_is_carried_out_is_evaluated():
    assert "not_carried_out" in refused(situations.offered_plan())


def test_what_can_be_rounded_off_has_no_next(signed):
    assert evaluate(signed, conclusion=Conclusion.AFRONDEN).next_on is None
    with acting_as(user("samira").pk):
        again = Maatwerkplan.objects.with_evaluation().get(pk=signed.pk)
        assert (again.last_conclusion, again.next_evaluation) == ("afronden", None)


def test_only_who_leads_writes_it_and_nobody_changes_it(signed):
    with pytest.raises(PermissionDenied):
        evaluate(signed, by="manager")
    evaluate(signed)
    with acting_as(user("samira").pk), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError), transaction.atomic():
            cursor.execute("UPDATE maatwerkplan_evaluatie SET reached = 'x'")
        one = Evaluatie.objects.get()
        for wrong in ({"next_on": None}, {"with_whom": []}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Evaluatie.objects.bulk_create([_copy(one, **wrong)])
    for outsider in ("legerdesheils", "mondriaan", "manager"):
        with acting_as(user(outsider).pk):
            assert not Evaluatie.objects.exists()


def _copy(one: Evaluatie, **changed: object) -> Evaluatie:
    names = ("plan", "case", "held_on", "with_whom", "reached", "conclusion", "next_on")
    kept = {name: getattr(one, name) for name in (*names, "recorded_by")}
    return Evaluatie(**(kept | changed))


def test_when_its_day_has_come_it_is_the_next_step_unless_something_is_the_matter(signed):
    late = TODAY + timedelta(days=settings.EVALUATE_DAYS)
    assert step_on(signed, late).signal == "Te laat"  # it did not start: that comes first
    start_all(signed)
    before = step_on(signed, TODAY + timedelta(days=settings.EVALUATE_DAYS - 90))
    assert before.signal == ""

    evaluate(signed, next_on=TODAY + timedelta(days=10))
    assert step_on(signed, TODAY + timedelta(days=9)).signal == ""
    then = step_on(signed, TODAY + timedelta(days=10))
    assert (then.signal, then.url.endswith("/evaluatie/")) == ("Evaluatie", True)


def test_it_goes_from_the_clock_to_the_page_and_where_it_leads(signed, browse):
    samira = browse("samira")
    number = signed.case.number
    clock = reverse("maatwerkplan:start", args=[number])
    here = reverse("maatwerkplan:evaluate", args=[number])
    assert here in samira.get(clock).text
    sent = {
        "held_on": typed_day(0),
        "with_whom": [PARTNER],
        "reached": REACHED,
        "conclusion": "doorgaan",
        "next_on": typed_day(60),
    }
    assert PARTNER in samira.get(here).text

    assert samira.post(here, {**sent, "next_on": "", "once": new_key()}).status_code == 422
    assert samira.post(here, sent).url == clock
    assert REACHED in samira.get(clock).text
    assert REACHED in samira.get(here).text
    revise = {**sent, "conclusion": "herzien", "once": new_key()}
    assert samira.post(here, revise).url == reverse("maatwerkplan:revise", args=[number])
    assert browse("legerdesheils").get(here).status_code == 404


def test_without_a_signed_plan_the_page_leads_to_the_offer(browse):
    plan = situations.offered_plan()
    here = reverse("maatwerkplan:evaluate", args=[plan.case.number])

    assert browse("samira").get(here).url == reverse("maatwerkplan:offer", args=[plan.case.number])
