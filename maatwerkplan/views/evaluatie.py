"""A plan is evaluated with the participants. WGS 2.26; EXE-07."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.models import Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.evaluatie import EvaluationForm
from maatwerkplan.models import Conclusion
from maatwerkplan.presenters.plan import plan_in_force
from maatwerkplan.views.offer import TAB
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.once import attempt, posted, status_when_sent

# Where a conclusion leads.
NEXT = {
    Conclusion.DOORGAAN: "maatwerkplan:start",
    Conclusion.HERZIEN: "maatwerkplan:revise",
    Conclusion.AFRONDEN: "maatwerkplan:start",
}


@page_methods
@with_persons
def evaluate(request: HttpRequest, number: str) -> HttpResponse:
    """Write down what the participants found, and what was found before."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    plan = plan_in_force(case)
    if plan is None:
        return redirect("maatwerkplan:offer", number)
    actions = plan.partner_actions.select_related("organisation")
    form = EvaluationForm(posted(request), partners=rules.partners_of(actions))
    obstacles = rules.obstacles_to_evaluating(plan)
    if form.is_valid():
        said = form.cleaned_data
        obstacles = attempt(request, lambda: operations.evaluate(plan, by=request.user, **said))
        if not obstacles:
            messages.success(request, "De evaluatie is vastgelegd.")
            return redirect(NEXT[said["conclusion"]], number)
    accesslog.look(request, "inzien", [number], scope=Scope.LEAD_CASE)
    context = {"dossier": Dossier(case, request.user, TAB), "form": form, "obstacles": obstacles}
    context["evaluations"] = plan.evaluaties.last_first()
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/evaluate.html", context, status=status)
