"""The goal on one leefgebied of a plan."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases import access
from cases.models import Case, Leefgebied, Scope
from cases.presenters.dossier import Dossier
from maatwerkplan import operations, rules
from maatwerkplan.forms.goals import GoalForm
from maatwerkplan.models import Doel
from maatwerkplan.presenters.plan import latest_plan
from partners.access import with_persons
from veiligheidshuis import accesslog
from veiligheidshuis.methods import page_methods
from veiligheidshuis.obstacles import Obstacle
from veiligheidshuis.once import attempt, is_stale, posted, renew, status_when_sent

HERE = "maatwerkplan:plan"


@page_methods
@with_persons
def goal(request: HttpRequest, number: str, leefgebied: str) -> HttpResponse:
    """Write down what is wanted on one leefgebied."""
    case = access.get_case(request.user, number, Scope.LEAD_CASE)
    plan = latest_plan(case)
    if plan is None or leefgebied not in Leefgebied.values:
        raise Http404
    goals = Doel.objects.filter(plan=plan, leefgebied=leefgebied)
    form = GoalForm(posted(request), initial=GoalForm.typed(goals.first()))
    obstacles = rules.obstacles_to_goal(plan, leefgebied)
    if form.is_valid():
        said = form.about
        obstacles = attempt(
            request, lambda: operations.set_goal(plan, leefgebied, **said, by=request.user)
        )
        if not obstacles:
            done = "Het doel staat in het plan" if form.says_something else "Het doel is weggehaald"
            messages.success(request, f"{done}. Niemand wordt opnieuw gevraagd.")
            return redirect(HERE, number)
    meanwhile = goals.first() if is_stale(obstacles) else None
    return _goal_page(request, case, Leefgebied(leefgebied), form, obstacles, meanwhile)


def _goal_page(
    request: HttpRequest,
    case: Case,
    leefgebied: Leefgebied,
    form: GoalForm,
    obstacles: list[Obstacle],
    kept: Doel | None,
) -> HttpResponse:
    accesslog.look(request, "inzien", [case.number], scope=Scope.LEAD_CASE)
    if kept:
        renew(form, "version", kept.version)
    context = {
        "dossier": Dossier(case, request.user, HERE),
        "leefgebied": leefgebied,
        "form": form,
        "obstacles": obstacles,
        "kept": kept,
    }
    status = status_when_sent(form, obstacles)
    return render(request, "maatwerkplan/goal.html", context, status=status)
