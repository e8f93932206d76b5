"""Where do we stand? The dossier and the werkvoorraad say the same, to everybody."""

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cases.models import Case
from maatwerkplan import operations
from tests import situations
from tests.situations import user
from veiligheidshuis.needtoknow import acting_as

pytestmark = pytest.mark.django_db


def refused_case() -> Case:
    plan, samira = situations.offered_plan(), user("samira")
    with acting_as(samira.pk):
        operations.refuse(
            plan,
            reason="Nee.",
            message_given=True,
            next_step="Gesprek met het OM",
            next_step_on=timezone.localdate(),
            by=samira,
        )
    return plan.case


def redrawn_case() -> Case:
    case, samira = refused_case(), user("samira")
    with acting_as(samira.pk):
        operations.draw_up(case, by=samira)
    return case


def answered_case() -> Case:
    plan = situations.asked_plan()
    situations.answer_all(plan)
    return plan.case


PHASES = {
    "toegewezen": (situations.assigned_case, "Diagnose"),
    "in diagnose": (situations.diagnosis_case, "Diagnose"),
    "zonder plan": (situations.planned_case, "Maatwerkplan"),
    "plan in opbouw": (lambda: situations.plan_of(situations.planned_case()).case, "Maatwerkplan"),
    "gevraagd": (lambda: situations.asked_plan().case, "Leveringscheck"),
    "beantwoord": (answered_case, "Leveringscheck"),
    "aangeboden": (lambda: situations.offered_plan().case, "Aanbod"),
    "geweigerd": (refused_case, "Aanbod"),
    "opnieuw opgesteld": (redrawn_case, "Maatwerkplan"),
    "getekend": (lambda: situations.signed_plan().case, "Uitvoering"),
}


def in_dossier(visitor, case: Case) -> dict[str, str]:
    """The steps of the dossier by their label: done, now, or later."""
    page = BeautifulSoup(visitor.get(f"/dossiers/{case.number}/").content, "html.parser")
    return {
        step.strong.get_text(): next(name for name in step["class"] if name.startswith("is-"))
        for step in page.select(".vh-steps li")
    }


def in_worklist(visitor) -> tuple[str, int, bool]:
    """The phase in the only row: its name, how many blocks are done, whether it stopped."""
    page = BeautifulSoup(visitor.get("/werkvoorraad/").content, "html.parser")
    (bar,) = page.select("table .vh-phase")
    return bar.span.get_text(), len(bar.select(".is-klaar")), bool(bar.select(".is-stop"))


@pytest.mark.parametrize(("arrange", "phase"), PHASES.values(), ids=PHASES.keys())
def test_both_pages_say_the_same_in_every_phase(browse, arrange: Callable[[], Case], phase):
    case = arrange()

    steps = in_dossier(browse("samira"), case)
    name, done, _ = in_worklist(browse("samira"))

    assert len(steps) == 5
    assert [label for label, state in steps.items() if state == "is-nu"] == [phase] == [name]
    assert list(steps.values())[:done] == ["is-klaar"] * done
    assert set(list(steps.values())[done + 1 :]) <= {"is-later"}


@pytest.mark.parametrize("arrange", [PHASES["gevraagd"][0], PHASES["geweigerd"][0]])
def test_who_knows_only_the_process_reads_the_same_phase_as_who_leads(browse, arrange):
    case = arrange()

    assert in_dossier(browse("manager"), case) == in_dossier(browse("samira"), case)


def test_a_refusal_is_where_it_stopped(browse):
    case = refused_case()

    assert in_worklist(browse("samira")) == ("Aanbod", 3, True)
    assert "geweigerd" in browse("samira").get(f"/dossiers/{case.number}/").content.decode()
