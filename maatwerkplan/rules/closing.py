"""What of a plan still runs when the dossier is to be closed. EXE-09."""

from django.urls import reverse

from cases.models import Case
from maatwerkplan.models import DeliveryQuestion, Maatwerkplan, PartnerAction
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
    agreed = PartnerAction.objects.agreed().filter(case=case).with_state()
    actions = agreed.select_related("organisation").in_order()
    return obstacles + [
        Obstacle(
            "action_runs",
            f"‘{action.description}’ van {action.organisation} loopt nog. Laat het einde melden, "
            "of leg het zelf vast.",
            url=reverse("maatwerkplan:start", args=[case.number]),
        )
        for action in actions
        if action.ending is None
    ]
