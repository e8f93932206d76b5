"""Drang en dwang: the client refuses, or steps out of his plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.models import Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.pressure import DropOutForm, RefusalForm
from maatwerkplan.models import Maatwerkplan
from maatwerkplan.presenters.plan import latest_plan
from maatwerkplan.states import PlanStatus
from maatwerkplan.views.offer import TAB, offered_plan
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.formats import long_date
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, posted, status_of


@page_methods
@with_persons
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """The client says no: why, and what happens next and when."""
    plan = offered_plan(request, access.get_case(request.user, number, Scope.LEAD_CASE))
    if plan is None:
        return redirect("maatwerkplan:offer", number)
    form, refused = RefusalForm(posted(request)), []
    if form.is_valid():
        about = form.cleaned_data
        refused = attempt(request, lambda: operations.refuse(plan, by=request.user, **about))
        if not refused:
            day = long_date(about["next_step_on"])
            messages.success(request, f"De weigering is vastgelegd. De volgende stap is op {day}.")
            return redirect("maatwerkplan:offer", number)
    return _page(request, "maatwerkplan/refuse.html", plan, form, refused)


@page_methods
@with_persons
def drop_out(request: HttpRequest, number: str) -> HttpResponse:
    """The client steps out of his plan: why, what goes on all the same, and what happens next."""
    plan = latest_plan(access.get_case(request.user, number, Scope.LEAD_CASE))
    steps_out = plan and (request.method == "POST" or plan.status == PlanStatus.ONDERTEKEND)
    if plan is None or not steps_out:
        return redirect("maatwerkplan:offer", number)
    running = [action for action in rules.actions_of(plan) if action.ending is None]
    form, refused = DropOutForm(posted(request), running=running), []
    if form.is_valid():
        about = form.cleaned_data
        refused = attempt(request, lambda: operations.drop_out(plan, by=request.user, **about))
        if not refused:
            day = long_date(about["next_step_on"])
            messages.success(request, f"Vastgelegd. De volgende stap is op {day}.")
            return redirect("maatwerkplan:offer", number)
    return _page(request, "maatwerkplan/drop_out.html", plan, form, refused)


def _page(
    request: HttpRequest, name: str, plan: Maatwerkplan, form: RefusalForm, refused: list[Obstacle]
) -> HttpResponse:
    accesslog.look(request, "inzien", [plan.case.number], scope=Scope.LEAD_CASE)
    context = {
        "dossier": Dossier(plan.case, request.user, TAB),
        "plan": plan,
        "form": form,
        "obstacles": refused,
    }
    return render(request, name, context, status=status_of(form, refused))
