"""What of a plan still runs when the dossier is to be closed. EXE-09."""

from django.urls import reverse

from cases.models import Case
from maatwerkplan.models import DeliveryQuestion, Drangstap, Maatwerkplan, PartnerAction
from maatwerkplan.states import PlanStatus
from veiligheidshuis.obstacles import Obstacle


def obstacles_to_closing(case: Case) -> list[Obstacle]:
    """A dossier is closed when nobody has to answer, sign or carry out anything any more."""
    plan = Maatwerkplan.objects.latest_of(case)
    if plan is None:
        return []
    asked = DeliveryQuestion.objects.open().filter(plan=plan).select_related("organisation")
    obstacles = [
        Obstacle(
            "question_open",
            f"{question.organisation} moet nog antwoorden. Haal de actie uit het plan.",
            url=reverse("maatwerkplan:delivery", args=[case.number]),
        )
        for question in asked.order_by("asked_at", "pk")
    ]
    if plan.status == PlanStatus.AANGEBODEN:
        obstacles.append(
            Obstacle(
                "offer_open",
                "Het plan ligt bij de cliënt. Laat het tekenen, leg de weigering vast, of trek "
                "het aanbod in.",
                url=reverse("maatwerkplan:offer", args=[case.number]),
            )
        )
    return [*obstacles, *_actions_run(case), *_steps_open(case)]


def _actions_run(case: Case) -> list[Obstacle]:
    """What was agreed ended, by its partner or by who leads."""
    agreed = PartnerAction.objects.agreed().filter(case=case).with_state()
    return [
        Obstacle(
            "action_runs",
            f"‘{action.description}’ van {action.organisation} loopt nog. Laat het einde melden, "
            "of leg het zelf vast.",
            url=reverse("maatwerkplan:start", args=[case.number]),
        )
        for action in agreed.select_related("organisation").in_order()
        if action.ending is None
    ]


def _steps_open(case: Case) -> list[Obstacle]:
    """A partner who was asked to take a step says what came of it, or who leads does."""
    steps = Drangstap.objects.filter(case=case, organisation__isnull=False).open().in_order()
    return [
        Obstacle(
            "step_open",
            f"‘{step.description}’ van {step.who} staat nog open. Leg vast wat het opleverde.",
            url=reverse("maatwerkplan:step_outcome", args=[case.number, step.pk]),
        )
        for step in steps
    ]
